"""Who is at which question: the first holds it until they let go, leave, or a minute has passed."""

from __future__ import annotations

from collections.abc import Set

from live.domain import broadcast, sight
from live.domain.attendance import Arrived, Left
from live.domain.base import Actor
from live.domain.holding import HOLD_MS, Hold
from live.domain.question_docs import QuestionDoc
from live.domain.questions import QuestionAsked
from tests.domain.scenes import ANN, MAX, MO, START, Scene, given

TAKE, LET_GO = Hold(question="q", on=True), Hold(question="q", on=False)


def asked() -> Scene:
    return given((ANN, QuestionAsked(question="q", text="Why?", anonymous=False, pending=True)))


def feel(scene: Scene, command: Hold, by: Actor, at: int) -> Set[str]:
    assert scene.when(command, by) == ()
    return broadcast.feel(scene.state, command, by, at)


def holder(scene: Scene) -> str | None:
    doc, seen = (sight.view(scene.state, "question/q", audience) for audience in ("desk", "attendee"))
    assert isinstance(doc, QuestionDoc)
    assert seen == QuestionDoc(state="pending")
    return doc.held_by


def test_who_was_first_holds_it_until_they_let_go() -> None:
    scene = asked()
    assert feel(scene, TAKE, MO, START) == {"question/q"}
    feel(scene, TAKE, MAX, START + 1)
    feel(scene, LET_GO, MAX, START + 2)
    assert holder(scene) == "Mo"
    feel(scene, LET_GO, MO, START + 3)
    assert holder(scene) is None
    assert scene.state.ephemeral.questions.holds == {}


def test_a_hold_passes_unless_it_is_renewed() -> None:
    scene = asked()
    feel(scene, TAKE, MO, START)
    assert broadcast.due(scene.state) == START + HOLD_MS
    feel(scene, TAKE, MO, START + HOLD_MS // 2)
    over = START + HOLD_MS // 2 + HOLD_MS
    assert broadcast.due(scene.state) == over
    assert broadcast.fade(scene.state, over - 1) == set()
    assert broadcast.fade(scene.state, over) == {"question/q"}
    assert holder(scene) is None


def test_who_goes_lets_go_and_it_is_with_whoever_came_next() -> None:
    scene = asked()
    scene.happen(Arrived(connection="c", role="moderator"), "mo")
    scene.happen(Arrived(connection="d", role="moderator"), "max")
    for moderator in (MO, MAX):
        feel(scene, TAKE, moderator, START)
    for connection, left in (("c", "Max"), ("d", None)):
        assert "question/q" in broadcast.evolve(scene.state, Left(connection=connection), scene.log[-1][1])
        assert holder(scene) == left


def test_when_the_first_says_nothing_any_more_the_next_one_holds_it() -> None:
    scene = asked()
    feel(scene, TAKE, MO, START)
    feel(scene, TAKE, MAX, START + HOLD_MS // 2)
    assert broadcast.fade(scene.state, START + HOLD_MS) == {"question/q"}
    assert holder(scene) == "Max"


def test_a_question_that_is_not_there_is_not_held() -> None:
    assert asked().refused(Hold(question="nowhere", on=True), MO) == "no_such_question"
