"""A following: whoever keeps step is written to by number, and whoever cannot loses nothing by it."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator

import pytest

from live.fanout.following import NONE, TOGETHER
from live.fanout.hub import Direct, Hub
from tests.test_hub import NOW, News, direct, notices
from tests.test_hub import Line as Recorded


class Line(Recorded):
    """A real socket. What it has no room for waits here, as in the transport of a real line."""

    talk: Direct

    def __init__(self) -> None:
        super().__init__()
        self.near, self.far = socket.socketpair()
        self.near.setblocking(False)
        self.far.setblocking(False)
        self.descriptor = self.near.fileno()
        self.waiting = b""

    def write(self, frame: bytes) -> None:
        try:
            sent = os.write(self.near.fileno(), frame)
        except BlockingIOError:
            sent = 0
        if sent < len(frame):
            self.waiting, self.paused, self.descriptor = frame[sent:], True, NONE
            self.talk.withhold()

    def fill(self) -> int:
        """Take all its room away; how many bytes that were."""
        filled = 0
        while True:
            try:
                filled += os.write(self.near.fileno(), b"\0" * 1_000)
            except BlockingIOError:
                return filled

    def resume(self) -> None:
        os.write(self.near.fileno(), self.waiting)
        self.paused, self.descriptor = False, self.near.fileno()
        self.talk.resume()

    def close(self) -> None:
        self.near.close()
        self.far.close()

    def read(self) -> list[str]:
        """The notices that have come; `written` are the frames."""
        try:
            raw = self.far.recv(1 << 20)
        except BlockingIOError:
            return []
        self.written = [b"\x81" + frame for frame in raw.split(b"\x81")[1:]]
        return notices(self)


class Company:
    """So many who follow one feed."""

    def __init__(self, many: int) -> None:
        self.news, self.hub = News(), Hub()
        self.lines = [Line() for _ in range(many)]
        for number, line in enumerate(self.lines):
            line.talk = direct(self.news, line, name=f"p{number}")
            self.hub.add(line.talk)

    async def tell(self) -> None:
        self.news.happen()
        await self.hub.publish(["attendee"], NOW)

    def read(self) -> list[list[str]]:
        return [line.read() for line in self.lines]


@pytest.fixture
async def three() -> AsyncIterator[Company]:
    company = Company(3)
    yield company
    for line in company.lines:
        line.close()


@pytest.fixture
async def many() -> AsyncIterator[Company]:
    company = Company(2 * TOGETHER)
    yield company
    for line in company.lines:
        line.close()


async def test_everyone_gets_all_news_once_and_in_order(three: Company) -> None:
    for _ in range(3):
        await three.tell()
    assert three.read() == [["Notice 1", "Notice 2", "Notice 3"]] * 3
    assert all(line.talk.place != NONE for line in three.lines)


async def test_who_is_full_gets_the_rest_of_a_frame_then_the_newest_and_keeps_step_again(
    three: Company,
) -> None:
    slow = three.lines[1]
    filled = slow.fill()
    for _ in range(3):
        await three.tell()
    assert slow.talk.place == NONE
    assert slow.far.recv(filled) == b"\0" * filled
    slow.resume()
    assert slow.read() == ["Notice 1", "Notice 3"]
    await three.tell()
    assert slow.read() == ["Notice 4"]
    assert slow.talk.place != NONE


async def test_who_leaves_while_a_frame_goes_out_is_not_written_to(many: Company) -> None:
    """The next connection may have the number by then."""
    telling = asyncio.create_task(many.tell())
    await asyncio.sleep(0)
    many.hub.remove(many.lines[-1].talk)
    await telling
    assert many.read() == [*[["Notice 1"]] * (len(many.lines) - 1), []]


@pytest.mark.parametrize("which", [0, -1])
async def test_who_is_withheld_while_a_frame_goes_out_gets_it_once(many: Company, which: int) -> None:
    line = many.lines[which]
    telling = asyncio.create_task(many.tell())
    await asyncio.sleep(0)
    line.talk.withhold()
    assert line.talk.seq == (many.news.feed.seq if which == 0 else 0)
    await telling
    assert many.read() == [["Notice 1"]] * len(many.lines)
    assert line.talk.place != NONE


async def test_places_that_were_left_are_filled(many: Company) -> None:
    for line in many.lines[: TOGETHER + 1]:
        many.hub.remove(line.talk)
    await many.tell()
    stayed = many.lines[TOGETHER + 1 :]
    assert [line.talk.place for line in stayed] == list(range(len(stayed)))
    many.hub.remove(stayed[0].talk)
    await many.tell()
    assert stayed[0].read() == ["Notice 1"]
    assert [line.read() for line in stayed[1:]] == [["Notice 1", "Notice 2"]] * (len(stayed) - 1)


async def test_who_is_shown_another_feed_goes_on_where_they_stood(three: Company) -> None:
    other, follower = News(), three.lines[0].talk
    await three.tell()
    three.read()
    other.happen()
    other.happen()
    follower.follow(other.feed)
    assert follower.seq == 1
    three.hub.add(follower)
    await three.tell()
    assert three.read() == [["Notice 2"]] * 3


async def test_news_and_newcomers_while_a_frame_goes_out(many: Company) -> None:
    """The stage does not wait for it: docs change meanwhile, and somebody is welcomed."""
    telling = asyncio.create_task(many.tell())
    await asyncio.sleep(0)
    many.news.happen()
    newcomer = Line()
    newcomer.talk = direct(many.news, newcomer, name="newcomer")
    many.hub.add(newcomer.talk)
    await telling
    assert many.read() == [["Notice 1"]] * len(many.lines)
    assert newcomer.read() == [], "it was welcomed with Notice 2"
    await many.hub.publish(["attendee"], NOW)
    assert many.read() == [["Notice 2"]] * len(many.lines)
    await many.tell()
    assert [*many.read(), newcomer.read()] == [["Notice 3"]] * (len(many.lines) + 1)
    assert newcomer.talk.place != NONE
    newcomer.close()
