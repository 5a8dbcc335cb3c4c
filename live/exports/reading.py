"""What every table of the record is made of: its columns, its rows, and whom it is read by.

Used by `tables` and by the modules that hold the tables of one feature. It knows no table itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import tzinfo

from live.exports.cells import Cell, moment
from live.i18n import gettext


def N_(msgid: str) -> str:
    """Marks a sentence for the catalogues; it is translated where it is written."""
    return msgid


@dataclass(frozen=True)
class Reader:
    """Who a table is for: the language of what we say, and the time zone (None: the server's)."""

    lang: str
    zone: tzinfo | None = None

    def say(self, msgid: str | None) -> str:
        return gettext(self.lang, msgid) if msgid else ""

    def yes(self, holds: object) -> str:
        return self.say(N_("Yes") if holds else N_("No"))

    def at(self, ms: int | None) -> str:
        return moment(ms, self.zone)


Rows = Iterator[list[Cell]]


@dataclass(frozen=True)
class Table:
    title: str
    columns: tuple[str, ...]
    rows: Callable[[sqlite3.Connection, int, Reader], Rows]


def select(db: sqlite3.Connection, sql: str, broadcast_id: int) -> Iterator[sqlite3.Row]:
    cursor = db.cursor()  # of our own: rows by name, whatever the connection is set to
    cursor.row_factory = sqlite3.Row
    yield from cursor.execute(sql, {"broadcast": broadcast_id})
