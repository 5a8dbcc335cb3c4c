"""Who is at which question: the first holds it until they let go, leave, or a minute has passed."""

from __future__ import annotations

from live.domain import broadcast, passing
from live.domain.attendance import Arrived, Left
from live.domain.base import Actor
from live.domain.holding import HOLD_MS, Hold
from live.domain.question_docs import QuestionDoc
from live.domain.questions import QuestionAsked
from tests.domain.scenes import ANN, MAX, MO, START, Scene, given

TAKE, LET_GO = Hold(question="q", on=True), Hold(question="q", on=False)


def asked() -> Scene:
    return given((ANN, QuestionAsked(question="q", text="Why?", anonymous=False, pending=True)))


def feel(scene: Scene, command: Hold, by: Actor, at: int) -> set[str]:
    assert scene.when(command, by) == ()
    return passing.feel(scene.state.ephemeral, command, by, at)


def holder(scene: Scene) -> str | None:
    doc, seen = (broadcast.view(scene.state, "question/q", audience) for audience in ("desk", "attendee"))
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


def test_a_hold_passes_unless_it_is_renewed() -> None:
    scene = asked()
    feel(scene, TAKE, MO, START)
    feel(scene, TAKE, MO, START + HOLD_MS // 2)
    over = START + HOLD_MS // 2 + HOLD_MS
    assert broadcast.due(scene.state) == over
    assert passing.fade(scene.state.ephemeral, over - 1) == set()
    assert passing.fade(scene.state.ephemeral, over) == {"question/q"}
    assert holder(scene) is None


def test_who_goes_lets_go() -> None:
    scene = asked()
    scene.happen(Arrived(connection="c", role="moderator"), "mo")
    feel(scene, TAKE, MO, START)
    assert "question/q" in broadcast.evolve(scene.state, Left(connection="c"), scene.log[-1][1])
    assert holder(scene) is None


def test_a_question_that_is_not_there_is_not_held() -> None:
    assert asked().refused(Hold(question="nowhere", on=True), MO) == "no_such_question"
