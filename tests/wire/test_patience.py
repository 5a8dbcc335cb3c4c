"""Requests byte by byte: what is understood, what is refused, and that nobody can send without end."""

from __future__ import annotations

import pytest

from live.wire import patience
from live.wire.patience import AHEAD_LIMIT, HEADERS_LIMIT, UNREAD_BYTES
from tests.wire.lines import FIN, SHAKE, TEXT, Hall, Line, masked

ASKED = b"GET /nowhere HTTP/1.1\r\nHost: live\r\n\r\n"
HOST = b"Host: live\r\n"
POST = b"POST /nowhere HTTP/1.1\r\nHost: live\r\nTransfer-Encoding: chunked\r\n\r\n"


async def status(line: Line) -> int:
    """Of the next answer; all of it is read."""
    head = await line.until(b"\r\n\r\n")
    told = head.lower().partition(b"content-length: ")[2]
    await line.take(int(told.partition(b"\r\n")[0]))
    return int(head.split()[1])


@pytest.mark.parametrize(
    "raw",
    [
        ASKED,
        ASKED.replace(b"HTTP/1.1", b"HTTP/1.0"),
        b"GET /nowhere HTTP/1.0\r\n\r\n",
        ASKED.replace(b"/nowhere", b"/nowhere?a=b%20c"),
        ASKED.replace(b"/nowhere", b"http://live/nowhere"),
        ASKED.replace(HOST, HOST + b"X: a\r\n" * (HEADERS_LIMIT - 1)),
        ASKED.replace(HOST, HOST + b"X: " + b"x" * (UNREAD_BYTES - 100) + b"\r\n"),
        POST + b"3\r\nabc\r\n0\r\n\r\n",
        ASKED.replace(b"GET", b"POST").replace(HOST, HOST + b"Content-Length: 3\r\n") + b"abc",
    ],
)
async def test_what_is_asked_well_is_answered(hall: Hall, raw: bytes) -> None:
    async with hall.line(handshake=raw) as line:
        assert await status(line) == 404


@pytest.mark.parametrize(
    "raw",
    [
        b"rubbish\r\n\r\n",
        b"GET /nowhere\nHost: live\r\n\r\n",
        b"GET /nowhere\r\nHost: live\r\n\r\n",
        ASKED.replace(b"HTTP/1.1", b"HTTP/2.0"),
        ASKED.replace(b"\r\n", b"\n"),
        ASKED.replace(HOST, b""),
        ASKED.replace(HOST, HOST * 2),
        ASKED.replace(HOST, HOST + b" folded\r\n"),
        ASKED.replace(HOST, HOST + b"Bad name: a\r\n"),
        ASKED.replace(HOST, HOST + b"X: a\0b\r\n"),
        ASKED.replace(HOST, HOST + b"Content-Length: 3\r\nContent-Length: 4\r\n") + b"abcd",
        ASKED.replace(HOST, HOST + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n") + b"0\r\n\r\n",
        ASKED.replace(HOST, HOST + b"Content-Length: +3\r\n") + b"abc",
        ASKED.replace(HOST, HOST + b"X: a\r\n" * HEADERS_LIMIT),
        ASKED.replace(b"/nowhere", "/nöwhere".encode()),
    ],
)
async def test_what_two_could_understand_differently_is_refused(hall: Hall, raw: bytes) -> None:
    async with hall.line(handshake=raw) as line:
        assert await status(line) == 400
        assert await line.closed() == b""


@pytest.mark.parametrize(
    "raw",
    [
        b"GET /" + b"x" * UNREAD_BYTES,
        ASKED[:-2] + b"X: " + b"x" * UNREAD_BYTES,
        b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * UNREAD_BYTES,
    ],
)
async def test_a_head_that_never_ends_is_refused_before_its_time_is_up(hall: Hall, raw: bytes) -> None:
    async with hall.line(handshake=raw[:1_000]) as line:
        await line.send(raw[1_000:])
        assert await status(line) == 400


@pytest.mark.parametrize("raw", [b"0\r\nX: a\r\n\r\n", b"0\r\nX: " + b"x" * 1_000, b"1;" + b"x" * 1_000])
async def test_what_comes_beside_a_body_is_refused(
    hall: Hall, raw: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trailers, and notes on its pieces: nobody needs them, and there may be no end of them."""
    monkeypatch.setattr(patience, "UNREAD_BYTES", 500)
    async with hall.line(handshake=POST) as line:
        assert await status(line) == 404
        await line.send(raw)
        assert await status(line) == 400
        assert await line.closed() == b""


async def test_requests_may_come_in_advance_but_not_without_end(hall: Hall) -> None:
    async with hall.line(handshake=ASKED * 3) as line:
        assert [await status(line) for _ in range(3)] == [404] * 3
        await line.send(ASKED)
        assert await status(line) == 404, "and the line is kept"
    async with hall.line(handshake=ASKED * (AHEAD_LIMIT + 2)) as line:
        assert b"HTTP/1.1 400 " in await line.closed()


async def test_a_handshake_waits_until_the_requests_before_it_are_answered(hall: Hall) -> None:
    async with hall.line(handshake=ASKED * 2 + SHAKE + masked(FIN | TEXT, b"early")) as line:
        assert [await status(line) for _ in range(2)] == [404] * 2
        assert (await line.until(b"\r\n\r\n")).startswith(b"HTTP/1.1 101 ")
        assert await line.text() == "early"
