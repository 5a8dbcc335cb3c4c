"""Erasing a person's name: from the roster, from those who took part, and from what was set right.

For the organiser's page. What happened stays as it is: the log has a participant's number and never a name,
and the row behind that number stays too, with its unit and without a name, so that every figure is what it
was. What people wrote themselves is not looked through; files that were taken before are out of reach.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import east_asian_width

from live.directory.corrections import Change, Who, Word, add
from live.directory.people import same_name

GONE = "–"  # where a name stood in somebody's words
NAMING = {"person", "number", "name", "roster"}  # corrections whose before and after are names
KEPT = {"live", "points", "place", "title", "lecturer", "site"}  # those whose before and after stay


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a broadcast: a line of the roster, or somebody who took part and is not on it."""

    who: Who
    broadcast: int
    slug: str
    title: str
    name: str
    unit: str
    number: str
    came: bool


ROSTER = """
SELECT person.id AS who, person.broadcast, slug, title, name, unit, number,
  EXISTS (SELECT 1 FROM participant WHERE person = person.id) AS came
FROM person JOIN broadcast ON broadcast.id = person.broadcast
"""
OTHERS = """
SELECT participant.id AS who, participant.broadcast, slug, title, name, unit, '' AS number, 1 AS came
FROM participant JOIN broadcast ON broadcast.id = participant.broadcast
"""
NAMES = "SELECT name FROM person UNION SELECT name FROM participant WHERE person IS NULL"


def named(db: sqlite3.Connection, name: str) -> list[Found]:
    """Whoever is called this in any broadcast, the latest first. Nobody is called nothing."""
    wanted = same_name(name)
    alike = [row["name"] for row in db.execute(NAMES) if wanted and same_name(row["name"]) == wanted]
    found: list[Found] = []
    for each in alike:
        found += [Found(**dict(row)) for row in db.execute(f"{ROSTER} WHERE name = ?", (each,))]
        found += [
            Found(**dict(row)) for row in db.execute(f"{OTHERS} WHERE name = ? AND person IS NULL", (each,))
        ]
    return sorted(found, key=lambda one: (-one.broadcast, isinstance(one.who, str), str(one.who)))


def erase(db: sqlite3.Connection, chosen: Iterable[Found], word: Word) -> list[tuple[int, str]]:
    """Take these names away; gives the participants, with their broadcasts, who have none now.

    Their browsers are forgotten too. That a name was erased, when, by whom and why is kept without the name.
    """
    nameless: list[tuple[int, str]] = []
    for one in chosen:
        listed = isinstance(one.who, int)
        column = "person" if listed else "id"
        rows = db.execute(f"SELECT id, name FROM participant WHERE {column} = ?", (one.who,)).fetchall()
        add(db, one.broadcast, word, [Change("name", one.name, "", "", one.who)])
        _clean(db, one, {row["id"] for row in rows}, {one.name, one.number, *(row["name"] for row in rows)})
        if listed:
            db.execute("UPDATE person SET name = '', number = '' WHERE id = ?", (one.who,))
        for row in rows:
            db.execute("UPDATE participant SET name = '' WHERE id = ?", (row["id"],))
            db.execute("DELETE FROM seat WHERE participant = ?", (row["id"],))
            nameless.append((one.broadcast, row["id"]))
    return nameless


def _clean(db: sqlite3.Connection, one: Found, participants: set[str], names: set[str]) -> None:
    """What was set right about them says of whom no more, and no words of this broadcast's list name them."""
    rows = db.execute(
        "SELECT id, person, participant, what, about, before, after, reason FROM correction"
        " WHERE broadcast = ?",
        (one.broadcast,),
    ).fetchall()
    own = {row["id"] for row in rows if row["person"] == one.who or row["participant"] in participants}
    former = {row["before"] for row in rows if row["id"] in own and row["what"] in ("name", "number")}
    names = names | former
    for row in rows:
        about, before, after = (without(row[part], names) for part in ("about", "before", "after"))
        if row["id"] in own:
            about = before = after = ""
        if row["what"] in KEPT or (row["id"] in own and row["what"] not in NAMING):
            before, after = row["before"], row["after"]
        db.execute(
            "UPDATE correction SET about = ?, before = ?, after = ?, reason = ? WHERE id = ?",
            (about, before, after, without(row["reason"], names), row["id"]),
        )


def without(text: str, names: set[str]) -> str:
    """A name that is a word of its own; among Chinese characters, where words have no ends, from two on."""
    for name in sorted(filter(None, names), key=len, reverse=True):
        written_on = len(name) > 1 and east_asian_width(name[0]) == "W"
        alone = re.escape(name) if written_on else rf"(?<!\w){re.escape(name)}(?!\w)"
        text = re.sub(alone, GONE, text)
    return text
