"""Replay: the same broadcast again, from what was sent, with jumps and at twice the speed.

`publish` sets the recording up as an organiser does, `watch_again` opens the page of the replay as an
attendee and plays. The pixels and the log say which slide belongs to each frame, as for the live stream.
"""

from __future__ import annotations

import sqlite3

from playwright.sync_api import Browser

from bench.clock.truth import Frame
from bench.clock.watching import PATIENCE_MS, Viewer
from bench.venue import Served
from live.directory import recordings

WATCHER = 5  # an odd place of the venue: elsewhere
JUMPS = (0.5, 0.1, 0.8, 0.3, 0.65, 0.2)  # of its length
FAST = 2.0


def publish(db: sqlite3.Connection, broadcast: int, url: str, shift_ms: int) -> None:
    """What the organiser does after the end; `shift_ms` is what the dates of the recording are off by."""
    recordings.put(db, broadcast, kind="hls", url=url)
    recordings.set_clock(db, broadcast, (), shift_ms)
    recordings.publish(db, broadcast, at=1)


def watch_again(browser: Browser, served: Served, unit: float) -> list[Frame]:
    """What the page of the replay showed."""
    viewer = Viewer(browser, served, WATCHER, "replay")
    viewer.page.wait_for_selector("video", state="attached", timeout=PATIENCE_MS)
    viewer.page.evaluate(READY)
    viewer.press("play")
    viewer.phase("from the start")
    viewer.stay(unit)
    viewer.phase("jumps")
    for place in JUMPS:
        viewer.page.evaluate(JUMP, place)
        viewer.stay(unit / 2)
    viewer.phase("twice as fast")
    viewer.rate(FAST)
    viewer.stay(unit)
    frames, _heard = viewer.take()
    viewer.leave()
    return frames


READY = """async () => {
  const video = document.querySelector("video");
  for (let step = 0; !(video.readyState > 1); step += 1) {
    if (step > 600) throw new Error(`no picture after half a minute; state ${video.readyState}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}"""
JUMP = (
    "(place) => { const video = document.querySelector('video'); video.currentTime = place * video.duration }"
)
