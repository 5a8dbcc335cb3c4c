"""Firefox as Debian has it: somebody comes in, sees the slide, votes and asks."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from live.domain.ballots import Single
from live.domain.turns import ClosePoll
from tests.browser.firefox import PROGRAM, Tab, firefox
from tests.browser.show import Show

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(PROGRAM is None, reason="there is no Firefox: apt-get install firefox-esr"),
]


def shows_page(number: int) -> str:
    """The picture of this slide has come and is looked at."""
    return f"""() => {{
      const picture = document.querySelector("img.slide__picture");
      return picture?.naturalWidth > 0 && picture.alt.startsWith("Slide {number}.");
    }}"""


@pytest.fixture
async def tab(tmp_path: Path) -> AsyncIterator[Tab]:
    profile = tmp_path / "firefox"
    profile.mkdir()
    async with firefox(profile) as tab:
        yield tab
        assert tab.wrong == []


async def test_firefox_joins_follows_votes_and_asks(show: Show, tab: Tab) -> None:
    await show.start()
    await show.go(1)
    await tab.goto(show.link("attendee"))
    await tab.type("Your name", "Li Na")
    await tab.press("Join")
    assert await tab.is_so(shows_page(1))
    await show.go(2)
    assert await tab.is_so(shows_page(2))

    poll = await show.open_poll("Which colour?", Single(options=("Red", "Green")))
    await tab.press("Green", "label")
    await tab.press("Vote")
    assert await tab.is_so("() => document.querySelector('[data-vote=sent]')")
    await show.order(ClosePoll(poll=poll))

    await tab.press("Questions")
    await tab.type("Your question", "Who checks the brakes?")
    await tab.press("Send the question")
    assert await tab.is_so("() => document.querySelector('[data-mine]')?.innerText.includes('brakes')")
