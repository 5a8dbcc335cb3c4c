"""Decks on their way from an upload to the rundown: one task for each, in the background.

Made by `app`, which closes it before the stages. A second upload for the same broadcast takes the place of
the first, since whoever uploads again has seen a mistake. A deck that fails leaves the former one in use. It
never draws itself: `live.decks` does, in a child process.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from live.database import Database
from live.decks import DeckError, Page, render
from live.directory import decks
from live.directory.decks import Problem
from live.domain.rundown import AttachDeck
from live.stage import Stages

logger = logging.getLogger(__name__)

AT_ONCE = 2  # decks: each may take a whole core and 1 GiB


@dataclass(frozen=True)
class Upload:
    """A file that was uploaded. It is deleted when its pages are drawn, or will not be."""

    broadcast: int
    path: Path
    name: str
    sha256: str


class _Job:
    """A deck that is being drawn. Once it is `finishing` it can no longer be stopped: it is on its way."""

    def __init__(self, deck: int, upload: Upload) -> None:
        self.deck = deck
        self.upload = upload
        self.finishing = False
        self.task: asyncio.Task[None] | None = None

    async def stop(self) -> None:
        if self.task is not None:
            if not self.finishing:
                self.task.cancel()
            await asyncio.wait([self.task])


class Renderings:
    """`now` is the wall clock, in ms."""

    def __init__(self, database: Database, stages: Stages, now: Callable[[], int]) -> None:
        self._database = database
        self._stages = stages
        self._now = now
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._starting = asyncio.Lock()
        self._jobs: dict[int, _Job] = {}  # by broadcast

    async def start(self, upload: Upload) -> None:
        """Begin to draw this deck, in place of one that is still being drawn."""
        async with self._starting:
            former = self._jobs.pop(upload.broadcast, None)
            if former is not None:
                await former.stop()
                await self._database.write(lambda db: decks.discard(db, former.deck))
            now = self._now()
            deck = await self._database.write(
                lambda db: decks.add(db, upload.broadcast, name=upload.name, sha256=upload.sha256, now=now)
            )
            job = _Job(deck, upload)
            job.task = asyncio.create_task(self._run(job))
            self._jobs[upload.broadcast] = job

    async def wait(self, broadcast: int) -> None:
        """Until the deck of this broadcast is ready, or has failed."""
        job = self._jobs.get(broadcast)
        if job is not None and job.task is not None:
            await asyncio.wait([job.task])

    async def close(self) -> None:
        """Stop drawing. What is unfinished is found and said at the next start (decks.interrupted)."""
        async with self._starting:
            await asyncio.gather(*(job.stop() for job in self._jobs.values()))
            self._jobs.clear()

    async def _run(self, job: _Job) -> None:
        try:
            async with self._turn:
                await self._draw(job)
            job.finishing = True
            await self._attach(job)
        except DeckError as error:
            await self._fail(job, Problem(error.code, error.params))
        except Exception:
            logger.exception("The deck %d could not be kept", job.deck)
            await self._fail(job, Problem(decks.INTERRUPTED))
        finally:
            job.upload.path.unlink(missing_ok=True)

    async def _draw(self, job: _Job) -> None:
        async def on_count(pages: int) -> None:
            await self._database.write(lambda db: decks.count(db, job.deck, pages))

        async def on_page(page: Page) -> None:
            await self._database.write(
                lambda db: decks.add_slide(
                    db,
                    job.deck,
                    number=page.number,
                    width=page.width,
                    height=page.height,
                    text=page.text,
                    picture=page.image,
                    small=page.small,
                    thumb=page.thumb,
                )
            )

        await render(job.upload.path, on_count=on_count, on_page=on_page)

    async def _attach(self, job: _Job) -> None:
        slides = await self._database.write(lambda db: decks.ready(db, job.deck))
        stage = await self._stages.get(job.upload.broadcast)
        await stage.signal(AttachDeck(deck=job.deck, slides=slides))

    async def _fail(self, job: _Job, problem: Problem) -> None:
        job.finishing = True
        try:
            await self._database.write(lambda db: decks.fail(db, job.deck, problem))
        except Exception:  # a full disk: the next start finds the deck unfinished and says so
            logger.exception("The deck %d could not be marked as failed", job.deck)
