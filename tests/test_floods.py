"""Floods: what an attacker sends costs little memory, is cut soon, and an honest vote is answered meanwhile.

The server runs in a process of its own, so that its memory can be seen, and the attackers in another. The
bounds are generous: this shows that nothing piles up and nobody stays, not how fast it is.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import secrets
import socket
import statistics
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import msgspec
import pytest
from websockets.sync.client import ClientConnection, connect

from bench.venue import Served, Venue, prepare

CUT_SECONDS = 30  # the deadlines for a head and a goodbye are 5 each; who is not cut stays for minutes
GROWTH_KIB = 32 * 1024
HONEST_SECONDS = 2  # some milliseconds, if the machine has nothing else to do
ATTACKERS = 8  # with a socket of their own each, where one is not the whole attack
CROWD = 2_000  # idle connections
ARRIVING_SECONDS = 2  # in which they come
MASK = bytes(4)  # a mask of zeroes: the payload stays as it is
PING = b"\x89\x80" + MASK
EMPTY_TEXT, EMPTY_PIECE = b"\x01\x80" + MASK, b"\x00\x80" + MASK
RUBBISH = b"\x81\x87" + MASK + b"rubbish"
LARGE = b"\x82\xff" + (16 << 20).to_bytes(8, "big") + MASK + bytes(16 << 20)


class Attacker:
    """A connection that never reads but what it must."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.raw = socket.socket()
        self.raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        self.raw.setblocking(False)
        self._loop = asyncio.get_running_loop()

    async def connect(self, first: bytes = b"") -> None:
        await self._loop.sock_connect(self.raw, ("127.0.0.1", self._port))
        await self._loop.sock_sendall(self.raw, first)

    async def shake(self, venue: Venue, token: str) -> None:
        """A seat in the hall, and a hello like an honest page's."""
        key = "dGhlIHNhbXBsZSBub25jZQ=="
        await self.connect(
            f"GET {venue.path} HTTP/1.1\r\nHost: live\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Authorization: Bearer {token}\r\nSec-WebSocket-Key: {key}\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        while b"\r\n\r\n" not in await self._loop.sock_recv(self.raw, 4_096):
            pass
        await self.send(b"\x81\x90" + MASK + b'{"type":"hello"}')

    async def send(self, raw: bytes) -> None:
        await self._loop.sock_sendall(self.raw, raw)

    async def repeat(self, raw: bytes, pause: float = 0) -> None:
        """Send it again and again, until the line is cut."""
        with suppress(OSError):
            while True:
                await self.send(raw)
                await asyncio.sleep(pause)

    async def wait(self) -> None:
        """Read nothing, until the line is cut."""
        with suppress(OSError):
            while await self._loop.sock_recv(self.raw, 65_536):
                pass


class Honest:
    """Somebody who votes all the while, and how long each answer took.

    In a thread: on the loop of the attackers an answer would wait until they have had their turn.
    """

    def __init__(self, port: int, venue: Venue, token: str) -> None:
        self._address = f"ws://127.0.0.1:{port}{venue.path}"
        self._headers = {"Authorization": f"Bearer {token}"}
        self.seconds: list[float] = []

    def vote(self, enough: threading.Event) -> None:
        with connect(self._address, additional_headers=self._headers, proxy=None) as line:
            line.send('{"type":"hello"}')
            for n in itertools.count(time.time_ns() // 1_000_000):
                self._vote(line, n)
                if enough.wait(0.22):  # as often as one may
                    break

    def _vote(self, line: ClientConnection, n: int) -> None:
        name = secrets.token_urlsafe(16)
        vote = {"type": "command", "id": name, "do": "vote", "poll": 1, "round": 1, "n": n, "choice": [n % 2]}
        began = time.monotonic()
        line.send(msgspec.json.encode(vote).decode())
        while (answer := msgspec.json.decode(line.recv())).get("id") != name:
            pass
        assert answer["type"] == "done", answer
        self.seconds.append(time.monotonic() - began)


Attack = Callable[[Attacker, Venue, str], Awaitable[None]]


async def pings(attacker: Attacker, venue: Venue, token: str) -> None:
    await attacker.shake(venue, token)
    await attacker.repeat(PING * 5_000)


async def empty_pieces(attacker: Attacker, venue: Venue, token: str) -> None:
    await attacker.shake(venue, token)
    with suppress(OSError):
        await attacker.send(EMPTY_TEXT)
    await attacker.repeat(EMPTY_PIECE * 5_000)


async def a_large_message(attacker: Attacker, venue: Venue, token: str) -> None:
    await attacker.shake(venue, token)
    with suppress(OSError):
        await attacker.send(LARGE)
    await attacker.wait()


async def rubbish(attacker: Attacker, venue: Venue, token: str) -> None:
    await attacker.shake(venue, token)
    await attacker.repeat(RUBBISH)


async def heads_that_trickle(attacker: Attacker, _venue: Venue, _token: str) -> None:
    await attacker.connect(b"GET / HTTP/1.1\r\nHost: live\r\nX-Slow: ")
    await attacker.repeat(b"x", 0.2)


async def nothing(attacker: Attacker, _venue: Venue, _token: str) -> None:
    await asyncio.sleep(random.uniform(0, ARRIVING_SECONDS))
    await attacker.connect()
    await attacker.wait()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with a poll that is open."""
    served = Served(prepare(tmp_path_factory.mktemp("floods"), ATTACKERS + 1))
    try:
        desk = served.desk()
        desk.take_the_stage()
        desk.open_poll()
        desk.leave()
        yield served
    finally:
        served.end()


@asynccontextmanager
async def voting(served: Served, token: str) -> AsyncIterator[Honest]:
    honest, enough = Honest(served.port, served.venue, token), threading.Event()
    voting = asyncio.create_task(asyncio.to_thread(honest.vote, enough))
    await asyncio.wait({voting}, timeout=1)
    try:
        yield honest
    finally:
        enough.set()
        await voting


@pytest.mark.alone
@pytest.mark.parametrize(
    ("attack", "many"),
    [
        (pings, ATTACKERS),
        (empty_pieces, ATTACKERS),
        (a_large_message, 2),
        (rubbish, ATTACKERS),
        (heads_that_trickle, 200),
        (nothing, CROWD),
    ],
)
async def test_a_flood_is_cut_and_costs_little(served: Served, attack: Attack, many: int) -> None:
    token, *others = served.venue.tokens.read_text().split()
    async with voting(served, token) as honest:
        Path(f"/proc/{served.process.pid}/clear_refs").write_text("5")  # VmHWM begins anew
        before = served.process.memory()
        attackers = [Attacker(served.port) for _ in range(many)]
        given = zip(attackers, itertools.cycle(others), strict=False)
        try:
            async with asyncio.timeout(CUT_SECONDS):
                await asyncio.gather(*(attack(attacker, served.venue, each) for attacker, each in given))
        except TimeoutError:
            pytest.fail("somebody was not cut")
        finally:
            for attacker in attackers:
                attacker.raw.close()
        await asyncio.sleep(0.5)
        grown = served.process.memory("VmHWM") - before
    assert grown <= GROWTH_KIB
    assert statistics.quantiles(honest.seconds, n=100, method="inclusive")[-1] < HONEST_SECONDS
