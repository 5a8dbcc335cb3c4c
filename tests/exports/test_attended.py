"""Who has seen how much: moments once, live and in the replay, by person and by unit."""

from __future__ import annotations

import json
import sqlite3

import pytest

from live.directory import corrections
from live.directory.corrections import Change, Word
from live.domain.attendance import Arrived, Left
from live.domain.life import Ended, Started
from live.exports import attended, record
from live.exports.attended import Attended, Standing
from tests.domain.scenes import START, drafted, given, opened
from tests.exports.records import ID, add_participant, add_person, in_memory, keep

MINUTE = 60_000


def stay(who: str, since: int, until: int) -> Attended:
    """Somebody in the hall who was there for these minutes."""
    return Attended(
        True,
        "",
        who,
        "Depot",
        kind="room",
        first_seen=since * MINUTE,
        live=[(since * MINUTE, until * MINUTE)],
    )


@pytest.mark.parametrize(
    ("live", "played", "share", "standing"),
    [
        ((0, 60), None, 100, "room"),
        ((0, 1), None, 0, "room"),
        ((0, 30), None, 80, "short"),
        ((0, 30), (30, 60), 80, "made_up"),
        ((0, 30), (0, 30), 80, "short"),  # the same half again is no other half
        (None, (0, 60), 80, "made_up"),
        (None, None, 0, "missing"),
    ],
)
def test_enough_is_a_share_of_the_live_time_and_the_replay_adds_what_was_missed(
    live: tuple[int, int] | None, played: tuple[int, int] | None, share: int, standing: Standing
) -> None:
    one = stay("Ann", *live) if live else Attended(True, "", "Ann", "Depot")
    one.played = [(played[0] * MINUTE, played[1] * MINUTE)] if played else []
    assert one.standing(60 * MINUTE, share) == standing


def test_a_unit_counts_who_was_expected_and_its_guests_beside_them() -> None:
    people = [stay("Ann", 0, 60), stay("Bob", 0, 10), Attended(True, "", "Cat", "Mill"), stay("Guest", 0, 60)]
    people[3].expected = False
    depot, mill = attended.by_unit(people, 60 * MINUTE, 50)
    assert (depot.expected, depot.room, depot.short, depot.guests, depot.complete) == (2, 1, 1, 1, 1)
    assert (mill.expected, mill.missing) == (1, 1)


def held() -> sqlite3.Connection:
    """Nine seconds, live, with a poll; Ann is there on two devices and plays the start, Bob is expected."""
    db = in_memory()
    add_person(db, 1, "Ann", "Depot", "007")
    add_person(db, 2, "Bob", "Mill")
    add_participant(db, "ann", person=1)
    add_participant(db, "ann-phone", "Ann", person=1)
    add_participant(db, "guest", "Guest", "Elsewhere")
    scene = given(Started(), drafted())
    for who, event in (
        ("ann", Arrived(connection="c1", role="attendee", unit="Depot", site="room", visible=True)),
        ("ann-phone", Arrived(connection="c2", role="attendee", unit="Depot", site="room", visible=True)),
        ("guest", Arrived(connection="c3", role="attendee", unit="Elsewhere", site="", visible=True)),
        ("ann", Left(connection="c1")),
        ("ann-phone", Left(connection="c2")),
        ("guest", Left(connection="c3")),
    ):
        scene.happen(event, who)
    scene.happen(opened()[-1], None)
    scene.happen(Ended(), None)
    keep(db, scene.log)
    spans = json.dumps([[START, START + 4_000]])
    db.execute("INSERT INTO makeup VALUES (?, 'ann', 0, 0, ?, '[]')", (ID, spans))
    return db


def test_two_devices_are_one_person_and_a_moment_seen_twice_counts_once() -> None:
    ann, bob, guest = attended.everybody(held(), ID)
    # from the third second to the seventh on two devices, and the first four once more in the replay
    assert (ann.number, ann.place, ann.live_ms, ann.played_ms, ann.together_ms) == (
        "007",
        "room",
        4_000,
        4_000,
        7_000,
    )
    assert (bob.first_seen, bob.standing(10_000, 0)) == (None, "missing")
    assert (guest.expected, guest.unit, guest.live_ms) == (False, "Elsewhere", 3_000)


def test_a_live_time_that_was_said_counts_and_together_is_the_least_it_can_be() -> None:
    db = held()
    for seconds, together in (("1", 4_000), ("8", 8_000), ("5", 7_000), ("", 7_000)):
        change = Change("live", "4", seconds, "Ann", 1)
        corrections.add(db, ID, Word(START, None, "Wang", "The steward"), [change])
        ann = attended.everybody(db, ID)[0]
        assert (ann.counted_ms, ann.live_ms) == (4_000, int(seconds or 4) * 1_000)
        assert ann.together_ms == together
    assert ann.corrections == [1, 2, 3, 4]


def test_who_was_seen_by_a_steward_alone_is_there_and_what_was_right_is_no_correction() -> None:
    db = held()
    db.execute("INSERT INTO site VALUES (?, 'hall', 0, 'Hall', 'room')", (ID,))
    said = [Change("live", "0", "9", "Bob", 2), Change("place", "", "hall", "Bob", 2)]
    said += [Change("points", "", "3", "Bob", 2), Change("name", "Bob", "Bob", "Bob", 2)]
    corrections.add(db, ID, Word(START, None, "Wang", "The steward"), said)
    bob = attended.everybody(db, ID)[1]
    assert (bob.standing(9_000, 100), bob.place, bob.points) == ("room", "Hall", 3)
    assert len(corrections.of(db, ID)) == 3


@pytest.mark.parametrize(
    ("minutes", "hour", "told"),
    [(45, 45, "1.0"), (44, 45, "0.9"), (89, 45, "1.9"), (90, 60, "1.5"), (0, 50, "0.0")],
)
def test_hours_of_training_are_cut_off_and_never_rounded_up(minutes: int, hour: int, told: str) -> None:
    assert attended.hours(minutes * MINUTE, hour) == told
    assert attended.hours(90 * MINUTE - 1, 45) == "1.9"


def test_the_record_has_the_live_time_and_each_round_also_without_votes() -> None:
    found = record.read(held(), ID)
    assert (len(found.spans), found.whole, found.answerable.polls) == (1, 9_000, 1)
    [poll] = found.polls
    assert (poll.title, poll.voters, [line.text for line in poll.lines]) == (
        "Which?",
        0,
        ["Red", "Green", "Blue"],
    )
    assert (found.shown, found.questions, found.deck) == ([], [], None)
