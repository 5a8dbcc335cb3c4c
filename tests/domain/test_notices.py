"""Notices: one sentence from the desk to everyone, to a site or to a unit, until it is cleared."""

import pytest

from live.domain import sight
from live.domain.base import AUDIENCES, Audience, Code, Setup, Site
from live.domain.notices import (
    ANYWHERE,
    ClearNotice,
    NoticeCleared,
    NoticeDoc,
    NoticesDoc,
    Notified,
    Notify,
    Place,
    Shown,
)
from tests.domain.scenes import ANN, HALL, MO, SECOND, START, Scene, given, set_up

ROOM = Site(id="room", name="Hall", kind="room")
PLANT = Site(id="plant", name="Plant 2", kind="remote")


def at_two_sites() -> Scene:
    scene = given()
    set_up(scene, Setup(sites=(ROOM, PLANT)))
    return scene


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_notice_is_seen_by(audience: Audience) -> None:
    scene = given()
    assert scene.when(Notify(text="  Mind the gap "), MO) == (Notified(text="Mind the gap"),)
    assert scene.doc("notice", audience) == NoticeDoc(text="Mind the gap", at=START + SECOND)


def test_a_notice_takes_the_place_of_the_one_before() -> None:
    scene = given(Notified(text="One"))
    scene.when(Notify(text="Two"), MO)
    assert scene.doc("notice", "attendee") == NoticeDoc(text="Two", at=START + 2 * SECOND)


def test_a_cleared_notice_is_gone() -> None:
    scene = given(Notified(text="One"))
    assert scene.when(ClearNotice(), MO) == (NoticeCleared(),)
    assert scene.doc("notice", "screen") is None


def test_to_clear_no_notice_changes_nothing() -> None:
    assert given().when(ClearNotice(), MO) == ()


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_notice_to_some_is_in_no_doc_of_a_whole_audience_but_the_desks(audience: Audience) -> None:
    scene = at_two_sites()
    scene.when(Notify(text="Fire drill", site="plant"), MO)
    scene.when(Notify(text="Bring helmets", unit="Depot"), MO)
    told = [scene.doc(key, audience) for key in sight.keys(scene.state)]
    assert ("Fire drill" in str(told)) == (audience == "desk")
    assert ("Bring helmets" in str(told)) == (audience == "desk")
    assert scene.doc("notice/site", audience) is None


def test_each_place_has_its_own_notice_and_clearing_one_leaves_the_others() -> None:
    scene = at_two_sites()
    for notify in (
        Notify(text="All"),
        Notify(text="Plant", site="plant"),
        Notify(text="Depot", unit="Depot"),
    ):
        scene.when(notify, MO)
    here = Place(site="plant", unit="Depot")
    docs = sight.aside(scene.state, here)
    assert {key: doc.text for key, doc in docs.items() if isinstance(doc, NoticeDoc)} == {
        "notice/site": "Plant",
        "notice/unit": "Depot",
    }
    scene.when(ClearNotice(site="plant"), MO)
    assert sight.aside(scene.state, here)["notice/site"] is None
    assert sight.aside(scene.state, here)["notice/unit"] is not None
    assert scene.doc("notice", "attendee") is not None


def test_somebody_is_where_their_site_and_unit_are_once_a_notice_went_there() -> None:
    scene = at_two_sites()
    assert sight.place(scene.state, ANN, "attendee") == ANYWHERE
    scene.when(Notify(text="Plant", site="plant"), MO)
    assert sight.place(scene.state, ANN, "attendee") == ANYWHERE  # she sits in the room
    scene.when(Notify(text="Room", site="room"), MO)
    scene.when(Notify(text="Depot", unit="Depot"), MO)
    assert sight.place(scene.state, ANN, "attendee") == Place(site="room", unit="Depot")
    assert sight.place(scene.state, HALL, "screen") == Place(site="room")  # the only room there is
    assert sight.place(scene.state, MO, "desk") == ANYWHERE


def test_a_screen_that_may_stand_in_two_rooms_shows_what_goes_to_everyone_only() -> None:
    scene = given()
    set_up(scene, Setup(sites=(ROOM, Site(id="annex", name="Annex", kind="room"))))
    scene.when(Notify(text="Room", site="room"), MO)
    assert sight.place(scene.state, HALL, "screen") == ANYWHERE


def test_the_desk_remembers_what_was_shown_to_whom_and_until_when() -> None:
    scene = given(Notified(text="One"), Notified(text="Two"), Notified(text="Three", unit="Depot"))
    assert scene.doc("notices") == NoticesDoc(
        shown=(
            Shown(text="One", at=START + SECOND, until=START + 2 * SECOND),
            Shown(text="Two", at=START + 2 * SECOND),
            Shown(text="Three", at=START + 3 * SECOND, unit="Depot"),
        )
    )
    assert scene.doc("notices", "attendee") is None


@pytest.mark.parametrize(
    ("notify", "code"),
    [
        (Notify(text=" \n"), "empty"),
        (Notify(text="x" * 501), "too_long"),
        (Notify(text="Hello", site="nowhere"), "no_such_place"),
        (Notify(text="Hello", unit=" "), "empty"),
        (Notify(text="Hello", site="room", unit="Depot"), "bad_frame"),
    ],
)
def test_a_notice_is_refused_that_is(notify: Notify, code: Code) -> None:
    assert at_two_sites().refused(notify, MO) == code
