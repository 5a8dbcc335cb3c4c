"""The life of a broadcast: planned, live, ended, live again; and the doc that introduces it."""

import pytest

from live.domain.base import Setup, Site
from live.domain.life import BroadcastDoc, EditSetup, End, Ended, SetupEdited, Start, Started
from tests.domain.scenes import LI, OLGA, SECOND, START, Scene, given, set_up


def introduction(scene: Scene) -> BroadcastDoc:
    doc = scene.doc("broadcast", "attendee")
    assert isinstance(doc, BroadcastDoc)
    return doc


def test_a_start_makes_it_live() -> None:
    scene = given()
    assert scene.when(Start(), LI) == (Started(),)
    assert (introduction(scene).phase, introduction(scene).started_at) == ("live", START + SECOND)


def test_to_start_what_is_live_changes_nothing() -> None:
    assert given(Started()).when(Start(), OLGA) == ()


def test_an_end_is_kept_with_its_time() -> None:
    scene = given(Started())
    assert scene.when(End(), LI) == (Ended(),)
    assert (introduction(scene).phase, introduction(scene).ended_at) == ("ended", START + 2 * SECOND)


def test_it_goes_on_after_an_end_and_keeps_its_first_start() -> None:
    scene = given(Started(), Ended())
    assert scene.when(Start(), LI) == (Started(),)
    doc = introduction(scene)
    assert (doc.phase, doc.started_at, doc.ended_at) == ("live", START + SECOND, None)


def test_what_has_not_begun_cannot_end() -> None:
    assert given().refused(End(), LI) == "not_live"


def test_the_log_says_only_that_the_set_up_changed() -> None:
    assert given().notice(EditSetup()) == (SetupEdited(),)


def test_the_set_up_is_told_to_everyone() -> None:
    scene = given()
    hall = Site(id="a", name="Hall", kind="room")
    set_up(scene, Setup(title="Brakes", lecturer="Li", planned_at=5, sites=(hall,), units=("Depot",)))
    doc = introduction(scene)
    assert (doc.title, doc.lecturer, doc.planned_at, doc.sites, doc.units) == (
        "Brakes",
        "Li",
        5,
        (hall,),
        ("Depot",),
    )
    assert doc.languages == ("zh", "en")


@pytest.mark.parametrize(
    ("planned", "started", "due"),
    [
        (10, None, 70),  # as it was planned
        (10, 17, 70),  # a late start does not move the end
        (10, 3, 70),
        (10, 700, 760),  # on another day it does
        (None, 17, 77),
        (None, None, None),
    ],
)
def test_a_planned_length_says_when_it_is_to_be_over(
    planned: int | None, started: int | None, due: int | None
) -> None:
    minute, scene = 60_000, given()
    at = None if planned is None else planned * minute
    set_up(scene, Setup(planned_at=at, minutes=60))
    scene.state.life.started_at = None if started is None else started * minute
    assert introduction(scene).due_at == (None if due is None else due * minute)


def test_the_way_in_is_told_to_screen_and_desk_but_not_to_those_who_are_in() -> None:
    scene = given()
    set_up(scene, Setup(code="ABC234", join_url="https://example.org/join/ABC234"))
    for audience in ("screen", "desk"):
        doc = scene.doc("broadcast", audience)
        assert isinstance(doc, BroadcastDoc)
        assert (doc.code, doc.join_url) == ("ABC234", "https://example.org/join/ABC234")
    assert (introduction(scene).code, introduction(scene).join_url) == (None, None)
