"""What was set right in the record of a broadcast: before and after, who says so, when and why.

The organiser's pages write it in the transaction that makes the change; `exports` reads it. A person's live
time, place and points are counted from the log, which nothing here touches: what was set right stands beside
it, the latest word counts. Rows are only added.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

What = Literal[
    "person", "number", "name", "unit", "place", "live", "points", "roster", "title", "lecturer", "site"
]
WHAT: tuple[What, ...] = get_args(What)
REASON_LIMIT = 300  # characters: one sentence, that fits into a line of the table on paper

Who = int | str  # a person of the roster, or a participant who is none


@dataclass(frozen=True, slots=True)
class Word:
    """Who says so, when (ms) and why."""

    at: int
    account: int | None
    author: str
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """Without `who` it is of the broadcast itself. `live` is in seconds, `place` the id of a site."""

    what: What
    before: str
    after: str
    about: str = ""
    who: Who | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A change with its word. `number` counts from 1 in its broadcast."""

    number: int
    word: Word
    change: Change


def add(db: sqlite3.Connection, broadcast: int, word: Word, changes: Iterable[Change]) -> None:
    """Keep what has changed; what is as it was is left out."""
    by = (broadcast, word.at, word.account, word.author, word.reason)
    db.executemany(
        "INSERT INTO correction (broadcast, at, account, author, reason, person, participant, about, what,"
        " before, after) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (*by, *_ids(each.who), each.about, each.what, each.before, each.after)
            for each in changes
            if each.before != each.after
        ],
    )


def of(db: sqlite3.Connection, broadcast: int) -> list[Correction]:
    """All of a broadcast, in their order. A guest who was found to be a person is that person."""
    cursor = db.cursor()  # of our own: rows by name, whatever the connection is set to
    cursor.row_factory = sqlite3.Row
    rows = cursor.execute(
        "SELECT correction.*, coalesce(correction.person, guest.person, correction.participant) AS who"
        " FROM correction LEFT JOIN participant AS guest ON guest.id = correction.participant"
        " WHERE correction.broadcast = ? ORDER BY correction.id",
        (broadcast,),
    )
    return [
        Correction(
            number,
            Word(row["at"], row["account"], row["author"], row["reason"]),
            Change(row["what"], row["before"], row["after"], row["about"], row["who"]),
        )
        for number, row in enumerate(rows, start=1)
    ]


def _ids(who: Who | None) -> tuple[int | None, str | None]:
    """As a person, and as a participant."""
    return (who, None) if isinstance(who, int) else (None, who)
