"""The hub: every open socket of a broadcast, and how news reaches them.

The stage publishes after a commit; each subscriber then takes from its feed what it does not have yet.
A subscriber is a number in a feed and a few answers that are its alone, so a slow one costs nothing: it
skips what is no longer true and always ends on the newest. The hub never looks into a doc.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Protocol

from live import protocol
from live.domain.base import Actor, Audience
from live.fanout.feed import Feed
from live.fanout.following import NONE, Following

Send = Callable[[bytes], Awaitable[None]]

ANSWERS_LIMIT = 256  # answers that wait: more than a page sends before it reads one is no page


class Outlet(Protocol):
    """A connection that takes whole frames at once; see `wire`."""

    paused: bool
    descriptor: int  # of its socket, while frames may be written there by anyone; else NONE

    def write(self, frame: bytes) -> None: ...

    def finish(self, code: int) -> None: ...


class Subscriber:
    """One socket: who it is, where it stands in its feed, and what waits for it alone."""

    __slots__ = (
        "_answers",
        "actor",
        "audience",
        "bye",
        "connection",
        "feed",
        "following",
        "gone",
        "now",
        "opened_at",
        "place",
        "seq",
    )

    def __init__(
        self, actor: Actor, audience: Audience, connection: str, feed: Feed, now: Callable[[], int]
    ) -> None:
        self.actor = actor
        self.audience = audience
        self.connection = connection
        self.feed = feed
        self.now = now
        self.opened_at = asyncio.get_running_loop().time()
        self.seq: int | None = None  # none before its welcome
        self.following: Following | None = None  # none before it is in the hub
        self.place = NONE
        self.gone = False  # the socket is closed: it may be so before its welcome was written
        self.bye: protocol.Bye | None = None
        self._answers: deque[bytes] | None = None  # most have none that wait, ever

    @property
    def descriptor(self) -> int:
        """Where its frames may be written to without asking it; see `following`."""
        return NONE

    def follow(self, feed: Feed) -> None:
        """Be shown this feed. It goes back into the hub when it is known where it stands there."""
        self.unfollow()
        self.feed = feed

    def unfollow(self) -> None:
        if self.following is not None:
            self.following.remove(self)
            self.following = None

    def answer(self, frame: protocol.Down) -> None:
        """Say something to this socket alone."""
        self.hand(protocol.encode(frame))

    def hand(self, frame: bytes) -> None:
        """The same for a frame that is encoded already."""
        raise NotImplementedError

    def wake(self) -> None:
        """There may be something new in the feed."""
        raise NotImplementedError

    def write(self, frame: bytes) -> None:
        """A frame, or the end of one, as it goes over the wire."""
        raise NotImplementedError

    def close(self, bye: protocol.Bye) -> None:
        """Say goodbye after what waits has been sent; the first one holds."""
        raise NotImplementedError

    def behind(self) -> int | None:
        """Where it stood, if there is news; from now on it stands at the newest."""
        since = self.seq
        if since is None or since >= self.feed.seq:
            return None
        self.seq = self.feed.seq
        return since

    def keep(self, frame: bytes) -> bool:
        """Let an answer wait; False when too many do."""
        if self._answers is None:
            self._answers = deque()
        self._answers.append(frame)
        return len(self._answers) <= ANSWERS_LIMIT

    def kept(self) -> Iterator[bytes]:
        """The answers that wait, each once."""
        while self._answers:
            yield self._answers.popleft()


class Direct(Subscriber):
    """Written to at once, by whoever has news: no task, no queue while its connection takes what it gets."""

    __slots__ = ("_outlet",)

    def __init__(
        self,
        actor: Actor,
        audience: Audience,
        connection: str,
        feed: Feed,
        now: Callable[[], int],
        *,
        outlet: Outlet,
    ) -> None:
        super().__init__(actor, audience, connection, feed, now)
        self._outlet = outlet

    @property
    def descriptor(self) -> int:
        return self._outlet.descriptor

    def write(self, frame: bytes) -> None:
        self._outlet.write(frame)

    def hand(self, frame: bytes) -> None:
        if not self._outlet.paused:
            self._outlet.write(protocol.text_frame(frame))
        elif not self.keep(frame):
            self.close(protocol.Bye(code="slow", retry_ms=1_000))

    def wake(self) -> None:
        if self._outlet.paused or self.gone:
            return  # one who is paused leaves out what it cannot take, and catches up in one step
        since = self.behind()
        if since is not None:
            self._outlet.write(self.feed.frame(since, self.now()))

    def withhold(self) -> None:
        """The connection takes no frames but through itself, until it resumes."""
        if self.following is not None:
            self.following.fall_out(self)

    def resume(self) -> None:
        """The connection takes frames again."""
        for frame in self.kept():
            self._outlet.write(protocol.text_frame(frame))
        self.wake()
        if self.following is not None:
            self.following.fall_in(self)

    def close(self, bye: protocol.Bye) -> None:
        if self.bye is None:
            self.bye = bye
            self._outlet.write(protocol.text_frame(protocol.encode(bye)))
            self._outlet.finish(protocol.close_code(bye))


class Queued(Subscriber):
    """Sent to by a task of its own, through plain ASGI."""

    __slots__ = ("_news",)

    def __init__(
        self, actor: Actor, audience: Audience, connection: str, feed: Feed, now: Callable[[], int]
    ) -> None:
        super().__init__(actor, audience, connection, feed, now)
        self._news = asyncio.Event()

    def hand(self, frame: bytes) -> None:
        if self.keep(frame):
            self._news.set()
        else:
            self.close(protocol.Bye(code="slow", retry_ms=1_000))

    def wake(self) -> None:
        self._news.set()

    def close(self, bye: protocol.Bye) -> None:
        self.bye = self.bye or bye
        self._news.set()

    async def pump(self, send: Send) -> None:
        """Send what comes, until goodbye. `send` may be slow."""
        while self.bye is None:
            await self._news.wait()
            self._news.clear()
            for frame in self.kept():
                await send(frame)
            since = self.behind()
            if since is not None:
                await send(self.feed.patch(since, self.now()))
        await send(protocol.encode(self.bye))


class Hub:
    """All sockets of one broadcast."""

    def __init__(self) -> None:
        self._subscribers: dict[str, Subscriber] = {}  # by connection
        self._followings: dict[Feed, Following] = {}
        self._empty = asyncio.Event()
        self._empty.set()

    def add(self, subscriber: Subscriber) -> None:
        """It stands at `seq` in its feed and gets the news from now on."""
        if subscriber.gone:
            return
        self._subscribers[subscriber.connection] = subscriber
        self._empty.clear()
        feed = subscriber.feed
        following = self._followings.get(feed)
        if following is None:
            following = self._followings[feed] = Following(feed)
        subscriber.following = following
        following.add(subscriber)

    def remove(self, subscriber: Subscriber) -> None:
        subscriber.gone = True
        subscriber.unfollow()
        self._subscribers.pop(subscriber.connection, None)
        if not self._subscribers:
            self._empty.set()

    def __len__(self) -> int:
        return len(self._subscribers)

    async def publish(self, audiences: Iterable[Audience], at: int) -> None:
        """There is news for these audiences."""
        wanted = set(audiences)
        for following in list(self._followings.values()):
            if following.feed.audience in wanted:
                await following.publish(at)

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
