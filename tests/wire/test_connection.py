"""A connection: what is written arrives whole and in order, and nothing is read or kept without end."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
import weakref
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from live.server import listen
from live.wire import listening as listening_module
from live.wire.connection import HIGH_BYTES, Connection
from live.wire.listening import Listening
from tests.patience import eventually
from tests.wire.lines import MUCH, Line


class Heard(asyncio.Protocol):
    """What a protocol is told, in order."""

    def __init__(self) -> None:
        self.told: list[Any] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, Connection)
        self.connection = transport

    def data_received(self, data: bytes) -> None:
        self.told.append(data)

    def pause_writing(self) -> None:
        self.told.append("pause")

    def resume_writing(self) -> None:
        self.told.append("resume")

    def eof_received(self) -> None:
        self.told.append("end of input")

    def connection_lost(self, exc: Exception | None) -> None:
        self.told.append(type(exc))


class Failing(Heard):
    def data_received(self, data: bytes) -> None:
        raise ValueError(data)


@asynccontextmanager
async def connected(protocol: Callable[[], Heard] = Heard) -> AsyncIterator[tuple[Line, Heard]]:
    """A client, and the protocol that was made for it."""
    near, far = socket.socketpair()
    with near, far:
        near.setblocking(False)
        far.setblocking(False)
        heard = protocol()
        connection = Connection(near, None, asyncio.get_running_loop(), heard)
        yield Line(far), heard
        connection.abort()
        await eventually(lambda: near.fileno() < 0)


async def test_what_the_kernel_does_not_take_at_once_arrives_in_order() -> None:
    async with connected() as (line, heard):
        written = (b"a" * MUCH, b"b" * 1_000, b"c" * 100_000)
        for part in written:
            heard.connection.write(part)
        assert heard.told == ["pause"]
        assert await line.take(MUCH + 101_000) == b"".join(written)
        await eventually(lambda: heard.told == ["pause", "resume"])
        assert heard.connection.get_write_buffer_size() == 0


async def test_a_protocol_that_wants_no_buffer_pauses_at_the_first_byte_that_stays() -> None:
    async with connected() as (line, heard):
        heard.connection.set_write_buffer_limits(high=0)
        heard.connection.write(b"x" * MUCH)
        kept = heard.connection.get_write_buffer_size()
        assert heard.told == ["pause"]
        await line.take(MUCH - kept // 2)
        assert heard.told == ["pause"]
        await line.take(kept // 2)
        await eventually(lambda: heard.told == ["pause", "resume"])
        heard.connection.set_write_buffer_limits()
        heard.connection.write(b"x" * (MUCH - kept) + b"x" * (HIGH_BYTES // 2))
        assert heard.told == ["pause", "resume"]


async def test_closed_it_sends_what_was_written_and_takes_no_more() -> None:
    async with connected() as (line, heard):
        heard.connection.write(b"x" * MUCH)
        heard.connection.close()
        heard.connection.close()
        heard.connection.write(b"y")
        heard.connection.resume_reading()
        assert heard.connection.is_closing()
        assert not heard.connection.is_reading()
        assert len(await line.closed()) == MUCH
        assert heard.told == ["pause", "resume", type(None)]


async def test_cut_it_forgets_what_was_written() -> None:
    async with connected() as (line, heard):
        heard.connection.write(b"x" * MUCH)
        heard.connection.abort()
        heard.connection.abort()
        assert heard.told == ["pause"]  # nobody is gone in the middle of what he does
        assert len(await line.closed()) < MUCH
        assert heard.told == ["pause", type(None)]


async def test_it_ends_when_the_other_side_does() -> None:
    async with connected() as (line, heard):
        await line.send(b"hello")
        line.raw.close()
        await eventually(lambda: heard.told == [b"hello", "end of input", type(None)])


async def test_ended_it_leaves_no_circle_for_the_collector() -> None:
    near, far = socket.socketpair()
    with near, far:
        near.setblocking(False)
        connection = Connection(near, None, asyncio.get_running_loop(), Heard())
        protocol = weakref.ref(connection.get_protocol())
        connection.abort()
        del connection
        await eventually(lambda: protocol() is None)


async def test_it_ends_when_nobody_takes_what_it_sends() -> None:
    async with connected() as (line, heard):
        line.raw.close()
        heard.connection.write(b"hello")
        heard.connection.write(b"hello")
        await eventually(lambda: heard.told == [BrokenPipeError])


async def test_nothing_is_read_while_it_pauses() -> None:
    async with connected() as (line, heard):
        heard.connection.pause_reading()
        heard.connection.pause_reading()
        await line.send(b"hello")
        for _ in range(3):
            await asyncio.sleep(0)
        assert heard.told == []
        heard.connection.resume_reading()
        await eventually(lambda: heard.told == [b"hello"])


async def test_a_protocol_that_fails_ends_its_connection_and_is_told_of(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with connected(Failing) as (line, heard):
        await line.send(b"hello")
        assert await line.closed() == b""
        assert heard.told == [ValueError]
    assert "ValueError: b'hello'" in caplog.text


@pytest.fixture
async def open_port() -> AsyncIterator[tuple[Listening, list[Heard], tuple[str, int]]]:
    raw, heard = listen("127.0.0.1", 0), list[Heard]()

    def protocol() -> Heard:
        heard.append(Heard())
        return heard[-1]

    there = raw.getsockname()
    listening = Listening(raw, protocol)
    yield listening, heard, there
    listening.close()
    for each in heard:
        each.connection.abort()
        await eventually(lambda each=each: bool(each.told))  # type: ignore[misc]


async def test_nothing_short_waits_until_what_was_sent_before_is_acknowledged(
    open_port: tuple[Listening, list[Heard], tuple[str, int]],
) -> None:
    """Some 40 ms: that long took the body of a page, and the second frame in a row."""
    _, heard, there = open_port
    with socket.create_connection(there) as client:
        await eventually(lambda: bool(heard))
        connection = heard[0].connection
        assert connection.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert connection.get_extra_info("peername") == client.getsockname()
        assert connection.get_extra_info("sockname") == there
        assert connection.get_extra_info("sslcontext") is None


async def test_closed_it_lets_nobody_in_and_those_who_are_in_stay(
    open_port: tuple[Listening, list[Heard], tuple[str, int]],
) -> None:
    listening, heard, there = open_port
    with socket.create_connection(there) as client:
        await eventually(lambda: bool(heard))
        listening.close()
        listening.close()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(there)
        client.send(b"still here")
        await eventually(lambda: heard[0].told == [b"still here"])


class Spent:
    """A socket of a system that has no descriptor left, until it is asked again."""

    def __init__(self, raw: socket.socket) -> None:
        self._raw = raw
        self.asked = 0

    def accept(self) -> tuple[socket.socket, Any]:
        self.asked += 1
        if self.asked == 1:
            raise OSError(errno.EMFILE, "Too many open files")
        return self._raw.accept()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._raw, name)


async def test_when_the_system_has_no_room_it_is_tried_again_later(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(listening_module, "SPENT_SECONDS", 0.01)
    raw, heard = Spent(listen("127.0.0.1", 0)), Heard()
    listening = Listening(raw, lambda: heard)  # type: ignore[arg-type]
    with socket.create_connection(raw.getsockname()), caplog.at_level(logging.ERROR):
        await eventually(lambda: hasattr(heard, "connection"))
        assert caplog.messages == ["Nobody can be let in just now: Too many open files"]
        heard.connection.abort()
        await eventually(lambda: bool(heard.told))
    listening.close()
