"""Handshakes over a real socket: who is let in, and the answer to each one that is none. Nobody hangs."""

from __future__ import annotations

import asyncio
import logging
import socket
import struct

import pytest

from live.wire import doorway, handshake
from tests.patience import eventually
from tests.wire.lines import FIN, SHAKE, TEXT, Hall, Line, masked

KEY = b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
VERSION = b"Sec-WebSocket-Version: 13\r\n"
HOST = b"Host: live\r\n"
UPGRADE, CONNECTION = b"Upgrade: websocket\r\n", b"Connection: Upgrade\r\n"
EARLIER = b"GET /nowhere HTTP/1.1\r\nHost: live\r\n\r\n"


async def test_the_answer_proves_that_it_was_understood(hall: Hall) -> None:
    """The example of RFC 6455, section 1.3."""
    async with hall.line(handshake=b"") as line:
        await line.send(SHAKE)
        answer = await line.until(b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 101 Switching Protocols\r\n")
    assert b"\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n" in answer


@pytest.mark.parametrize(
    ("given", "instead"),
    [
        (CONNECTION, b"Connection: keep-alive, Upgrade\r\n"),
        (CONNECTION, b"connection:upgrade\r\n"),
        (UPGRADE, b"UPGRADE: \t WebSocket \r\n"),
        (UPGRADE, b"Upgrade: h2c, websocket\r\n"),
        (KEY, KEY + b"Sec-WebSocket-Extensions: permessage-deflate\r\nSec-WebSocket-Protocol: chat\r\n"),
        (b"GET / ", b"GET /?a=b "),
    ],
)
async def test_what_browsers_and_libraries_say_differently_is_understood(
    hall: Hall, given: bytes, instead: bytes
) -> None:
    async with hall.line(handshake=SHAKE.replace(given, instead)) as line:
        answer = await line.until(b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 101 ")
        assert b"extensions" not in answer.lower()
        await line.send(masked(FIN | TEXT, b"in"))
        assert await line.text() == "in"


@pytest.mark.parametrize(
    ("given", "instead", "status"),
    [
        (VERSION, b"Sec-WebSocket-Version: 8\r\n", 426),
        (VERSION, VERSION * 2, 426),
        (VERSION, b"", 426),
        (KEY, b"Sec-WebSocket-Key: short\r\n", 400),
        (KEY, b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ\r\n", 400),
        (KEY, b"Sec-WebSocket-Key: \xff\xfe\r\n", 400),
        (KEY, KEY * 2, 400),
        (KEY, b"", 400),
        (HOST, b"", 400),
        (HOST, HOST * 2, 400),
        (HOST, HOST + b"Content-Length: 5\r\n", 400),
        (HOST, HOST + b"Transfer-Encoding: chunked\r\n", 400),
        (HOST, HOST + b"Bad Name: x\r\n", 400),
        (HOST, HOST + b"X: a\0b\r\n", 400),
        (HOST, HOST + b"no colon\r\n", 400),
        (HOST, HOST + b"X: " + b"x" * 70_000 + b"\r\n", 400),
        (b"GET / HTTP/1.1", b"GET / HTTP/9", 400),
        (b"GET / ", b"POST / ", 400),
        (b"GET / ", b"GET /nowhere ", 404),
        (CONNECTION, b"Connection: close\r\n", 404),
        (UPGRADE, b"Upgrade: h2c\r\n", 404),
        (UPGRADE, b"", 404),
    ],
)
async def test_a_handshake_that_is_none_is_refused(
    hall: Hall, given: bytes, instead: bytes, status: int
) -> None:
    head = SHAKE.replace(given, instead)
    assert head != SHAKE
    async with hall.line(handshake=head) as line:
        assert (await line.until(b"\r\n")).split()[1] == b"%d" % status
        if given is UPGRADE:  # a request like any other: the server would wait some seconds for the next
            await line.until(b"Not Found")
            line.raw.shutdown(socket.SHUT_WR)
        rest = await line.closed()
    if status == 426:
        assert b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" in rest
    assert hall.talks == []


@pytest.mark.parametrize(
    ("given", "instead", "status"),
    [(HOST, HOST, 101), (VERSION, b"", 426), (KEY, b"", 400), (b"GET / ", b"GET /nowhere ", 404)],
)
async def test_on_a_line_that_has_carried_requests_it_is_the_same(
    hall: Hall, given: bytes, instead: bytes, status: int
) -> None:
    async with hall.line(handshake=EARLIER) as line:
        assert (await line.until(b"\r\n")).split()[1] == b"404"
        await line.until(b"Not Found")
        await line.send(SHAKE.replace(given, instead) + masked(FIN | TEXT, b"early"))
        assert (await line.until(b"\r\n")).split()[1] == b"%d" % status
        if status == 101:
            await line.until(b"\r\n\r\n")
            assert await line.text() == "early"
        else:
            await line.closed()


async def test_a_head_may_come_in_pieces(hall: Hall) -> None:
    async with hall.line(handshake=SHAKE[:30]) as line:
        await asyncio.sleep(0.01)
        await line.send(SHAKE[30:])
        assert (await line.until(b"\r\n\r\n")).startswith(b"HTTP/1.1 101 ")
        await line.send(masked(FIN | TEXT, b"in"))
        assert await line.text() == "in"


async def test_a_door_that_fails_says_so_and_logs_why(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    hall.fails = True
    async with hall.line(handshake=b"") as line:
        await line.send(SHAKE)
        assert (await line.until(b"\r\n")).split()[1] == b"500"
        await line.closed()
    assert [record.exc_info is not None for record in caplog.records] == [True]


async def test_what_comes_before_the_door_opens_is_heard_behind_it(hall: Hall) -> None:
    hall.door.clear()
    async with hall.line(handshake=b"") as line:
        await line.send(SHAKE + masked(FIN | TEXT, b"zero"))
        await eventually(lambda: hall.calls == 1)
        await line.send(masked(FIN | TEXT, b"one") + masked(FIN | TEXT, b"two"))
        await asyncio.sleep(0.01)  # whenever it is read: now or later, nothing is lost
        hall.door.set()
        await line.until(b"\r\n\r\n")
        await line.send(masked(FIN | TEXT, b"three"))
        assert [await line.text() for _ in range(4)] == ["zero", "one", "two", "three"]


async def test_too_much_before_the_door_opens_ends_the_line(hall: Hall) -> None:
    hall.door.clear()
    async with hall.line(handshake=b"") as line:
        await line.send(SHAKE + b"x" * (doorway.EARLY_BYTES + 1))
        await line.closed()
    hall.door.set()
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
    monkeypatch.setattr(doorway, "HEADER_SECONDS", 0.1)
    for begun in (b"G", SHAKE[:-2], EARLIER + b"G"):
        async with hall.line(handshake=begun) as line:
            trickling = asyncio.create_task(_trickle(line))
            await line.closed()
            await trickling


async def test_who_says_nothing_is_waited_for_so_long_and_no_longer(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doorway, "HEADER_SECONDS", 0.05)
    async with hall.line(handshake=b"") as line:
        await line.closed()


async def _trickle(line: Line) -> None:
    """A letter of a header's name, again and again, until nobody listens."""
    try:
        while True:
            await line.send(b"x")
            await asyncio.sleep(0.01)
    except OSError:
        pass


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        SHAKE[:-1],
        SHAKE.replace(b"\r\n", b"\n"),
        SHAKE.replace(b"GET /", b"GET http://live/"),
        SHAKE.replace(HOST, HOST + b" folded\r\n"),
        SHAKE.replace(HOST, HOST + b"X: " + b"x" * handshake.HEAD_BYTES + b"\r\n"),
        SHAKE.replace(b"GET / ", "GET /ä ".encode()),
    ],
)
def test_what_is_not_plainly_a_handshake_is_left_to_the_http_protocol(raw: bytes) -> None:
    assert handshake.read(raw) is None
