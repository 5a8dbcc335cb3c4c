"""Keepalive: one timer for all open lines, which asks the silent and drops the dead.

A few are looked at a time, so that ten thousand who fell silent together are not written to together.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Protocol

ROUND_SECONDS = 2.0  # in which each line is looked at once
TOGETHER = 64  # lines looked at before others get their turn


class Kept(Protocol):
    """What is kept alive."""

    def look(self, now: float) -> None:
        """Ask if it has been silent, drop it if it is dead."""


class Keepalive:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._open: set[Kept] = set()
        self._round: deque[Kept] = deque()  # those who come next; some may have gone
        self._timer: asyncio.TimerHandle | None = None

    def add(self, line: Kept) -> None:
        self._open.add(line)
        if self._timer is None:
            self._timer = self._loop.call_later(ROUND_SECONDS, self._look)

    def discard(self, line: Kept) -> None:
        self._open.discard(line)

    def _look(self) -> None:
        """At some; a new round begins when all have been looked at."""
        if not self._round:
            self._round.extend(self._open)
        now = self._loop.time()
        for _ in range(min(TOGETHER, len(self._round))):
            line = self._round.popleft()
            if line in self._open:
                line.look(now)
        pause = ROUND_SECONDS * min(1.0, TOGETHER / max(1, len(self._open)))
        self._timer = self._loop.call_later(pause, self._look) if self._open else None
