"""Who may ask how: with a name, without one, both or not at all; how a question's states are dated."""

from __future__ import annotations

import pytest

from live.domain.base import Code
from live.domain.life import BroadcastDoc
from live.domain.moderation import Approve, Archive, Dismiss, Edit, QuestionsSet, SetQuestions, Undo
from live.domain.question_docs import QuestionDoc
from live.domain.questions import Ask, QuestionAsked, question_id
from tests.domain.scenes import ANN, MAX, MO, SECOND, Scene, given

NAMED, NAMELESS = (Ask(key="k" * 22, text="Why?", anonymous=each) for each in (False, True))


def taking(*, named: bool, anonymous: bool) -> Scene:
    return given(QuestionsSet(mode="open", named=named, anonymous=anonymous))


@pytest.mark.parametrize(
    ("named", "anonymous", "ask", "code"),
    [
        (True, False, NAMELESS, "anonymous_off"),
        (False, True, NAMED, "named_off"),
        (False, False, NAMED, "questions_off"),
        (False, False, NAMELESS, "questions_off"),
    ],
)
def test_what_the_organiser_does_not_take_is_refused(
    *, named: bool, anonymous: bool, ask: Ask, code: Code
) -> None:
    scene = taking(named=named, anonymous=anonymous)
    assert scene.refused(ask, ANN) == code
    assert scene.when(NAMED, MO), "the desk may always put a question in"


def test_what_is_taken_is_told_to_everyone() -> None:
    scene = given()
    scene.when(SetQuestions(mode="open", anonymous=True, named=False, cooldown_s=60), MO)
    doc = scene.doc("broadcast", "attendee")
    assert isinstance(doc, BroadcastDoc)
    assert (doc.question_mode, doc.anonymous, doc.named, doc.cooldown_s) == ("open", True, False, 60)


def pending() -> Scene:
    asked = QuestionAsked(question=question_id("k" * 22), text="Why?", anonymous=False, pending=True)
    return given((ANN, asked))


def doc(scene: Scene) -> QuestionDoc:
    doc = scene.doc(f"question/{question_id('k' * 22)}")
    assert isinstance(doc, QuestionDoc)
    return doc


def test_since_when_a_question_is_as_it_is_stands_in_it() -> None:
    scene = pending()
    question = question_id("k" * 22)
    asked = scene.now
    assert (doc(scene).at, doc(scene).since) == (asked, asked)
    scene.now += 60 * SECOND
    scene.when(Approve(question=question), MO)
    assert (doc(scene).at, doc(scene).since) == (asked, scene.now)
    scene.when(Edit(question=question, text="Why so?"), MO)
    assert doc(scene).since == scene.now - SECOND, "words are no state"
    scene.when(Undo(question=question), MO)
    scene.when(Undo(question=question), MO)
    assert (doc(scene).state, doc(scene).since) == ("pending", scene.now)


def test_an_archived_question_is_out_of_sight_and_comes_back() -> None:
    scene, question = pending(), question_id("k" * 22)
    scene.when(Approve(question=question), MO)
    scene.when(Archive(question=question), MO)
    assert scene.doc(f"question/{question}", "attendee") == QuestionDoc(state="archived")
    assert doc(scene).text == "Why?"
    scene.when(Approve(question=question), MO)
    assert doc(scene).state == "live"


def test_what_another_moderator_has_just_changed_or_dismissed_is_not_overwritten() -> None:
    scene, question = pending(), question_id("k" * 22)
    scene.when(Edit(question=question, text="Why so?", was="Why?"), MO)
    assert scene.refused(Edit(question=question, text="Why not?", was="Why?"), MAX) == "question_changed"
    assert scene.when(Edit(question=question, text="Why so?", was="Why?"), MAX) == (), (
        "the same is no quarrel"
    )
    assert scene.when(Edit(question=question, text="Why not?", was="Why so?"), MAX)
    scene.when(Dismiss(question=question), MO)
    assert scene.refused(Edit(question=question, text="Oh?", was="Why not?"), MAX) == "question_closed"
