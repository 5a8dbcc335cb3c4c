"""A GET from the host of a stream, and from no other place: not a door into the network of this server.

The host's addresses are looked up, every one of them must be public (or in a network that the server was told
it may ask), and the connection goes to the very address that was checked, so a name that changes its mind
gains nothing. Redirects stay on the host, sizes and times are bounded. HTTP is spoken by h11; what comes
is bytes. Each failure is a `Failed` with a code for the desk.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urljoin, urlsplit

import h11

from live.domain.video import Trouble

SECONDS = 5  # for all of a request: what takes longer comes too late for a clock
BODY_BYTES = 1024 * 1024  # a playlist of a day is some hundred KiB
HEAD_BYTES = 32 * 1024
READ_BYTES = 64 * 1024
HOPS = 3  # redirects on the same host
REDIRECTS = {301, 302, 303, 307, 308}
PORTS = {"http": 80, "https": 443}

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
NAT64 = ip_network("64:ff9b::/96")  # the last 32 bits are an IPv4 address, which may be a private one


class Failed(Exception):
    """`code` says what, `detail` which: a status, a host, a part of the way."""

    def __init__(self, code: Trouble, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code: Trouble = code
        self.detail = detail


@dataclass(frozen=True)
class Answer:
    """`headers` by their names in lower case; of a header that stands twice, both, with a comma."""

    status: int
    headers: dict[str, str]
    body: bytes
    url: str


@dataclass(frozen=True)
class Door:
    """Whom the watch may ask. `own` is where this server listens, `origin` how pages are reached."""

    own: str
    origin: str
    networks: tuple[Network, ...] = ()

    def absolute(self, url: str) -> str:
        """Of an address on this very server, where to ask for it."""
        return urljoin(self.own, url) if url.startswith("/") else url

    def admits(self, url: SplitResult, address: Address) -> bool:
        ours = {urlsplit(self.own).netloc, urlsplit(self.origin).netloc}
        if url.netloc in ours or any(address in network for network in self.networks):
            return True
        return all(each.is_global and not each.is_multicast for each in (address, *_inside(address)))


def _inside(address: Address) -> list[Address]:
    """IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, IPv4Address):
        return []
    inside = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in NAT64:
        inside.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [each for each in inside if each is not None]


class Reader:
    """Keeps one connection open, so that half a second is no new handshake."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self._line: _Line | None = None

    async def get(
        self, url: str, *, whole: bool = True, follows: Callable[[str], bool] = lambda _host: False
    ) -> Answer:
        """The answer to a GET; with `whole` its body too. `follows` says which other hosts may be asked."""
        try:
            async with asyncio.timeout(SECONDS):
                for _ in range(HOPS + 1):
                    answer = await self._once(url, whole)
                    if answer.status not in REDIRECTS or "location" not in answer.headers:
                        return answer
                    url = _next(url, answer.headers["location"], follows)
        except TimeoutError:
            await self.close()
            raise Failed("unreachable", "timeout") from None
        raise Failed("moved", urlsplit(url).hostname or "")

    async def close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()

    async def _once(self, url: str, whole: bool) -> Answer:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        kept = self._line if self._line is not None and self._line.origin == origin else None
        try:
            if kept is not None:
                with suppress(OSError, h11.RemoteProtocolError):  # it was closed meanwhile: that happens
                    return await self._ask(kept, url, whole)
            await self.close()
            self._line = await _Line.open(self.door, parts)
            return await self._ask(self._line, url, whole)
        except ssl.SSLError:
            raise Failed("unreachable", "tls") from None
        except (OSError, h11.RemoteProtocolError):
            raise Failed("unreachable", "connection") from None

    async def _ask(self, line: _Line, url: str, whole: bool) -> Answer:
        done = False
        try:
            answer = await line.ask(url, self.door.origin, whole)
            done = line.again()
            return answer
        finally:
            if not done:
                await self.close()


class _Line:
    """One connection to a checked address."""

    def __init__(self, origin: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.origin = origin
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=HEAD_BYTES)

    @classmethod
    async def open(cls, door: Door, url: SplitResult) -> _Line:
        host, port = url.hostname or "", url.port or PORTS[url.scheme]
        context = ssl.create_default_context() if url.scheme == "https" else None
        problem: OSError = OSError("no address")
        for address in await _addresses(door, url, host, port):
            try:
                reader, writer = await asyncio.open_connection(
                    str(address),
                    port,
                    ssl=context,
                    server_hostname=host if context else None,
                    limit=READ_BYTES,
                )
                return cls(f"{url.scheme}://{url.netloc}", reader, writer)
            except ssl.SSLError:
                raise
            except OSError as error:
                problem = error
        raise problem

    async def ask(self, url: str, origin: str, whole: bool) -> Answer:
        parts = urlsplit(url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = [
            ("Host", parts.netloc),
            ("Origin", origin),  # many hosts say who may read only when they are asked so
            ("User-Agent", "live"),
            ("Accept", "*/*"),
            ("Accept-Encoding", "identity"),
        ]
        self._send(h11.Request(method="GET", target=target, headers=headers))
        self._send(h11.EndOfMessage())
        await self._writer.drain()
        head = await self._event()
        while isinstance(head, h11.InformationalResponse):
            head = await self._event()
        if not isinstance(head, h11.Response):
            raise h11.RemoteProtocolError("no response")
        named = _headers(head)
        body = await self._body() if whole else b""
        return Answer(head.status_code, named, _plain(body, named), url)

    def again(self) -> bool:
        """Make ready for another request; False: this connection is spent."""
        if self._http.our_state is not h11.DONE or self._http.their_state is not h11.DONE:
            return False
        self._http.start_next_cycle()
        return True

    def close(self) -> None:
        self._writer.close()

    async def _body(self) -> bytes:
        body = bytearray()
        while True:
            event = await self._event()
            if isinstance(event, h11.EndOfMessage):
                return bytes(body)
            if not isinstance(event, h11.Data):
                raise h11.RemoteProtocolError("no body")
            body += event.data
            if len(body) > BODY_BYTES:
                raise Failed("too_large")

    def _send(self, event: h11.Request | h11.EndOfMessage) -> None:
        self._writer.write(self._http.send(event) or b"")

    async def _event(self) -> h11.Event:
        while not isinstance(event := self._http.next_event(), h11.Event):
            if event is h11.PAUSED:
                raise h11.RemoteProtocolError("it wants to speak something else")
            self._http.receive_data(await self._reader.read(READ_BYTES))
        return event


async def _addresses(door: Door, url: SplitResult, host: str, port: int) -> list[Address]:
    """Where the host is. One address that must not be asked is enough to ask none of them."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Failed("unreachable", "name") from None
    addresses = [ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    for address in addresses:
        if not door.admits(url, address):
            raise Failed("private_address", str(address))
    return list(dict.fromkeys(addresses))


def _next(url: str, location: str, follows: Callable[[str], bool]) -> str:
    """Where a redirect leads, if it may: on the same host, or to it by TLS."""
    there, here = urlsplit(urljoin(url, location)), urlsplit(url)
    host = there.hostname or ""
    stays = (there.scheme, there.netloc) == (here.scheme, here.netloc)
    safer = (here.scheme, there.scheme) == ("http", "https") and host == here.hostname
    if not (stays or safer or (there.scheme == "https" and follows(host))):
        raise Failed("moved", host[:100])
    return there.geturl()


def _headers(head: h11.Response) -> dict[str, str]:
    named: dict[str, str] = {}
    for name, value in head.headers:
        key, said = name.decode("latin-1").lower(), value.decode("latin-1")
        named[key] = f"{named[key]}, {said}" if key in named else said
    return named


def _plain(body: bytes, headers: dict[str, str]) -> bytes:
    """Some hosts compress whatever one says; what it unfolds to is bounded as well."""
    if headers.get("content-encoding", "identity") not in {"gzip", "deflate"}:
        return body
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        plain = unpacker.decompress(body, BODY_BYTES)
    except zlib.error:
        raise Failed("not_a_playlist") from None
    if unpacker.unconsumed_tail:
        raise Failed("too_large")
    return plain
