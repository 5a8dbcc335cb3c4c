"""What passes: it is in no log, and a new start of the server knows nothing of it.

Who looks on by which clock, and what a hall shows without words. `broadcast` holds it beside the state
that the log gives; `errands` bring changes of it that have no event. Docs of it are ordinary docs.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from . import questions, reactions, video, viewers
from .base import Actor

Note = viewers.Note | video.Note


@dataclass
class Ephemeral:
    viewers: viewers.State = field(default_factory=viewers.State)
    questions: questions.Passing = field(default_factory=questions.Passing)
    mood: reactions.Mood = field(default_factory=reactions.Mood)
    video: video.Passing = field(default_factory=video.Passing)


def note(known: Ephemeral, what: Note) -> set[str]:
    """Take in what a page has said beside its commands, or the watch of the stream has found."""
    if isinstance(what, video.Note):
        return video.note(known.video, what)
    return viewers.note(known.viewers, what)


def feel(known: Ephemeral, command: reactions.Passing, actor: Actor, at: int) -> set[str]:
    """The same for a command that has been let through."""
    return reactions.feel(known.mood, command, actor, at)


def due(known: Ephemeral) -> int | None:
    """When the first of it is over (server ms)."""
    return reactions.due(known.mood)


def fade(known: Ephemeral, at: int) -> set[str]:
    """Forget what is over at `at`."""
    return reactions.fade(known.mood, at)


def leave(known: Ephemeral, connection: str, gone: str | None) -> set[str]:
    """A connection has ended; `gone`: whose last it was."""
    dirty = viewers.leave(known.viewers, connection)
    return dirty | reactions.leave(known.mood, gone) if gone is not None else dirty
