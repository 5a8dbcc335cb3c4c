"""The wire, spoken to byte by byte: a hall that echoes, and clients that send whatever a test wants.

An echo is handed the connection by the same server that the product runs (`bench.conformance`); `Line` is
such a client. Used by the tests beside it; time is an argument, or a constant made short.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from bench.conformance import Echo
from live import wire
from tests.patience import PATIENCE, eventually

TEXT, BINARY, CLOSE, PING, PONG, FIN = 1, 2, 8, 9, 10, 0x80
MUCH = 8_000_000  # bytes: more than any kernel keeps
MASK = b"\x01\x02\x03\x04"
SHAKE = (
    b"GET / HTTP/1.1\r\nHost: live\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


@dataclass
class Hall:
    """The server, and who was handed a connection, in order."""

    port: int = 0
    talks: list[Talk] = field(default_factory=list)
    calls: int = 0  # at the door
    fails: bool = False
    door: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def line(self, *, room: int = 0, handshake: bytes = SHAKE) -> AsyncIterator[Line]:
        """A client that has shaken hands. `room`: of its receive buffer."""
        raw = socket.socket()
        raw.setblocking(False)
        if room:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        await asyncio.get_running_loop().sock_connect(raw, ("127.0.0.1", self.port))
        line = Line(raw)
        try:
            await line.send(handshake)
            if handshake is SHAKE:
                assert (await line.until(b"\r\n\r\n")).startswith(b"HTTP/1.1 101 ")
                await eventually(lambda: any(talk.name == line.name for talk in self.talks))
            yield line
        finally:
            raw.close()

    def talk(self, line: Line) -> Talk:
        return next(talk for talk in self.talks if talk.name == line.name)


class Talk(Echo):
    """An echo that keeps what it has heard, and how often it was told the end."""

    def __init__(self, line: wire.Line) -> None:
        self.line = line
        self.name = line.transport.get_extra_info("peername")
        self.heard: list[str | bytes] = []
        self.losses = 0
        self.resumed = 0
        super().__init__(line)

    def hear(self, frame: str | bytes) -> None:
        self.heard.append(frame)
        super().hear(frame)

    def resume(self) -> None:
        self.resumed += 1
        super().resume()

    def lost(self) -> None:
        self.losses += 1


class Line:
    """The client's side: bytes."""

    def __init__(self, raw: socket.socket) -> None:
        self.raw = raw
        self.name = raw.getsockname()
        self._loop = asyncio.get_running_loop()
        self._come = b""

    async def send(self, raw: bytes) -> None:
        await self._loop.sock_sendall(self.raw, raw)

    async def take(self, many: int) -> bytes:
        while len(self._come) < many:
            await self._more()
        taken, self._come = self._come[:many], self._come[many:]
        return taken

    async def until(self, end: bytes) -> bytes:
        while end not in self._come:
            await self._more()
        return await self.take(self._come.index(end) + len(end))

    async def _more(self) -> None:
        async with asyncio.timeout(PATIENCE):
            came = await self._loop.sock_recv(self.raw, 65_536)
        if not came:
            raise EOFError(self._come)
        self._come += came

    def drain(self) -> None:
        """Make room in the kernel before the server's loop has turned."""
        with suppress(BlockingIOError):
            while came := self.raw.recv(65_536):
                self._come += came

    async def frame(self) -> tuple[int, bytes]:
        """The next frame: opcode, payload. The server never fragments and never masks."""
        first, length = await self.take(2)
        assert first & 0xF0 == FIN
        if length == 126:
            (length,) = struct.unpack("!H", await self.take(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", await self.take(8))
        return first & 0x0F, await self.take(length)

    async def text(self) -> str:
        opcode, payload = await self.frame()
        assert opcode == TEXT
        return payload.decode()

    async def code(self) -> int:
        """The code of the goodbye that comes next; then the line is closed."""
        opcode, payload = await self.frame()
        assert opcode == CLOSE
        return int.from_bytes(payload[:2], "big")

    async def closed(self) -> bytes:
        """Wait for the end; what still came before it."""
        try:
            while True:
                await self._more()
        except (EOFError, ConnectionError):
            return self._come


def masked(first: int, payload: bytes = b"") -> bytes:
    """A client's frame."""
    length = len(payload)
    if length < 126:
        head = bytes([first, 0x80 | length])
    elif length < 65_536:
        head = bytes([first, 0xFE]) + struct.pack("!H", length)
    else:
        head = bytes([first, 0xFF]) + struct.pack("!Q", length)
    return head + MASK + bytes(byte ^ MASK[at % 4] for at, byte in enumerate(payload))
