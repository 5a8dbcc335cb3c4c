"""A stage without sockets for tests: its log is a real file, its commits can be held back or refused.

`Backstage` is one broadcast being served, `Ear` somebody who listens to it. A test waits for what it
expects with `until` or puts itself behind all that came before with `settle`; it never sleeps.
"""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

import msgspec

from live.auth import audience_of
from live.database import Database
from live.directory import broadcasts
from live.domain.ballots import Single
from live.domain.base import Actor, Participant, Role, Setup, Video
from live.domain.life import Start
from live.domain.permits import Command
from live.domain.polls import AddPoll
from live.domain.turns import OpenPoll
from live.domain.votes import Vote
from live.fanout.hub import Queued
from live.log.eventlog import EventLog, Kept
from live.log.fold import Fold
from live.protocol import Done, Hello, Refused
from live.stage import Stage
from live.stage.errands import Answer
from tests.patience import PATIENCE
from tests.serving import START, shown

T = TypeVar("T")


class Gate(Database):
    """A database whose commits wait while `closed`, and fail with `refusal` while there is one."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.refusal: Exception | None = None
        self.reached = asyncio.Event()  # a transaction is written and waits for its COMMIT
        self._way = threading.Event()
        self._way.set()

    @classmethod
    async def at(cls, path: Path) -> Gate:
        return cast(Gate, await cls.open(path))

    def close_gate(self) -> None:
        self.reached.clear()
        self._way.clear()

    def open_gate(self) -> None:
        self._way.set()

    async def write(self, job: Callable[[sqlite3.Connection], T]) -> T:
        if self.refusal is not None:
            raise self.refusal
        loop = asyncio.get_running_loop()

        def gated(db: sqlite3.Connection) -> T:
            result = job(db)
            loop.call_soon_threadsafe(self.reached.set)
            assert self._way.wait(PATIENCE), "the test has left the gate closed"
            return result

        return await super().write(gated)


@dataclass
class Roster:
    """The directory's word, as a test wants it."""

    known: dict[str, Participant] = field(default_factory=dict)
    title: str = "Safety course"
    video: Video = field(default_factory=Video)

    async def setup(self) -> Setup:
        return Setup(title=self.title, video=self.video)

    async def people(self) -> dict[str, Participant]:
        return dict(self.known)

    async def participant(self, name: str) -> Participant | None:
        return self.known.get(name)


@dataclass
class Backstage:
    database: Gate
    broadcast: int
    now: int = START
    roster: Roster = field(default_factory=Roster)
    fatal: list[BaseException] = field(default_factory=list)
    ears: list[Ear] = field(default_factory=list)
    clock: Callable[[], int] | None = None

    def time(self) -> int:
        return self.clock() if self.clock else self.now

    async def open(self) -> None:
        log = EventLog(self.database, self.broadcast)
        self.stage = Stage(log, self.roster, "the first life", clock=self.time, on_fatal=self.fatal.append)
        await self.stage.open()

    async def reopen(self) -> None:
        """What a restart does: another stage on the same log."""
        await self.stage.close()
        await self.open()

    def actor(self, name: str, role: Role = "attendee") -> Actor:
        self.roster.known.setdefault(name, Participant(id=name, name=name.title(), role=role, unit="Depot"))
        return Actor(participant=name, role=role)

    async def order(self, actor: Actor, command: Command, name: str = "") -> Answer:
        async with asyncio.timeout(PATIENCE):
            return await self.stage.order(actor, name or secrets.token_urlsafe(16), command)

    async def do(self, actor: Actor, command: Command) -> str | None:
        answer = await self.order(actor, command)
        assert isinstance(answer, Done), answer
        return answer.made

    async def open_poll(self) -> None:
        """The broadcast is live, and poll 1 takes votes."""
        lecturer = self.actor("chen", "lecturer")
        await self.do(lecturer, Start())
        await self.do(lecturer, AddPoll(title="Which?", ballot=Single(options=("Helmet", "Gloves"))))
        await self.do(lecturer, OpenPoll(poll=1))

    async def settle(self) -> None:
        """All that was asked before has been done, and the feeds have been looked at after it."""
        for _ in range(2):
            async with asyncio.timeout(PATIENCE):
                await self.stage.welcome(Actor(participant="nobody", role="screen"), "screen")

    async def ear(self, name: str, role: Role = "attendee") -> Ear:
        """Somebody new who has had the welcome."""
        ear = Ear(self, self.actor(name, role))
        await ear.come()
        return ear

    async def log(self) -> list[Kept]:
        return await EventLog(self.database, self.broadcast).entries()

    async def rows(self, like: str = "%") -> list[sqlite3.Row]:
        sql = "SELECT * FROM event WHERE body LIKE ? ORDER BY seq"
        return await self.database.read(lambda db: list(db.execute(sql, (like,))))

    async def anonymous(self) -> list[sqlite3.Row]:
        """The questions that were asked without a name."""
        sql = "SELECT * FROM anonymous_question"
        return await self.database.read(lambda db: list(db.execute(sql)))

    async def agree(self) -> None:
        """State, feeds and what each one who is there holds are what the log says."""
        setup, people = await self.roster.setup(), await self.roster.people()
        state = Fold.of(await self.log(), setup, people, self.stage.ephemeral).state
        for ear in (each for each in self.ears if not each.subscriber.gone):
            docs = shown(state, ear.subscriber.audience)
            await ear.until(lambda ear=ear, docs=docs: ear.docs == docs)  # type: ignore[misc]


class Ear:
    """A subscriber whose frames a test reads. While `deaf` is set, its connection takes nothing."""

    def __init__(self, where: Backstage, actor: Actor) -> None:
        audience = audience_of(actor.role)
        feed, connection = where.stage.feed(audience), secrets.token_urlsafe(9)
        self.where = where
        self.subscriber = Queued(actor, audience, connection, feed, lambda: where.now)
        self.frames: list[dict[str, Any]] = []
        self.docs: dict[str, Any] = {}
        self.hears = asyncio.Event()
        self.hears.set()
        self._news = asyncio.Condition()
        self.pumping = asyncio.create_task(self.subscriber.pump(self._take))
        where.ears.append(self)

    async def come(self) -> None:
        await self.where.stage.join(self.subscriber, Hello())
        await self.until(lambda: bool(self.frames))

    def go(self) -> None:
        self.where.stage.leave(self.subscriber)

    def patches(self) -> list[dict[str, Any]]:
        return [each for each in self.frames if each["type"] == "patch"]

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE), self._news:
            await self._news.wait_for(holds)

    async def _take(self, raw: bytes) -> None:
        await self.hears.wait()
        frame = msgspec.json.decode(raw)
        self.frames.append(frame)
        if frame["type"] == "welcome":
            self.docs = frame["docs"]
        elif frame["type"] == "patch":
            self.docs |= frame["docs"]
            self.docs = {key: doc for key, doc in self.docs.items() if doc is not None}
        async with self._news:
            self._news.notify_all()


def vote(n: int = 1, choice: int = 0) -> Vote:
    return Vote(poll=1, round=1, n=n, choice=(choice,))


def code(answer: Answer) -> str:
    assert isinstance(answer, Refused), answer
    return answer.code


def failure(code: int, text: str = "disk I/O error") -> sqlite3.OperationalError:
    """What sqlite3 raises with this code."""
    error = sqlite3.OperationalError(text)
    error.sqlite_errorcode = code
    return error


@asynccontextmanager
async def behind(folder: Path) -> AsyncIterator[Backstage]:
    """A broadcast that is served from a file in `folder`."""
    database = await Gate.at(folder / "live.db")
    made = await database.write(lambda db: broadcasts.create(db, title="Course", created_by=None, now=START))
    where = Backstage(database, made.id)
    await where.open()
    try:
        yield where
    finally:
        database.refusal = None
        database.open_gate()
        await where.stage.close()
        for ear in where.ears:
            ear.pumping.cancel()
        await asyncio.gather(*(ear.pumping for ear in where.ears), return_exceptions=True)
        await database.close()
