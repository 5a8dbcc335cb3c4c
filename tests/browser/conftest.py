"""What browser tests share: a house whose clock runs, a broadcast in it, and browsers that are watched."""

import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.browsing import Browsing
from tests.browser.show import Show, put_on
from tests.serving import House, at_home

PATIENCE_MS = 30_000  # a busy machine is slow, not wrong

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """An installation whose clock runs: pages compare it with their own."""
    async with at_home(tmp_path / "data", lambda: time.time_ns() // 1_000_000) as house:
        yield house


@pytest.fixture
async def show(house: House) -> Show:
    return await put_on(house)


@pytest.fixture
async def browsing(house: House, chromium: Browser) -> AsyncIterator[Browsing]:
    """Browsers for people. Whatever goes wrong in one of them fails the test."""
    browsing = Browsing(chromium)
    yield browsing
    await browsing.close()
    assert browsing.wrong == []
