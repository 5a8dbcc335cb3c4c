"""The table of results by group: by unit, by site, and by room and remote.

Named votes are counted as they are for the screen, each in its groups (`vote_group`); a secret poll is in it
by what it promised, as it was written when its round was over (`secret_group`). Part of `tables`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from live.domain.ballots import Ballot, Choice
from live.domain.groups import Group, Part
from live.exports.reading import N_, Reader, Rows, Table, select

POLLS = "SELECT poll, title, ballot FROM poll WHERE broadcast = :broadcast"
NAMED = "SELECT * FROM vote_group WHERE broadcast = :broadcast"
SECRET = "SELECT * FROM secret_group WHERE broadcast = :broadcast"
WAYS = {"kind": N_("Room or remote"), "site": N_("Site"), "unit": N_("Unit")}
KINDS = {"room": N_("Room"), "remote": N_("Remote"), "shared": N_("Shared screen")}


class Place(NamedTuple):
    """Where a group stands: who belongs nowhere behind the others, and the rest last."""

    poll: int
    round: int
    split: str
    rest: int
    nowhere: bool
    name: str


def _splits(db: sqlite3.Connection, broadcast_id: int, reader: Reader) -> Rows:
    polls = {row["poll"]: row for row in select(db, POLLS, broadcast_id)}
    ballots: dict[int, Ballot] = {
        number: msgspec.json.decode(row["ballot"], type=Ballot) for number, row in polls.items()
    }
    divisible = {number: ballot for number, ballot in ballots.items() if ballot.divisible()}
    groups = _named(db, broadcast_id, divisible) | dict(_secret(db, broadcast_id))
    for place, group in sorted(groups.items()):
        kind = KINDS.get(place.name) if place.split == "kind" else None
        title = reader.say(N_("Put together")) if place.rest else reader.say(kind) or place.name
        way = reader.say(WAYS[place.split])
        start = [place.poll, polls[place.poll]["title"], place.round, way, title, place.rest or None]
        for option, label in enumerate(ballots[place.poll].labels()):
            votes = group.counts[option]
            yield [*start, option + 1, label, votes, group.votes, round(100 * votes / group.votes, 1), None]
        if group.median is not None:
            yield [*start, None, None, None, group.votes, None, group.median]


def _named(db: sqlite3.Connection, broadcast_id: int, ballots: dict[int, Ballot]) -> dict[Place, Group]:
    parts: dict[Place, Part] = {}
    for row in select(db, NAMED, broadcast_id):
        if row["poll"] in ballots:
            place = _place(row, 0)
            parts.setdefault(place, Part()).take(msgspec.json.decode(row["marks"], type=Choice))
    return {place: part.group(ballots[place.poll], place.name) for place, part in parts.items()}


def _secret(db: sqlite3.Connection, broadcast_id: int) -> Iterator[tuple[Place, Group]]:
    for row in select(db, SECRET, broadcast_id):
        counts = msgspec.json.decode(row["counts"], type=tuple[int, ...])
        yield _place(row, row["rest"]), Group(votes=row["voters"], counts=counts, median=row["median"])


def _place(row: sqlite3.Row, rest: int) -> Place:
    return Place(row["poll"], row["round"], row["split"], rest, not row["group_name"], row["group_name"])


SPLITS = Table(
    N_("Results by group"),
    (
        N_("Poll no."),
        N_("Title"),
        N_("Round"),
        N_("Counted by"),
        N_("Group"),
        N_("Groups in it"),
        N_("Option no."),
        N_("Option"),
        N_("Votes for it"),
        N_("Voters"),
        N_("Percent of voters"),
        N_("Median"),
    ),
    _splits,
)
