"""Make-up: which parts of a replay somebody has played, as their page said, and which polls they tried.

Written by the page of the replay, read by the exports. It is kept apart from the attendance. What cannot be,
because less time has passed than was played at double speed, is not taken.
"""

import json
import sqlite3
from collections.abc import Iterable

from live.directory.recordings import Span

Played = list[tuple[int, int]]  # from … until, moments of the broadcast in ms

FASTEST = 2.0  # the highest speed of a replay
LEEWAY_MS = 60_000  # what came before the first word of a page, and clocks that are not the same


def note(
    db: sqlite3.Connection, broadcast: int, participant: str, played: Played, tried: Iterable[str], now: int
) -> bool:
    """Add what a page says, of `played` what was `within` the live time; False: that cannot be."""
    row = db.execute(
        "SELECT started_at, played, tried FROM makeup WHERE broadcast = ? AND participant = ?",
        (broadcast, participant),
    ).fetchone()
    started_at = row["started_at"] if row else now
    before: Played = [(since, until) for since, until in json.loads(row["played"])] if row else []
    known = set(json.loads(row["tried"])) if row else set()
    together = united([*before, *played])
    if sum(until - since for since, until in together) > FASTEST * (now - started_at) + LEEWAY_MS:
        return False
    db.execute(
        "INSERT INTO makeup VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
        " last_at = excluded.last_at, played = excluded.played, tried = excluded.tried",
        (broadcast, participant, started_at, now, json.dumps(together), json.dumps(sorted({*known, *tried}))),
    )
    return True


def played_ms(db: sqlite3.Connection, broadcast: int, participant: str) -> int:
    """How much of it somebody has played, as it is kept."""
    row = db.execute(
        "SELECT played FROM makeup WHERE broadcast = ? AND participant = ?", (broadcast, participant)
    ).fetchone()
    return sum(until - since for since, until in json.loads(row["played"])) if row else 0


def united(played: Played) -> Played:
    """The same moments, each once, in order."""
    together: Played = []
    for since, until in sorted(played):
        if together and since <= together[-1][1]:
            together[-1] = (together[-1][0], max(until, together[-1][1]))
        elif since < until:
            together.append((since, until))
    return together


def within(played: Played, spans: Iterable[Span], now: int) -> Played:
    """What of it was live: the pauses of a broadcast are no part of it."""
    bounds = [(span.since, now if span.until is None else span.until) for span in spans]
    cut = [(max(since, low), min(until, high)) for since, until in played for low, high in bounds]
    return [(since, until) for since, until in cut if since < until]
