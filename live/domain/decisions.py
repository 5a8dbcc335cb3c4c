"""What a command gives: a row for each feature, which is told what it must know of another.

`broadcast` looks here once it is known that the giver may. What follows from an event is in `consequences`,
what it changes in `changes`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import (
    cues,
    driver,
    inquiry,
    life,
    notices,
    polls,
    reactions,
    results,
    rundown,
    splits,
    turns,
    verdicts,
    video,
    viewers,
    votes,
)
from .base import DESK, Actor, by_kind
from .known import Event, State
from .permits import Command

Events = tuple[Event, ...]


def take(state: State, command: Command, actor: Actor, at: int) -> Events:
    """The events that it gives at `at` (server ms); raises `Rejected`."""
    return DECIDED[type(command)](state, command, actor, at)


def _vote(state: State, command: votes.Command, actor: Actor, at: int) -> Events:
    return votes.decide(state.polls, command, actor, at, state.people, state.life.setup)


def _verdict(state: State, command: verdicts.ReadVote, _actor: Actor, _at: int) -> Events:
    return verdicts.decide(state.polls, command)


def _inquiry(state: State, command: inquiry.Command, actor: Actor, _at: int) -> Events:
    slide, words = state.cues.now.slide, state.life.setup.words
    return inquiry.decide(state.questions, command, actor, slide, words)


def _polls(state: State, command: polls.Command, _actor: Actor, _at: int) -> Events:
    return polls.decide(state.polls, command)


def _turns(state: State, command: turns.Command, _actor: Actor, at: int) -> Events:
    return turns.decide(state.polls, command, at, viewers.wait(state.ephemeral.viewers))


def _results(state: State, command: results.Command, _actor: Actor, at: int) -> Events:
    return results.decide(state.polls, command, at)


def _cues(state: State, command: cues.Command, _actor: Actor, _at: int) -> Events:
    match command:
        case cues.Goto():
            item = state.rundown.find(command.item)
            if isinstance(item, rundown.PollItem):
                state.polls.kept(item.poll)
            return cues.bring(state.cues, item)
        case cues.Blank():
            return cues.over(state.cues, cues.BlankOverlay() if command.on else _uncovered(state))
        case cues.ShowPoll():
            splits.check(state.polls.kept(command.poll), command.by, command.first)
            return cues.over(state.cues, command.overlay)
        case cues.ShowScores():
            return cues.over(state.cues, cues.ScoresOverlay())
        case cues.ClearOverlay():
            return cues.over(state.cues, None)


def _uncovered(state: State) -> cues.Overlay | None:
    """What comes back after a blank; a question that has left the screen meanwhile does not."""
    under = state.cues.overlay
    gone = isinstance(under, cues.QuestionOverlay) and under.question != state.questions.on_screen
    return None if gone else under


def _driver(state: State, command: driver.Command, actor: Actor, _at: int) -> Events:
    people = state.people
    here = {each for each in state.attendance.here if each in people and people[each].role in DESK}
    return driver.decide(state.driver, command, actor, here=here)


def _rundown(state: State, command: rundown.Command, _actor: Actor, _at: int) -> Events:
    if isinstance(command, rundown.Place) and isinstance(command.item, rundown.PollItem):
        state.polls.kept(command.item.poll)
    return rundown.decide(state.rundown, command)


def _notices(state: State, command: notices.Command, _actor: Actor, _at: int) -> Events:
    return notices.decide(state.notices, command, state.life.setup)


def _reactions(state: State, command: reactions.Command, _actor: Actor, _at: int) -> Events:
    return reactions.decide(state.reactions, command)


def _video(state: State, command: video.Command, _actor: Actor, at: int) -> Events:
    return video.decide(state.video, command, state.life.setup.video, state.ephemeral.video, at)


def _life(state: State, command: life.Command, _actor: Actor, _at: int) -> Events:
    return life.decide(state.life, command)


DECIDED: dict[type, Callable[[State, Any, Actor, int], Events]] = by_kind(
    (votes.Command, _vote),
    (verdicts.ReadVote, _verdict),
    (inquiry.Command, _inquiry),
    (polls.Command, _polls),
    (turns.Command, _turns),
    (results.Command, _results),
    (cues.Command, _cues),
    (driver.Command, _driver),
    (rundown.Command, _rundown),
    (notices.Command, _notices),
    (reactions.Command, _reactions),
    (video.Command, _video),
    (life.Command, _life),
)
