"""The wire, spoken to byte by byte over real sockets: frames, guards, goodbyes, and who reads slowly.

An echo is handed the connection by the same server that the product runs (`bench.conformance`); `Line` is
a client that sends whatever a test wants. Time is an argument of `look`, or a constant made short.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import socket
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.websockets import WebSocket

from bench.conformance import Echo, echo_server
from live import protocol, wire
from live.server import FRAME_BYTES, listen

PATIENCE = 10  # seconds: a test that waits longer has failed
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

    def __init__(self, line: wire.WireProtocol) -> None:
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


async def eventually(holds: Callable[[], bool]) -> None:
    """Wait until the server's side has come so far: it runs on this very loop."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 (there is no event: nobody tells the outside)
            await asyncio.sleep(0.001)


@pytest.fixture
async def hall() -> AsyncIterator[Hall]:
    hall = Hall()
    hall.door.set()

    async def endpoint(websocket: WebSocket) -> None:
        hall.calls += 1
        await hall.door.wait()
        await websocket.accept()
        hall.talks.append(Talk(websocket.scope["extensions"][wire.EXTENSION]["wire"]))

    listening = listen("127.0.0.1", 0)
    hall.port = listening.getsockname()[1]
    much = Route("/much", lambda _request: PlainTextResponse("x" * MUCH))
    server = echo_server(endpoint, much)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await eventually(lambda: server.started)
        yield hall
    finally:
        server.should_exit = True
        await serving
        listening.close()


# Frames --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, 65_535, FRAME_BYTES])
async def test_text_of_every_size_comes_whole_and_goes_back(hall: Hall, length: int) -> None:
    async with hall.line() as line:
        await line.send(masked(FIN | TEXT, b"x" * length))
        assert await line.text() == "x" * length
        assert hall.talk(line).heard == ["x" * length]


async def test_binary_is_handed_on_as_bytes(hall: Hall) -> None:
    async with hall.line() as line:
        await line.send(masked(FIN | BINARY, b"\xff\x00"))
        assert await line.frame() == (BINARY, b"\xff\x00")


async def test_a_message_in_pieces_is_heard_once_also_with_a_ping_between_them(hall: Hall) -> None:
    async with hall.line() as line:
        whole = "一二三".encode()
        for piece in (masked(TEXT, whole[:4]), masked(FIN | PING, b"there?"), masked(0, whole[4:5])):
            await line.send(piece)
        assert await line.frame() == (PONG, b"there?")
        await line.send(masked(FIN, whole[5:]))
        assert await line.text() == "一二三"
        assert hall.talk(line).heard == ["一二三"]


async def test_a_frame_may_come_byte_by_byte(hall: Hall) -> None:
    async with hall.line() as line:
        line.raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in masked(FIN | TEXT, b"slowly") + masked(FIN | TEXT, b"but surely"):
            await line.send(bytes([byte]))
            await asyncio.sleep(0)
        assert [await line.text(), await line.text()] == ["slowly", "but surely"]


async def test_what_comes_before_the_door_opens_is_heard_behind_it(hall: Hall) -> None:
    hall.door.clear()
    async with hall.line(handshake=b"") as line:
        await line.send(SHAKE)
        await eventually(lambda: hall.calls == 1)
        await line.send(masked(FIN | TEXT, b"one") + masked(FIN | TEXT, b"two"))
        await asyncio.sleep(0.01)  # whenever it is read: now or later, nothing is lost
        hall.door.set()
        await line.until(b"\r\n\r\n")
        await line.send(masked(FIN | TEXT, b"three"))
        assert [await line.text() for _ in range(3)] == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (masked(FIN | TEXT, b"\xc0\xaf"), 1007),
        (masked(TEXT, b"\xe4\xb8") + masked(FIN, b"x"), 1007),
        (masked(FIN | TEXT, b"x" * (FRAME_BYTES + 1)), 1009),
        (bytes([FIN | TEXT, 0xFF]) + struct.pack("!Q", 1 << 62) + MASK, 1009),
        (masked(TEXT, b"x" * FRAME_BYTES) + masked(FIN, b"x"), 1009),
        (masked(TEXT) + masked(0) * wire.PIECES_LIMIT, 1009),
        (protocol.text_frame(b"no mask"), 1002),
        (masked(FIN | 3), 1002),
        (masked(FIN | 0x40 | TEXT, b"compressed?"), 1002),
        (masked(FIN), 1002),
        (masked(PING), 1002),
        (masked(FIN | PING, b"x" * 126), 1002),
        (masked(FIN | CLOSE, struct.pack("!H", 1005)), 1002),
        (masked(FIN | CLOSE, b"\x03"), 1002),
    ],
)
async def test_what_breaks_the_rules_ends_the_line_with_its_code(
    hall: Hall, caplog: pytest.LogCaptureFixture, raw: bytes, code: int
) -> None:
    async with hall.line() as line:
        await line.send(raw)
        assert await line.code() == code
        assert await line.closed() == b""
        await eventually(lambda: hall.talk(line).losses == 1)
        assert hall.talk(line).heard == []
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_empty_pieces_without_end_are_answered_with_one_goodbye(hall: Hall) -> None:
    async with hall.line() as line:
        await line.send(masked(TEXT) + masked(0) * 2_000)
        assert await line.code() == 1009
        assert await line.closed() == b""


# The handshake -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "instead", "status"),
    [
        (b"Version: 13", b"Version: 12", 400),
        (b"dGhlIHNhbXBsZSBub25jZQ==", b"short", 400),
        (b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", b"", 400),
        (b"Connection: Upgrade", b"Connection: close", 404),
        (b"GET / ", b"GET /nowhere ", 403),
        (b"GET / HTTP/1.1", b"GET / HTTP/9", 400),
    ],
)
async def test_a_handshake_that_is_none_is_refused(
    hall: Hall, given: bytes, instead: bytes, status: int
) -> None:
    async with hall.line(handshake=SHAKE.replace(given, instead)) as line:
        assert (await line.until(b"\r\n")).split()[1] == b"%d" % status
        await line.closed()
    assert hall.talks == []


async def test_who_is_gone_before_being_let_in_leaves_no_line_in_the_log(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    for calls in range(20):
        hall.door.clear()
        async with hall.line(handshake=b"") as line:
            await line.send(SHAKE)
            await eventually(lambda calls=calls: hall.calls == calls + 1)  # type: ignore[misc]
            line.raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if calls % 2:
            await asyncio.sleep(0.005)  # the end is noticed first
        hall.door.set()
    async with hall.line() as line:
        await line.send(masked(FIN | TEXT, b"still here?"))
        assert await line.text() == "still here?"
    await eventually(lambda: all(talk.losses == 1 for talk in hall.talks))
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_a_head_that_trickles_in_is_waited_for_so_long_and_no_longer(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "HEADER_SECONDS", 0.1)
    for begun in (b"", b"G", SHAKE[:-2], b"GET /nowhere HTTP/1.1\r\nHost: live\r\n\r\nG"):
        async with hall.line(handshake=begun) as line:
            trickling = asyncio.create_task(_trickle(line))
            await line.closed()
            await trickling


async def _trickle(line: Line) -> None:
    """A letter of a header's name, again and again, until nobody listens."""
    try:
        while True:
            await line.send(b"x")
            await asyncio.sleep(0.01)
    except OSError:
        pass


# Goodbyes ------------------------------------------------------------------------------------------


async def test_a_goodbye_is_returned_with_its_code(hall: Hall) -> None:
    async with hall.line() as line:
        await line.send(masked(FIN | CLOSE, struct.pack("!H", 1001) + b"going away"))
        assert await line.code() == 1001
        assert await line.closed() == b""
        await eventually(lambda: hall.talk(line).losses == 1)


async def test_our_goodbye_waits_for_theirs(hall: Hall) -> None:
    async with hall.line() as line:
        hall.talk(line).line.finish(4001)
        hall.talk(line).line.finish(4002)
        assert await line.code() == 4001
        await line.send(masked(FIN | TEXT, b"not heard any more"))
        assert hall.talk(line).losses == 0
        await line.send(masked(FIN | CLOSE, struct.pack("!H", 4001)))
        assert await line.closed() == b""
        await eventually(lambda: hall.talk(line).losses == 1)
        assert hall.talk(line).heard == []


async def test_who_does_not_say_goodbye_back_is_cut(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "CLOSE_SECONDS", 0.05)
    async with hall.line() as line:
        hall.talk(line).line.finish(4001)
        assert await line.code() == 4001
        await line.closed()
        assert hall.talk(line).losses == 1


async def test_who_says_goodbye_and_never_reads_is_cut(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "CLOSE_SECONDS", 0.05)
    async with hall.line(room=2_048) as line:
        talk = hall.talk(line)
        while not talk.line.paused:
            talk.line.write(protocol.text_frame(b"x" * 4_000))
        await line.send(masked(FIN | CLOSE, struct.pack("!H", 1000)))
        await eventually(lambda: talk.losses == 1)


async def test_nothing_follows_a_goodbye(hall: Hall) -> None:
    async with hall.line() as line:
        talk = hall.talk(line)
        await line.send(masked(FIN | CLOSE, struct.pack("!H", 1000)))
        assert await line.code() == 1000
        talk.line.write(protocol.text_frame(b"late"))
        assert await line.closed() == b""
    async with hall.line() as line:
        talk = hall.talk(line)
        talk.line.finish(1000)
        talk.line.write(protocol.text_frame(b"late"))
        assert await line.code() == 1000
        await line.send(masked(FIN | CLOSE, struct.pack("!H", 1000)))
        assert await line.closed() == b""


# Who reads slowly ----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
async def test_nothing_overtakes_and_nothing_is_torn_however_slowly_it_is_read(hall: Hall, seed: int) -> None:
    """Frames written by the talk, echoes, and pongs, all at once, to somebody with little room."""
    rng = random.Random(seed)
    async with hall.line(room=rng.choice([1, 2_048, 8_192])) as line:
        talk = hall.talk(line)
        written: list[bytes] = []
        waiting: list[bytes] = []
        resumptions = 0

        def write(payload: bytes) -> None:
            if talk.line.paused:
                waiting.append(payload)
                return
            written.append(payload)
            talk.line.write(protocol.text_frame(payload))

        def resume() -> None:
            nonlocal resumptions
            resumptions += 1
            for payload in waiting[:]:
                waiting.remove(payload)
                write(payload)

        talk.resume = resume  # type: ignore[method-assign]
        talk.hear = lambda frame: write(b"heard " + str(frame).encode())  # type: ignore[method-assign]
        for number in range(60):
            write(b"%d " % number + b"x" * rng.choice([0, 100, 3_000, 60_000]))
            if rng.random() < 0.3:
                await line.send(masked(FIN | TEXT, b"%d" % number))
            if rng.random() < 0.3:
                await asyncio.sleep(0)
        read = 0
        while not (read == len(written) and not waiting):
            opcode, payload = await line.frame()
            assert (opcode, payload) == (TEXT, written[read])
            read += 1
        assert resumptions, "there was something to wait for"


async def test_nothing_overtakes_what_is_half_written(hall: Hall) -> None:
    async with hall.line(room=2_048) as line:
        talk = hall.talk(line)
        await line.send(masked(FIN | PING, b"before"))
        assert await line.frame() == (PONG, b"before")
        talk.line.write(protocol.text_frame(b"x" * 30_000))
        talk.line.write(protocol.text_frame(b"y" * 30_000))
        assert talk.line.paused
        line.drain()
        talk.line.write(protocol.text_frame(b"z" * 3_000))
        frames = [await line.text() for _ in range(3)]
        assert [(frame[0], len(frame)) for frame in frames] == [("x", 30_000), ("y", 30_000), ("z", 3_000)]
        await eventually(lambda: not talk.line.paused)
        assert talk.resumed >= 1


async def test_who_asks_and_does_not_read_is_cut(hall: Hall) -> None:
    async with hall.line(room=2_048) as line:
        talk = hall.talk(line)
        while not talk.line.paused:
            talk.line.write(protocol.text_frame(b"x" * 4_000))
        await line.send(masked(FIN | PING))
        await eventually(lambda: talk.losses == 1)


async def test_more_pings_than_a_library_sends_end_the_line(hall: Hall) -> None:
    async with hall.line() as line:
        await line.send(masked(FIN | PING) * 10_000)
        await line.closed()
        await eventually(lambda: hall.talk(line).losses == 1)


async def test_an_answer_before_the_handshake_comes_before_what_is_written(hall: Hall) -> None:
    """It may wait in the buffer still when the line becomes a socket: nothing may pass it by."""
    async with hall.line(room=1, handshake=b"GET /much HTTP/1.1\r\nHost: live\r\n\r\n" + SHAKE) as line:
        await line.until(b"\r\n\r\n")
        await eventually(lambda: hall.calls == 1)
        await asyncio.sleep(0.01)
        assert hall.talks == [], "it is not handed over while something is in the buffer"
        assert await line.take(MUCH) == b"x" * MUCH
        assert (await line.until(b"\r\n\r\n")).startswith(b"HTTP/1.1 101")
        await line.send(masked(FIN | TEXT, b"hello"))
        assert await line.text() == "hello"


# Lines that break ----------------------------------------------------------------------------------


async def test_a_line_that_breaks_while_it_is_written_to_is_lost_once(hall: Hall) -> None:
    async with hall.line() as line:
        talk = hall.talk(line)
        line.raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.raw.close()
        for _ in range(100):  # no turn of the loop in between: the reset is met by the write itself
            talk.line.write(protocol.text_frame(b"x" * 1_000))
        await eventually(lambda: talk.losses == 1)
        talk.line.write(protocol.text_frame(b"x"))
        talk.line.finish(1000)
        assert talk.losses == 1


async def test_the_number_of_a_closed_socket_is_never_written_to(hall: Hall) -> None:
    """The next connection gets the same number: a frame for the old one must not come to the new one."""
    reading, writing = os.pipe()
    async with hall.line() as line:
        old = hall.talk(line)
        number = old.line.transport.get_extra_info("socket").fileno()
        line.raw.close()
        await eventually(lambda: old.losses == 1)
    try:
        os.dup2(writing, number)  # whoever comes next, with the same number
        old.line.write(protocol.text_frame(b"for somebody else"))
        old.line.resume_writing()
        old.line.write(protocol.text_frame(b"for somebody else"))
        os.set_blocking(reading, False)
        with pytest.raises(BlockingIOError):
            os.read(reading, 1)
    finally:
        for each in (reading, writing, number):
            os.close(each)


# Keepalive -----------------------------------------------------------------------------------------


async def test_the_silent_are_asked_once_and_live_when_they_answer(hall: Hall) -> None:
    async with hall.line() as line:
        connection = hall.talk(line).line
        silent = connection.heard + wire.PING_SECONDS
        connection.look(silent)
        connection.look(silent + 1)
        connection.look(silent + 2)
        assert await line.frame() == (PING, b"")
        before = connection.heard
        await line.send(masked(FIN | PONG) + masked(FIN | TEXT, b"here"))
        assert await line.text() == "here", "and no second ping before it"
        assert connection.heard > before
        connection.look(connection.heard + wire.PING_SECONDS + 1)
        assert await line.frame() == (PING, b"")


async def test_the_dead_are_dropped(hall: Hall) -> None:
    async with hall.line() as line:
        talk = hall.talk(line)
        talk.line.look(talk.line.heard + wire.DEAD_SECONDS + 1)
        await line.closed()
        assert talk.losses == 1


async def test_who_is_full_is_not_asked_on_top_but_dropped_like_everybody(hall: Hall) -> None:
    async with hall.line(room=2_048) as line:
        talk = hall.talk(line)
        while not talk.line.paused:
            talk.line.write(protocol.text_frame(b"x" * 4_000))
        waits = talk.line.transport.get_write_buffer_size()
        talk.line.look(talk.line.heard + wire.PING_SECONDS + 1)
        assert talk.line.transport.get_write_buffer_size() == waits
        talk.line.look(talk.line.heard + wire.DEAD_SECONDS + 1)
        await eventually(lambda: talk.losses == 1)


async def test_one_timer_looks_at_everyone_and_stops_with_the_last(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "SWEEP_SECONDS", 0.01)
    monkeypatch.setattr(wire, "PING_SECONDS", 0)
    async with hall.line() as one, hall.line() as two:
        keepalive = hall.talk(one).line._keepalive
        assert keepalive is hall.talk(two).line._keepalive
        assert await one.frame() == await two.frame() == (PING, b"")
        monkeypatch.setattr(wire, "DEAD_SECONDS", 0)
        await one.closed()
        await two.closed()
    await eventually(lambda: keepalive._timer is None)
    assert keepalive._open == set()
