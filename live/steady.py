"""The server's clock: wall time that never runs backwards, whatever is done to the machine's own.

It counts on a clock that nobody sets. From the wall clock it takes where to begin, follows it slowly where
the two drift apart, and jumps ahead with it only once the jump has lasted: a machine that woke up, or that
first learns the time. A wall clock that was set back is waited for in passing: time goes on a little slower.
`app` makes one for the whole server; the readers are arguments, and nothing here knows the time.
"""

from __future__ import annotations

import time
from collections.abc import Callable

FOLLOW = 0.0005  # of the time that passes: what NTP itself takes to correct a clock, which no page feels
WAIT = 0.005  # … and when it is far ahead: 5 ms in a second, 0.1 s between two pulses of a page
APART_MS = 500  # nearer than that the wall clock has drifted, and was not set
_COUNTER = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
LASTING_MS = 30_000  # a jump ahead is believed after that: a mistake is put right sooner, and never adopted


def wall() -> int:
    """What the machine says: ms since 1970, UTC. Anybody may set it."""
    return time.time_ns() // 1_000_000


def counter() -> int:
    """Milliseconds that nobody sets, and that go on while the machine sleeps where it can tell."""
    return time.clock_gettime_ns(_COUNTER) // 1_000_000


class Steady:
    """Call it for the time, ms since 1970."""

    def __init__(self, wall: Callable[[], int] = wall, counter: Callable[[], int] = counter) -> None:
        self._wall = wall
        self._counter = counter
        self._counted = counter()
        self._shift: float = wall() - self._counted  # what it says less what is counted, ms
        self._told = 0
        self._jumped: tuple[int, int] | None = None  # since when (counted), and the shift then

    def __call__(self) -> int:
        counted = self._counter()
        if counted <= self._counted and self._told:
            return self._told  # in the same ms it says the same: it is asked several times for each vote
        passed, self._counted = counted - self._counted, counted
        self._follow(self._wall() - counted, passed)
        self._told = max(self._told, round(counted + self._shift))
        return self._told

    def _follow(self, shift: int, passed: int) -> None:
        """Come nearer to what the wall clock would have the shift be, after so many ms."""
        apart = shift - self._shift
        if apart >= APART_MS:
            if self._lasts(shift):
                self._shift, self._jumped = shift, None
            return
        self._jumped = None
        most = passed * (FOLLOW if apart > -APART_MS else WAIT)
        self._shift += min(most, max(-most, apart))

    def _lasts(self, shift: int) -> bool:
        """Whether it was that far ahead the last time too, and long enough ago."""
        if self._jumped is None or abs(shift - self._jumped[1]) >= APART_MS:
            self._jumped = self._counted, shift
        return self._counted - self._jumped[0] >= LASTING_MS


def going_on(clock: Callable[[], int], at: int) -> Callable[[], int]:
    """A clock that never says less than `at`, for a log that ends there.

    Where `clock` is behind, because the server was started with its wall clock set back, nobody waits until
    it has come so far: this one goes on from `at` at once, and gives back what it is ahead as it goes.
    """
    begun = clock()
    ahead = at - begun
    if ahead <= 0:
        return clock

    def now() -> int:
        told = clock()
        return told + max(0, ahead - int((told - begun) * WAIT))

    return now
