"""Who reads slowly, breaks off or falls silent: nothing overtakes, nothing is torn, nobody stays for ever."""

from __future__ import annotations

import asyncio
import os
import random
import socket
import struct

import pytest

from live import protocol
from live.wire import keepalive
from live.wire import line as lines
from live.wire.keepalive import Keepalive
from tests.patience import eventually
from tests.wire.lines import (
    FIN,
    MUCH,
    PING,
    PONG,
    SHAKE,
    TEXT,
    Hall,
    masked,
)

# Who reads slowly ----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
async def test_nothing_overtakes_and_nothing_is_torn_however_slowly_it_is_read(hall: Hall, seed: int) -> None:
    """Frames written by the talk, echoes, and pongs, all at once, to somebody with little room."""
    rng = random.Random(seed)
    async with hall.line(room=rng.choice([4_096, 8_192])) as line:
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
        for number in range(40):
            write(b"%d " % number + b"x" * rng.choice([0, 100, 3_000, 30_000]))
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
    async with hall.line(room=32_768, handshake=b"GET /much HTTP/1.1\r\nHost: live\r\n\r\n" + SHAKE) as line:
        await line.until(b"\r\n\r\n")
        await eventually(lambda: hall.calls == 1)
        await asyncio.sleep(0.01)
        assert all(talk.line.paused for talk in hall.talks), "there is something in the buffer"
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
        silent = connection.heard + lines.PING_SECONDS
        connection.look(silent)
        connection.look(silent + 1)
        connection.look(silent + 2)
        assert await line.frame() == (PING, b"")
        before = connection.heard
        await line.send(masked(FIN | PONG) + masked(FIN | TEXT, b"here"))
        assert await line.text() == "here", "and no second ping before it"
        assert connection.heard > before
        connection.look(connection.heard + lines.PING_SECONDS + 1)
        assert await line.frame() == (PING, b"")


async def test_the_dead_are_dropped(hall: Hall) -> None:
    async with hall.line() as line:
        talk = hall.talk(line)
        talk.line.look(talk.line.heard + lines.DEAD_SECONDS + 1)
        await line.closed()
        assert talk.losses == 1


async def test_who_is_full_is_not_asked_on_top_but_dropped_like_everybody(hall: Hall) -> None:
    async with hall.line(room=2_048) as line:
        talk = hall.talk(line)
        while not talk.line.paused:
            talk.line.write(protocol.text_frame(b"x" * 4_000))
        waits = talk.line.transport.get_write_buffer_size()
        talk.line.look(talk.line.heard + lines.PING_SECONDS + 1)
        assert talk.line.transport.get_write_buffer_size() == waits
        talk.line.look(talk.line.heard + lines.DEAD_SECONDS + 1)
        await eventually(lambda: talk.losses == 1)


async def test_one_timer_looks_at_everyone_and_stops_with_the_last(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keepalive, "ROUND_SECONDS", 0.01)
    monkeypatch.setattr(lines, "PING_SECONDS", 0)
    async with hall.line() as one, hall.line() as two:
        timer = hall.talk(one).line._keepalive
        assert timer is hall.talk(two).line._keepalive
        assert await one.frame() == await two.frame() == (PING, b"")
        monkeypatch.setattr(lines, "DEAD_SECONDS", 0)
        await one.closed()
        await two.closed()
    await eventually(lambda: timer._timer is None)
    assert timer._open == set()


async def test_ten_thousand_who_fell_silent_together_are_looked_at_a_few_at_a_time() -> None:
    looks = []

    class Silent:
        def look(self, now: float) -> None:
            looks.append(self)

    keeper = Keepalive(asyncio.get_running_loop())
    everyone = [Silent() for _ in range(10_000)]
    for each in everyone:
        keeper.add(each)
    for turn in range(1, 11):
        keeper._look()
        assert len(looks) == turn * keepalive.TOGETHER
    while len(looks) < len(everyone):
        keeper._look()
    assert set(looks) == set(everyone), "each once in a round"
    for each in everyone:
        keeper.discard(each)
    keeper._look()
    assert keeper._timer is None
