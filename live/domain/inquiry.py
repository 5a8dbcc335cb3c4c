"""All that happens with questions, united: asking, moderation, replies, labels, action items, holding.

`broadcast` sees this one door. Which of its modules decides, applies or draws stands here and nowhere else;
they share `questions.State`, and no rule is in this one.
"""

from __future__ import annotations

from collections.abc import Iterator

from . import actions, holding, labels, moderation, question_docs, questions, replies
from .base import Actor, Audience, Stamp

Command = (
    questions.Command | moderation.Command | replies.Command | labels.Command | actions.Command | holding.Hold
)
Event = questions.Event | moderation.Event | replies.Event | labels.Event | actions.Event
Doc = question_docs.Doc | labels.Doc


def decide(
    state: questions.State, command: Command, actor: Actor, slide: str | None, words: tuple[str, ...]
) -> tuple[Event, ...]:
    """`slide` is the one on stage, `words` are those with which a question waits for a moderator."""
    if isinstance(command, questions.Command):
        return questions.decide(state, command, actor, slide, words)
    if isinstance(command, moderation.Command):
        return moderation.decide(state, command)
    if isinstance(command, replies.Command):
        return replies.decide(state, command, actor)
    if isinstance(command, labels.Command):
        return labels.decide(state, command)
    if isinstance(command, actions.Command):
        return actions.decide(state, command)
    state.find(command.question)
    return ()


def evolve(
    state: questions.State, passing: questions.Passing, event: Event, stamp: Stamp, slide: str | None
) -> set[str]:
    """`slide` is the one on stage; none while what was asked without a name is folded again."""
    if isinstance(event, questions.Event):
        if isinstance(event, questions.QuestionAsked) and event.anonymous and slide is not None:
            passing.slides[event.question] = slide
        return questions.evolve(state, event, stamp)
    if isinstance(event, moderation.Event):
        return moderation.evolve(state, event, stamp)
    if isinstance(event, replies.Event):
        return replies.evolve(state, event)
    if isinstance(event, labels.Event):
        return labels.evolve(state, event)
    return actions.evolve(state, event)


def keys(state: questions.State) -> Iterator[str]:
    yield from question_docs.keys(state)
    yield from labels.keys(state)


def view(state: questions.State, passing: questions.Passing, key: str, audience: Audience) -> Doc | None:
    if key == "labels":
        return labels.view(state, audience)
    return question_docs.view(state, passing, key, audience)


def told(state: questions.State, command: object) -> str | None:
    """What only who gave a command is told."""
    return replies.told(state, command) if type(command) is replies.ReadReply else None
