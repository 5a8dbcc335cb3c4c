"""Labels: a few names in colours by which the desk sorts questions, for itself or for everyone to see.

Made, changed and taken away at the desk at any time. A label that is taken away leaves every question; the
log keeps where it was. It changes nothing of a question but its labels.
"""

from __future__ import annotations

from collections.abc import Iterator

from .base import NAME_LIMIT, Audience, Rejected, Struct, clean
from .questions import Colour, Label, State

LABELS_LIMIT = 12  # more do not stand in one row, and nobody tells more colours apart


class SetLabel(Struct, tag="set_label", tag_field="do"):
    """Make a label, or with its number change it; `done.made` is the key of the labels."""

    name: str
    colour: Colour
    public: bool = False
    label: int | None = None


class RemoveLabel(Struct, tag="remove_label", tag_field="do"):
    """Take a label away, from its questions too."""

    label: int


class LabelQuestion(Struct, tag="label_question", tag_field="do"):
    """Put a label on a question, or take it off."""

    question: str
    label: int
    on: bool


Command = SetLabel | RemoveLabel | LabelQuestion


class LabelSet(Struct, tag="label_set", tag_field="type"):
    label: int
    name: str
    colour: Colour
    public: bool = False


class LabelRemoved(Struct, tag="label_removed", tag_field="type"):
    label: int


class QuestionLabelled(Struct, tag="question_labelled", tag_field="type"):
    question: str
    label: int
    on: bool


Event = LabelSet | LabelRemoved | QuestionLabelled


class LabelsDoc(Struct):
    """`labels`: those that there are, in the order of their making; the private ones at the desk alone."""

    labels: tuple[Label, ...] = ()


Doc = LabelsDoc


def decide(state: State, command: Command) -> tuple[Event, ...]:
    match command:
        case SetLabel():
            return _set(state, command)
        case RemoveLabel():
            return (LabelRemoved(label=command.label),) if command.label in state.labels else ()
        case LabelQuestion():
            question = state.find(command.question)
            if command.label not in state.labels:
                raise Rejected("no_such_label")
            if (command.label in question.labels) == command.on:
                return ()
            if question.state == "withdrawn":
                raise Rejected("question_closed")
            return (QuestionLabelled(question=command.question, label=command.label, on=command.on),)


def _set(state: State, command: SetLabel) -> tuple[Event, ...]:
    name = " ".join(clean(command.name, NAME_LIMIT).split())
    if command.label is None and len(state.labels) >= LABELS_LIMIT:
        raise Rejected("too_many_labels")
    if command.label is not None and command.label not in state.labels:
        raise Rejected("no_such_label")
    number = state.last_label + 1 if command.label is None else command.label
    wanted = Label(id=number, name=name, colour=command.colour, public=command.public)
    if state.labels.get(number) == wanted:
        return ()
    return (LabelSet(label=number, name=name, colour=command.colour, public=command.public),)


def evolve(state: State, event: Event) -> set[str]:
    match event:
        case LabelSet():
            number = event.label
            state.labels[number] = Label(id=number, name=event.name, colour=event.colour, public=event.public)
            state.last_label = max(state.last_label, number)
            return {"labels", *_bearers(state, number)}
        case LabelRemoved():
            bearers = _bearers(state, event.label)
            for question in state.questions.values():
                question.labels = [each for each in question.labels if each != event.label]
            del state.labels[event.label]
            return {"labels", *bearers}
        case QuestionLabelled():
            question = state.questions[event.question]
            others = [each for each in question.labels if each != event.label]
            question.labels = sorted([*others, event.label]) if event.on else others
            return {f"question/{event.question}"}


def _bearers(state: State, label: int) -> set[str]:
    return {f"question/{name}" for name, each in state.questions.items() if label in each.labels}


def keys(_state: State) -> Iterator[str]:
    yield "labels"


def view(state: State, audience: Audience) -> Doc | None:
    if audience == "screen":
        return None
    desk = audience == "desk"
    return LabelsDoc(labels=tuple(each for each in state.labels.values() if desk or each.public))
