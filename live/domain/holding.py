"""Who at the desk is at which question just now: seen by the others, so that two do not do the same.

A hold is a sign and no lock: it passes after a minute unless it is renewed, when it is let go, and when its
holder leaves; then it is with whoever came next, if somebody did. That two write over each other all the same
is refused by `moderation` and `replies`.
"""

from __future__ import annotations

from collections.abc import Callable

from .base import Actor, Struct
from .questions import Passing

HOLD_MS = 60_000  # a page that is at a question says so again in half of that


class Hold(Struct, tag="hold", tag_field="do"):
    """Be at a question, or let it go. It passes: `done` says that the others see it, and no log has it."""

    question: str
    on: bool


def feel(passing: Passing, command: Hold, actor: Actor, at: int) -> set[str]:
    """Who was first holds it, others wait behind; the same again only lasts longer."""
    faded = fade(passing, at)
    holders = passing.holds.setdefault(command.question, {})
    if command.on:
        holders[actor.participant] = at + HOLD_MS
    else:
        holders.pop(actor.participant, None)
    _tidy(passing)
    return faded | {f"question/{command.question}"}


def due(passing: Passing) -> int | None:
    """When the first of them is over (ms)."""
    return min((until for holders in passing.holds.values() for until in holders.values()), default=None)


def fade(passing: Passing, at: int) -> set[str]:
    """Forget those that are over at `at`."""
    return _drop(passing, lambda _who, until: until <= at)


def leave(passing: Passing, participant: str) -> set[str]:
    """Somebody has gone, and lets go of what they held."""
    return _drop(passing, lambda who, _until: who == participant)


def _drop(passing: Passing, over: Callable[[str, int], bool]) -> set[str]:
    dropped = [
        (question, who)
        for question, holders in passing.holds.items()
        for who, until in holders.items()
        if over(who, until)
    ]
    for question, who in dropped:
        del passing.holds[question][who]
    _tidy(passing)
    return {f"question/{question}" for question, _ in dropped}


def _tidy(passing: Passing) -> None:
    passing.holds = {question: holders for question, holders in passing.holds.items() if holders}
