"""Browsers that we know by their cookie: who is signed in there, and which seats it holds.

Called by `auth`, which alone knows the cookie itself; here it is a SHA-256. Idle sessions expire:
14 days for an account, so that whoever organises week after week stays signed in and a forgotten
laptop does not; 30 days for a seat, so that people of a monthly course come back without typing.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from live.directory.accounts import Account
from live.domain.base import Actor, Audience, Role

HOUR_MS = 3_600_000
ACCOUNT_IDLE_MS = 14 * 24 * HOUR_MS
SEAT_IDLE_MS = 30 * 24 * HOUR_MS


@dataclass(frozen=True, slots=True)
class Seat:
    """A browser's place in one audience of a broadcast. `slug` and `title` are the broadcast's."""

    broadcast: int
    audience: Audience
    participant: str
    role: Role
    slug: str
    title: str
    link: str | None = None

    @property
    def actor(self) -> Actor:
        return Actor(participant=self.participant, role=self.role)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever sends this request. A stranger has no session, no account and no seat."""

    session: str | None = None
    account: Account | None = None
    seats: tuple[Seat, ...] = ()
    seen_at: int = 0

    def seat(self, broadcast: int, audience: Audience) -> Seat | None:
        for seat in self.seats:
            if seat.broadcast == broadcast and seat.audience == audience:
                return seat
        return None


STRANGER = Visitor()


def find(db: sqlite3.Connection, session: str, at: int) -> Visitor:
    """Who this browser is, as far as it has not been idle for too long."""
    row = db.execute(
        "SELECT session.seen_at, account.id, account.name FROM session"
        " LEFT JOIN account ON account.id = session.account WHERE hash = ? AND seen_at > ?",
        (session, at - SEAT_IDLE_MS),
    ).fetchone()
    if row is None:
        return STRANGER
    signed_in = row["id"] is not None and row["seen_at"] > at - ACCOUNT_IDLE_MS
    account = Account(row["id"], row["name"]) if signed_in else None
    return Visitor(session, account, tuple(_seats(db, session, signed_in)), row["seen_at"])


def _seats(db: sqlite3.Connection, session: str, signed_in: bool) -> list[Seat]:
    """Latest first. What was gained by an account goes with it."""
    rows = db.execute(
        "SELECT seat.broadcast, audience, participant.id, role, slug, title, link FROM seat"
        " JOIN participant ON participant.id = seat.participant"
        " JOIN broadcast ON broadcast.id = seat.broadcast"
        " WHERE session = ? AND removed_at IS NULL AND (participant.account IS NULL OR ?)"
        " ORDER BY participant.created_at DESC, participant.id",
        (session, signed_in),
    )
    return [Seat(*row) for row in rows]


def start(db: sqlite3.Connection, old: str | None, new: str, at: int) -> None:
    """A session called `new`; an `old` one of this browser becomes it, and its seats come along."""
    if old is not None:
        moved = db.execute("UPDATE session SET hash = ?, seen_at = ? WHERE hash = ?", (new, at, old))
        if moved.rowcount:
            return
    db.execute("INSERT INTO session (hash, created_at, seen_at) VALUES (?, ?, ?)", (new, at, at))


def sign_in(db: sqlite3.Connection, session: str, account: int) -> None:
    """Another account's seats do not stay behind for this one."""
    _give_up_account(db, "session = ?", (session,), keep=account)
    db.execute("UPDATE session SET account = ? WHERE hash = ?", (account, session))


def end(db: sqlite3.Connection, session: str) -> list[Seat]:
    """Forget the browser. The seats it held are the answer: their sockets are to be closed."""
    seats = _seats(db, session, signed_in=True)
    db.execute("DELETE FROM session WHERE hash = ?", (session,))
    return seats


def touch(db: sqlite3.Connection, session: str, at: int) -> None:
    """It was here just now, after everything that has been idle for too long is gone."""
    db.execute("DELETE FROM session WHERE seen_at <= ?", (at - SEAT_IDLE_MS,))
    idle = "session IN (SELECT hash FROM session WHERE account IS NOT NULL AND seen_at <= ?)"
    _give_up_account(db, idle, (at - ACCOUNT_IDLE_MS,))
    db.execute("UPDATE session SET account = NULL WHERE seen_at <= ?", (at - ACCOUNT_IDLE_MS,))
    db.execute("UPDATE session SET seen_at = ? WHERE hash = ?", (at, session))


def _give_up_account(
    db: sqlite3.Connection, which: str, values: tuple[str | int, ...], keep: int = 0
) -> None:
    """Remove the seats that an account gained; `which` is a condition of ours, never of a visitor."""
    db.execute(
        f"DELETE FROM seat WHERE {which} AND participant IN"
        " (SELECT id FROM participant WHERE account IS NOT NULL AND account <> ?)",
        (*values, keep),
    )
