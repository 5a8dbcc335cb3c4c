"""What an event changes: a row for each feature, with what it means for the docs of another.

`broadcast` looks here for every event but a vote. Nothing is decided, and nothing refused: what has happened
has happened. Which events follow from one is in `consequences`.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Any

from . import (
    answers,
    attendance,
    cues,
    driver,
    inquiry,
    life,
    notices,
    passing,
    polls,
    questions,
    reactions,
    results,
    rundown,
    scores,
    secret,
    secret_split,
    splits,
    turns,
    video,
    votes,
)
from .base import Stamp, by_kind
from .known import Event, State


def apply(state: State, event: Event, stamp: Stamp) -> Set[str]:
    """Apply it; gives the keys of the docs that may look different now."""
    return APPLIED[type(event)](state, event, stamp)


def _voted(state: State, event: votes.Voted, stamp: Stamp) -> Set[str]:
    return votes.evolve(state.polls, event, stamp)


def _secret(state: State, event: secret.Event, stamp: Stamp) -> Set[str]:
    if type(event) is secret.BallotCast:
        secret_split.note(state.ephemeral.groups, event)
    return votes.evolve(state.polls, event, stamp)


def _inquiry(state: State, event: inquiry.Event, stamp: Stamp) -> Set[str]:
    return inquiry.evolve(state.questions, state.ephemeral.questions, event, stamp, state.cues.now.slide)


def _polls(state: State, event: polls.Event, _stamp: Stamp) -> Set[str]:
    return polls.evolve(state.polls, event) | scores.dirtied(state.polls, event.poll)


def _turns(state: State, event: turns.Event, stamp: Stamp) -> Set[str]:
    dirty = turns.evolve(state.polls, event, stamp)
    if isinstance(event, turns.PollOpened):
        dirty |= rundown.reveal(state.rundown, state.polls.polls[event.poll].ballot.pictured())
    return dirty.union(scores.dirtied(state.polls, event.poll), answers.dirtied(state.polls, event.poll))


def _results(state: State, event: results.Event, stamp: Stamp) -> Set[str]:
    return results.evolve(state.polls, event, stamp).union(answers.dirtied(state.polls, event.poll))


def _secret_split(state: State, event: secret_split.Event, _stamp: Stamp) -> Set[str]:
    return secret_split.evolve(state.polls, event)


def _cues(state: State, event: cues.Event, stamp: Stamp) -> Set[str]:
    dirty = cues.evolve(state.cues, event, stamp) | {"scores"}
    return dirty | rundown.visit(state.rundown, event.item, event.slide)


def _driver(state: State, event: driver.Event, _stamp: Stamp) -> Set[str]:
    return driver.evolve(state.driver, event)


def _rundown(state: State, event: rundown.Event, _stamp: Stamp) -> Set[str]:
    return rundown.evolve(state.rundown, event)


def _notices(state: State, event: notices.Event, stamp: Stamp) -> Set[str]:
    return notices.evolve(state.notices, event, stamp)


def _reactions(state: State, event: reactions.Event, _stamp: Stamp) -> Set[str]:
    return reactions.evolve(state.reactions, state.ephemeral.mood, event)


def _video(state: State, event: video.Event, stamp: Stamp) -> Set[str]:
    return video.evolve(state.video, event, stamp)


def _life(state: State, event: life.Event, stamp: Stamp) -> Set[str]:
    dirty = life.evolve(state.life, event, stamp) | {"video", "watch", *splits.keys(state.polls)}
    return dirty | attendance.begin(state.attendance) if isinstance(event, life.Started) else dirty


def _attendance(state: State, event: attendance.Event, stamp: Stamp) -> Set[str]:
    left = event.connection if isinstance(event, attendance.Left) else ""
    who = state.attendance.connections.get(left)
    dirty = attendance.evolve(state.attendance, event, stamp)
    if left:
        gone = None if who in state.attendance.here else who
        dirty |= passing.leave(state.ephemeral, left, gone)
    if isinstance(event, attendance.Renamed):
        dirty |= {"scores", *splits.keys(state.polls)}  # a unit or a site was corrected, perhaps
        dirty |= {f"question/{each}" for each in questions.mine(state.questions, event.participant)[1]}
    return dirty


APPLIED: dict[type, Callable[[State, Any, Stamp], Set[str]]] = by_kind(
    (votes.Voted, _voted),
    (secret.Event, _secret),
    (inquiry.Event, _inquiry),
    (polls.Event, _polls),
    (turns.Event, _turns),
    (results.Event, _results),
    (secret_split.Event, _secret_split),
    (cues.Event, _cues),
    (driver.Event, _driver),
    (rundown.Event, _rundown),
    (notices.Event, _notices),
    (reactions.Event, _reactions),
    (video.Event, _video),
    (life.Event, _life),
    (attendance.Event, _attendance),
)
