"""What viewers elsewhere watch, as an organiser sets it up for a broadcast.

The stage and the pages are given it as `Video`. Whether a player may stand in a frame is looked up each time:
a site that is taken off the list of trusted ones is out of every page at once.
"""

from __future__ import annotations

import sqlite3

from msgspec import structs

from live.directory import players
from live.domain.base import Video


def of(db: sqlite3.Connection, broadcast: int) -> Video:
    row = db.execute("SELECT kind, url, delay_ms FROM video WHERE broadcast = ?", (broadcast,)).fetchone()
    if row is None:
        return Video()
    video = Video(kind=row["kind"], url=row["url"], delay_ms=row["delay_ms"])
    return _framed(video, players.hosts(db)) if video.kind == "embed" else video


def _framed(video: Video, hosts: list[str]) -> Video:
    frame = players.frame(video.url)
    site = players.trusted(frame, hosts)
    return video if site is None else structs.replace(video, embed=frame, site=site)


def put(db: sqlite3.Connection, broadcast: int, video: Video) -> None:
    db.execute(
        "INSERT INTO video (broadcast, kind, url, delay_ms) VALUES (?, ?, ?, ?) ON CONFLICT (broadcast)"
        " DO UPDATE SET kind = excluded.kind, url = excluded.url, delay_ms = excluded.delay_ms",
        (broadcast, video.kind, video.url, video.delay_ms),
    )
