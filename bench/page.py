"""The page: what a phone loads until it shows the first slide, and how long its script takes for an update.

In a real chromium. For the updates 500 questions are open and one after another is reworded at the desk,
ten in a second, each of them a patch of its own; the script's time at rest is taken off.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, Request, sync_playwright

from bench.growth import past
from bench.measuring import Figures, medians
from bench.venue import Desk, Served, Venue, prepare

Say = Callable[[str], None]
PHONE = {"width": 390, "height": 844}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
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
        with sync_playwright() as playwright:
            found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
            rounds = [_loads(browser, venue, each) for each in range(scale.rounds)]
            rounds += [_updates(browser, crowded, each, scale) for each in range(scale.rounds)]
            browser.close()
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
        page = _phone(browser, venue, served, number)
        came: list[Request] = []
        page.on("requestfinished", lambda request: came.append(request))
        with page.expect_request_finished(_is_slide):
            page.goto(f"http://127.0.0.1:{served.port}/b/{venue.where.slug}/")
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


def _phone(browser: Browser, venue: Venue, served: Served, number: int) -> Page:
    """Somebody who has joined: the cookie is a bearer token."""
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    token = venue.tokens.read_text().split()[number]
    context.add_cookies([{"name": "live", "value": token, "url": f"http://127.0.0.1:{served.port}"}])
    return context.new_page()


def _updates(browser: Browser, venue: Venue, number: int, scale: Scale) -> Figures:
    served = Served(venue)
    desk = served.desk()
    try:
        desk.take_the_stage()
        page = _phone(browser, venue, served, number)
        heard: list[str] = []
        page.on(
            "websocket",
            lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame)[:60])),
        )
        page.goto(f"http://127.0.0.1:{served.port}/b/{venue.where.slug}/")
        page.click("button[data-tab=questions]")
        page.wait_for_function("document.body.innerText.includes('Who checks the rope')")
        meter = page.context.new_cdp_session(page)
        meter.send("Performance.enable", {"timeDomain": "threadTicks"})
        page.wait_for_timeout(1_000)
        resting = _script_seconds(page, meter, lambda: page.wait_for_timeout(scale.seconds * 1_000))
        heard.clear()
        busy = _script_seconds(page, meter, lambda: _reword(page, desk, number, scale.seconds))
        patches = sum('"patch"' in each for each in heard)
        page.context.close()
        return {"script_ms_per_update": (busy - resting) * 1_000 / patches, "updates": float(patches)}
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


def _script_seconds(page: Page, meter: CDPSession, doing: Callable[[], None]) -> float:
    """How long scripts ran meanwhile, on the processor: who else uses the machine does not count."""
    before = _metric(meter)
    doing()
    return _metric(meter) - before


def _metric(meter: CDPSession) -> float:
    metrics = {each["name"]: each["value"] for each in meter.send("Performance.getMetrics")["metrics"]}
    return float(metrics["ScriptDuration"])
