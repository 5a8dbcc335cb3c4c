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
from contextlib import suppress
from functools import partial
from typing import Protocol, TypeVar

from live import protocol
from live.database import is_full, passes
from live.domain import attendance, broadcast, sight
from live.domain.base import Actor, Audience, Participant, Rejected, Setup
from live.domain.permits import Command
from live.domain.votes import Vote
from live.fanout.audiences import Audiences
from live.fanout.feed import Feed
from live.fanout.hub import Hub, Subscriber
from live.log.eventlog import EventLog, Kept, entries
from live.log.fold import Fold
from live.stage import admission
from live.stage.alarm import Alarm
from live.stage.errands import Answer, Due, Errand, Join, Note, Order, Signal
from live.stage.inbox import Inbox
from live.steady import going_on

T = TypeVar("T")
logger = logging.getLogger(__name__)

Reply = Callable[[Answer], None]

BUSY_RETRY_MS = 1_000  # after that a stage that has stopped is another one


class Directory(Protocol):
    """What is set up for this broadcast, as the stage needs it."""

    async def setup(self) -> Setup: ...

    async def people(self) -> dict[str, Participant]: ...

    async def participant(self, name: str) -> Participant | None: ...


class Stage:
    """One broadcast that is being served. `epoch` names this life of it: after a restart it is another."""

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
        self._loop = asyncio.get_running_loop()
        self._inbox = Inbox()
        self._admission = admission.Admission(self._inbox)
        self.ephemeral = broadcast.Ephemeral()
        self._kept: list[Errand] = []  # signals that found no room on the disk: first in the next turn
        self._wake = asyncio.Event()
        self._closing = False
        self._alarm = Alarm(lambda: self._put(Due()))

    async def open(self) -> None:
        """Fold the log and start to serve. A crash is noted: until when there was evidence of anybody."""
        await self._recall()
        served = max(await self._log.served(), self._fold.at)
        self.clock = going_on(self.clock, served)
        self.audiences = Audiences(self._fold, self.hub, self.epoch, self.clock)
        self._task = asyncio.get_running_loop().create_task(self._run())
        # Nobody has come in yet, so this is the first thing that it does; a full disk keeps no page waiting.
        self._put(Signal(attendance.Restart(until=served)))

    async def close(self) -> None:
        """Say goodbye to everyone, log who was there, and stop once the inbox is empty."""
        self.farewell()
        for subscriber in self.hub.everyone():
            self.leave(subscriber)
        self._closing = True
        self._alarm.set(None, self.clock())
        self._wake.set()
        await self._task
        await self.audiences.shown()
        with suppress(sqlite3.Error):  # no room on the disk: the next start does it
            await self._log.settle()

    @property
    def stopped(self) -> bool:
        """It answers nothing any more: closed, or ended by what must not happen."""
        return self._task.done()

    def farewell(self) -> None:
        """Tell every socket to come again in a moment."""
        self.hub.close(protocol.Bye(code="restart", retry_ms=BUSY_RETRY_MS))

    # What others ask of it ---------------------------------------------------------------------

    def submit(self, actor: Actor, command_id: str, command: Command, reply: Reply) -> None:
        """A command from a socket. `reply` is called with `done` after the commit, or with `rejected`."""
        now = self._loop.time()
        try:
            if self._closing or self.stopped:
                raise _busy()
            cooldown_ms = self._fold.state.questions.cooldown_s * 1_000
            self._admission.admit(actor, command, now, self.clock(), cooldown_ms)
        except Rejected as refusal:
            reply(protocol.rejection(command_id, refusal))
            return
        self._inbox.put(Order(actor, command_id, command, reply), now)
        self._wake.set()

    @property
    def crowded(self) -> bool:
        """Whether votes are sent back: then ask before you look into one."""
        return self._inbox.crowded(self._loop.time())

    def wait_ms(self, actor: Actor) -> int:
        """After how long somebody may vote; 0: now."""
        return self._inbox.wait_ms(actor, Vote, self._loop.time())

    async def order(self, actor: Actor, command_id: str, command: Command) -> Answer:
        """The same for those who can wait for the answer."""
        await self._know(actor)
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.submit(actor, command_id, command, lambda answer: _set(answered, answer))
        return await answered

    async def signal(self, signal: broadcast.Signal, actor: Actor | None = None) -> None:
        """Something that the server itself has noticed; returns when it is logged.

        After a change in the directory it is read again first. Raises `Rejected` if it cannot be logged.
        """
        setup, people = await self.directory.setup(), await self.directory.people()
        logged: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def refresh(fold: Fold) -> None:
            self.audiences.resettle(fold.learn(setup, people))

        done, failed = partial(_set, logged, None), partial(_fail, logged)
        self._put(Signal(signal, actor, before=refresh, done=done, failed=failed))
        await logged

    async def welcome(self, actor: Actor, audience: Audience) -> bytes:
        """The first frame for a page that is about to be sent."""
        await self._know(actor)
        welcomed: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._put(Join(lambda: _set(welcomed, self.audiences.welcome(self._fold, actor, audience))))
        return await welcomed

    async def join(self, subscriber: Subscriber, hello: protocol.Hello) -> None:
        """Take a socket in, or bring it up to date again after a gap."""
        await self._know(subscriber.actor)
        if subscriber.gone:  # meanwhile: an arrival after its leave would stay for ever
            return
        self._put(Join(lambda: self.audiences.catch_up(self._fold, subscriber, hello)))
        arrival = attendance.Arrive(connection=subscriber.connection, visible=hello.visible)
        self._put(Signal(arrival, subscriber.actor))

    def look(self, subscriber: Subscriber, visible: bool) -> None:
        """A pulse of the socket says whether its page is looked at."""
        look = attendance.Look(connection=subscriber.connection, visible=visible)
        self._put(Signal(look, subscriber.actor))

    def note(self, what: broadcast.Note) -> None:
        """Something that only passes: docs show it, the log does not keep it."""
        self._put(Note(what))

    def notice(self, what: broadcast.Signal) -> None:
        """Something that the server itself has noticed, and that nobody waits for."""
        self._put(Signal(what))

    def leave(self, subscriber: Subscriber) -> None:
        """The socket has gone."""
        self.hub.remove(subscriber)
        self._put(Signal(attendance.Leave(connection=subscriber.connection), subscriber.actor))

    def turn_out(self, participants: Collection[str]) -> None:
        """These participants' access was withdrawn: close their sockets."""
        self.audiences.turn_out(participants)

    def may_see_slide(self, slide: str, audience: Audience) -> bool:
        return f"slide/{slide}" in self.feed(audience).all()

    def feed(self, audience: Audience) -> Feed:
        return self.audiences.feed(audience)

    @property
    def state(self) -> broadcast.State:
        """What is known now: to be read, never to be changed."""
        return self._fold.state

    async def serving(self) -> None:
        """Now and then: note that the broadcast is being served, if anybody is there, and hide orders."""
        if len(self.hub):
            await self._log.serving(self.clock())
        await self._log.settle()

    # The loop ----------------------------------------------------------------------------------

    async def _run(self) -> None:
        try:
            due = broadcast.due(self._fold.state)
            while not self._closing or self._inbox or self._kept:
                await self._wake.wait()
                self._wake.clear()
                # What has happened by itself, before whatever was asked after it.
                first: list[Errand] = [Due()] if due is not None and due < self.clock() else []
                await self._turn(first + self._inbox.take(self._loop.time()))
                # After each turn: under load there is no lull to wait for.
                self.audiences.show(self._fold, self._wake.set)
                due = broadcast.due(self._fold.state)  # and so it stays: nothing changes between two turns
                self._alarm.set(due, self.clock())
                if self._inbox:
                    self._wake.set()
        except Exception as error:
            self._stop(error)

    def _stop(self, error: Exception) -> None:
        """Acknowledge nothing more: whoever comes again finds another stage, if the database still works."""
        ours = not isinstance(error, sqlite3.Error)
        logger.error("The stage has stopped: %s", error, exc_info=ours)
        for errand in self._kept + self._inbox.everything():
            errand.reject(_busy())
        if not ours:
            self._on_fatal(error)
        self.farewell()

    async def _turn(self, errands: list[Errand]) -> None:
        """Decide, commit, answer: in this order, for all errands together."""
        errands, self._kept = self._kept + errands, []
        answers: list[Callable[[], None]] = []
        logged: list[Kept] = []
        dirty: set[str] = set()
        at = self.clock()
        try:
            for errand in errands:
                answers.append(self._consider(errand, at, logged, dirty))
            if logged:
                await self._log.append(logged)
                self._admission.room()
        except Exception as error:  # what has been decided since the last commit is void
            await self._take_back(errands, error)
            return
        self.audiences.changed(dirty, urgent=not all(sight.calm(each.event) for each in logged))
        for answer in answers:
            answer()

    def _consider(self, errand: Errand, at: int, logged: list[Kept], dirty: set[str]) -> Callable[[], None]:
        """Apply what an errand gives and add it to `logged`; the result answers it, after the commit."""
        at = at if errand.noticed_at is None else errand.noticed_at
        try:
            events = errand.decide(self._fold, at)
        except Rejected as refusal:
            return partial(errand.reject, refusal)
        dirty |= errand.dirty
        made = entries(self._fold.seq, at, errand.actor_id, events, errand.receipt)
        for entry in made:
            dirty |= self._fold.apply(entry)
        logged += made
        return errand.done

    async def _take_back(self, errands: list[Errand], error: Exception) -> None:
        """Nothing of this turn is in the log: forget it, and say so."""
        ours = not isinstance(error, sqlite3.Error)
        if not ours and not passes(error):
            for errand in errands:
                errand.reject(_busy())
            raise error
        await self._recall()
        if ours and len(errands) > 1:
            for errand in errands:  # one of them met a mistake of ours: it must not cost the others
                await self._turn([errand])
            return
        logger.error("This could not be saved: %s", error, exc_info=ours)
        for errand in errands:
            if errand.keep and not ours and not self._closing:
                errand.noticed_at = errand.noticed_at or self.clock()
                self._kept.append(errand)
            else:
                errand.void(Rejected("failed") if ours else admission.full() if is_full(error) else _busy())
        self._wait(admission.FULL_RETRY_MS if is_full(error) else BUSY_RETRY_MS, full=is_full(error))

    def _wait(self, ms: int, *, full: bool) -> None:
        """Try again after that, without a command to ask for it."""
        loop = asyncio.get_running_loop()
        if full:
            self._admission.no_room(loop.time() + ms / 1_000)
        if self._kept:
            loop.call_later(ms / 1_000, self._wake.set)

    async def _recall(self) -> None:
        fold = Fold(await self.directory.setup(), await self.directory.people(), self.ephemeral)
        await self._log.replay(fold.replay)
        fold.state.people.update(await self.directory.people())  # with whom `_know` has found meanwhile
        self._fold = fold

    # Its parts ---------------------------------------------------------------------------------

    def _put(self, errand: Errand) -> None:
        self._inbox.put(errand, self._loop.time())
        self._wake.set()

    async def _know(self, actor: Actor) -> None:
        """Somebody who has joined since the log was folded."""
        if actor.participant in self._fold.state.people:
            return
        participant = await self.directory.participant(actor.participant)
        if participant is not None:
            self._fold.state.people.setdefault(actor.participant, participant)


def _set(future: asyncio.Future[T], result: T) -> None:
    """The one who asked may have gone."""
    if not future.done():
        future.set_result(result)


def _fail(future: asyncio.Future[T], refusal: Rejected) -> None:
    if not future.done():
        future.set_exception(refusal)


def _busy() -> Rejected:
    return Rejected("busy", BUSY_RETRY_MS)
