"""The log of one broadcast: events appended in groups, read back in order.

The stage appends what its commands gave, all or nothing, and folds it again when it opens. This is the
one place that turns events into rows and rows into events. It never changes a row. What must not tell who
is written beside it in the same transaction, and stands in no order with it (`unlinked`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

import msgspec

from live.database import Database
from live.domain import broadcast
from live.domain.base import Stamp
from live.domain.votes import Voted
from live.log import unlinked
from live.log.unlinked import Unlinked

SELECT = """
SELECT seq, at, actor, command_id, digest, body FROM event
WHERE broadcast = ? AND seq > ? ORDER BY seq LIMIT ?
"""
ALL = -1  # for SQLite: no limit
SLICE = 10_000  # rows that are folded in 30 ms
TOGETHER = 200  # rows that are taken over together: so many stay in the cache of a processor
INSERT = "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)"

Row = tuple[int, int, str | None, str | None, Any, str]  # as SELECT gives it

_decode = msgspec.json.Decoder(broadcast.Event).decode
_encode = msgspec.json.Encoder().encode


class Receipt(msgspec.Struct, frozen=True, gc=False):
    """What the log keeps of a command beside its events."""

    command_id: str
    digest: int


class Entry(Stamp, kw_only=True):
    """An event at its place in the log; on the first event of a command, with its receipt."""

    event: broadcast.Event
    receipt: Receipt | None = None


Kept = Entry | Unlinked


class Votes(NamedTuple):
    """Votes that follow one another, each with its receipt, as columns: of a million entries nearly all."""

    seq: int  # of the last of them
    at: int  # the latest moment
    voters: tuple[str, ...]
    commands: tuple[str, ...]
    digests: tuple[int, ...]
    events: list[Voted]


def entries(
    after: int,
    at: int,
    actor: str | None,
    events: tuple[broadcast.Event, ...],
    receipt: Receipt | None = None,
) -> list[Kept]:
    """What is kept of what one command or signal gave, numbered from `after` + 1.

    Of an anonymous act neither who, nor which command, nor when to the minute, nor a number. What everybody
    could see of it has its place and its moment in the log: that the stage moved on.
    """
    command, hidden = receipt.command_id if receipt else None, broadcast.unlinked(*events)
    if hidden:
        actor = receipt = None
    kept: list[Kept] = []
    for event in events:
        if hidden and broadcast.unlinked(event):
            kept.append(unlinked.unlinked(event, at, command))
        else:
            after += 1
            kept.append(Entry(seq=after, at=at, actor=actor, event=event, receipt=receipt))
            receipt = None
    return kept


def begin(db: sqlite3.Connection, broadcast_id: int, at: int, events: Iterable[broadcast.Event]) -> None:
    """The first events of a log that is empty, in the transaction that makes its broadcast."""
    first = (Entry(seq=seq, at=at, event=event) for seq, event in enumerate(events, start=1))
    db.executemany(INSERT, (_row(broadcast_id, entry) for entry in first))


class EventLog:
    def __init__(self, database: Database, broadcast_id: int) -> None:
        self._database = database
        self._broadcast = broadcast_id
        self._acts = 0  # unlinked ones, that were appended
        self._settled = -1  # how many of them are in no order any more; who knows how the last life ended

    async def append(self, kept: list[Kept]) -> None:
        """On disk when it returns. Raises sqlite3.Error with nothing appended."""
        rows = [_row(self._broadcast, each) for each in kept if type(each) is Entry]
        acts = [each for each in kept if type(each) is Unlinked]
        self._acts += len(acts)

        def job(db: sqlite3.Connection) -> None:
            db.executemany(INSERT, rows)
            unlinked.put(db, self._broadcast, acts)

        await self._database.write(job)

    async def entries(self) -> list[Kept]:
        """All that is kept, in the order in which it is folded."""
        return await self._database.read(lambda db: list(_select(db, self._broadcast)))

    async def replay(self, take: Callable[[Kept | Votes], object]) -> None:
        """Give the same to `take`, one after another, but votes as many as follow one another.

        On the reader's thread and not on the loop, and a slice of the log at a time, so that others are read
        for in between, however long it is.
        """
        read, where = self._database.read, self._broadcast
        await read(lambda db: _give(unlinked.before(db, where), take))
        last = -1
        while last:
            after = max(0, last)
            last = await read(lambda db, after=after: _give(_slice(db, where, after), take))  # type: ignore[misc]
        await read(lambda db: _give(unlinked.after(db, where), take))

    async def settle(self) -> None:
        """Leave nothing in the file, nor in its write-ahead log, of the order in which unlinked acts came."""
        acts = self._acts
        if acts != self._settled:
            await self._database.write(lambda db: unlinked.settle(db, self._broadcast))
            if await self._database.checkpoint():
                self._settled = acts

    async def served(self) -> int:
        """Until when this broadcast is known to have been served (ms); 0 if it never was."""
        return await self._database.read(lambda db: _served(db, self._broadcast))

    async def serving(self, now: int) -> None:
        """Note that it is being served now."""
        sql = "INSERT INTO served VALUES (?, ?) ON CONFLICT DO UPDATE SET until = excluded.until"
        await self._database.write(lambda db: db.execute(sql, (self._broadcast, now)))


def _row(broadcast_id: int, entry: Entry) -> tuple[object, ...]:
    receipt = entry.receipt
    named = (receipt.command_id, receipt.digest) if receipt else (None, None)
    return (broadcast_id, entry.seq, entry.at, entry.actor, *named, _encode(entry.event).decode())


def _select(db: sqlite3.Connection, broadcast_id: int) -> Iterator[Kept]:
    yield from unlinked.before(db, broadcast_id)
    for row in _rows(db, broadcast_id, 0, ALL):
        yield _entry(row, _decode(row[-1]))
    yield from unlinked.after(db, broadcast_id)


def _rows(db: sqlite3.Connection, broadcast_id: int, after: int, most: int) -> sqlite3.Cursor:
    """So many rows of the log, behind a number."""
    cursor = db.cursor()
    cursor.row_factory = None  # bare tuples: after a long broadcast there are a million of them
    return cursor.execute(SELECT, (broadcast_id, after, most))


def _slice(db: sqlite3.Connection, broadcast_id: int, after: int) -> Iterator[Entry | Votes]:
    """The next rows of the log; votes that follow one another as one piece, if they were read together."""
    cursor = _rows(db, broadcast_id, after, SLICE)
    while rows := cursor.fetchmany(TOGETHER):
        events = [_decode(row[-1]) for row in rows]
        first = 0
        for kind, same in groupby(map(type, events)):
            end = first + len(list(same))
            yield from _run(kind, rows[first:end], events[first:end])
            first = end


def _run(kind: type[broadcast.Event], rows: list[Row], events: list[Any]) -> Iterator[Entry | Votes]:
    """Events of one kind that follow one another."""
    seqs, ats, actors, commands, digests, _ = zip(*rows, strict=True)
    if kind is Voted and None not in commands:
        yield Votes(seqs[-1], max(ats), actors, commands, digests, events)
    else:
        yield from map(_entry, rows, events)


def _entry(row: Row, event: broadcast.Event) -> Entry:
    seq, at, actor, command_id, digest, _ = row
    receipt = Receipt(command_id, digest) if command_id else None
    return Entry(seq=seq, at=at, actor=actor, event=event, receipt=receipt)


def _give(pieces: Iterable[Kept | Votes], take: Callable[[Kept | Votes], object]) -> int:
    """The number of the last one that was given; 0: there was none, or it has none."""
    each: Kept | Votes | None = None
    for each in pieces:
        take(each)
    return 0 if each is None or isinstance(each, Unlinked) else each.seq


def _served(db: sqlite3.Connection, broadcast_id: int) -> int:
    row = db.execute("SELECT until FROM served WHERE broadcast = ?", (broadcast_id,)).fetchone()
    return row[0] if row else 0
