"""The hub: every open socket of a broadcast, and how news reaches them.

The stage publishes after a commit; each subscriber then takes from its feed what it does not have yet.
A subscriber is a number in a feed and a few answers that are its alone, so a slow one costs nothing: it
skips what is no longer true and always ends on the newest. The hub never looks into a doc.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator

from live import protocol
from live.domain.base import Actor, Audience
from live.feed import Feed

Send = Callable[[bytes], Awaitable[None]]

ANSWERS_LIMIT = 256  # answers that wait: more than a page sends before it reads one is no page
WAKE_TOGETHER = 64  # sockets woken before other requests get their turn


class Subscriber:
    """One socket: who it is, where it stands in its feed, and what waits for it alone."""

    def __init__(self, actor: Actor, audience: Audience, connection: str) -> None:
        self.actor = actor
        self.audience = audience
        self.connection = connection
        self.seq: int | None = None  # none before its welcome
        self.gone = False  # the socket is closed: it may be so before its welcome was written
        self.bye: protocol.Bye | None = None
        self._answers: deque[bytes] = deque()
        self._news = asyncio.Event()

    def answer(self, frame: protocol.Down) -> None:
        """Say something to this socket alone."""
        self.hand(protocol.encode(frame))

    def hand(self, frame: bytes) -> None:
        if len(self._answers) >= ANSWERS_LIMIT:
            self.close(protocol.Bye(code="slow", retry_ms=1_000))
            return
        self._answers.append(frame)
        self._news.set()

    def wake(self) -> None:
        """There may be something new in the feed."""
        self._news.set()

    def close(self, bye: protocol.Bye) -> None:
        """Say goodbye after what waits has been sent; the first one holds."""
        self.bye = self.bye or bye
        self._news.set()

    async def pump(self, feed: Feed, now: Callable[[], int], send: Send) -> None:
        """Send what comes, until goodbye. Runs as a task of its own; `send` may be slow."""
        while self.bye is None:
            await self._news.wait()
            self._news.clear()
            while self._answers:
                await send(self._answers.popleft())
            if self.seq is not None and self.seq < feed.seq:
                since, self.seq = self.seq, feed.seq
                await send(feed.patch(since, now()))
        await send(protocol.encode(self.bye))


class Hub:
    """All sockets of one broadcast."""

    def __init__(self) -> None:
        self._subscribers: dict[str, Subscriber] = {}
        self._empty = asyncio.Event()
        self._empty.set()

    def add(self, subscriber: Subscriber) -> None:
        if not subscriber.gone:
            self._subscribers[subscriber.connection] = subscriber
            self._empty.clear()

    def remove(self, subscriber: Subscriber) -> None:
        subscriber.gone = True
        self._subscribers.pop(subscriber.connection, None)
        if not self._subscribers:
            self._empty.set()

    def __len__(self) -> int:
        return len(self._subscribers)

    async def publish(self, audiences: Iterable[Audience]) -> None:
        """There is news for these audiences."""
        wanted = set(audiences)
        for count, subscriber in enumerate(self.everyone(), start=1):
            if subscriber.audience in wanted:
                subscriber.wake()
            if count % WAKE_TOGETHER == 0:
                await asyncio.sleep(0)

    async def emptied(self) -> None:
        """Returns when the last socket has gone."""
        await self._empty.wait()

    def everyone(self) -> list[Subscriber]:
        return list(self._subscribers.values())

    def of(self, participants: Iterable[str]) -> Iterator[Subscriber]:
        """The sockets of these participants."""
        wanted = set(participants)
        yield from (each for each in self.everyone() if each.actor.participant in wanted)

    def close(self, bye: protocol.Bye) -> None:
        for subscriber in self.everyone():
            subscriber.close(bye)
