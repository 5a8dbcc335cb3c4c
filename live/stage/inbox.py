"""The inbox: what waits for the stage, in two lines.

Votes stand in one, with what opens and closes their polls, so that a vote given before the closing counts.
Everything else goes before them: no slide waits behind a thousand votes. People whom a line cannot take are
sent back with the time of their turn (`turnstile`); the desk, and what the server itself has noticed, never.
"""

from __future__ import annotations

import math
from collections import deque
from typing import get_args

from live.domain import turns, votes
from live.domain.base import Actor
from live.domain.permits import Command
from live.stage.errands import Errand
from live.stage.turnstile import Turnstile

TOGETHER = 256  # errands of a line in one transaction: 15 ms of work, for which a cue may have to wait
ABOUT_VOTES = frozenset({votes.Vote, *get_args(turns.Command)})


class Inbox:
    """`now` is seconds on the caller's clock, and rises."""

    def __init__(self) -> None:
        self._votes = Line()
        self._others = Line()

    def __len__(self) -> int:
        return len(self._votes) + len(self._others)

    def wait_ms(self, actor: Actor, kind: type[Command], now: float) -> int:
        """How long somebody must stay outside with a command of this kind; 0: not at all."""
        line = self._line(kind)
        if not line.crowded(now) or actor.on_desk:
            return 0
        return math.ceil(line.wait(actor.participant, now) * 1_000)

    def crowded(self, now: float) -> bool:
        """Whether votes are sent back."""
        return self._votes.crowded(now)

    def put(self, errand: Errand, now: float) -> None:
        errand.waiting_since = now
        self._line(errand.kind).put(errand)

    def take(self, now: float) -> list[Errand]:
        """What is done next, together."""
        return self._others.take(TOGETHER, now) + self._votes.take(TOGETHER, now)

    def everything(self) -> list[Errand]:
        """What waits, also what is not next."""
        return [*self._others.errands, *self._votes.errands]

    def _line(self, kind: type[Command] | None) -> Line:
        return self._votes if kind in ABOUT_VOTES else self._others


class Line:
    """Errands in the order in which they came, and the turnstile before them."""

    def __init__(self) -> None:
        self.errands: deque[Errand] = deque()
        self._turnstile = Turnstile()
        self._taken = 0  # the last time …
        self._taken_at: float | None = None  # … if others had to stay behind

    def __len__(self) -> int:
        return len(self.errands)

    def waited(self, now: float) -> float:
        """How long the first one has."""
        return now - self.errands[0].waiting_since if self.errands else 0.0

    def crowded(self, now: float) -> bool:
        return self._turnstile.chooses(self.waited(now))

    def wait(self, who: str, now: float) -> float:
        return self._turnstile.wait(who, self.waited(now), now)

    def put(self, errand: Errand) -> None:
        self.errands.append(errand)
        if errand.actor_id is not None:
            self._turnstile.enter(errand.actor_id, errand.waiting_since)

    def take(self, most: int, now: float) -> list[Errand]:
        if self._taken_at is not None:
            self._turnstile.served(self._taken, now - self._taken_at)
        taken = [self.errands.popleft() for _ in range(min(most, len(self.errands)))]
        self._taken, self._taken_at = len(taken), now if self.errands else None
        return taken
