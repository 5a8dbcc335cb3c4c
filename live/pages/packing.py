"""Archive packs on their way: each is made by a child process, and kept until the server stops.

Made by `app`, which closes it. One pack a broadcast, the last one that was asked for; one child at a time,
which is nice to a broadcast beside it. It knows how far each is. What is in a pack is `live.archive`'s part.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from live.decks import PACKAGES
from live.directory.broadcasts import Broadcast

logger = logging.getLogger(__name__)

SECONDS = 600  # a million events take half a minute; whatever takes longer hangs


@dataclass
class Pack:
    """`seal` when it is ready; `at`: ms."""

    path: Path
    lang: str
    share: int
    at: int
    state: Literal["making", "ready", "failed"] = "making"
    percent: int = 0
    seal: str = ""
    task: asyncio.Task[None] | None = None


class Packing:
    def __init__(self, database: Path) -> None:
        self._database = database
        self._folder: TemporaryDirectory[str] | None = None
        self._packs: dict[int, Pack] = {}  # by broadcast
        self._turn = asyncio.Semaphore(1)
        self._starting = asyncio.Lock()  # whoever presses twice gets one pack, and none is lost sight of
        self._made = 0

    def of(self, broadcast: Broadcast) -> Pack | None:
        pack = self._packs.get(broadcast.id)
        if pack is not None and pack.state == "ready" and not pack.path.exists():
            return None  # systems clear away what lies there for days
        return pack

    async def start(self, broadcast: Broadcast, lang: str, share: int, now: int) -> None:
        """Begin to make one, in place of the one that there is."""
        async with self._starting:
            await self._forget(broadcast.id)
            self._made += 1
            pack = Pack(self._room() / f"{self._made}.zip", lang, share, now)
            pack.task = asyncio.create_task(self._run(broadcast, pack))
            self._packs[broadcast.id] = pack

    async def wait(self, broadcast: Broadcast) -> None:
        """Until it is made, or has failed."""
        pack = self.of(broadcast)
        if pack is not None and pack.task is not None:
            await asyncio.wait([pack.task])

    async def forget(self, broadcast: int) -> None:
        """There is none any more: somebody's name was in it."""
        async with self._starting:
            await self._forget(broadcast)

    async def _forget(self, broadcast: int) -> None:
        pack = self._packs.pop(broadcast, None)
        if pack is not None and pack.task is not None:
            pack.task.cancel()
            await asyncio.wait([pack.task])
            pack.path.unlink(missing_ok=True)

    async def close(self) -> None:
        tasks = [pack.task for pack in self._packs.values() if pack.task is not None]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        self._packs.clear()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _room(self) -> Path:
        """Where they lie: another place, if the system has cleared the former away."""
        if self._folder is not None and not Path(self._folder.name).is_dir():
            self._folder.cleanup()
            self._folder = None
        self._folder = self._folder or TemporaryDirectory(prefix="live-packs-")
        return Path(self._folder.name)

    async def _run(self, broadcast: Broadcast, pack: Pack) -> None:
        try:
            async with self._turn, asyncio.timeout(SECONDS), self._child(broadcast, pack) as child:
                assert child.stdout is not None
                async for line in child.stdout:
                    said = line.decode().strip()
                    if said.isdigit() and len(said) <= 3:
                        pack.percent = int(said)
                    else:
                        pack.seal = said
                complete = await child.wait() == 0
            pack.state = "ready" if complete and pack.seal else "failed"
        except Exception:
            logger.exception("The pack of %s could not be made", broadcast.slug)
            pack.state = "failed"
        if pack.state == "failed":
            pack.path.unlink(missing_ok=True)  # half a pack is of no use, and perhaps the disk is full

    @asynccontextmanager
    async def _child(self, broadcast: Broadcast, pack: Pack) -> AsyncIterator[asyncio.subprocess.Process]:
        """Gone at the end of the block, whatever it did. Its complaints go where the server's own do."""
        given = (
            str(self._database),
            broadcast.slug,
            str(pack.path),
            pack.lang,
            str(pack.share),
            str(pack.at),
        )
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "live.archive", *given),
            env=os.environ | {"PYTHONPATH": str(PACKAGES)},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,
        )
        try:
            yield child
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
