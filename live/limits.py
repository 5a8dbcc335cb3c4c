"""How often one participant may do what: token buckets, in memory only.

Keyed on the participant, never on the address: 150 people may sit behind one. An anonymous question is
counted here and nowhere else, and what is counted here is forgotten when the process ends.
"""

from __future__ import annotations

from dataclasses import dataclass

from live.domain import questions, votes
from live.domain.base import Actor, Rejected
from live.domain.permits import Command


@dataclass(frozen=True)
class Rate:
    """So many at once, and one more every so many ms."""

    burst: int
    every_ms: int


VOTES = Rate(burst=10, every_ms=200)  # a thumb that cannot decide
QUESTIONS = Rate(burst=5, every_ms=20_000)  # three a minute: more is not asked but flooded
UPVOTES = Rate(burst=40, every_ms=200)  # somebody who goes through the whole list
DESK = Rate(burst=60, every_ms=50)  # a clicker that is held down
FORGET_MS = 120_000  # a bucket that was left alone this long is full again


class Limits:
    """The buckets of one broadcast."""

    def __init__(self) -> None:
        # (participant, rate) → (tokens, when they were counted, ms)
        self._buckets: dict[tuple[str, Rate], tuple[float, int]] = {}
        self._swept = 0

    def spend(self, actor: Actor, command: Command, now: int) -> None:
        """Take a token for a command at `now` (ms); raises `Rejected("too_fast")` with when to come again."""
        rate = _rate(actor, command)
        self._sweep(now)
        key = (actor.participant, rate)
        tokens, at = self._buckets.get(key, (float(rate.burst), now))
        tokens = min(rate.burst, tokens + max(0, now - at) / rate.every_ms)
        if tokens < 1:
            raise Rejected("too_fast", retry_ms=int((1 - tokens) * rate.every_ms) + 1)
        self._buckets[key] = (tokens - 1, now)

    def _sweep(self, now: int) -> None:
        if now - self._swept < FORGET_MS:
            return
        self._swept = now
        self._buckets = {key: kept for key, kept in self._buckets.items() if now - kept[1] < FORGET_MS}


def _rate(actor: Actor, command: Command) -> Rate:
    if isinstance(command, votes.Vote):
        return VOTES
    if isinstance(command, questions.Ask):
        return QUESTIONS
    return DESK if actor.on_desk else UPVOTES
