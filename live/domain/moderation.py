"""What the desk does with questions: pending → live → on screen → answered | dismissed | archived, and back.

Every step remembers the one before, so an undo puts back state and wording. A
merge is such a step: the votes of both are counted for one of them, and an undo
parts them as they were. A question that its asker has withdrawn is out of reach,
a merged one can only be parted again. That the screen follows is `broadcast`'s;
this module never touches a cue.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from .base import QUESTION_LIMIT, Rejected, Stamp, Struct, clean
from .questions import Mode, Question, QuestionState, State

COOLDOWN_LIMIT_S = 600  # longer than that is no waiting but a ban
HISTORY_LIMIT = 20  # steps of a question that can be undone


class Approve(Struct, tag="approve", tag_field="do"):
    """Let everyone see a question; also brings back a dismissed or answered one."""

    question: str


class Present(Struct, tag="present", tag_field="do"):
    """Put a question on the screen."""

    question: str


class Answer(Struct, tag="answer", tag_field="do"):
    """Mark a question as answered."""

    question: str


class Dismiss(Struct, tag="dismiss", tag_field="do"):
    question: str


class Archive(Struct, tag="archive", tag_field="do"):
    """Put a question away without a word on it: neither answered nor turned down, out of everyone's sight."""

    question: str


class Edit(Struct, tag="edit", tag_field="do"):
    """Change the wording; the original is kept for the desk and the record.

    `was`: the wording that was changed; where it is another one by now, somebody else was quicker."""

    question: str
    text: str
    was: str | None = None


class Merge(Struct, tag="merge", tag_field="do"):
    """Unite a question with another that asks the same; `into` stays, with the votes of both."""

    question: str
    into: str


class Pin(Struct, tag="pin", tag_field="do"):
    """Keep a question above the others, on every page."""

    question: str
    on: bool


class Undo(Struct, tag="undo", tag_field="do"):
    """Undo the last thing the desk did with a question."""

    question: str


class SetQuestions(Struct, tag="set_questions", tag_field="do"):
    """Moderated or open; whether questions without and with a name are taken (neither: none at all), and
    how many seconds one person waits between two."""

    mode: Mode
    anonymous: bool
    named: bool = True
    cooldown_s: Annotated[int, msgspec.Meta(ge=0, le=COOLDOWN_LIMIT_S)] = 0


Command = Approve | Present | Answer | Dismiss | Archive | Edit | Merge | Pin | Undo | SetQuestions


class QuestionMoved(Struct, tag="question_moved", tag_field="type"):
    question: str
    to: QuestionState


class QuestionEdited(Struct, tag="question_edited", tag_field="type"):
    question: str
    text: str


class QuestionMerged(Struct, tag="question_merged", tag_field="type"):
    question: str
    into: str


class QuestionPinned(Struct, tag="question_pinned", tag_field="type"):
    question: str
    on: bool


class QuestionRestored(Struct, tag="question_restored", tag_field="type"):
    """An undo: state and wording as they were one step before."""

    question: str
    to: QuestionState
    text: str


class QuestionsSet(Struct, tag="questions_set", tag_field="type"):
    mode: Mode
    anonymous: bool
    named: bool = True
    cooldown_s: int = 0


Event = QuestionMoved | QuestionEdited | QuestionMerged | QuestionPinned | QuestionRestored | QuestionsSet

STATE_AFTER: dict[type[Command], QuestionState] = {
    Approve: "live",
    Present: "on_screen",
    Answer: "answered",
    Dismiss: "dismissed",
    Archive: "archived",
}


def decide(state: State, command: Command) -> tuple[Event, ...]:
    match command:
        case SetQuestions():
            return _set(state, command)
        case Edit():
            return _edit(state, command)
        case Merge():
            return _merge(state, command)
        case Pin():
            question = _open(state, command.question)
            pinned = QuestionPinned(question=command.question, on=command.on)
            return () if question.pinned == command.on else (pinned,)
        case Undo():
            return (undone(state, command.question),)
        case _:
            return _move(state, command.question, STATE_AFTER[type(command)])


def _set(state: State, command: SetQuestions) -> tuple[Event, ...]:
    now = QuestionsSet(
        mode=state.mode, anonymous=state.anonymous, named=state.named, cooldown_s=state.cooldown_s
    )
    wanted = QuestionsSet(
        mode=command.mode,
        anonymous=command.anonymous,
        named=command.named,
        cooldown_s=command.cooldown_s,
    )
    return () if wanted == now else (wanted,)


def _open(state: State, name: str) -> Question:
    question = state.find(name)
    if question.state == "withdrawn":
        raise Rejected("question_closed")
    if question.state == "merged":
        raise Rejected("question_merged")
    return question


def _move(state: State, name: str, to: QuestionState) -> tuple[Event, ...]:
    question = _open(state, name)
    return () if question.state == to else (QuestionMoved(question=name, to=to),)


def _edit(state: State, command: Edit) -> tuple[Event, ...]:
    question = _open(state, command.question)
    if question.state == "dismissed":  # by another moderator, while this one wrote
        raise Rejected("question_closed")
    text = clean(command.text, QUESTION_LIMIT)
    if command.was is not None and command.was != question.text != text:
        raise Rejected("question_changed")
    return () if question.text == text else (QuestionEdited(question=command.question, text=text),)


def _merge(state: State, command: Merge) -> tuple[Event, ...]:
    known = state.find(command.question)
    if command.question == command.into:
        raise Rejected("same_question")
    if known.state == "merged" and known.into == command.into:
        return ()
    _open(state, command.question)
    _open(state, command.into)
    return (QuestionMerged(question=command.question, into=command.into),)


def undone(state: State, name: str) -> QuestionRestored:
    """The step back; what is merged is parted by it."""
    question = state.find(name)
    if question.state == "withdrawn":
        raise Rejected("question_closed")
    if not question.history:
        raise Rejected("nothing_to_undo")
    to, text = question.history[-1]
    return QuestionRestored(question=name, to=to, text=text)


def parted(state: State, name: str) -> tuple[Event, ...]:
    """What becomes of the questions that were united in one that is withdrawn: each stands alone again."""
    return tuple(undone(state, each) for each in state.questions[name].united)


def evolve(state: State, event: Event, stamp: Stamp) -> set[str]:
    if isinstance(event, QuestionsSet):
        state.mode, state.anonymous = event.mode, event.anonymous
        state.named, state.cooldown_s = event.named, event.cooldown_s
        return {"broadcast"}
    question = state.questions[event.question]
    match event:
        case QuestionMoved():
            _remember(question)
            state.move(event.question, event.to, stamp.at)
        case QuestionEdited():
            _remember(question)
            question.text = event.text
        case QuestionMerged():
            _remember(question)
            state.move(event.question, "merged", stamp.at)
            question.into = event.into
            state.questions[event.into].united.append(event.question)
        case QuestionPinned():
            question.pinned = event.on
        case QuestionRestored():
            return _restore(state, event, stamp)
    return {f"question/{each}" for each in state.above(event.question)}


def _restore(state: State, event: QuestionRestored, stamp: Stamp) -> set[str]:
    question, dirty = state.questions[event.question], state.above(event.question)
    question.history.pop()
    question.text = event.text
    state.move(event.question, event.to, stamp.at)
    state.part(event.question)
    return {f"question/{each}" for each in dirty}


def _remember(question: Question) -> None:
    question.history.append((question.state, question.text))
    del question.history[:-HISTORY_LIMIT]
