"""What every test may use: a real chromium, started once, and a house: the real server on a real port."""

import os
import shutil
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.async_api import Browser, async_playwright

from tests.done_once import done_once
from tests.serving import House, at_home
from tests.side_by_side import turn

# A property is slow on a busy machine, not wrong; and what CI refuses must fail again at home.
hypothesis.settings.register_profile("live", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("live")

# The shell first: it has no windows to draw, and loads a page for a third of the processor's time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    # These keep it from calling home, which on a closed network costs seconds at every start.
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use the browser, so that `-m "not browser"` leaves them out."""
    for item in items:
        if {"chromium", "tab"} & set(getattr(item, "fixturenames", ())):  # a tab is Firefox's
            item.add_marker(pytest.mark.browser)
            # A browser on a busy machine may draw a frame later than a test presses a key. One more try,
            # which the report counts as "rerun"; nothing else in the suite is tried again.
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why something was tried again: a race that nobody sees is never mended."""
    for report in terminalreporter.stats.get("rerun", []):
        terminalreporter.section(f"tried again: {report.nodeid}", sep="_")
        terminalreporter.line(report.longreprtext)


@pytest.hookimpl(wrapper=True, tryfirst=True)  # the clock of a test that hangs starts when it has its turn
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    with turn(alone=item.get_closest_marker("alone") is not None):
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def cheap_installations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with done_once(tmp_path_factory.mktemp("template")):
        yield


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """The machine's chromium (tests/find-browser), else the one that Playwright installed."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """An installation of its own for one test."""
    async with at_home(tmp_path / "data") as house:
        yield house
