"""Viewers: by which clock each page follows the broadcast, and how far behind the hall it is.

Pages say it with each pulse. It passes: the log keeps none of it, and after a restart the pulses bring it
again. The desk sees how many stand on each rung; polls ask how long to wait for the slowest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, get_args

from .base import Audience, Struct

Rung = Literal["playlist", "calibrated", "site", "now"]
RUNGS: tuple[Rung, ...] = get_args(Rung)

LONGEST_MS = 60_000  # longer no hall waits for a result; who is further behind (a pause) is not waited for
WAY_MS = 2_000  # what a vote needs from a thumb to here, and what a page strays before it says so


class Watch(Struct):
    """Note: the page behind a connection follows by `rung`, `behind_ms` after the hall."""

    connection: str
    rung: Rung
    behind_ms: int


Note = Watch


class ViewersDoc(Struct):
    """`viewers`, for the desk: pages on each rung, and how far behind those of a stream are."""

    rungs: dict[Rung, int]
    median_ms: int = 0
    slowest_ms: int = 0


Doc = ViewersDoc


@dataclass
class State:
    watching: dict[str, Watch] = field(default_factory=dict)  # by connection


def note(state: State, note: Note) -> set[str]:
    if state.watching.get(note.connection) == note:
        return set()
    state.watching[note.connection] = note
    return {"viewers"}


def leave(state: State, connection: str) -> set[str]:
    """Its connection has gone."""
    return set() if state.watching.pop(connection, None) is None else {"viewers"}


def wait(state: State) -> int:
    """For how many ms a close waits for the votes of those who follow a stream; 0 when nobody is behind."""
    behind = (each.behind_ms for each in state.watching.values() if each.rung != "now")
    slowest = max((each for each in behind if each <= LONGEST_MS), default=0)
    return slowest + WAY_MS if slowest > 0 else 0


def keys(_state: State) -> Iterator[str]:
    yield "viewers"


def view(state: State, _key: str, audience: Audience) -> Doc | None:
    if audience != "desk":
        return None
    rungs: dict[Rung, int] = dict.fromkeys(RUNGS, 0)
    for each in state.watching.values():
        rungs[each.rung] += 1
    behind = sorted(each.behind_ms for each in state.watching.values() if each.rung != "now")
    return ViewersDoc(
        rungs=rungs,
        median_ms=behind[len(behind) // 2] if behind else 0,
        slowest_ms=behind[-1] if behind else 0,
    )
