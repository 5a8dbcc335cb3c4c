"""Who drives the slides: one at a time, with request, hand-over and take-back."""

import pytest

from live.domain.attendance import Arrived, Left
from live.domain.base import Actor
from live.domain.driver import (
    DriverDoc,
    DriveReleased,
    DriveRequested,
    DriveTaken,
    HandDrive,
    ReleaseDrive,
    RequestDrive,
    TakeDrive,
)
from tests.domain.scenes import ANN, LI, MAX, MO, OLGA, By, given


def here(actor: Actor) -> By:
    return actor, Arrived(connection=f"c-{actor.participant}", role=actor.role)


def test_nobody_drives_at_first() -> None:
    assert given().doc("driver") == DriverDoc()


@pytest.mark.parametrize("actor", [MO, LI, OLGA])
def test_whoever_takes_the_free_seat_drives(actor: Actor) -> None:
    scene = given()
    assert scene.when(TakeDrive(), actor) == (DriveTaken(by=actor.participant),)
    assert scene.doc("driver") == DriverDoc(driver=actor.participant)


def test_a_moderator_does_not_push_out_a_driver_who_is_connected() -> None:
    assert given(here(MAX), DriveTaken(by="max")).refused(TakeDrive(), MO) == "somebody_drives"


def test_a_moderator_takes_over_from_a_driver_whose_connection_is_lost() -> None:
    scene = given(here(MAX), DriveTaken(by="max"), (MAX, Left(connection="c-max")))
    assert scene.when(TakeDrive(), MO) == (DriveTaken(by="mo"),)


@pytest.mark.parametrize("head", [LI, OLGA])
def test_lecturer_and_organiser_always_take_it_back(head: Actor) -> None:
    scene = given(here(MAX), DriveTaken(by="max"))
    assert scene.when(TakeDrive(), head) == (DriveTaken(by=head.participant),)


def test_to_take_what_one_has_changes_nothing() -> None:
    assert given(DriveTaken(by="mo")).when(TakeDrive(), MO) == ()


def test_a_request_waits_until_it_is_granted() -> None:
    scene = given(here(MAX), here(MO), DriveTaken(by="max"))
    assert scene.when(RequestDrive(), MO) == (DriveRequested(by="mo"),)
    assert scene.doc("driver") == DriverDoc(driver="max", requests=("mo",))
    assert scene.when(HandDrive(to="mo"), MAX) == (DriveTaken(by="mo"),)
    assert scene.doc("driver") == DriverDoc(driver="mo")


def test_a_request_is_made_once() -> None:
    assert given(DriveTaken(by="max"), DriveRequested(by="mo")).when(RequestDrive(), MO) == ()


def test_the_driver_requests_nothing() -> None:
    assert given(DriveTaken(by="mo")).when(RequestDrive(), MO) == ()


def test_only_the_driver_hands_over() -> None:
    assert given(here(MAX), DriveTaken(by="max")).refused(HandDrive(to="mo"), LI) == "not_driving"


@pytest.mark.parametrize("to", ["mo", "nobody", "ann"])
def test_nobody_is_handed_the_drive_who_is_not_at_the_desk_now(to: str) -> None:
    assert given(here(ANN), DriveTaken(by="max")).refused(HandDrive(to=to), MAX) == "not_here"


def test_to_hand_over_to_oneself_changes_nothing() -> None:
    assert given(here(MAX), DriveTaken(by="max")).when(HandDrive(to="max"), MAX) == ()


def test_a_released_seat_is_free_and_keeps_the_requests() -> None:
    scene = given(DriveTaken(by="max"), DriveRequested(by="mo"))
    assert scene.when(ReleaseDrive(), MAX) == (DriveReleased(),)
    assert scene.doc("driver") == DriverDoc(requests=("mo",))


def test_only_the_driver_releases() -> None:
    assert given(DriveTaken(by="max")).refused(ReleaseDrive(), LI) == "not_driving"


def test_who_drives_is_the_desks_own_business() -> None:
    scene = given(DriveTaken(by="max"))
    assert scene.doc("driver", "attendee") is None
    assert scene.doc("driver", "screen") is None
