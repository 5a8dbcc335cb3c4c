"""Who takes part in a broadcast: participants, the seats they sit on, the links that let them in.

Called by `auth`, the pages and the stage. A participant is one browser's person in one broadcast;
the log knows the id alone. A revoked link takes its participants with it.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from dataclasses import dataclass

from live.domain.base import Audience, Participant, Role


@dataclass(frozen=True, slots=True)
class Link:
    """Lets somebody in, in one role. The token is made from `id` by `auth`, never stored."""

    id: str
    broadcast: int
    role: Role
    created_at: int
    revoked_at: int | None
    joined: int = 0  # participants who came in by it


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody who is about to take part, and how they came in."""

    id: str
    broadcast: int
    role: Role
    name: str = ""
    unit: str = ""
    site: str = ""
    link: str | None = None
    account: int | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What somebody typed when they last joined: the form of the next broadcast begins with it."""

    name: str = ""
    unit: str = ""
    kind: str = ""  # of the site


def everybody(db: sqlite3.Connection, broadcast: int) -> dict[str, Participant]:
    rows = db.execute("SELECT id, name, role, unit, site FROM participant WHERE broadcast = ?", (broadcast,))
    return {row["id"]: Participant(**dict(row)) for row in rows}


def find(db: sqlite3.Connection, participant: str) -> Participant | None:
    row = db.execute(
        "SELECT id, name, role, unit, site FROM participant WHERE id = ?", (participant,)
    ).fetchone()
    return None if row is None else Participant(**dict(row))


def add(db: sqlite3.Connection, newcomer: Newcomer, at: int) -> None:
    """Keep somebody new. An attendee whose name is on the roster once is that person."""
    person, unit = None, newcomer.unit
    if newcomer.role == "attendee":
        person, unit = _one_of(_listed(db, newcomer.broadcast), newcomer.name, unit) or (None, unit)
    row = (newcomer.id, newcomer.broadcast, newcomer.role, newcomer.name, unit, newcomer.site)
    db.execute(
        "INSERT INTO participant (id, broadcast, role, name, unit, site, person, link, account, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, person, newcomer.link, newcomer.account, at),
    )


def match(db: sqlite3.Connection, broadcast: int) -> list[str]:
    """Attendees who came before the roster are now who they are on it; gives those whose unit it tells."""
    listed = _listed(db, broadcast)
    told: list[str] = []
    rows = db.execute(
        "SELECT id, name, unit FROM participant WHERE broadcast = ? AND role = 'attendee' AND person IS NULL",
        (broadcast,),
    )
    for row in rows.fetchall():
        found = _one_of(listed, row["name"], row["unit"])
        if found is not None:
            db.execute("UPDATE participant SET person = ?, unit = ? WHERE id = ?", (*found, row["id"]))
            told += [row["id"]] if found[1] != row["unit"] else []
    return told


@dataclass(frozen=True, slots=True)
class Guest:
    """An attendee who is on no roster, or on it under another name: `person` is the line there."""

    id: str
    name: str
    unit: str
    person: str | None


def guests(db: sqlite3.Connection, broadcast: int) -> list[Guest]:
    """Whom the roster does not know by the name that they typed, in the order in which they came."""
    rows = db.execute(
        f"SELECT participant.id, participant.name, participant.unit, person.name AS known, {_LINE} AS line"
        " FROM participant LEFT JOIN person ON person.id = participant.person"
        " WHERE participant.broadcast = ? AND role = 'attendee' AND removed_at IS NULL"
        " ORDER BY participant.created_at, participant.id",
        (broadcast,),
    )
    return [
        Guest(row["id"], row["name"], row["unit"], None if row["known"] is None else row["line"])
        for row in rows
        if row["known"] is None or same_name(row["known"]) != same_name(row["name"])
    ]


def lines(db: sqlite3.Connection, broadcast: int) -> list[str]:
    """The roster, each person as one line: what tells one from all others."""
    rows = db.execute(
        f"SELECT {_LINE} AS line FROM person WHERE broadcast = ? AND name <> '' ORDER BY position",
        (broadcast,),
    )
    return [row["line"] for row in rows]


def names(db: sqlite3.Connection, broadcast: int) -> list[str]:
    """Whoever is expected or took part, once each."""
    rows = db.execute(
        "SELECT name FROM person WHERE broadcast = ?1 AND name <> '' UNION"
        " SELECT name FROM participant WHERE broadcast = ?1 AND name <> '' AND person IS NULL ORDER BY name",
        (broadcast,),
    )
    return [row["name"] for row in rows]


_LINE = "trim(person.number || ' ' || person.name || ' ' || person.unit)"


def identify(db: sqlite3.Connection, broadcast: int, participant: str, line: str) -> bool:
    """A guest is this person of the roster; an empty line: none of them. False: there is no one such line."""
    found = db.execute(
        f"SELECT id, unit FROM person WHERE broadcast = ? AND name <> '' AND {_LINE} = ?", (broadcast, line)
    ).fetchall()
    if line and len(found) != 1:
        return False
    person, unit = (found[0]["id"], found[0]["unit"]) if line else (None, None)
    changed = db.execute(
        "UPDATE participant SET person = ?, unit = coalesce(?, unit)"
        " WHERE id = ? AND broadcast = ? AND role = 'attendee'",
        (person, unit, participant, broadcast),
    )
    return changed.rowcount == 1


def rewrite(db: sqlite3.Connection, who: int | str, name: str, unit: str, number: str) -> list[str]:
    """A person of the roster, or a guest, is called this; gives the participants of whom the desk hears it.

    What somebody of the roster typed themselves stays.
    """
    if isinstance(who, str):
        db.execute("UPDATE participant SET name = ?, unit = ? WHERE id = ?", (name, unit, who))
        return [who]
    db.execute("UPDATE person SET name = ?, unit = ?, number = ? WHERE id = ?", (name, unit, number, who))
    moved = db.execute(
        "UPDATE participant SET unit = ?1 WHERE person = ?2 AND unit <> ?1 RETURNING id", (unit, who)
    )
    return [row["id"] for row in moved.fetchall()]


def has_number(db: sqlite3.Connection, broadcast: int, number: str, who: int | str) -> bool:
    """Whether somebody else on the roster has it."""
    row = db.execute(
        "SELECT 1 FROM person WHERE broadcast = ? AND number = ? AND number <> '' AND id <> ?",
        (broadcast, number, who),
    ).fetchone()
    return row is not None


Listed = dict[str, list[tuple[int, str]]]


def _listed(db: sqlite3.Connection, broadcast: int) -> Listed:
    """The roster: ids and units by name."""
    listed: Listed = {}
    rows = db.execute("SELECT id, name, unit FROM person WHERE broadcast = ? AND name <> ''", (broadcast,))
    for row in rows:
        listed.setdefault(same_name(row["name"]), []).append((row["id"], row["unit"]))
    return listed


def _one_of(listed: Listed, name: str, unit: str) -> tuple[int, str] | None:
    """The one person of this name, and of this unit where one was given; and the unit."""
    wanted = same_name(unit)
    found = [each for each in listed.get(same_name(name), ()) if wanted in {"", same_name(each[1])}]
    return (found[0][0], unit or found[0][1]) if len(found) == 1 else None


def same_name(text: str) -> str:
    """Names are equal whatever their case, width and spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def sit(db: sqlite3.Connection, session: str, broadcast: int, audience: Audience, participant: str) -> None:
    """Give the browser this seat, instead of the one it had there."""
    db.execute(
        "INSERT OR REPLACE INTO seat (session, broadcast, audience, participant) VALUES (?, ?, ?, ?)",
        (session, broadcast, audience, participant),
    )


def rise(db: sqlite3.Connection, session: str, broadcast: int, audience: Audience) -> None:
    db.execute(
        "DELETE FROM seat WHERE session = ? AND broadcast = ? AND audience = ?",
        (session, broadcast, audience),
    )


def vacant(db: sqlite3.Connection, broadcast: int, role: Role, account: int) -> str | None:
    """A participant of this account whose browser was signed out: the next one goes on as them."""
    row = db.execute(
        "SELECT id FROM participant WHERE broadcast = ? AND role = ? AND account = ? AND removed_at IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM seat WHERE seat.participant = participant.id)"
        " ORDER BY created_at DESC LIMIT 1",
        (broadcast, role, account),
    ).fetchone()
    return None if row is None else str(row["id"])


def last_details(db: sqlite3.Connection, session: str) -> Details:
    row = db.execute(
        "SELECT participant.name, unit, coalesce(kind, '') FROM seat"
        " JOIN participant ON participant.id = seat.participant"
        " LEFT JOIN site ON site.broadcast = seat.broadcast AND site.id = participant.site"
        " WHERE session = ? AND participant.name <> ''"
        " ORDER BY role = 'attendee' DESC, participant.created_at DESC LIMIT 1",
        (session,),
    ).fetchone()
    return Details() if row is None else Details(*row)


def links(db: sqlite3.Connection, broadcast: int) -> list[Link]:
    """Those that still let somebody in, oldest first."""
    return [Link(*row) for row in db.execute(f"{_LINKS} WHERE link.broadcast = ? {_OPEN}", (broadcast,))]


def find_link(db: sqlite3.Connection, token_hash: str) -> Link | None:
    row = db.execute(f"{_LINKS} WHERE link.hash = ? {_OPEN}", (token_hash,)).fetchone()
    return None if row is None else Link(*row)


_LINKS = (
    "SELECT id, broadcast, role, created_at, revoked_at,"
    " (SELECT count(*) FROM participant WHERE participant.link = link.id) FROM link"
)
_OPEN = "AND revoked_at IS NULL ORDER BY created_at, id"


def add_link(db: sqlite3.Connection, link: Link, token_hash: str) -> None:
    db.execute(
        "INSERT INTO link (id, broadcast, role, hash, created_at) VALUES (?, ?, ?, ?, ?)",
        (link.id, link.broadcast, link.role, token_hash, link.created_at),
    )


def revoke_link(db: sqlite3.Connection, broadcast: int, link: str, at: int) -> list[str]:
    """Close the link and remove all who came in by it: the answer, whose sockets are to be closed."""
    mine = "link = (SELECT id FROM link WHERE id = ? AND broadcast = ?)"
    db.execute("UPDATE link SET revoked_at = ? WHERE id = ? AND broadcast = ?", (at, link, broadcast))
    gone = [row["id"] for row in db.execute(f"SELECT id FROM participant WHERE {mine}", (link, broadcast))]
    db.execute(f"UPDATE participant SET removed_at = ? WHERE {mine}", (at, link, broadcast))
    db.executemany("DELETE FROM seat WHERE participant = ?", [(each,) for each in gone])
    return gone
