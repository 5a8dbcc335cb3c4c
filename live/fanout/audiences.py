"""The audiences of a broadcast: what each of them may see, and when it is shown to them.

The stage says after a commit which docs may have changed. A cue is shown at once; counts and presence
wait for the next tick, so that a thousand votes are one frame. It decides nothing and logs nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from functools import partial

from live import protocol
from live.domain import notices, sight
from live.domain.base import AUDIENCES, Actor, Audience
from live.fanout.feed import Aside, Feed
from live.fanout.hub import Hub, Subscriber
from live.log.fold import Fold

TICK_SECONDS = 0.2  # counts and presence go out five times a second at most
PUBLISHING_SECONDS = 0.01  # when the counts before are still going out to thousands, it is looked at again
REVOKED = protocol.Bye(code="revoked")


class Audiences:
    """`epoch` names the life in which the feeds' numbers count, `clock` is the server's wall clock (ms).

    The numbers are no rows of the log: what is not in it (who looks on, how far behind) changes docs too,
    and so does the directory.
    """

    def __init__(self, fold: Fold, hub: Hub, epoch: str, clock: Callable[[], int]) -> None:
        self._seq = 0  # how often docs have been looked at again
        self._feeds = {each: Feed(each, fold.state, self._seq) for each in AUDIENCES}
        self._asides: dict[tuple[Audience, notices.Place], Aside] = {}
        self._hub = hub
        self._epoch = epoch
        self._clock = clock
        self._dirty: set[str] = set()  # keys whose docs the feeds have not looked at yet
        self._urgent = False
        self._shown = 0.0  # when the feeds were refreshed last, on the loop's clock
        self._tick: asyncio.TimerHandle | None = None
        self._news: set[Audience] = set()  # who is to hear of what has changed
        self._publishing: asyncio.Task[None] | None = None  # one at a time: a hub tells each thing to the end
        self._turned_out: dict[str, float] = {}  # participants, and when, on the loop's clock
        self._resettled: dict[str, int] = {}  # participants, and the first number of those who know it

    def feed(self, audience: Audience) -> Feed:
        return self._feeds[audience]

    def changed(self, dirty: set[str], *, urgent: bool) -> None:
        """These docs may look different now; `urgent`: not only counts."""
        self._dirty |= dirty
        self._urgent = self._urgent or urgent

    def resettle(self, participants: Collection[str]) -> None:
        """Their site or unit was corrected: whatever they hold may be of the old place."""
        self._resettled |= dict.fromkeys(participants, self._seq + 1)

    def show(self, fold: Fold, due: Callable[[], None]) -> None:
        """Refresh the feeds and publish, if it is time; else `due` is called when it is.

        Nobody waits for those who are told: the stage goes on meanwhile. What went wrong there is raised the
        next time, which is then due at once.
        """
        if self._publishing is not None and self._publishing.done():
            self._publishing.result()
        if not self._dirty:
            return
        loop = asyncio.get_running_loop()
        rest = self._shown + TICK_SECONDS - loop.time()
        if not self._urgent and (rest > 0 or self._telling()):
            self._at_the_tick(loop, max(rest, PUBLISHING_SECONDS), due)
            return
        dirty, self._dirty, self._urgent, self._shown = self._dirty, set(), False, loop.time()
        self._seq += 1
        feeds = [*self._feeds.values(), *self._asides.values()]
        self._news |= {feed.audience for feed in feeds if feed.refresh(fold.state, dirty, self._seq)}
        self._news |= self._move(fold, dirty)
        if not self._telling():
            self._publishing = loop.create_task(self._publish())
            self._publishing.add_done_callback(partial(_if_it_failed, due))

    async def shown(self) -> None:
        """Everything has gone out, or will not any more."""
        if self._publishing is not None:
            await asyncio.wait([self._publishing])

    def _telling(self) -> bool:
        return self._publishing is not None and not self._publishing.done()

    async def _publish(self) -> None:
        while self._news:
            news, self._news = self._news, set()
            await self._hub.publish(news, self._clock())

    def welcome(self, fold: Fold, actor: Actor, audience: Audience) -> bytes:
        """Everything, for somebody who has nothing."""
        feed = self._feed_for(fold, actor, audience)
        return protocol.welcome(
            epoch=self._epoch, seq=feed.seq, now=self._clock(), you=fold.you(actor), docs=feed.joined()
        )

    def catch_up(self, fold: Fold, subscriber: Subscriber, hello: protocol.Hello) -> None:
        """What a socket has missed, or everything; from now on it gets the news."""
        if self._turned_out.get(subscriber.actor.participant, 0.0) > subscriber.opened_at:
            subscriber.close(REVOKED)
            return
        feed = self._feed_for(fold, subscriber.actor, subscriber.audience)
        subscriber.follow(feed)
        since, settled = hello.since, self._resettled.get(subscriber.actor.participant, 0)
        if hello.epoch == self._epoch and since is not None and since >= settled and feed.knows(since):
            subscriber.hand(feed.patch(since, self._clock()))
        else:
            subscriber.hand(self.welcome(fold, subscriber.actor, subscriber.audience))
        subscriber.seq = feed.seq
        self._hub.add(subscriber)

    def turn_out(self, participants: Collection[str]) -> None:
        """Close the sockets of these participants, also of those about to say hello."""
        self._turned_out |= dict.fromkeys(participants, asyncio.get_running_loop().time())
        for subscriber in self._hub.of(participants):
            subscriber.close(REVOKED)

    def _feed_for(self, fold: Fold, actor: Actor, audience: Audience) -> Feed:
        """The audience's, or that of a place in it to which something went that is not for all."""
        place, main = sight.place(fold.state, actor, audience), self._feeds[audience]
        if place == notices.ANYWHERE:
            return main
        aside = self._asides.get((audience, place))
        if aside is None:
            self._seq += 1  # whoever stands at the number before has none of what is only theirs
            aside = self._asides[audience, place] = Aside(main, place, fold.state, self._seq)
        return aside

    def _move(self, fold: Fold, dirty: set[str]) -> set[Audience]:
        """Put those who are there into the feed of their place, when the first notice goes to it or when
        they are somewhere else now; gives the audiences in which somebody has moved."""
        if dirty.isdisjoint(notices.ASIDE) and not (self._asides and _people(dirty)):
            return set()
        everyone = self._hub.everyone() if dirty & notices.ASIDE else self._hub.of(_people(dirty))
        moved: set[Audience] = set()
        for each in everyone:
            feed, before = self._feed_for(fold, each.actor, each.audience), each.feed
            if feed is before:
                continue
            each.follow(feed)
            moved.add(each.audience)
            settled = self._resettled.get(each.actor.participant, 0)
            stale = (each.seq or 0) < settled or not feed.place.holds(before.place)
            if stale:  # what it holds is of another place
                each.hand(self.welcome(fold, each.actor, each.audience))
                each.seq = feed.seq
            self._hub.add(each)
        return moved

    def _at_the_tick(self, loop: asyncio.AbstractEventLoop, rest: float, due: Callable[[], None]) -> None:
        if self._tick is None or self._tick.when() <= loop.time():
            self._tick = loop.call_later(rest, due)


def _if_it_failed(due: Callable[[], None], publishing: asyncio.Task[None]) -> None:
    if not publishing.cancelled() and publishing.exception() is not None:
        due()


def _people(dirty: set[str]) -> set[str]:
    return {key.removeprefix("person/") for key in dirty if key.startswith("person/")}
