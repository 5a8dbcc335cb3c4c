"""The stage: the single writer of one broadcast, a task that nobody cancels.

It drains its inbox, asks the domain what each errand gives, appends all of it in one transaction, and only
then answers, refreshes the feeds and wakes the hub. Sockets, pages and the HTTP interface put errands in.
It holds no rule of its own and touches no socket but through the hub.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Collection
from functools import partial
from typing import Protocol, TypeVar

from live import protocol
from live.database import is_full
from live.domain import attendance, broadcast, questions, votes
from live.domain.base import AUDIENCES, Actor, Audience, Participant, Rejected, Setup
from live.domain.permits import Command
from live.errands import Answer, Errand, Join, Order, Signal
from live.eventlog import Entry, EventLog, entries
from live.feed import Feed
from live.fold import Fold
from live.hub import Hub, Subscriber
from live.limits import Limits

T = TypeVar("T")
logger = logging.getLogger(__name__)

Reply = Callable[[Answer], None]

TOGETHER = 1_000  # errands in one transaction
TICK_SECONDS = 0.2  # counts and presence go out five times a second at most
BUSY_SECONDS = 0.25  # when the oldest errand has waited longer, more are sent back instead of queued
BUSY_RETRY_MS = 1_000
FULL_RETRY_MS = 5_000  # a full disk is looked at again after that


class Directory(Protocol):
    """What is set up for this broadcast, as the stage needs it."""

    async def setup(self) -> Setup: ...

    async def people(self) -> dict[str, Participant]: ...

    async def participant(self, name: str) -> Participant | None: ...


class Stage:
    """One broadcast that is being served. `epoch` names the life of its log."""

    def __init__(
        self,
        log: EventLog,
        directory: Directory,
        epoch: str,
        *,
        clock: Callable[[], int],
        on_fatal: Callable[[BaseException], None],
    ) -> None:
        self.epoch = epoch
        self.hub = Hub()
        self.clock = clock
        self._log = log
        self.directory = directory
        self._on_fatal = on_fatal
        self._limits = Limits()
        self._inbox: list[Errand] = []
        self._wake = asyncio.Event()
        self._closing = False
        self._dirty: set[str] = set()  # keys whose docs the feeds have not looked at yet
        self._urgent = False
        self._shown = 0.0  # when the feeds were refreshed last, on the loop's clock

    async def open(self) -> None:
        """Fold the log and start to serve. A crash is noted: until when there was evidence of anybody."""
        await self._recall()
        self._feeds = {each: Feed(each, self._fold.state, self._fold.seq) for each in AUDIENCES}
        self._task = asyncio.get_running_loop().create_task(self._run())
        served = max(await self._log.served(), self._fold.at)
        await self.signal(attendance.Restart(until=served))

    async def close(self) -> None:
        """Say goodbye to everyone, log who was there, and stop once the inbox is empty."""
        self.farewell()
        for subscriber in self.hub.everyone():
            self.leave(subscriber)
        self._closing = True
        self._wake.set()
        await self._task

    def farewell(self) -> None:
        """Tell every socket to come again in a moment."""
        self.hub.close(protocol.Bye(code="restart", retry_ms=BUSY_RETRY_MS))

    # What others ask of it ---------------------------------------------------------------------

    def submit(self, actor: Actor, command_id: str, command: Command, reply: Reply) -> None:
        """A command from a socket. `reply` is called with `done` after the commit, or with `rejected`."""
        try:
            self._limits.spend(actor, command, self.clock())
            self._admit()
        except Rejected as refusal:
            reply(protocol.rejection(command_id, refusal))
            return
        self._put(Order(actor, command_id, command, reply))

    async def order(self, actor: Actor, command_id: str, command: Command) -> Answer:
        """The same for those who can wait for the answer."""
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.submit(actor, command_id, command, lambda answer: _set(answered, answer))
        return await answered

    async def signal(self, signal: broadcast.Signal, actor: Actor | None = None) -> None:
        """Something that the server itself has noticed; returns when it is logged.

        After a change in the directory it is read again first.
        """
        setup, people = await self.directory.setup(), await self.directory.people()
        logged: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def refresh(fold: Fold) -> None:
            fold.state.life.setup = setup
            fold.state.people.update(people)

        self._put(Signal(signal, actor, before=refresh, done=lambda: _set(logged, None)))
        await logged

    async def welcome(self, actor: Actor, audience: Audience) -> bytes:
        """The first frame for a page that is about to be sent."""
        await self._know(actor)
        welcomed: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._put(Join(lambda: _set(welcomed, self._welcome(actor, audience))))
        return await welcomed

    async def join(self, subscriber: Subscriber, hello: protocol.Hello) -> None:
        """Take a socket in, or bring it up to date again after a gap."""
        await self._know(subscriber.actor)
        self._put(Join(partial(self._catch_up, subscriber, hello)))
        arrival = attendance.Arrive(connection=subscriber.connection, visible=hello.visible)
        self._put(Signal(arrival, subscriber.actor))

    def look(self, subscriber: Subscriber, visible: bool) -> None:
        """A pulse of the socket says whether its page is looked at."""
        look = attendance.Look(connection=subscriber.connection, visible=visible)
        self._put(Signal(look, subscriber.actor))

    def leave(self, subscriber: Subscriber) -> None:
        """The socket has gone."""
        self.hub.remove(subscriber)
        self._put(Signal(attendance.Leave(connection=subscriber.connection), subscriber.actor))

    def turn_out(self, participants: Collection[str]) -> None:
        """These participants' access was withdrawn: close their sockets."""
        for subscriber in self.hub.of(participants):
            subscriber.close(protocol.Bye(code="revoked"))

    def may_see_slide(self, slide: str, audience: Audience) -> bool:
        return f"slide/{slide}" in self._feeds[audience].all()

    def head(self, audience: Audience) -> int:
        """The newest change that this audience was told of."""
        return self._feeds[audience].seq

    def feed(self, audience: Audience) -> Feed:
        return self._feeds[audience]

    async def serving(self) -> None:
        """Note in the database that the broadcast is being served, if anybody is there."""
        if len(self.hub):
            await self._log.serving(self.clock())

    # The loop ----------------------------------------------------------------------------------

    async def _run(self) -> None:
        while not self._closing or self._inbox:
            await self._wake.wait()
            self._wake.clear()
            while self._inbox:
                errands, self._inbox = self._inbox[:TOGETHER], self._inbox[TOGETHER:]
                await self._turn(errands)
            await self._show()

    async def _turn(self, errands: list[Errand]) -> None:
        """Decide, commit, answer: in this order, for all errands together."""
        answers: list[Callable[[], None]] = []
        logged: list[Entry] = []
        try:
            for errand in errands:
                answers.append(self._consider(errand, logged))
            if logged:
                await self._log.append(logged)
        except Exception as error:  # what has been decided since the last commit is void
            await self._take_back(errands, error)
            return
        for answer in answers:
            answer()

    def _consider(self, errand: Errand, logged: list[Entry]) -> Callable[[], None]:
        """Apply what an errand gives and add it to `logged`; the result answers it, after the commit."""
        try:
            events = errand.decide(self._fold)
        except Rejected as refusal:
            return partial(errand.reject, refusal)
        made = entries(self._fold.seq, self.clock(), errand.actor_id, events, errand.receipt)
        for entry in made:
            self._dirty |= self._fold.apply(entry)
            self._urgent = self._urgent or not broadcast.calm(entry.event)
        logged += made
        return errand.done

    async def _take_back(self, errands: list[Errand], error: Exception) -> None:
        """Nothing of this turn is in the log: forget it, and say so."""
        logger.error("Nothing could be saved: %s", error, exc_info=not isinstance(error, sqlite3.Error))
        await self._recall()
        full = is_full(error)
        refusal = Rejected("read_only", FULL_RETRY_MS) if full else Rejected("busy", BUSY_RETRY_MS)
        for errand in errands:
            if errand.keep and not self._closing:
                asyncio.get_running_loop().call_later(FULL_RETRY_MS / 1_000, self._put, errand)
            errand.reject(refusal)
        if isinstance(error, sqlite3.Error) and not full:
            self._on_fatal(error)

    async def _recall(self) -> None:
        setup, people = await self.directory.setup(), await self.directory.people()
        self._fold = Fold.of(await self._log.entries(), setup, people)

    async def _show(self) -> None:
        """Refresh the feeds: at once for a cue, within a tick for counts."""
        if not self._dirty:
            return
        loop = asyncio.get_running_loop()
        rest = self._shown + TICK_SECONDS - loop.time()
        if not self._urgent and rest > 0:
            loop.call_later(rest, self._wake.set)
            return
        dirty, self._dirty, self._urgent, self._shown = self._dirty, set(), False, loop.time()
        state, seq = self._fold.state, self._fold.seq
        news = [each for each, feed in self._feeds.items() if feed.refresh(state, dirty, seq)]
        await self.hub.publish(news)

    # Its parts ---------------------------------------------------------------------------------

    def _put(self, errand: Errand) -> None:
        errand.waiting_since = asyncio.get_running_loop().time()
        self._inbox.append(errand)
        self._wake.set()

    def _admit(self) -> None:
        if self._closing:
            raise Rejected("busy", BUSY_RETRY_MS)
        if not self._inbox:
            return
        if asyncio.get_running_loop().time() - self._inbox[0].waiting_since > BUSY_SECONDS:
            raise Rejected("busy", BUSY_RETRY_MS)

    async def _know(self, actor: Actor) -> None:
        """Somebody who has joined since the log was folded."""
        if actor.participant in self._fold.state.people:
            return
        participant = await self.directory.participant(actor.participant)
        if participant is not None:
            self._fold.state.people.setdefault(actor.participant, participant)

    def _catch_up(self, subscriber: Subscriber, hello: protocol.Hello) -> None:
        feed = self._feeds[subscriber.audience]
        if hello.epoch == self.epoch and hello.since is not None and feed.knows(hello.since):
            subscriber.hand(feed.patch(hello.since, self.clock()))
        else:
            subscriber.hand(self._welcome(subscriber.actor, subscriber.audience))
        subscriber.seq = feed.seq
        self.hub.add(subscriber)

    def _welcome(self, actor: Actor, audience: Audience) -> bytes:
        feed = self._feeds[audience]
        return protocol.welcome(
            epoch=self.epoch, seq=feed.seq, now=self.clock(), you=self._you(actor), docs=feed.all()
        )

    def _you(self, actor: Actor) -> protocol.You:
        state = self._fold.state
        person = state.people.get(actor.participant)
        upvoted, asked = questions.mine(state.questions, actor.participant)
        return protocol.You(
            participant=actor.participant,
            role=actor.role,
            name=person.name if person else "",
            unit=person.unit if person else "",
            site=person.site if person else "",
            votes=votes.mine(state.polls, actor.participant),
            upvoted=tuple(upvoted),
            asked=tuple(asked),
        )


def _set(future: asyncio.Future[T], result: T) -> None:
    """The one who asked may have gone."""
    if not future.done():
        future.set_result(result)
