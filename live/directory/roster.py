"""The roster: who is expected, by name and unit, in the order in which the organiser wrote them.

Used by the organiser's pages and the demo. Putting a new list in keeps whoever is on both, so that people
who have joined stay the persons they are. A line without a name was erased (`erasing`): it counts in the
record and is no part of the list any more. It never reads a file: that is `roster_table`.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from live.directory import corrections


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    unit: str = ""
    number: str = ""

    @property
    def line(self) -> str:
        return " ".join(filter(None, (self.number, self.name, self.unit)))


@dataclass(frozen=True, slots=True)
class Change:
    """What a new list means for the old one."""

    new: int
    staying: int
    leaving: int


def people(db: sqlite3.Connection, broadcast: int) -> list[Person]:
    rows = db.execute(
        "SELECT name, unit, number FROM person WHERE broadcast = ? AND name <> '' ORDER BY position",
        (broadcast,),
    )
    return [Person(*row) for row in rows]


def missing(db: sqlite3.Connection, broadcast: int) -> list[Person]:
    """Those who have not joined by themselves."""
    rows = db.execute(
        "SELECT name, unit, number FROM person WHERE broadcast = ?1 AND name <> '' AND id NOT IN"
        " (SELECT person FROM participant WHERE broadcast = ?1 AND person IS NOT NULL AND removed_at IS NULL)"
        " ORDER BY position",
        (broadcast,),
    )
    return [Person(*row) for row in rows]


def by_unit(people: Iterable[Person]) -> dict[str, int]:
    """How many there are of each unit, in the order of the list; "" are those without one."""
    counts: dict[str, int] = {}
    for person in people:
        counts[person.unit] = counts.get(person.unit, 0) + 1
    return counts


def compare(db: sqlite3.Connection, broadcast: int, people: Iterable[Person]) -> Change:
    known = _known(db, broadcast)
    listed = [_take(known, person) is not None for person in people]
    staying = sum(listed)
    return Change(new=len(listed) - staying, staying=staying, leaving=sum(map(len, known.values())))


def replace(db: sqlite3.Connection, broadcast: int, people: Iterable[Person]) -> list[corrections.Change]:
    """These people and no others; gives what has become of the lines."""
    known, before = _known(db, broadcast), _by_id(db, broadcast)
    changes: list[corrections.Change] = []
    for position, person in enumerate(people):
        row = (position, person.number, person.name, person.unit)
        same = _take(known, person)
        if same is None:
            made = db.execute(
                "INSERT INTO person (position, number, name, unit, broadcast) VALUES (?, ?, ?, ?, ?)",
                (*row, broadcast),
            )
            changes.append(corrections.Change("roster", "", person.line, person.line, made.lastrowid))
        else:
            db.execute(
                "UPDATE person SET position = ?, number = ?, name = ?, unit = ? WHERE id = ?", (*row, same)
            )
            changes += _between(before[same], person, same)
    gone = [each for ids in known.values() for each in ids]
    db.executemany("DELETE FROM person WHERE id = ?", [(each,) for each in gone])
    lines = [before[each].line for each in sorted(gone)]
    return changes + [corrections.Change("roster", line, "", line) for line in lines]


def _between(before: Person, after: Person, who: int) -> list[corrections.Change]:
    changes = [
        corrections.Change("name", before.name, after.name, before.line, who),
        corrections.Change("unit", before.unit, after.unit, before.line, who),
        corrections.Change("number", before.number, after.number, before.line, who),
    ]
    return [each for each in changes if each.before != each.after]


def _by_id(db: sqlite3.Connection, broadcast: int) -> dict[int, Person]:
    rows = db.execute("SELECT id, name, unit, number FROM person WHERE broadcast = ?", (broadcast,))
    return {row["id"]: Person(row["name"], row["unit"], row["number"]) for row in rows}


Key = tuple[str, str]


def _known(db: sqlite3.Connection, broadcast: int) -> dict[Key, list[int]]:
    """Ids by key, last ones first: two people may have one name in one unit."""
    known: dict[Key, list[int]] = {}
    rows = db.execute(
        "SELECT id, name, unit, number FROM person WHERE broadcast = ? AND name <> '' ORDER BY position DESC",
        (broadcast,),
    )
    for row in rows:
        known.setdefault(_key(Person(row["name"], row["unit"], row["number"])), []).append(row["id"])
    return known


def _take(known: dict[Key, list[int]], person: Person) -> int | None:
    ids = known.get(_key(person))
    return ids.pop() if ids else None


def _key(person: Person) -> Key:
    """A staff number is one person's; without it, name and unit have to do."""
    return (person.number, "") if person.number else (person.name, person.unit)
