"""The clock: does everything come when a viewer hears it, measured from the pixels of the video?

A camera burns the wall clock into each frame, ffmpeg makes live HLS of it, the shipped server serves the page
to a real Chromium, and a lecturer gives cues over a real socket. `run` puts the parts together: `following`
(the slide beside each frame), and what stands below it in the table of bench/README.md.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.clock import following
from bench.clock.following import Followed
from bench.clock.stream import Encoder, Server
from bench.clock.watching import chromium, cues
from bench.measuring import Figures, table
from bench.venue import Desk, Served, Venue, prepare
from live.database import Database
from live.directory import videos
from live.domain.base import Video
from live.settings import Settings

Say = Callable[[str], None]
SEATS = 6  # half of them in the room
DELAY_MS = 10_000  # the site's default, should the stream's clock be of no use
SEED = 4


@dataclass(frozen=True)
class Scale:
    segments: tuple[int, ...] = (2, 4)  # seconds
    unit: float = 8.0  # how long most phases take, s


QUICK = Scale(segments=(2,), unit=2.0)


@dataclass(frozen=True)
class Place:
    """A broadcast with its stream, served, and somebody at its desk."""

    encoder: Encoder
    served: Served
    desk: Desk


def run(scale: Scale, say: Say) -> Figures:
    with tempfile.TemporaryDirectory(prefix="live-bench-") as name:
        folder = Path(name)
        runs = [_follow(folder / str(seconds), seconds, scale, say) for seconds in scale.segments]
    return following.figures(runs)


def _follow(folder: Path, seconds: int, scale: Scale, say: Say) -> Followed:
    with _place(folder, seconds) as place:
        with chromium() as browser:
            watched = following.follow(browser, place.served, place.desk, random.Random(SEED), scale.unit)
        followed = Followed(cues(place.served.venue), watched)
    say(f"\nsegments of {seconds} s: {len(followed.cues)} cues, {len(followed.frames):,} frames\n")
    say(table({name: {"right": each} for name, each in followed.phases().items()}, ["right"]))
    return followed


@contextmanager
def _place(folder: Path, seconds: int, *, through_ingest: bool = False, wrong: int = 0) -> Iterator[Place]:
    with ExitStack() as stack:
        encoder = Encoder(folder / "stream", seconds, through_ingest=through_ingest)
        stack.callback(encoder.end)
        server = Server(folder / "stream", wrong)
        stack.callback(server.end)
        venue = prepare(folder / "data", SEATS)
        asyncio.run(_show(venue, f"{server.origin}/live.m3u8"))
        served = Served(venue)
        stack.callback(served.end)
        desk = served.desk()
        stack.callback(desk.leave)
        encoder.wait()
        desk.take_the_stage()
        yield Place(encoder, served, desk)


async def _show(venue: Venue, url: str) -> None:
    """Set the stream up, as an organiser does."""
    database = await Database.beside(Settings(data=venue.folder).database)
    video = Video(kind="hls", url=url, delay_ms=DELAY_MS)
    try:
        await database.write(lambda db: videos.put(db, venue.where.id, video))
    finally:
        await database.close()
