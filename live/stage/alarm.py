"""The alarm: wakes a stage when something is due by itself, with nobody asking for it.

The stage sets it after each turn to what its state says. It holds one time, and rings once for it; what
could not be done then (the disk may be full) is tried again after a moment.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

AGAIN_MS = 500


class Alarm:
    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._handle: asyncio.TimerHandle | None = None
        self._due: int | None = None
        self._rung: int | None = None  # for which time it rang last

    def set(self, due: int | None, now: int) -> None:
        """Ring at `due`, or not at all; both are server ms."""
        if due == self._due and (due is None or due > now):
            return
        if self._handle is not None:
            self._handle.cancel()
        self._due, self._handle = due, None
        if due is not None:
            rest = max(due - now, AGAIN_MS if due == self._rung and due <= now else 0)
            self._handle = asyncio.get_running_loop().call_later(rest / 1_000, self._rings)

    def _rings(self) -> None:
        self._rung = self._due
        self._due = None  # to be set again: the server's clock may be behind the loop's
        self._ring()
