"""Action items: a question given to a unit with a date, and what came of it."""

from __future__ import annotations

import pytest

from live.domain.actions import Assign, Command, Settle, Unassign
from live.domain.base import Code
from live.domain.life import Ended, Started
from live.domain.question_docs import QuestionDoc
from live.domain.questions import Action, QuestionAsked, QuestionWithdrawn
from tests.domain.scenes import ANN, MO, Scene, given

DEPOT = Assign(question="q", unit=" Depot ", due="2026-12-01")


def asked() -> Scene:
    return given(Started(), (ANN, QuestionAsked(question="q", text="Why?", anonymous=False, pending=False)))


def action(scene: Scene) -> Action | None:
    doc, seen = scene.doc("question/q"), scene.doc("question/q", "attendee")
    assert isinstance(doc, QuestionDoc)
    assert isinstance(seen, QuestionDoc)
    assert seen.action is None, "it is the desk's"
    return doc.action


def test_a_question_is_given_to_a_unit_and_what_came_of_it_is_written_down_after_the_end() -> None:
    scene = asked()
    scene.when(DEPOT, MO)
    assert action(scene) == Action(unit="Depot", due="2026-12-01")
    assert scene.when(DEPOT, MO) == ()
    scene.happen(Ended(), None)
    scene.when(Settle(question="q", done=True, outcome="The ramp is mended."), MO)
    assert action(scene) == Action(unit="Depot", due="2026-12-01", done=True, outcome="The ramp is mended.")


def test_one_command_gives_it_and_says_what_came_of_it() -> None:
    scene = asked()
    scene.when(Assign(question="q", unit="Depot", due="2026-12-01", done=True, outcome="Mended."), MO)
    assert action(scene) == Action(unit="Depot", due="2026-12-01", done=True, outcome="Mended.")
    assert (
        scene.when(Assign(question="q", unit="Depot", due="2026-12-01", done=True, outcome="Mended."), MO)
        == ()
    )
    scene.when(Assign(question="q", unit="Yard", done=False), MO)
    assert action(scene) == Action(unit="Yard"), "what is left empty is taken away"


def test_of_a_bad_command_nothing_happens() -> None:
    scene = asked()
    too_long = Assign(question="q", unit="Depot", done=True, outcome="x" * 5_000)
    assert scene.refused(too_long, MO) == "too_long"
    assert action(scene) is None


def test_done_can_be_undone_and_another_unit_keeps_what_was_written() -> None:
    scene = asked()
    scene.when(DEPOT, MO)
    scene.when(Settle(question="q", done=True, outcome="Seen."), MO)
    scene.when(Settle(question="q", done=False, outcome="Seen."), MO)
    scene.when(Assign(question="q", unit="Yard"), MO)
    assert action(scene) == Action(unit="Yard", outcome="Seen.")


def test_it_can_be_no_action_item_after_all() -> None:
    scene = asked()
    scene.when(DEPOT, MO)
    scene.when(Settle(question="q", done=True), MO)
    scene.when(Unassign(question="q"), MO)
    assert action(scene) is None
    assert scene.when(Unassign(question="q"), MO) == ()
    scene.when(DEPOT, MO)
    assert action(scene) == Action(unit="Depot", due="2026-12-01"), "it begins anew"


@pytest.mark.parametrize("day", ["2026-13-01", "2026-04-31", "1.12.2026", "2026-12-1", "", "２０２６-12-01"])
def test_a_date_is_a_day_of_the_calendar(day: str) -> None:
    assert asked().refused(Assign(question="q", unit="Depot", due=day), MO) == "bad_date"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (Assign(question="q", unit=" "), "empty"),
        (Assign(question="nowhere", unit="Depot"), "no_such_question"),
        (Settle(question="q", done=True), "no_such_action"),
    ],
)
def test_what_makes_no_sense_is_refused(command: Command, code: Code) -> None:
    assert asked().refused(command, MO) == code


def test_what_is_withdrawn_stays_as_it_is() -> None:
    scene = asked()
    scene.when(DEPOT, MO)
    scene.happen(QuestionWithdrawn(question="q", anonymous=False), "ann")
    assert scene.refused(Settle(question="q", done=True), MO) == "question_closed"
    assert scene.refused(DEPOT, MO) == "question_closed"
