"""Who at the desk is at which question just now: seen by the others, so that two do not do the same.

A hold is a sign and no lock: it passes after a minute unless it is renewed, when it is let go, and when its
holder leaves. That two write over each other all the same is refused by `moderation` and `replies`.
"""

from __future__ import annotations

from .base import Actor, Struct
from .questions import Passing

HOLD_MS = 60_000  # a page that is at a question says so again in half of that


class Hold(Struct, tag="hold", tag_field="do"):
    """Be at a question, or let it go. It passes: `done` says that the others see it, and no log has it."""

    question: str
    on: bool


def feel(passing: Passing, command: Hold, actor: Actor, at: int) -> set[str]:
    """Who was first holds it; the same again only lasts longer."""
    who, until = passing.holds.get(command.question, ("", 0))
    if who not in {"", actor.participant} and until > at:
        return set()
    passing.holds.pop(command.question, None)
    if command.on:
        passing.holds[command.question] = (actor.participant, at + HOLD_MS)
    return {f"question/{command.question}"}


def due(passing: Passing) -> int | None:
    """When the first of them is over (ms)."""
    return min((until for _, until in passing.holds.values()), default=None)


def fade(passing: Passing, at: int) -> set[str]:
    """Forget those that are over at `at`."""
    return _drop(passing, {question for question, (_, until) in passing.holds.items() if until <= at})


def leave(passing: Passing, participant: str) -> set[str]:
    """Somebody has gone, and lets go of what they held."""
    return _drop(passing, {question for question, (who, _) in passing.holds.items() if who == participant})


def _drop(passing: Passing, questions: set[str]) -> set[str]:
    for question in questions:
        del passing.holds[question]
    return {f"question/{question}" for question in questions}
