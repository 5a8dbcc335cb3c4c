"""How often one participant may do what: token buckets, in memory only.

Keyed on the participant, never on the address: 150 people may sit behind one. An anonymous question is
counted here and nowhere else, and what is counted here is forgotten when the process ends.
"""

from __future__ import annotations

from dataclasses import dataclass

from live.domain import questions, reactions, votes
from live.domain.base import Actor, Rejected
from live.domain.moderation import COOLDOWN_LIMIT_S
from live.domain.permits import Command


@dataclass(frozen=True, eq=False)
class Rate:
    """So many at once, and one more every so many ms. Each is itself: a key that costs nothing to hash."""

    burst: int
    every_ms: int


VOTES = Rate(burst=10, every_ms=200)  # a thumb that cannot decide
QUESTIONS = Rate(burst=5, every_ms=20_000)  # three a minute: more is not asked but flooded
UPVOTES = Rate(burst=40, every_ms=200)  # somebody who goes through the whole list
REACTIONS = Rate(burst=6, every_ms=1_000)  # four signs and a second thought
DESK = Rate(burst=60, every_ms=50)  # a clicker that is held down
LONGEST_COOLDOWN_MS = COOLDOWN_LIMIT_S * 1_000
FORGET_MS = 120_000  # a bucket that was left alone this long is full again


class Bucket:
    """So many tokens, refilled steadily. Times are ms."""

    __slots__ = ("_tokens", "at", "rate")

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self.at = 0
        self._tokens = float(rate.burst)

    def take(self, now: int) -> bool:
        """One token, if there is one."""
        rate, tokens = self.rate, self._tokens
        if now > self.at:
            tokens = min(rate.burst, tokens + (now - self.at) / rate.every_ms)
        self.at = now
        there = tokens >= 1
        self._tokens = tokens - 1 if there else tokens
        return there

    def wait_ms(self) -> int:
        """After how long there is one."""
        return int((1 - self._tokens) * self.rate.every_ms) + 1


class Limits:
    """The buckets of one broadcast, by participant and rate."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[str, Rate], Bucket] = {}
        self._swept = 0
        self._asked: dict[str, int] = {}  # participant → when they asked last, ms

    def spend(self, actor: Actor, command: Command, now: int, cooldown_ms: int = 0) -> None:
        """Take a token for a command at `now` (ms); raises `Rejected("too_fast")` with when to come again.

        `cooldown_ms`: what lies between two questions of one attendee."""
        self._sweep(now)
        if cooldown_ms and isinstance(command, questions.Ask) and not actor.on_desk:
            self._cool_down(actor.participant, now, cooldown_ms)
        rate = _rate(actor, command)
        bucket = self._buckets.get((actor.participant, rate))
        if bucket is None:
            bucket = self._buckets[actor.participant, rate] = Bucket(rate)
        if not bucket.take(now):
            raise Rejected("too_fast", retry_ms=bucket.wait_ms())

    def _cool_down(self, participant: str, now: int, cooldown_ms: int) -> None:
        wait = self._asked.get(participant, now - cooldown_ms) + cooldown_ms - now
        if wait > 0:
            raise Rejected("too_fast", retry_ms=wait)
        self._asked[participant] = now

    def _sweep(self, now: int) -> None:
        if now - self._swept < FORGET_MS:
            return
        self._swept = now
        self._asked = {who: at for who, at in self._asked.items() if now - at < LONGEST_COOLDOWN_MS}
        self._buckets = {key: each for key, each in self._buckets.items() if now - each.at < FORGET_MS}


def _rate(actor: Actor, command: Command) -> Rate:
    if isinstance(command, votes.Vote):
        return VOTES
    if isinstance(command, questions.Ask):
        return QUESTIONS
    if isinstance(command, reactions.Passing):
        return REACTIONS
    return DESK if actor.on_desk else UPVOTES
