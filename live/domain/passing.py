"""What passes: it is in no log, and a new start of the server knows nothing of it.

Who looks on by which clock, and what a hall shows without words. `broadcast` holds it beside the state
that the log gives; `errands` bring changes of it that have no event. Docs of it are ordinary docs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from . import holding, questions, reactions, secret_split, video, viewers
from .base import Actor, by_kind

Note = viewers.Note | video.Note


@dataclass
class Ephemeral:
    viewers: viewers.State = field(default_factory=viewers.State)
    questions: questions.Passing = field(default_factory=questions.Passing)
    mood: reactions.Mood = field(default_factory=reactions.Mood)
    video: video.Passing = field(default_factory=video.Passing)
    groups: secret_split.Passing = field(default_factory=secret_split.Passing)


def note(known: Ephemeral, what: Note) -> set[str]:
    """Take in what a page has said beside its commands, or the watch of the stream has found."""
    if isinstance(what, video.Note):
        return video.note(known.video, what)
    return viewers.note(known.viewers, what)


def due(known: Ephemeral) -> int | None:
    """When the first of it is over (server ms)."""
    ends = (reactions.due(known.mood), holding.due(known.questions))
    return min((each for each in ends if each is not None), default=None)


def fade(known: Ephemeral, at: int) -> set[str]:
    """Forget what is over at `at`."""
    return reactions.fade(known.mood, at) | holding.fade(known.questions, at)


def leave(known: Ephemeral, connection: str, gone: str | None) -> set[str]:
    """A connection has ended; `gone`: whose last it was."""
    dirty = viewers.leave(known.viewers, connection)
    if gone is None:
        return dirty
    return dirty | reactions.leave(known.mood, gone) | holding.leave(known.questions, gone)


def _held(known: Ephemeral, command: holding.Hold, actor: Actor, at: int) -> set[str]:
    return holding.feel(known.questions, command, actor, at)


def _felt(known: Ephemeral, command: reactions.Passing, actor: Actor, at: int) -> set[str]:
    return reactions.feel(known.mood, command, actor, at)


# What a command that has been let through changes, without an event.
FELT: dict[type, Callable[[Ephemeral, Any, Actor, int], set[str]]] = by_kind(
    (holding.Hold, _held), (reactions.Passing, _felt)
)
