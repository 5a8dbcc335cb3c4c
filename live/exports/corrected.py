"""What was set right in the record, as people read it: on the record itself and as a table.

Part of `tables` and of `record`. Lengths and places are written out; an empty value is told as what it means.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from live.directory import corrections
from live.directory.corrections import What, Word
from live.exports.cells import clock
from live.exports.reading import N_, Reader, Rows, Table, select

TITLES: dict[What, str] = {
    "person": N_("Person of the roster"),
    "number": N_("Number"),
    "name": N_("Full name"),
    "unit": N_("Unit"),
    "place": N_("Place"),
    "live": N_("Seen live"),
    "points": N_("Points"),
    "roster": N_("On the roster"),
    "title": N_("Title"),
    "lecturer": N_("Lecturer"),
    "site": N_("Places"),
}
COUNTED, ERASED = N_("as counted"), N_("erased")
SITES = "SELECT id, name FROM site WHERE broadcast = :broadcast"


@dataclass(frozen=True)
class Corrected:
    """A correction in words. `after` is empty where nothing is there now; `counted`: as counted again."""

    number: int
    word: Word
    about: str
    what: What
    before: str
    after: str
    counted: bool

    @property
    def erased(self) -> bool:
        """It was the name that was erased: nobody is given an empty one."""
        return self.what == "name" and not self.after


def corrected(db: sqlite3.Connection, broadcast_id: int) -> list[Corrected]:
    places = {row["id"]: row["name"] for row in select(db, SITES, broadcast_id)}

    def told(what: What, value: str) -> str:
        if what == "live" and value:
            return clock(int(value))
        return places.get(value, value) if what == "place" else value

    return [
        Corrected(
            number=each.number,
            word=each.word,
            about=change.about,
            what=change.what,
            before=told(change.what, change.before),
            after=told(change.what, change.after),
            counted=change.what in ("live", "points") and not change.after,
        )
        for each in corrections.of(db, broadcast_id)
        for change in (each.change,)
    ]


def _rows(db: sqlite3.Connection, broadcast_id: int, reader: Reader) -> Rows:
    for each in corrected(db, broadcast_id):
        yield [
            each.number,
            reader.at(each.word.at),
            each.word.author,
            each.about,
            reader.say(TITLES[each.what]),
            each.before,
            reader.say(COUNTED if each.counted else ERASED) if each.counted or each.erased else each.after,
            each.word.reason,
        ]


CORRECTIONS = Table(
    N_("Corrections"),
    (
        N_("No."),
        N_("Corrected at"),
        N_("By"),
        N_("Whose"),
        N_("What"),
        N_("Before"),
        N_("After"),
        N_("Why"),
    ),
    _rows,
)
