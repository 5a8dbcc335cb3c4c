"""The stages: every broadcast that is being served, each opened when somebody first asks for it.

Made by `app`, asked by sockets and pages. It joins a broadcast's log with what the directory says of it,
and notes now and then that it is serving, so that a crash leaves evidence of when it was.
"""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from live.database import Database
from live.directory import broadcasts, people
from live.domain.base import Participant, Setup
from live.domain.life import EditSetup
from live.log.eventlog import EventLog
from live.stage.stage import Stage

FAREWELL_SECONDS = 2  # a phone in a tunnel does not keep the others waiting
SERVING_SECONDS = 15  # after a crash the record is this short at most


class NoBroadcast(LookupError):
    """There is no broadcast of that number."""


@dataclass(frozen=True)
class _Directory:
    """The directory's word on one broadcast."""

    database: Database
    broadcast: int
    address: str

    async def setup(self) -> Setup:
        return await self.database.read(lambda db: broadcasts.setup(db, self.broadcast, self.address))

    async def people(self) -> dict[str, Participant]:
        return await self.database.read(lambda db: people.everybody(db, self.broadcast))

    async def participant(self, name: str) -> Participant | None:
        return await self.database.read(lambda db: people.find(db, name))


class Stages:
    """`address` is the site's, for what is told to people: the join address."""

    def __init__(
        self,
        database: Database,
        address: str,
        *,
        clock: Callable[[], int],
        on_fatal: Callable[[BaseException], None],
    ) -> None:
        self._database = database
        self._address = address
        self._clock = clock
        self._on_fatal = on_fatal
        self._opening: dict[int, asyncio.Task[Stage]] = {}
        self._slugs: dict[str, int] = {}
        self._heart: asyncio.Task[None] | None = None

    async def get(self, broadcast: int) -> Stage:
        """The stage of a broadcast; raises `NoBroadcast`."""
        opening = self._opening.get(broadcast)
        if opening is not None and opening.done() and not opening.exception():
            stage = opening.result()
            if not stage.stopped:
                return stage  # at once: a hall that comes back asks for nothing else
            opening = None
        if opening is None:
            opening = asyncio.get_running_loop().create_task(self._open(broadcast))
            self._opening[broadcast] = opening
            opening.add_done_callback(lambda task: self._forget_failed(broadcast, task))
        return await asyncio.shield(opening)  # a page that was closed must not stop it for the others

    async def called(self, slug: str) -> tuple[int, Stage] | None:
        """The broadcast of that name and its stage; None: there is none. A name is for ever."""
        broadcast = self._slugs.get(slug)
        if broadcast is None:
            found = await self._database.read(lambda db: broadcasts.find(db, slug))
            if found is None:
                return None
            broadcast = self._slugs[slug] = found.id
        return broadcast, await self.get(broadcast)

    async def edited(self) -> None:
        """Something that is set up for all broadcasts has changed."""
        for stage in self.open_now():
            if not stage.stopped:
                await stage.signal(EditSetup())

    def start(self) -> None:
        self._heart = asyncio.get_running_loop().create_task(self._serving())

    async def close(self) -> None:
        """Log who was there, answer what waits, stop."""
        if self._heart is not None:
            self._heart.cancel()
        if self._opening:
            await asyncio.wait(self._opening.values())
        for stage in self.open_now():
            await stage.close()
        self._opening.clear()

    async def farewell(self) -> None:
        """Tell every socket that the server goes, and give them a moment to hear it."""
        for stage in self.open_now():
            stage.farewell()
        with suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL_SECONDS):
                for stage in self.open_now():
                    await stage.hub.emptied()

    async def _open(self, broadcast: int) -> Stage:
        found = await self._database.read(lambda db: broadcasts.by_id(db, broadcast))
        if found is None:
            raise NoBroadcast(broadcast)
        stage = Stage(
            EventLog(self._database, broadcast),
            _Directory(self._database, broadcast, self._address),
            f"{found.epoch}.{secrets.token_urlsafe(6)}",
            clock=self._clock,
            on_fatal=self._on_fatal,
        )
        await stage.open()
        return stage

    def _forget_failed(self, broadcast: int, task: asyncio.Task[Stage]) -> None:
        if not task.cancelled() and task.exception() is not None:
            self._opening.pop(broadcast, None)

    def open_now(self) -> list[Stage]:
        """Every stage that is being served."""
        return [task.result() for task in self._opening.values() if task.done() and not task.exception()]

    async def _serving(self) -> None:
        while True:
            await asyncio.sleep(SERVING_SECONDS)
            for stage in self.open_now():
                with suppress(sqlite3.Error):  # a full disk is the stage's to tell; this goes on
                    await stage.serving()
