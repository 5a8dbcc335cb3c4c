"""Who is there: connections that come and go, counted as people, and what is known after a crash."""

import pytest

from live.domain import sight
from live.domain.attendance import (
    GLANCE_MS,
    Arrive,
    Arrived,
    Leave,
    Left,
    Look,
    Looked,
    PersonDoc,
    PresenceDoc,
    Rename,
    Renamed,
    Restart,
    Restarted,
)
from live.domain.base import Audience, Participant
from live.domain.life import Start
from live.domain.question_docs import QuestionDoc
from live.domain.questions import QuestionAsked
from tests.domain.scenes import ANN, BOB, HALL, LI, MO, SECOND, START, Scene, given


def here(scene: Scene, audience: Audience = "desk") -> PresenceDoc:
    doc = scene.doc("presence", audience)
    assert isinstance(doc, PresenceDoc)
    return doc


def person(scene: Scene, name: str = "ann") -> PersonDoc:
    doc = scene.doc(f"person/{name}")
    assert isinstance(doc, PersonDoc)
    return doc


def test_somebody_arrives() -> None:
    scene = given()
    assert scene.notice(Arrive(connection="c1"), ANN) == (
        Arrived(connection="c1", role="attendee", unit="Depot", site="room"),
    )
    assert person(scene) == PersonDoc(
        name="Ann",
        role="attendee",
        unit="Depot",
        site="room",
        here=True,
        visible=True,
        since=START + SECOND,
    )


def test_the_log_has_no_names() -> None:
    (event,) = given().notice(Arrive(connection="c1"), ANN)
    assert "Ann" not in str(event)


def test_a_connection_arrives_once_and_nobody_arrives_without_a_seat() -> None:
    scene = given()
    scene.notice(Arrive(connection="c1"), ANN)
    assert scene.notice(Arrive(connection="c1"), ANN) == ()
    assert scene.notice(Arrive(connection="c2")) == ()


def test_a_person_with_two_devices_is_one_person() -> None:
    scene = given()
    scene.notice(Arrive(connection="phone"), ANN)
    since = person(scene).since
    scene.notice(Arrive(connection="laptop", visible=False), ANN)
    assert here(scene) == PresenceDoc(here=1, joined=1, sites={"room": 1}, units={"Depot": 1})
    scene.notice(Leave(connection="phone"), ANN)
    assert (person(scene).here, person(scene).visible, person(scene).since) == (True, False, since)
    scene.notice(Leave(connection="laptop"), ANN)
    assert person(scene) == PersonDoc(name="Ann", role="attendee", unit="Depot", site="room")


def test_those_who_have_left_still_count_as_joined() -> None:
    scene = given()
    scene.notice(Arrive(connection="c1"), ANN)
    assert scene.notice(Leave(connection="c1"), ANN) == (Left(connection="c1"),)
    assert here(scene) == PresenceDoc(here=0, joined=1, sites={}, units={})


def test_who_comes_back_is_there_since_then() -> None:
    scene = given()
    for signal in (Arrive(connection="c1"), Leave(connection="c1"), Arrive(connection="c2")):
        scene.notice(signal, ANN)
    assert person(scene).since == scene.now


def test_a_page_is_hidden_and_looked_at_again() -> None:
    scene = given()
    scene.notice(Arrive(connection="c1"), ANN)
    assert scene.notice(Look(connection="c1", visible=False)) == (Looked(connection="c1", visible=False),)
    assert not person(scene).visible
    assert scene.notice(Look(connection="c1", visible=False)) == ()
    scene.notice(Look(connection="c1", visible=True))
    assert person(scene).visible


def test_a_connection_that_is_unknown_neither_leaves_nor_looks() -> None:
    scene = given()
    assert scene.notice(Leave(connection="c9")) == ()
    assert scene.notice(Look(connection="c9", visible=True)) == ()


def test_a_screen_is_no_person() -> None:
    scene = given()
    scene.notice(Arrive(connection="c1"), HALL)
    assert here(scene) == PresenceDoc(here=0, joined=0, sites={}, units={}, screens=1)
    assert scene.doc("person/hall") is None
    assert scene.notice(Look(connection="c1", visible=False), HALL)
    assert scene.notice(Leave(connection="c1"), HALL) == (Left(connection="c1"),)


def test_the_desk_hears_that_the_screen_has_gone() -> None:
    scene = given()
    assert here(scene).screens is None, "nobody misses one that never was there"
    scene.notice(Arrive(connection="c1"), HALL)
    scene.now += GLANCE_MS
    scene.notice(Leave(connection="c1"), HALL)
    assert here(scene).screens == 0
    scene.notice(Arrive(connection="c2"), HALL)
    scene.notice(Leave(connection="c2"), HALL)
    assert here(scene).screens == 0, "a bad network makes no glance of it"


def test_a_screen_that_has_gone_before_the_start_is_not_missed() -> None:
    scene = given()
    scene.notice(Arrive(connection="c1"), HALL)
    scene.now += GLANCE_MS
    scene.notice(Leave(connection="c1"), HALL)
    scene.when(Start(), LI)
    assert here(scene).screens is None
    scene.notice(Arrive(connection="c2"), HALL)
    scene.now += GLANCE_MS
    scene.notice(Leave(connection="c2"), HALL)
    assert here(scene).screens == 0


def test_nobody_misses_a_screen_that_was_opened_for_a_look() -> None:
    scene = given()
    scene.notice(Arrive(connection="c1"), HALL)
    scene.notice(Leave(connection="c1"), HALL)
    assert here(scene).screens is None


def test_the_desk_is_counted_but_belongs_to_no_site() -> None:
    scene = given()
    scene.notice(Arrive(connection="c1"), LI)
    scene.notice(Arrive(connection="c2"), BOB)
    assert here(scene) == PresenceDoc(here=2, joined=2, sites={"room": 1}, units={"Depot": 1})


@pytest.mark.parametrize("audience", ["attendee", "screen"])
def test_outside_the_desk_there_is_only_the_number(audience: Audience) -> None:
    scene = given()
    scene.notice(Arrive(connection="c1"), ANN)
    assert scene.doc("presence", audience) == PresenceDoc(here=1)
    assert scene.doc("person/ann", audience) is None


def test_after_a_crash_nobody_is_credited_with_time_that_nobody_saw() -> None:
    scene = given()
    for name, actor in (("c1", ANN), ("c2", BOB), ("c3", HALL)):
        scene.notice(Arrive(connection=name), actor)
    evidence = scene.now
    assert scene.notice(Restart(until=evidence)) == (Restarted(until=evidence),)
    assert here(scene).here == 0
    assert (person(scene).here, person(scene).since) == (False, None)
    assert not scene.state.attendance.connections


def test_a_restart_with_nobody_there_leaves_no_trace() -> None:
    assert given().notice(Restart(until=START)) == ()


def test_a_new_name_shows_wherever_the_old_one_stood() -> None:
    scene = given((ANN, QuestionAsked(question="q", text="Why?", anonymous=False, pending=False)))
    scene.notice(Arrive(connection="c1"), ANN)
    people = scene.state.people
    people["ann"] = Participant(id="ann", name="Anna", role="attendee", unit="Yard", site="remote")
    assert scene.notice(Rename(participant="ann")) == (Renamed(participant="ann"),)
    assert (person(scene).name, person(scene).unit, person(scene).site) == ("Anna", "Yard", "remote")
    assert here(scene).units == {"Yard": 1}
    question = scene.doc("question/q", "attendee")
    assert isinstance(question, QuestionDoc)
    assert (question.by, question.unit) == ("Anna", "Yard")


def test_an_erased_name_leaves_a_person_without_one() -> None:
    scene = given()
    scene.notice(Arrive(connection="c1"), ANN)
    del scene.state.people["ann"]
    scene.notice(Rename(participant="ann"))
    assert person(scene).name == ""
    assert here(scene) == PresenceDoc(here=1, joined=1, sites={}, units={})


def test_somebody_whom_the_directory_does_not_know_is_still_there() -> None:
    scene = Scene(names=False)
    assert scene.notice(Arrive(connection="c1"), MO) == (Arrived(connection="c1", role="moderator"),)
    assert here(scene, "attendee") == PresenceDoc(here=1)


def test_who_comes_and_goes_may_wait_for_the_next_tick() -> None:
    events = given().notice(Arrive(connection="c1"), ANN)
    assert all(sight.calm(event) for event in events)
