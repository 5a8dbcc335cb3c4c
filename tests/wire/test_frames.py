"""Frames, handshakes and goodbyes, as the wire takes and gives them."""

from __future__ import annotations

import asyncio
import logging
import socket
import struct

import pytest

from live import protocol, wire
from live.server import FRAME_BYTES
from tests.wire.lines import (
    BINARY,
    CLOSE,
    FIN,
    MASK,
    PING,
    PONG,
    SHAKE,
    TEXT,
    Hall,
    Line,
    eventually,
    masked,
)

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
