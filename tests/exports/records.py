"""A database with the log of one broadcast in it, and a slow, plain recount of who was there.

Events go in as the server writes them; the views are asked with `rows`. `Recount` walks through the log
event by event and compares moments one by one, so that it shares no idea with the SQL.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import msgspec

from live.database.migrations import scripts
from live.domain import attendance, broadcast, life, rundown
from live.domain.base import Stamp
from live.log import unlinked

ID = 7
OTHER = 8  # a second broadcast in the same file, which must never show
Log = Iterable[tuple[broadcast.Event, Stamp]]
Stretch = tuple[int, int]


def in_memory() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.row_factory = sqlite3.Row
    for script in scripts():
        db.executescript(script.sql)
    add_broadcasts(db)
    return db


def add_broadcasts(db: sqlite3.Connection, title: str = "Safety course") -> None:
    for number in (ID, OTHER):
        row = (number, f"slug{number}", f"CODE{number}", "epoch", title)
        db.execute(
            "INSERT INTO broadcast (id, slug, code, epoch, title, created_at) VALUES (?, ?, ?, ?, ?, 0)", row
        )


def keep(db: sqlite3.Connection, log: Log, broadcast_id: int = ID) -> None:
    """Append a log as the server does; the pages of its decks are in the directory, as they would be."""
    for event, stamp in log:
        if broadcast.unlinked(event):
            unlinked.put(db, broadcast_id, [unlinked.Unlinked(stamp.at, event)])
            continue
        body = msgspec.json.encode(event).decode()
        row = (broadcast_id, stamp.seq, stamp.at, stamp.actor, body)
        db.execute("INSERT INTO event (broadcast, seq, at, actor, body) VALUES (?, ?, ?, ?, ?)", row)
        if isinstance(event, rundown.DeckAttached):
            add_slides(db, event, broadcast_id)


def add_slides(db: sqlite3.Connection, event: rundown.DeckAttached, broadcast_id: int = ID) -> None:
    sql = "INSERT OR IGNORE INTO deck (id, broadcast, name, sha256, created_at) VALUES (?, ?, '', '', 0)"
    db.execute(sql, (event.deck, broadcast_id))
    for slide in event.slides:
        row = (slide.id, event.deck, slide.number)
        db.execute(
            "INSERT OR IGNORE INTO slide (id, deck, number, width, height, picture, thumb)"
            " VALUES (?, ?, ?, 1600, 900, x'00', x'00')",
            row,
        )


def add_person(db: sqlite3.Connection, person: int, name: str, unit: str = "", number: str = "") -> None:
    row = (person, ID, person, number, name, unit)
    db.execute(
        "INSERT INTO person (id, broadcast, position, number, name, unit) VALUES (?, ?, ?, ?, ?, ?)", row
    )


def add_participant(
    db: sqlite3.Connection,
    name: str,
    shown: str = "",
    unit: str = "",
    *,
    role: str = "attendee",
    person: int | None = None,
) -> None:
    row = (name, ID, role, shown or name.title(), unit, person)
    db.execute(
        "INSERT INTO participant (id, broadcast, role, name, unit, person, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, 0)",
        row,
    )


def rows(db: sqlite3.Connection, view: str) -> list[dict[str, Any]]:
    """What a view says of the broadcast."""
    return [dict(row) for row in db.execute(f"SELECT * FROM {view} WHERE broadcast = ?", (ID,))]


class Recount:
    """Who was there, from the log alone."""

    def __init__(self, log: Log, served: int = 0) -> None:
        self.stays: dict[str, list[tuple[int, int, bool]]] = {}  # participant → since, until, visible
        self.live: list[Stretch] = []
        self._open: dict[str, tuple[str, int, bool]] = {}
        self._began: int | None = None
        self._last = served
        for event, stamp in log:
            if broadcast.unlinked(event):
                continue  # when that was, the record does not know: nobody is there until then because of it
            self._last = max(self._last, stamp.at)
            self._walk(event, stamp)
        self.here = {who for who, _, _ in self._open.values()}
        for connection in list(self._open):
            self._close(connection, self._last)
        if self._began is not None:
            self.live.append((self._began, 2**53))

    def _walk(self, event: broadcast.Event, stamp: Stamp) -> None:
        match event:
            case attendance.Arrived() if event.role != "screen":
                self._open[event.connection] = (stamp.actor or "", stamp.at, event.visible)
            case attendance.Looked() if event.connection in self._open:
                who = self._open[event.connection][0]
                self._close(event.connection, stamp.at)
                self._open[event.connection] = (who, stamp.at, event.visible)
            case attendance.Left() if event.connection in self._open:
                self._close(event.connection, stamp.at)
            case attendance.Restarted():
                for connection in list(self._open):
                    self._close(connection, event.until)
            case life.Started():
                self._began = stamp.at
            case life.Ended() if self._began is not None:
                self.live.append((self._began, stamp.at))
                self._began = None
            case _:
                pass

    def _close(self, connection: str, until: int) -> None:
        who, since, visible = self._open.pop(connection)
        self.stays.setdefault(who, []).append((since, until, visible))

    def seconds(self, *participants: str) -> Mapping[str, int]:
        """Connected, visible and connected while live, of all these together."""
        stays = [stay for who in participants for stay in self.stays.get(who, [])]
        connected = [(since, until) for since, until, _ in stays]
        visible = [(since, until) for since, until, looked_at in stays if looked_at]
        return {
            "seconds_connected": covered(connected) // 1000,
            "seconds_visible": covered(visible) // 1000,
            "seconds_live": covered(connected, self.live) // 1000,
        }


def covered(stretches: list[Stretch], within: list[Stretch] | None = None) -> int:
    """How much time is in some stretch (and in some of `within`): looked at piece by piece."""
    limits = stretches if within is None else within
    edges = sorted({edge for stretch in (*stretches, *limits) for edge in stretch})
    return sum(
        later - edge
        for edge, later in pairwise(edges)
        if any(since <= edge < until for since, until in stretches)
        and any(since <= edge < until for since, until in limits)
    )
