"""Labels: made and put on questions at the desk, seen by everyone only where they are public."""

from __future__ import annotations

import pytest

from live.domain.base import Audience, Code
from live.domain.labels import (
    LABELS_LIMIT,
    Command,
    LabelQuestion,
    LabelsDoc,
    RemoveLabel,
    SetLabel,
)
from live.domain.question_docs import QuestionDoc
from live.domain.questions import Label, QuestionAsked, QuestionWithdrawn
from tests.domain.scenes import ANN, MO, Scene, given

PPE = SetLabel(name="  Gear ", colour="blue", public=True)
OURS = SetLabel(name="Ask the chief", colour="red")


def labelled() -> Scene:
    """Label 1 is public, label 2 the desk's; question q has both."""
    scene = given((ANN, QuestionAsked(question="q", text="Why?", anonymous=False, pending=False)))
    for made in (PPE, OURS):
        assert scene.when(made, MO)
    for label in (2, 1):
        assert scene.when(LabelQuestion(question="q", label=label, on=True), MO)
    return scene


def labels(scene: Scene, audience: Audience = "desk") -> tuple[int, ...]:
    doc = scene.doc("question/q", audience)
    assert isinstance(doc, QuestionDoc)
    return doc.labels


def test_everyone_sees_the_public_labels_and_the_desk_all() -> None:
    scene = labelled()
    gear, ours = (
        Label(id=1, name="Gear", colour="blue", public=True),
        Label(id=2, name="Ask the chief", colour="red"),
    )
    assert scene.doc("labels") == LabelsDoc(labels=(gear, ours))
    assert scene.doc("labels", "attendee") == LabelsDoc(labels=(gear,))
    assert scene.doc("labels", "screen") is None
    assert (labels(scene), labels(scene, "attendee")) == ((1, 2), (1,))


def test_a_label_that_turns_public_shows_on_its_questions() -> None:
    scene = labelled()
    scene.when(SetLabel(name="Chief", colour="red", public=True, label=2), MO)
    assert labels(scene, "attendee") == (1, 2)


def test_a_label_is_taken_off_a_question_or_from_all() -> None:
    scene = labelled()
    scene.when(LabelQuestion(question="q", label=1, on=False), MO)
    assert labels(scene) == (2,)
    scene.when(RemoveLabel(label=2), MO)
    assert labels(scene) == ()
    assert scene.when(RemoveLabel(label=2), MO) == ()
    scene.when(SetLabel(name="New", colour="grey"), MO)
    assert isinstance(doc := scene.doc("labels"), LabelsDoc)
    assert [each.id for each in doc.labels] == [1, 3], "a number is never given twice"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (SetLabel(name=" ", colour="red"), "empty"),
        (SetLabel(name="x" * 61, colour="red"), "too_long"),
        (SetLabel(name="Gone", colour="red", label=9), "no_such_label"),
        (LabelQuestion(question="q", label=9, on=True), "no_such_label"),
        (LabelQuestion(question="nowhere", label=1, on=True), "no_such_question"),
    ],
)
def test_what_makes_no_sense_is_refused(command: Command, code: Code) -> None:
    assert labelled().refused(command, MO) == code


def test_there_are_only_so_many() -> None:
    scene = labelled()
    for n in range(LABELS_LIMIT - 2):
        scene.when(SetLabel(name=f"Label {n}", colour="green"), MO)
    assert scene.refused(SetLabel(name="One more", colour="green"), MO) == "too_many_labels"


def test_what_is_withdrawn_is_not_labelled() -> None:
    scene = labelled()
    scene.when(LabelQuestion(question="q", label=1, on=False), MO)
    scene.happen(QuestionWithdrawn(question="q", anonymous=False), "ann")
    assert scene.refused(LabelQuestion(question="q", label=1, on=True), MO) == "question_closed"
