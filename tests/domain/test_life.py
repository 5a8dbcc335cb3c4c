"""The life of a broadcast: planned, live, ended, live again; and the doc that introduces it."""

from live.domain.base import Setup, Site
from live.domain.life import BroadcastDoc, EditSetup, End, Ended, SetupEdited, Start, Started
from live.domain.votes import Vote
from tests.domain.scenes import ANN, LI, OLGA, SECOND, START, Scene, given, opened, set_up


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


def test_an_end_closes_no_poll() -> None:
    scene = given(*opened(), Ended())
    assert scene.when(Vote(poll=1, round=1, n=1, choice=(0,)), ANN)


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


def test_the_way_in_is_told_to_screen_and_desk_but_not_to_those_who_are_in() -> None:
    scene = given()
    set_up(scene, Setup(code="ABC234", join_url="https://example.org/join/ABC234"))
    for audience in ("screen", "desk"):
        doc = scene.doc("broadcast", audience)
        assert isinstance(doc, BroadcastDoc)
        assert (doc.code, doc.join_url) == ("ABC234", "https://example.org/join/ABC234")
    assert (introduction(scene).code, introduction(scene).join_url) == (None, None)
