"""A house in a hurry: a real server whose clock runs as much faster as its people wait shorter.

For tests of whoever lives by pauses, such as the crowd. An hour of the hall passes in seconds, and
what the server measures in time, such as how fast somebody may ask, stays in proportion.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path

from tests.patience import PATIENCE
from tests.serving import START, House, at_home

TICK_SECONDS = 0.01


@asynccontextmanager
async def hurried_house(folder: Path, times: float) -> AsyncIterator[House]:
    """A house whose clock runs so many times as fast as ours."""
    async with at_home(folder) as house:
        ticking = asyncio.create_task(_tick(house, times))
        try:
            yield house
        finally:
            ticking.cancel()


def hurried(times: float) -> Callable[[float], Awaitable[None]]:
    """A pause that is so many times as short."""

    async def pause(seconds: float) -> None:
        await asyncio.sleep(seconds / times)

    return pause


@asynccontextmanager
async def beside(*doings: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Do these while the block runs, and no longer. When one of them fails, so does the block."""
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as group:
        tasks = [group.create_task(each) for each in doings]
        yield
        for task in tasks:
            task.cancel()


async def _tick(house: House, times: float) -> None:
    loop = asyncio.get_running_loop()
    began = loop.time()
    while True:
        house.now = START + int((loop.time() - began) * times * 1000)
        await asyncio.sleep(TICK_SECONDS)
