"""Deadlines: who must be done by when, with one timer for all of them.

The doorway has one for heads, the socket one for hellos. Nearly everybody is done in time, and a timer of the
loop's own for each costs more to make and to take back than reading what they say.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import takewhile
from typing import Generic, TypeVar

T = TypeVar("T")


class Deadlines(Generic[T]):
    """Everybody has the same `seconds`; then `late` is called with whoever is still there."""

    def __init__(self, seconds: float, late: Callable[[T], None]) -> None:
        self._seconds = seconds
        self._late = late
        self._due: dict[T, float] = {}  # in the order in which they are due
        self._timer: asyncio.TimerHandle | None = None

    def add(self, who: T) -> None:
        """From now on; again, if they had one."""
        loop = asyncio.get_running_loop()
        self._due.pop(who, None)
        self._due[who] = loop.time() + self._seconds
        if self._timer is None:
            self._timer = loop.call_later(self._seconds, self._look)

    def discard(self, who: T) -> None:
        self._due.pop(who, None)

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        late = [who for who, _ in takewhile(lambda each: each[1] <= now, self._due.items())]
        for who in late:
            if self._due.pop(who, None) is not None:  # not taken out by one before
                self._late(who)
        first = next(iter(self._due.values()), None)
        self._timer = None if first is None else loop.call_later(first - now, self._look)
