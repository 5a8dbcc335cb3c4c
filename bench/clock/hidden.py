"""Hidden: a page that nobody has looked at for ten minutes, and what it shows when somebody does.

A browser of its own is stopped with all its processes, as a laptop that is closed stops: no script runs, no
frame is drawn, and what comes in by socket and stream waits in the kernel or is lost. Before and after, a
script of ours tells the page that it is hidden and visible again, for without a window no browser does. This
is harder than a tab in the background, whose scripts go on once a second or once a minute.
"""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser

from bench.clock.truth import Cue, Frame, is_right, slide_at
from bench.clock.watching import Viewer, lecturing
from bench.venue import Desk, Served

IN_THE_ROOM, ELSEWHERE = 2, 1  # places of the venue
PAUSES = (1.5, 4.0)  # seconds between two cues
LOOK_SECONDS = 1.0  # what is shown from then on must be right …
LOOKS = 20  # … as often as it is asked for
LOOKS_APART = 0.1
WAY_MS = 100  # a cue may be on its way to the room for that long

VISIBILITY = """(state) => {
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  Object.defineProperty(document, "hidden", { value: state === "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
LOOK = "() => [Date.now(), meter.shown()]"


@dataclass(frozen=True)
class Woken:
    """What the room's page showed when it was asked, and the frames of the one elsewhere."""

    room: list[Frame]
    elsewhere: list[Frame]

    def wrong(self, cues: Sequence[Cue]) -> int:
        early = [slide_at(cues, each.at - WAY_MS) == each.slide for each in self.room]
        room = [
            not is_right(each, cues) and not before for each, before in zip(self.room, early, strict=True)
        ]
        return sum(room) + sum(not is_right(each, cues) for each in self.elsewhere)

    @property
    def looks(self) -> int:
        return len(self.room) + len(self.elsewhere)


def sleep(
    browser: Browser, served: Served, desk: Desk, chance: random.Random, meanwhile: Callable[[], Any]
) -> Woken:
    """Two pages stop while `meanwhile` runs and the lecturer goes on; then somebody looks."""
    with lecturing(desk, chance, PAUSES):
        room, elsewhere = (Viewer(browser, served, place) for place in (IN_THE_ROOM, ELSEWHERE))
        elsewhere.watches()
        elsewhere.stay(LOOK_SECONDS)
        processes = _processes(browser)
        for each in (room, elsewhere):
            each.page.evaluate(VISIBILITY, "hidden")
        _signal(processes, signal.SIGSTOP)
        try:
            meanwhile()
        finally:
            _signal(processes, signal.SIGCONT)
        for each in (room, elsewhere):
            each.page.evaluate(VISIBILITY, "visible")
        elsewhere.stay(LOOK_SECONDS)
        elsewhere.phase("looked at")
        looks = []
        for _ in range(LOOKS):
            looks.append(room.page.evaluate(LOOK))
            room.stay(LOOKS_APART)
        frames, _heard = elsewhere.take()
    for each in (room, elsewhere):
        each.leave()
    return Woken([Frame("looked at", wall, wall, slide) for wall, slide in looks], frames)


def _processes(browser: Browser) -> list[int]:
    line = browser.new_browser_cdp_session()
    told = line.send("SystemInfo.getProcessInfo")["processInfo"]
    line.detach()
    return [int(each["id"]) for each in told]


def _signal(processes: Sequence[int], what: signal.Signals) -> None:
    for each in processes:
        os.kill(each, what)
