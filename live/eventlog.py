"""The log of one broadcast: events appended in groups, read back in order.

The stage appends what its commands gave, all or nothing, and folds it again when it opens. This is the
one place that turns events into rows and rows into events. It never changes a row.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import msgspec

from live.database import Database
from live.domain import broadcast
from live.domain.base import Stamp

INSERT = "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)"
ANONYMOUS_MS = 5 * 60_000  # the time of an anonymous act is kept to five minutes

_decode = msgspec.json.Decoder(broadcast.Event).decode
_encode = msgspec.json.Encoder().encode


class Receipt(msgspec.Struct, frozen=True):
    """What the log keeps of a command beside its events."""

    command_id: str
    digest: int


class Entry(msgspec.Struct, frozen=True):
    """An event with its place in the log; on the first event of a command, with its receipt."""

    stamp: Stamp
    event: broadcast.Event
    receipt: Receipt | None = None


def entries(
    after: int,
    at: int,
    actor: str | None,
    events: tuple[broadcast.Event, ...],
    receipt: Receipt | None = None,
) -> list[Entry]:
    """The entries for what one command or signal gave, numbered from `after` + 1.

    Of an anonymous act they keep neither who, nor which command, nor when to the minute. What everybody
    could see of it keeps its moment: that the stage moved on.
    """
    if broadcast.unlinked(*events):
        stamps = [Stamp(seq=after + n, at=_moment(event, at)) for n, event in enumerate(events, start=1)]
        return [Entry(stamp, event) for stamp, event in zip(stamps, events, strict=True)]
    return [
        Entry(Stamp(seq=after + n, at=at, actor=actor), event, receipt if n == 1 else None)
        for n, event in enumerate(events, start=1)
    ]


def _moment(event: broadcast.Event, at: int) -> int:
    return at - at % ANONYMOUS_MS if broadcast.unlinked(event) else at


class EventLog:
    def __init__(self, database: Database, broadcast_id: int) -> None:
        self._database = database
        self._broadcast = broadcast_id

    async def append(self, entries: list[Entry]) -> None:
        """On disk when it returns. Raises sqlite3.Error with nothing appended."""
        rows = [self._row(each) for each in entries]
        await self._database.write(lambda db: db.executemany(INSERT, rows))

    async def entries(self) -> list[Entry]:
        """The whole log, in order."""
        return await self._database.read(lambda db: list(_select(db, self._broadcast)))

    def _row(self, entry: Entry) -> tuple[object, ...]:
        stamp, receipt = entry.stamp, entry.receipt
        named = (receipt.command_id, receipt.digest) if receipt else (None, None)
        return (self._broadcast, stamp.seq, stamp.at, stamp.actor, *named, _encode(entry.event).decode())

    async def served(self) -> int:
        """Until when this broadcast is known to have been served (ms); 0 if it never was."""
        return await self._database.read(lambda db: _served(db, self._broadcast))

    async def serving(self, now: int) -> None:
        """Note that it is being served now."""
        sql = "INSERT INTO served VALUES (?, ?) ON CONFLICT DO UPDATE SET until = excluded.until"
        await self._database.write(lambda db: db.execute(sql, (self._broadcast, now)))


def _select(db: sqlite3.Connection, broadcast_id: int) -> Iterator[Entry]:
    sql = "SELECT seq, at, actor, command_id, digest, body FROM event WHERE broadcast = ? ORDER BY seq"
    for seq, at, actor, command_id, digest, body in db.execute(sql, (broadcast_id,)):
        receipt = Receipt(command_id, digest) if command_id else None
        yield Entry(Stamp(seq=seq, at=at, actor=actor), _decode(body), receipt)


def _served(db: sqlite3.Connection, broadcast_id: int) -> int:
    row = db.execute("SELECT until FROM served WHERE broadcast = ?", (broadcast_id,)).fetchone()
    return row[0] if row else 0
