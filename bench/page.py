"""The page: what a phone loads until it shows the first slide, and how long its script takes for an update.

In a real chromium. For the updates 500 questions are open and one after another is reworded at the desk,
ten in a second, each of them a patch of its own; the script's time at rest is taken off.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, Request

from bench.chromium import PHONE, Meter, chromium, somebody
from bench.growth import past
from bench.measuring import Figures, medians
from bench.venue import Desk, Served, Venue, prepare

Say = Callable[[str], None]
RATE = 10  # updates a second
ASKERS = 100  # so many have asked the questions: a phone has its own few among them


@dataclass(frozen=True)
class Scale:
    questions: int = 500
    rounds: int = 5
    seconds: float = 10.0


QUICK = Scale(questions=20, rounds=1, seconds=1.0)


def run(scale: Scale, say: Say) -> Figures:
    with tempfile.TemporaryDirectory(prefix="live-bench-") as folder:
        history = past(scale.questions)
        venue = prepare(Path(folder) / "empty", scale.rounds)
        crowded = prepare(Path(folder) / "crowded", ASKERS, history)
        with chromium() as browser:
            rounds = [_loads(browser, venue, each) for each in range(scale.rounds)]
            rounds += [_updates(browser, crowded, each, scale) for each in range(scale.rounds)]
    figures = medians(rounds)
    say(f"medians of {scale.rounds} rounds; {scale.questions} questions for the updates")
    return figures


def _loads(browser: Browser, venue: Venue, number: int) -> Figures:
    """KiB and requests until the slide's picture is there, with an empty cache."""
    served = Served(venue)
    desk = served.desk()
    try:
        desk.take_the_stage()
        desk.cue()
        page = somebody(browser, served, venue.tokens.read_text().split()[number], PHONE)
        came: list[Request] = []
        page.on("requestfinished", lambda request: came.append(request))
        with page.expect_request_finished(_is_slide):
            page.goto(served.address())
        first = next(place for place, each in enumerate(came, start=1) if _is_slide(each))
        figures = {"kib": sum(map(_size, came[:first])) / 1024, "requests": float(first)}
        page.context.close()
        return figures
    finally:
        desk.leave()
        served.end()


def _is_slide(request: Request) -> bool:
    return request.url.endswith(".webp") and ".thumb." not in request.url


def _size(request: Request) -> int:
    sizes = request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]


def _updates(browser: Browser, venue: Venue, number: int, scale: Scale) -> Figures:
    served = Served(venue)
    desk = served.desk()
    try:
        desk.take_the_stage()
        page = somebody(browser, served, venue.tokens.read_text().split()[number], PHONE)
        meter = Meter(page)
        page.goto(served.address())
        page.click("button[data-tab=questions]")
        page.wait_for_function("document.body.innerText.includes('Who checks the rope')")
        page.wait_for_timeout(1_000)
        rest = meter.spent(lambda: page.wait_for_timeout(scale.seconds * 1_000))
        before = meter.patches
        busy = meter.spent(lambda: _reword(page, desk, number, scale.seconds))
        patches = meter.patches - before
        page.context.close()
        script = (busy.script - rest.script) * 1_000 / patches
        return {"script_ms_per_update": script, "updates": float(patches)}
    finally:
        desk.leave()
        served.end()


def _reword(page: Page, desk: Desk, number: int, seconds: float) -> None:
    """One question after another gets another wording."""
    questions = [key.partition("/")[2] for key in desk.welcome["docs"] if key.startswith("question/")]
    start = time.monotonic()
    for step in range(int(seconds * RATE)):
        page.wait_for_timeout(max(0.0, start + step / RATE - time.monotonic()) * 1_000)
        text = f"Who checks the rope before somebody goes up? ({number}.{step})"
        desk.do("edit", question=questions[step % len(questions)], text=text)
    page.wait_for_timeout(300)
