"""The roster: who is expected, by name and unit, in the order in which the organiser wrote them.

Used by the organiser's pages and the demo. Putting a new list in keeps whoever is on both, so that people
who have joined stay the persons they are. It never reads a file: that is `roster_table`.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    unit: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What a new list means for the old one."""

    new: int
    staying: int
    leaving: int


def people(db: sqlite3.Connection, broadcast: int) -> list[Person]:
    rows = db.execute(
        "SELECT name, unit, number FROM person WHERE broadcast = ? ORDER BY position", (broadcast,)
    )
    return [Person(*row) for row in rows]


def missing(db: sqlite3.Connection, broadcast: int) -> list[Person]:
    """Those who have not joined by themselves."""
    rows = db.execute(
        "SELECT name, unit, number FROM person WHERE broadcast = ?1 AND id NOT IN"
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


def replace(db: sqlite3.Connection, broadcast: int, people: Iterable[Person]) -> None:
    """These people and no others."""
    known = _known(db, broadcast)
    for position, person in enumerate(people):
        row = (position, person.number, person.name, person.unit)
        same = _take(known, person)
        if same is None:
            db.execute(
                "INSERT INTO person (position, number, name, unit, broadcast) VALUES (?, ?, ?, ?, ?)",
                (*row, broadcast),
            )
        else:
            db.execute(
                "UPDATE person SET position = ?, number = ?, name = ?, unit = ? WHERE id = ?", (*row, same)
            )
    gone = [(each,) for ids in known.values() for each in ids]
    db.executemany("DELETE FROM person WHERE id = ?", gone)


Key = tuple[str, str]


def _known(db: sqlite3.Connection, broadcast: int) -> dict[Key, list[int]]:
    """Ids by key, last ones first: two people may have one name in one unit."""
    known: dict[Key, list[int]] = {}
    rows = db.execute(
        "SELECT id, name, unit, number FROM person WHERE broadcast = ? ORDER BY position DESC", (broadcast,)
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
