"""A viewer in a real Chromium: watches the stream on the attendee's page, and what it showed is written down.

`Viewer` opens the page as somebody who has joined, presses what a person presses, and gives its frames and
what it heard; `meter.js` writes them down in the page. `lecturing` gives cues meanwhile, from its own thread.
"""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from bench.clock import picture, truth
from bench.clock.truth import Cue, Frame
from bench.venue import Desk, Served, Venue
from live.domain.cues import Cued
from live.log.eventlog import Entry

METER = Path(__file__).with_name("meter.js")
DESKTOP = {"width": 1280, "height": 800}
PATIENCE_MS = 60_000  # a stream that begins on a busy machine
# A stream that plays by itself, and whose page is not slowed down while nobody looks at its window.
PLAYING = ("--autoplay-policy=no-user-gesture-required", "--disable-background-timer-throttling")
SIGNS = ("[data-state=playing]", "[data-rung=playlist]")


class Viewer:
    """Somebody with a seat. `place` in `venue.tokens`: even ones are in the room, odd ones elsewhere."""

    def __init__(self, browser: Browser, served: Served, place: int, page: str = "") -> None:
        origin = f"http://127.0.0.1:{served.port}"
        context = browser.new_context(viewport=DESKTOP, locale="en-GB")  # type: ignore[arg-type]
        token = served.venue.tokens.read_text().split()[place]
        context.add_cookies([{"name": "live", "value": token, "url": origin}])
        context.add_init_script(path=METER)
        self.page: Page = context.new_page()
        self.page.goto(f"{origin}/b/{served.venue.where.slug}/{page}")

    def watches(self) -> None:
        """Until the stream plays and the page goes by its clock."""
        for sign in SIGNS:
            self.page.wait_for_selector(sign, state="attached", timeout=PATIENCE_MS)

    def phase(self, name: str) -> None:
        """What is shown from now on belongs to this."""
        self.page.evaluate("(name) => { meter.phase = name }", name)

    def stay(self, seconds: float) -> None:
        self.page.wait_for_timeout(seconds * 1_000)

    def press(self, what: str) -> None:
        """A button of the page, whether it is in sight or only there when one points at the picture."""
        self.page.eval_on_selector(f"[data-do={what}]", "(button) => button.click()")

    def seek(self, seconds: float) -> None:
        self.page.evaluate("(by) => { document.querySelector('video').currentTime += by }", seconds)

    def rate(self, rate: float) -> None:
        self.page.evaluate("(rate) => { document.querySelector('video').playbackRate = rate }", rate)

    def offline(self, seconds: float) -> None:
        self.page.context.set_offline(True)
        self.stay(seconds)
        self.page.context.set_offline(False)

    def slide(self) -> str | None:
        shown: str | None = self.page.evaluate("meter.shown()")
        return shown

    def take(self) -> tuple[list[Frame], list[Cue]]:
        """What was shown and heard since the last time; a frame without a phase is not counted."""
        taken = self.page.evaluate("meter.take()")
        frames = [frame for each in taken["frames"] if (frame := _frame(*each)) and frame.phase]
        return truth.told(frames), list(_cues(taken["heard"]))

    def leave(self) -> None:
        self.page.context.close()


def _frame(phase: str, wall: int, told: float, coded: int, read: float, slide: str | None) -> Frame | None:
    at = picture.moment(coded, wall)
    return None if at is None else Frame(phase, at, wall, slide, ahead_ms=round((read - told) * 1_000))


def _cues(heard: list[tuple[int, str]]) -> Iterator[Cue]:
    """Of each frame of the socket the newest cue, at the time when it came."""
    for wall, data in heard:
        docs: Mapping[str, Any] = json.loads(data)["docs"]
        cues = [(int(key.partition("/")[2]), doc) for key, doc in docs.items() if key.startswith("cue/")]
        if cues:
            yield Cue(wall, max(cues, key=lambda each: each[0])[1].get("slide"))


@contextmanager
def lecturing(desk: Desk, chance: random.Random, pauses: tuple[float, float]) -> Iterator[None]:
    """Go to another page again and again, each after a pause between these (s), while the block runs."""
    over = threading.Event()

    def lecture() -> None:
        page = 1
        while not over.wait(chance.uniform(*pauses)):
            page = chance.choice([other for other in range(1, PAGES + 1) if other != page])
            desk.do("goto", item=f"s{page}")

    thread = threading.Thread(target=lecture)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


PAGES = 20


def cues(venue: Venue) -> list[Cue]:
    """What the hall has seen: the log."""
    found: list[Cue] = []
    for entry in venue.log():
        if isinstance(entry, Entry) and isinstance(entry.event, Cued):
            at = max([entry.at, *(each.at for each in found[-1:])])
            found.append(Cue(at, entry.event.slide))
    return found
