"""A real chromium for the benchmarks of pages: somebody's page at a venue, and what it costs its thread.

`page` and `questions` measure with it. What is counted is processor time of the page's main thread, so that
nobody else on the machine is charged to it; what somebody waits for is a stopwatch in the page.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.venue import Served

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LAYOUT = ("LayoutDuration", "RecalcStyleDuration")


@dataclass(frozen=True)
class Spent:
    """Seconds of the page's thread, on the processor."""

    script: float
    layout: float
    whole: float  # with all that it does besides


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """The machine's own. While it is open this thread has an event loop, so nothing else may want one."""
    with sync_playwright() as playwright:
        found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", *flags])
        try:
            yield browser
        finally:
            browser.close()


def somebody(browser: Browser, served: Served, token: str, size: dict[str, int]) -> Page:
    """A page of whoever the token stands for: the cookie is a bearer token."""
    context = browser.new_context(viewport=size)  # type: ignore[arg-type]
    context.add_cookies([{"name": "live", "value": token, "url": f"http://127.0.0.1:{served.port}"}])
    return context.new_page()


class Meter:
    """What a page's thread has spent, and how many patches its socket has brought."""

    def __init__(self, page: Page) -> None:
        self.patches = 0
        page.on("websocket", lambda socket: socket.on("framereceived", self._hear))
        self.devtools: CDPSession = page.context.new_cdp_session(page)
        self.devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent(self, doing: Callable[[], object]) -> Spent:
        before = self._now()
        doing()
        after = self._now()
        return Spent(*(b - a for a, b in zip(astuple(before), astuple(after), strict=True)))

    def _now(self) -> Spent:
        metrics = {
            each["name"]: each["value"] for each in self.devtools.send("Performance.getMetrics")["metrics"]
        }
        layout = sum(metrics[name] for name in LAYOUT)
        return Spent(metrics["ScriptDuration"], layout, metrics["TaskDuration"])

    def _hear(self, frame: str | bytes) -> None:
        self.patches += '"patch"' in str(frame)[:60]
