"""Polls to take from: those of every broadcast as they were last worded, and the templates that are kept.

Read and written for the organiser's page of polls. A template is shared by all organisers of this server.
It adds nothing to a broadcast: that is a command like any other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from live.domain.polls import AddPoll, PollAdded, PollEdited

_written = msgspec.json.Decoder(PollAdded | PollEdited).decode
_kept = msgspec.json.Decoder(AddPoll).decode
_keep = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Template:
    id: int
    poll: AddPoll


@dataclass(frozen=True, slots=True)
class Source:
    """An earlier broadcast, and how many polls it has."""

    slug: str
    title: str
    polls: int


def of_broadcast(db: sqlite3.Connection, broadcast: int) -> dict[int, AddPoll]:
    """Its polls by number, as they were last worded; those that were put away are left out."""
    rows = db.execute(
        "SELECT body FROM event JOIN poll ON poll.broadcast = event.broadcast AND poll.poll = body ->> 'poll'"
        " WHERE event.broadcast = ? AND NOT poll.removed"
        """ AND (body GLOB '{"type":"poll_added"*' OR body GLOB '{"type":"poll_edited"*')"""
        " ORDER BY seq",
        (broadcast,),
    )
    said = (_written(row["body"]) for row in rows)
    return {each.poll: _again(each) for each in said}


def by_slug(db: sqlite3.Connection, slug: str) -> dict[int, AddPoll]:
    """The same for the broadcast of that name; none if there is no such broadcast."""
    row = db.execute("SELECT id FROM broadcast WHERE slug = ?", (slug,)).fetchone()
    return {} if row is None else of_broadcast(db, row["id"])


def _again(said: PollAdded | PollEdited) -> AddPoll:
    """The command that says it once more, elsewhere: what it repeats is a number of its own broadcast."""
    names = (each.name for each in msgspec.structs.fields(AddPoll) if each.name != "repeats")
    return AddPoll(**{name: getattr(said, name) for name in names})


def sources(db: sqlite3.Connection, apart_from: int) -> list[Source]:
    """Broadcasts that have polls, the youngest first."""
    rows = db.execute(
        "SELECT slug, broadcast.title, count(*) AS polls FROM poll"
        " JOIN broadcast ON broadcast.id = poll.broadcast"
        " WHERE NOT poll.removed AND broadcast.id <> ? GROUP BY broadcast.id ORDER BY broadcast.id DESC",
        (apart_from,),
    )
    return [Source(**dict(row)) for row in rows]


def templates(db: sqlite3.Connection) -> list[Template]:
    """All that are kept, by their wording."""
    rows = db.execute("SELECT id, body FROM poll_template ORDER BY body ->> 'title', id")
    return [Template(row["id"], _kept(row["body"])) for row in rows]


def keep(db: sqlite3.Connection, polls: Iterable[AddPoll], now: int) -> None:
    """As templates, unless the same is kept already."""
    db.executemany(
        "INSERT INTO poll_template (body, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(_keep(poll).decode(), now) for poll in polls],
    )


def forget(db: sqlite3.Connection, template: int) -> None:
    db.execute("DELETE FROM poll_template WHERE id = ?", (template,))
