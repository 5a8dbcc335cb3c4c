"""Frames and goodbyes, as the wire takes and gives them."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import struct

import pytest

from live import protocol
from live.wire import line as lines
from live.wire.frames import MESSAGE_BYTES, PIECES_LIMIT
from tests.patience import eventually
from tests.wire.lines import (
    BINARY,
    CLOSE,
    FIN,
    MASK,
    PING,
    PONG,
    TEXT,
    Hall,
    masked,
)

# Frames --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, 65_535, MESSAGE_BYTES])
async def test_text_of_every_size_comes_whole_and_goes_back(hall: Hall, length: int) -> None:
    async with hall.line() as line:
        await line.send(masked(FIN | TEXT, b"x" * length))
        assert await line.text() == "x" * length
        assert hall.talk(line).heard == ["x" * length]


async def test_answers_to_messages_that_came_together_go_out_together(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []
    write = os.write

    def noted(descriptor: int, frame: bytes) -> int:
        written.append(len(frame))
        return write(descriptor, frame)

    async with hall.line() as line:
        monkeypatch.setattr(os, "write", noted)
        await line.send(masked(FIN | TEXT, b"one") + masked(FIN | TEXT, b"two") + masked(FIN | CLOSE))
        assert [await line.text(), await line.text()] == ["one", "two"]
        assert await line.frame() == (CLOSE, b"")
    assert written == [2 * len("..one")]


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


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (masked(FIN | TEXT, b"\xc0\xaf"), 1007),
        (masked(TEXT, b"\xe4\xb8") + masked(FIN, b"x"), 1007),
        (masked(FIN | TEXT, b"x" * (MESSAGE_BYTES + 1)), 1009),
        (bytes([FIN | TEXT, 0xFF]) + struct.pack("!Q", 1 << 62) + MASK, 1009),
        (bytes([FIN | TEXT, 0xFF]) + struct.pack("!Q", 1 << 63) + MASK, 1002),
        (bytes([FIN | TEXT, 0xFE]) + struct.pack("!H", 125) + MASK + b"x" * 125, 1002),
        (masked(TEXT) + masked(FIN | TEXT), 1002),
        (masked(FIN | 11), 1002),
        (masked(FIN | CLOSE, struct.pack("!H", 1000) + b"\xff"), 1007),
        (masked(TEXT, b"x" * MESSAGE_BYTES) + masked(FIN, b"x"), 1009),
        (masked(TEXT) + masked(0) * PIECES_LIMIT, 1009),
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


# Goodbyes ------------------------------------------------------------------------------------------


async def test_a_goodbye_is_returned_with_its_code(hall: Hall) -> None:
    async with hall.line() as line:
        await line.send(masked(FIN | CLOSE, struct.pack("!H", 1001) + b"going away"))
        assert await line.code() == 1001
        assert await line.closed() == b""
        await eventually(lambda: hall.talk(line).losses == 1)


async def test_a_goodbye_amid_a_message_is_a_goodbye(hall: Hall) -> None:
    async with hall.line() as line:
        await line.send(masked(TEXT, b"never whole") + masked(FIN | CLOSE, struct.pack("!H", 1000)))
        assert await line.code() == 1000
        assert await line.closed() == b""
        assert hall.talk(line).heard == []


async def test_a_goodbye_without_a_code_is_returned_without_one(hall: Hall) -> None:
    async with hall.line() as line:
        await line.send(masked(FIN | CLOSE))
        assert await line.frame() == (CLOSE, b"")
        await line.closed()


async def test_what_was_good_before_something_bad_is_answered(hall: Hall) -> None:
    async with hall.line() as line:
        await line.send(masked(FIN | TEXT, b"good") + masked(FIN | 3))
        assert await line.text() == "good"
        assert await line.code() == 1002


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
    monkeypatch.setattr(lines, "CLOSE_SECONDS", 0.05)
    async with hall.line() as line:
        hall.talk(line).line.finish(4001)
        assert await line.code() == 4001
        await line.closed()
        assert hall.talk(line).losses == 1


async def test_who_says_goodbye_and_never_reads_is_cut(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "CLOSE_SECONDS", 0.05)
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
