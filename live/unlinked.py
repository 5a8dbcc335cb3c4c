"""Acts that must not tell who: kept beside the log, without a number, each kind in a table of its own.

A number in the log lies between neighbours that name people to the millisecond, so an anonymous act gets
none. Its row has a key that only chance has made, no actor, no command, and its time to five minutes.
`eventlog` writes and reads these rows with its own; `settle` takes away the order in which they came.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

import msgspec

from live.domain.broadcast import Event
from live.domain.questions import QuestionAsked, QuestionWithdrawn

ROUND_MS = 5 * 60_000  # in a lecture there are a hundred acts of others in that time

PUT = "INSERT INTO anonymous_question VALUES (?, ?, ?, ?, ?, NULL, ?)"
WITHDRAW = "UPDATE anonymous_question SET withdrawn_at = ? WHERE broadcast = ? AND question = ?"
SELECT = "SELECT * FROM anonymous_question WHERE broadcast = ? ORDER BY question"


class Unlinked(msgspec.Struct, frozen=True):
    """An event of which nothing says who, when to the minute, or between which others."""

    at: int
    event: Event


def unlinked(event: Event, at: int) -> Unlinked:
    """`at`: when it really was, ms."""
    return Unlinked(at - at % ROUND_MS, event)


def put(db: sqlite3.Connection, broadcast_id: int, acts: Iterable[Unlinked]) -> None:
    """Write what has happened; in the transaction of the log's own rows."""
    for act in acts:
        match act.event:
            case QuestionAsked() as asked:
                row = (broadcast_id, asked.question, act.at, asked.text, asked.pending, asked.listed)
                db.execute(PUT, row)
            case QuestionWithdrawn() as withdrawn:
                db.execute(WITHDRAW, (act.at, broadcast_id, withdrawn.question))
            case other:
                raise TypeError(f"{type(other).__name__} has no table without names")


def before(db: sqlite3.Connection, broadcast_id: int) -> Iterator[Unlinked]:
    """What is folded before the log, because rows of the log speak of it: what was asked."""
    for row in db.execute(SELECT, (broadcast_id,)):
        _, question, at, text, pending, _, listed = row
        asked = QuestionAsked(
            question=question, text=text, anonymous=True, pending=bool(pending), listed=bool(listed)
        )
        yield Unlinked(at, asked)


def after(db: sqlite3.Connection, broadcast_id: int) -> Iterator[Unlinked]:
    """What is folded after the log, because no row of the log comes behind it: what was taken back."""
    for row in db.execute(SELECT, (broadcast_id,)):
        _, question, _, _, _, withdrawn_at, _ = row
        if withdrawn_at is not None:
            yield Unlinked(withdrawn_at, QuestionWithdrawn(question=question, anonymous=True))


def settle(db: sqlite3.Connection, broadcast_id: int) -> None:
    """Write the rows anew in the order of their keys: in a page of the file rows lie as they came."""
    rows = db.execute(SELECT, (broadcast_id,)).fetchall()
    db.execute("DELETE FROM anonymous_question WHERE broadcast = ?", (broadcast_id,))
    db.executemany("INSERT INTO anonymous_question VALUES (?, ?, ?, ?, ?, ?, ?)", map(tuple, rows))
