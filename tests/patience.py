"""How long tests wait for what must come: until it is there, and long enough for a busy machine.

Used wherever a test waits. A test that passes never waits so long, so the number costs nothing; one that is
short makes a slow machine look like a mistake.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

PATIENCE = 60  # seconds: a test that waits longer has failed
END_SECONDS = 20  # in which a server ends that has been told to: some seconds, where a mistake is minutes


async def eventually(holds: Callable[[], bool]) -> None:
    """Wait for what nobody rings a bell for."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.001)
