"""Sessions in the directory: what a browser is, what it keeps when its cookie changes, what it loses."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from live.database import connect
from live.database.migrations import migrate
from live.directory import accounts, broadcasts, people, sessions
from live.directory.people import Link, Newcomer
from live.directory.sessions import ACCOUNT_IDLE_MS, SEAT_IDLE_MS, STRANGER
from live.domain.base import Role

NOW = 1_800_000_000_000


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    migrate(tmp_path / "live.db")
    with closing(connect(tmp_path / "live.db", writable=True)) as connection:
        yield connection


def broadcast(db: sqlite3.Connection, title: str = "Safety course") -> int:
    return broadcasts.create(db, title=title, created_by=None, now=NOW).id


def seated(
    db: sqlite3.Connection,
    session: str,
    where: int,
    id: str,
    role: Role = "attendee",
    **more: object,
) -> None:
    people.add(db, Newcomer(id=id, broadcast=where, role=role, **more), NOW)  # type: ignore[arg-type]
    people.sit(db, session, where, "attendee" if role == "attendee" else "desk", id)


def test_an_unknown_browser_is_a_stranger(db: sqlite3.Connection) -> None:
    assert sessions.find(db, "nobody", NOW) == STRANGER


def test_seats_come_along_when_the_session_is_renamed(db: sqlite3.Connection) -> None:
    where = broadcast(db)
    sessions.start(db, None, "old", NOW)
    seated(db, "old", where, "p1", name="Li Na")
    sessions.start(db, "old", "new", NOW)
    assert sessions.find(db, "old", NOW) == STRANGER
    (seat,) = sessions.find(db, "new", NOW).seats
    assert (seat.broadcast, seat.audience, seat.participant, seat.role) == (
        where,
        "attendee",
        "p1",
        "attendee",
    )


def test_another_accounts_seats_do_not_stay_behind(db: sqlite3.Connection) -> None:
    where = broadcast(db)
    first, second = accounts.add(db, "Wang", "x", NOW), accounts.add(db, "Chen", "x", NOW)
    sessions.start(db, None, "s", NOW)
    sessions.sign_in(db, "s", first.id)
    seated(db, "s", where, "p1", "organiser", account=first.id)
    sessions.sign_in(db, "s", first.id)
    assert sessions.find(db, "s", NOW).seat(where, "desk")
    sessions.sign_in(db, "s", second.id)
    visitor = sessions.find(db, "s", NOW)
    assert visitor.account == second
    assert visitor.seat(where, "desk") is None


def test_idle_browsers_are_swept_and_idle_accounts_signed_out(db: sqlite3.Connection) -> None:
    where = broadcast(db)
    account = accounts.add(db, "Wang", "x", NOW)
    for name, seen in [("gone", SEAT_IDLE_MS), ("idle", ACCOUNT_IDLE_MS), ("fresh", 0)]:
        sessions.start(db, None, name, NOW - seen)
        sessions.sign_in(db, name, account.id)
        seated(db, name, where, f"organiser of {name}", "organiser", account=account.id)
        seated(db, name, where, f"attendee of {name}")
    sessions.touch(db, "idle", NOW)
    kept = {row["hash"]: row["account"] for row in db.execute("SELECT hash, account FROM session")}
    assert kept == {"idle": None, "fresh": account.id}
    sitting = {row["participant"] for row in db.execute("SELECT participant FROM seat")}
    assert sitting == {"attendee of idle", "organiser of fresh", "attendee of fresh"}


def test_a_deleted_session_leaves_a_participant_that_the_account_takes_up_again(
    db: sqlite3.Connection,
) -> None:
    where = broadcast(db)
    account = accounts.add(db, "Wang", "x", NOW)
    sessions.start(db, None, "s", NOW)
    seated(db, "s", where, "p1", "organiser", account=account.id)
    assert people.vacant(db, where, "organiser", account.id) is None, "somebody sits there"
    assert [seat.participant for seat in sessions.end(db, "s")] == ["p1"]
    assert people.vacant(db, where, "organiser", account.id) == "p1"
    assert people.vacant(db, where, "screen", account.id) is None


def test_a_revoked_link_removes_its_own_people_only(db: sqlite3.Connection) -> None:
    where, other = broadcast(db), broadcast(db, "Traffic")
    sessions.start(db, None, "s", NOW)
    for id, place in [("mine", where), ("other", other)]:
        people.add_link(db, Link(f"link {id}", place, "attendee", NOW, None), f"hash {id}")
        seated(db, "s", place, id, link=f"link {id}")
    seated(db, "s", where, "by code")
    assert people.revoke_link(db, other, "link mine", NOW) == [], "of another broadcast"
    assert people.revoke_link(db, where, "link mine", NOW) == ["mine"]
    assert people.find_link(db, "hash mine") is None
    assert people.links(db, where) == []
    assert [link.joined for link in people.links(db, other)] == [1]
    assert {seat.participant for seat in sessions.find(db, "s", NOW).seats} == {"by code", "other"}


def test_the_last_details_are_those_of_the_latest_seat_that_has_a_name(db: sqlite3.Connection) -> None:
    where, other = broadcast(db), broadcast(db, "Traffic")
    sessions.start(db, None, "s", NOW)
    assert people.last_details(db, "s").name == ""
    seated(db, "s", where, "p1", name="Li Na", unit="Press shop", site="remote")
    seated(db, "s", other, "p2", "moderator", name="Ms Li")
    assert people.last_details(db, "s") == people.Details("Li Na", "Press shop", "remote")


def test_everybody_is_there_even_those_who_left(db: sqlite3.Connection) -> None:
    where = broadcast(db)
    sessions.start(db, None, "s", NOW)
    seated(db, "s", where, "p1", name="Li Na", unit="Press shop", site="room")
    people.rise(db, "s", where, "attendee")
    found = people.find(db, "p1")
    assert found is not None
    assert (found.name, found.unit, found.site) == ("Li Na", "Press shop", "room")
    assert people.everybody(db, where) == {"p1": found}
    assert people.find(db, "p2") is None
