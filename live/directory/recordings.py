"""Recordings: where the video of a broadcast is, when its frames were taken, and who may watch it again.

Written by the organiser's pages, read by the page of the replay and, for one yes or no, by the stage. The
file of an upload lies beside the database; here is only its name. It never opens one.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["none", "hls", "file", "upload"]


@dataclass(frozen=True, slots=True)
class Part:
    """The frame at `media_ms` was taken at `wall_at` (ms since 1970); so it goes on until the next part."""

    media_ms: int
    wall_at: int


@dataclass(frozen=True, slots=True)
class Recording:
    """`shift_ms` corrects the dates of a playlist; with `parts` those dates are not asked."""

    kind: Kind = "none"
    url: str = ""
    file: str = ""
    name: str = ""
    size: int = 0
    shift_ms: int = 0
    published_at: int | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """The broadcast was live from `since` to `until` (ms); None: it still is."""

    since: int
    until: int | None


def find(db: sqlite3.Connection, broadcast: int) -> Recording:
    row = db.execute("SELECT * FROM recording WHERE broadcast = ?", (broadcast,)).fetchone()
    if row is None:
        return Recording()
    parts = db.execute(
        "SELECT media_ms, wall_at FROM recording_part WHERE broadcast = ? ORDER BY media_ms", (broadcast,)
    )
    return Recording(
        kind=row["kind"],
        url=row["url"],
        file=row["file"],
        name=row["name"],
        size=row["size"],
        shift_ms=row["shift_ms"],
        published_at=row["published_at"],
        parts=tuple(Part(media_ms=part["media_ms"], wall_at=part["wall_at"]) for part in parts),
    )


def put(
    db: sqlite3.Connection,
    broadcast: int,
    *,
    kind: Kind,
    url: str = "",
    file: str = "",
    name: str = "",
    size: int = 0,
) -> str:
    """Another recording, of which no moment is known yet. Gives the file of the one before, or nothing."""
    before = find(db, broadcast)
    db.execute("DELETE FROM recording_part WHERE broadcast = ?", (broadcast,))
    db.execute(
        "INSERT INTO recording (broadcast, kind, url, file, name, size) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET kind = excluded.kind, url = excluded.url, file = excluded.file,"
        " name = excluded.name, size = excluded.size, shift_ms = 0",
        (broadcast, kind, url, file, name, size),
    )
    return before.file


def set_clock(db: sqlite3.Connection, broadcast: int, parts: Iterable[Part], shift_ms: int) -> None:
    """When its frames were taken: these moments, or without any the playlist's dates, corrected."""
    _row(db, broadcast)
    db.execute("UPDATE recording SET shift_ms = ? WHERE broadcast = ?", (shift_ms, broadcast))
    db.execute("DELETE FROM recording_part WHERE broadcast = ?", (broadcast,))
    db.executemany(
        "INSERT OR REPLACE INTO recording_part VALUES (?, ?, ?)",
        [(broadcast, part.media_ms, part.wall_at) for part in parts],
    )


def publish(db: sqlite3.Connection, broadcast: int, at: int | None) -> None:
    """Attendees may watch it since `at`; None: they may not."""
    _row(db, broadcast)
    db.execute("UPDATE recording SET published_at = ? WHERE broadcast = ?", (at, broadcast))


def is_published(db: sqlite3.Connection, broadcast: int) -> bool:
    sql = "SELECT 1 FROM recording WHERE broadcast = ? AND published_at IS NOT NULL"
    return db.execute(sql, (broadcast,)).fetchone() is not None


def spans(db: sqlite3.Connection, broadcast: int) -> tuple[Span, ...]:
    """When it was live: once, or with pauses between."""
    rows = db.execute("SELECT since, until FROM live_period WHERE broadcast = ? ORDER BY since", (broadcast,))
    return tuple(Span(since=row["since"], until=row["until"]) for row in rows)


def _row(db: sqlite3.Connection, broadcast: int) -> None:
    db.execute("INSERT INTO recording (broadcast) VALUES (?) ON CONFLICT DO NOTHING", (broadcast,))
