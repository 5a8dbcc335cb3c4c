"""A broadcast with its stream: encoder, playlist, `live serve`, and a lecturer at the desk.

`opened` sets all of it up as an organiser would and takes it down again. `clap` calibrates by the desk's
command, as somebody does who hits the right frame.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.clock.stream import Encoder, Server
from bench.venue import Desk, Served, Venue, prepare
from live.database import Database
from live.directory import videos
from live.domain.base import Video
from live.settings import Settings

SEATS = 6  # half of them in the room
DELAY_MS = 10_000  # the site's default, should the stream's clock be of no use
LOOK_HERE = ("--stream-networks", "127.0.0.1")  # the server's watch looks at no private address unasked
CLAP_MS = 8_000  # after a clap it is seen on the monitor


@dataclass(frozen=True)
class Place:
    encoder: Encoder
    stream: Server
    served: Served
    desk: Desk

    @property
    def venue(self) -> Venue:
        return self.served.venue


@contextmanager
def opened(folder: Path, seconds: int, *, through_ingest: bool = False, wrong: int = 0) -> Iterator[Place]:
    """With segments of so many seconds; `wrong`: how fast the encoder's clock is, ms."""
    with ExitStack() as stack:
        encoder = Encoder(folder / "stream", seconds, through_ingest=through_ingest)
        stack.callback(encoder.end)
        stream = Server(folder / "stream", wrong)
        stack.callback(stream.end)
        venue = prepare(folder / "data", SEATS)
        video = Video(kind="hls", url=f"{stream.origin}/live.m3u8", delay_ms=DELAY_MS)
        write(venue, partial(videos.put, video=video))
        served = Served(venue, options=LOOK_HERE)
        stack.callback(served.end)
        desk = served.desk()
        stack.callback(desk.leave)
        encoder.wait()
        desk.take_the_stage()
        yield Place(encoder, stream, served, desk)


def clap(place: Place) -> int:
    """Calibrate; gives what must be added to the dates of the stream, ms."""
    now = time.time_ns() // 1_000_000
    clapped = now - CLAP_MS
    offset = round(place.encoder.true_offset())
    place.desk.do("clap", clapped_at=clapped, seen_at=now, frame_at=clapped - offset)
    return offset


def write(venue: Venue, job: Callable[[sqlite3.Connection, int], None]) -> None:
    """Set something up as the organiser's pages do; `job` is given the broadcast's number."""
    asyncio.run(_write(venue, job))


async def _write(venue: Venue, job: Callable[[sqlite3.Connection, int], None]) -> None:
    database = await Database.beside(Settings(data=venue.folder).database)
    try:
        await database.write(lambda db: job(db, venue.where.id))
    finally:
        await database.close()
