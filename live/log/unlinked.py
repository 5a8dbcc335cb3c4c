"""Acts that must not tell who: kept beside the log, without a number, each kind in a table of its own.

A number in the log lies between neighbours that name people to the millisecond, so an anonymous act gets
none. Its row has a key that only chance has made, no actor, no command, and its time to five minutes.
`eventlog` writes and reads these rows with its own; `settle` takes away the order in which they came.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from secrets import token_bytes

import msgspec

from live.domain.ballots import Choice
from live.domain.broadcast import Event
from live.domain.questions import QuestionAsked, QuestionWithdrawn
from live.domain.secret import BallotCast, VoterTicked

ROUND_MS = 5 * 60_000  # in a lecture there are a hundred acts of others in that time

PUT = "INSERT INTO anonymous_question VALUES (?, ?, ?, ?, ?, NULL, ?)"
WITHDRAW = "UPDATE anonymous_question SET withdrawn_at = ? WHERE broadcast = ? AND question = ?"
SELECT = "SELECT * FROM anonymous_question WHERE broadcast = ? ORDER BY question"
TICK = "INSERT INTO secret_voter VALUES (?, ?, ?, ?, ?)"
CAST = "INSERT INTO secret_ballot VALUES (?, ?, ?, ?, ?, ?)"
VOTERS = "SELECT * FROM secret_voter WHERE broadcast = ? ORDER BY poll, round, participant"
BALLOTS = "SELECT * FROM secret_ballot WHERE broadcast = ? ORDER BY poll, round, id"
TABLES = {"anonymous_question": SELECT, "secret_voter": VOTERS, "secret_ballot": BALLOTS}

_encode = msgspec.json.Encoder().encode
_choice = msgspec.json.Decoder(Choice).decode
_marks = msgspec.json.Decoder(tuple[int, ...]).decode


class Unlinked(msgspec.Struct, frozen=True, gc=False):
    """An event of which nothing says who, when to the minute, or between which others.

    That somebody has voted in a secret poll keeps the `command`, so that it can be answered when it is sent
    again; what was voted does not.
    """

    at: int
    event: Event
    command: str | None = None


def unlinked(event: Event, at: int, command: str | None = None) -> Unlinked:
    """`at`: when it really was, ms; `command`: the id of what gave it."""
    return Unlinked(at - at % ROUND_MS, event, command if isinstance(event, VoterTicked) else None)


def put(db: sqlite3.Connection, broadcast_id: int, acts: Iterable[Unlinked]) -> None:
    """Write what has happened; in the transaction of the log's own rows."""
    for act in acts:
        match act.event:
            case QuestionAsked() as asked:
                row = (broadcast_id, asked.question, act.at, asked.text, asked.pending, asked.listed)
                db.execute(PUT, row)
            case QuestionWithdrawn() as withdrawn:
                db.execute(WITHDRAW, (act.at, broadcast_id, withdrawn.question))
            case VoterTicked() as ticked:
                db.execute(TICK, (broadcast_id, ticked.poll, ticked.round, ticked.voter, act.command))
            case BallotCast() as ballot:
                choice = _encode(ballot.choice).decode()
                marks = choice if ballot.marks is None else _encode(ballot.marks).decode()
                place = (broadcast_id, ballot.poll, ballot.round, token_bytes(16))
                db.execute(CAST, (*place, choice, marks))
            case other:
                raise TypeError(f"{type(other).__name__} has no table without names")


def before(db: sqlite3.Connection, broadcast_id: int) -> Iterator[Unlinked]:
    """What is folded before the log: rows of it speak of what was asked, and none of what was voted."""
    for row in db.execute(SELECT, (broadcast_id,)):
        _, question, at, text, pending, _, listed = row
        asked = QuestionAsked(
            question=question, text=text, anonymous=True, pending=bool(pending), listed=bool(listed)
        )
        yield Unlinked(at, asked)
    for _, poll, number, voter, command in db.execute(VOTERS, (broadcast_id,)):
        yield Unlinked(0, VoterTicked(poll=poll, round=number, voter=voter), command)
    for _, poll, number, _, choice, marks in db.execute(BALLOTS, (broadcast_id,)):
        chosen, counted = _choice(choice), _marks(marks) if marks != choice else None
        yield Unlinked(0, BallotCast(poll=poll, round=number, choice=chosen, marks=counted))


def after(db: sqlite3.Connection, broadcast_id: int) -> Iterator[Unlinked]:
    """What is folded after the log, because no row of the log comes behind it: what was taken back."""
    for row in db.execute(SELECT, (broadcast_id,)):
        _, question, _, _, _, withdrawn_at, _ = row
        if withdrawn_at is not None:
            yield Unlinked(withdrawn_at, QuestionWithdrawn(question=question, anonymous=True))


def settle(db: sqlite3.Connection, broadcast_id: int) -> None:
    """Write the rows anew in the order of their keys: in a page of the file rows lie as they came."""
    for table, select in TABLES.items():
        rows = [tuple(row) for row in db.execute(select, (broadcast_id,))]
        if rows:
            db.execute(f"DELETE FROM {table} WHERE broadcast = ?", (broadcast_id,))
            db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
