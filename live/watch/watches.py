"""The watches of all broadcasts: one while a broadcast is live or somebody is at its desk, and no longer.

`app` starts it, with a way to ask which stages are open. It looks at them every second, which is soon enough
for whoever comes to the desk, and starts and ends the tasks that do the watching.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from live.domain.base import DESK
from live.stage import Stage

from .fetch import Door
from .watching import Watch

LOOK_SECONDS = 1.0


class Watches:
    def __init__(self, stages: Callable[[], Iterable[Stage]], door: Door) -> None:
        self._stages = stages
        self._door = door
        self._tasks: dict[Stage, asyncio.Task[None]] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def close(self) -> None:
        tasks = [*self._tasks.values(), *([self._task] if self._task else [])]
        self._tasks.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            self.look()
            await asyncio.sleep(LOOK_SECONDS)

    def look(self) -> None:
        """Begin to watch what is worth it now, and stop what no longer is."""
        wanted = {stage for stage in self._stages() if _worth_watching(stage)}
        for stage in wanted - self._tasks.keys():
            watch = Watch(stage, self._door, stage.clock)
            self._tasks[stage] = asyncio.get_running_loop().create_task(watch.run())
        for stage in self._tasks.keys() - wanted:
            self._tasks.pop(stage).cancel()


def _worth_watching(stage: Stage) -> bool:
    state = stage.state
    if stage.stopped or state.life.setup.video.kind == "none":
        return False
    here = (state.people.get(each) for each in state.attendance.here)
    return state.life.phase == "live" or any(each is not None and each.role in DESK for each in here)
