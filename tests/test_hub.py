"""The hub and its subscribers: who is written to, in which order, and what becomes of the slow."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest

from live import protocol
from live.domain import broadcast
from live.domain.base import Actor, Stamp
from live.domain.notices import Notified
from live.fanout.feed import Feed
from live.fanout.following import NONE, TOGETHER
from live.fanout.hub import ANSWERS_LIMIT, Direct, Hub, Queued
from live.protocol import Beat, Bye, Done
from tests.patience import PATIENCE

NOW = 77


class Line:
    """A connection that takes whole frames, or none while it is paused."""

    def __init__(self) -> None:
        self.paused = False
        self.descriptor = NONE
        self.written: list[bytes] = []
        self.closed: list[int] = []

    def finish(self, code: int) -> None:
        self.closed.append(code)

    def write(self, frame: bytes) -> None:
        assert not self.paused, "it would be buffered"
        self.written.append(frame)


class Crowded(Line):
    """One that is full after each frame."""

    def write(self, frame: bytes) -> None:
        self.written.append(frame)
        self.paused = True


class News:
    """A feed in which something can happen."""

    def __init__(self) -> None:
        self.state = broadcast.State()
        self.feed = Feed("attendee", self.state, 0)
        self.count = 0

    def happen(self) -> None:
        self.count += 1
        stamp = Stamp(seq=self.count, at=self.count)
        dirty = broadcast.evolve(self.state, Notified(text=f"Notice {self.count}"), stamp)
        self.feed.refresh(self.state, dirty, self.count)


def actor(name: str = "ann") -> Actor:
    return Actor(participant=name, role="attendee")


def direct(news: News, line: Line, name: str = "ann") -> Direct:
    subscriber = Direct(
        actor(name),
        "attendee",
        f"connection of {name}",
        news.feed,
        lambda: NOW,
        outlet=line,
    )
    subscriber.seq = news.feed.seq
    return subscriber


def notices(line: Line) -> list[str]:
    """The wording of each patch on a line."""
    frames = [_payload(frame) for frame in line.written]
    return [frame["docs"]["notice"]["text"] for frame in frames if frame["type"] == "patch"]


def _payload(frame: bytes) -> dict[str, Any]:
    """What a server's text frame carries."""
    assert frame[0] == 0x81, "one whole text frame"
    size = frame[1]
    start = 2 if size < 126 else 4
    length = size if size < 126 else int.from_bytes(frame[2:4], "big")
    assert len(frame) == start + length
    decoded: dict[str, Any] = msgspec.json.decode(frame[start:])
    return decoded


# Written to directly -------------------------------------------------------------------------------


async def test_news_are_written_at_once_and_once() -> None:
    news, line = News(), Line()
    subscriber = direct(news, line)
    news.happen()
    subscriber.wake()
    subscriber.wake()
    assert notices(line) == ["Notice 1"]


async def test_before_its_welcome_nobody_gets_news() -> None:
    news, line = News(), Line()
    subscriber = direct(news, line)
    subscriber.seq = None
    news.happen()
    subscriber.wake()
    assert line.written == []


async def test_a_paused_line_skips_what_is_over_and_ends_on_the_newest() -> None:
    news, line = News(), Line()
    subscriber = direct(news, line)
    line.paused = True
    for _ in range(10):
        news.happen()
        subscriber.wake()
    subscriber.answer(Done(id="x" * 22))
    assert line.written == []
    line.paused = False
    subscriber.resume()
    assert [_payload(frame)["type"] for frame in line.written] == ["done", "patch"]
    assert notices(line) == ["Notice 10"]


async def test_a_line_that_pauses_again_while_it_catches_up_still_ends_on_the_newest() -> None:
    news, line = News(), Crowded()
    subscriber = direct(news, line)
    subscriber.answer(Done(id="a" * 22))
    assert line.paused
    news.happen()
    subscriber.wake()
    line.paused = False
    subscriber.resume()
    news.happen()
    line.paused = False
    subscriber.resume()
    assert notices(line)[-1] == "Notice 2"


async def test_answers_keep_their_order_across_a_pause() -> None:
    news, line = News(), Line()
    subscriber = direct(news, line)
    subscriber.answer(Beat(t=1, now=NOW, seq=0))
    line.paused = True
    subscriber.answer(Beat(t=2, now=NOW, seq=0))
    subscriber.answer(Beat(t=3, now=NOW, seq=0))
    line.paused = False
    subscriber.resume()
    subscriber.answer(Beat(t=4, now=NOW, seq=0))
    assert [_payload(frame)["t"] for frame in line.written] == [1, 2, 3, 4]


async def test_who_asks_and_never_reads_is_let_go() -> None:
    news, line = News(), Crowded()
    subscriber = direct(news, line)
    line.paused = True
    for t in range(ANSWERS_LIMIT):
        subscriber.answer(Beat(t=t, now=NOW, seq=0))
    assert line.closed == []
    subscriber.answer(Beat(t=0, now=NOW, seq=0))
    assert line.closed == [protocol.RESTART]


async def test_the_first_goodbye_holds() -> None:
    news, line = News(), Line()
    subscriber = direct(news, line)
    subscriber.close(Bye(code="revoked"))
    subscriber.close(Bye(code="restart", retry_ms=1))
    assert line.closed == [protocol.REVOKED]
    assert [_payload(frame)["type"] for frame in line.written] == ["bye"]


# Sent to by a task ---------------------------------------------------------------------------------


async def test_a_queued_one_hears_answers_then_news_then_goodbye() -> None:
    news, heard, told = News(), list[bytes](), asyncio.Event()
    subscriber = Queued(actor(), "attendee", "connection", news.feed, lambda: NOW)
    subscriber.seq = 0

    async def send(frame: bytes) -> None:
        heard.append(frame)
        if len(heard) == 2:
            told.set()

    news.happen()
    subscriber.answer(Done(id="x" * 22))
    subscriber.wake()
    pumping = asyncio.create_task(subscriber.pump(send))
    await asyncio.wait_for(told.wait(), PATIENCE)
    subscriber.close(Bye(code="restart", retry_ms=1))
    await pumping
    assert [msgspec.json.decode(frame)["type"] for frame in heard] == ["done", "patch", "bye"]


async def test_a_queued_one_whose_send_fails_harms_nobody() -> None:
    news, hub, line = News(), Hub(), Line()
    broken = Queued(actor("bob"), "attendee", "broken", news.feed, lambda: NOW)
    broken.seq = 0

    async def send(_frame: bytes) -> None:
        raise ConnectionResetError

    pumping = asyncio.create_task(broken.pump(send))
    hub.add(broken)
    hub.add(direct(news, line))
    news.happen()
    await hub.publish(["attendee"], NOW)
    with pytest.raises(ConnectionResetError):
        await pumping
    assert notices(line) == ["Notice 1"]


# All of them ---------------------------------------------------------------------------------------


async def test_only_the_audience_with_news_is_woken() -> None:
    news, hub, line = News(), Hub(), Line()
    hub.add(direct(news, line))
    news.happen()
    await hub.publish(["desk", "screen"], NOW)
    assert line.written == []
    await hub.publish(["attendee"], NOW)
    assert notices(line) == ["Notice 1"]


async def test_others_get_their_turn_while_many_are_written_to() -> None:
    news, hub = News(), Hub()
    for n in range(3 * TOGETHER):
        hub.add(direct(news, Line(), name=f"p{n}"))
    turns = 0

    async def count_turns() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    counting = asyncio.create_task(count_turns())
    await hub.publish(["attendee"], NOW)
    counting.cancel()
    assert turns >= 2


async def test_who_leaves_while_others_are_written_to_gets_nothing_more() -> None:
    news, hub = News(), Hub()
    lines = [Line() for _ in range(TOGETHER + 1)]
    company = [direct(news, line, name=f"p{n}") for n, line in enumerate(lines)]
    for each in company:
        hub.add(each)
    news.happen()
    publishing = asyncio.create_task(hub.publish(["attendee"], NOW))
    await asyncio.sleep(0)
    hub.remove(company[-1])
    await publishing
    assert lines[0].written
    assert lines[-1].written == []


async def test_it_is_empty_when_the_last_one_has_gone() -> None:
    news, hub = News(), Hub()
    await hub.emptied()
    first, last = direct(news, Line(), name="ann"), direct(news, Line(), name="bob")
    hub.add(first)
    hub.add(last)
    emptied = asyncio.create_task(hub.emptied())
    hub.remove(first)
    await asyncio.sleep(0)
    assert not emptied.done()
    assert len(hub) == 1
    hub.remove(last)
    await emptied


async def test_one_that_is_gone_before_its_welcome_is_never_added() -> None:
    news, hub = News(), Hub()
    gone = direct(news, Line())
    hub.remove(gone)
    hub.add(gone)
    assert len(hub) == 0


async def test_somebody_with_two_pages_is_found_twice() -> None:
    news, hub = News(), Hub()
    for name in ("ann", "bob"):
        hub.add(direct(news, Line(), name=name))
    second = Queued(actor("ann"), "attendee", "the other page of ann", news.feed, lambda: NOW)
    hub.add(second)
    assert [each.connection for each in hub.of(["ann"])] == ["connection of ann", "the other page of ann"]


async def test_an_answer_is_encoded_as_the_protocol_says() -> None:
    news, line = News(), Line()
    direct(news, line).answer(Done(id="x" * 22, made="poll/1"))
    assert line.written == [protocol.text_frame(b'{"type":"done","id":"%b","made":"poll/1"}' % (b"x" * 22))]
