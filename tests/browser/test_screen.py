"""The screen in the hall: what it shows at each moment of a broadcast, while nobody touches it."""

from __future__ import annotations

import secrets

import pytest
from playwright.async_api import expect

from live.domain.ballots import Single
from live.domain.cues import Blank
from live.domain.life import End
from live.domain.moderation import Answer, Present
from live.domain.notices import ClearNotice, Notify
from live.domain.polls import AddPoll
from live.domain.results import ShowResults
from live.domain.rundown import BreakItem, NoticeItem, Place
from live.domain.turns import ClosePoll, OpenPoll
from tests.browser.browsing import PROJECTOR, Browsing
from tests.browser.hands import Screen
from tests.browser.show import Show


@pytest.fixture
async def screen(show: Show, browsing: Browsing) -> Screen:
    screen = Screen(await browsing.page(show.url, PROJECTOR))
    await show.seat(screen.page, "screen")
    return screen


async def test_before_the_start_it_shows_the_title_and_the_way_in(show: Show, screen: Screen) -> None:
    await expect(screen.board).to_contain_text("Safety course")
    await expect(screen.board).to_contain_text("Chen Wei")
    await expect(screen.join).to_contain_text(show.where.code)
    drawn = "image => image.decode().then(() => image.naturalWidth > 0)"
    assert await screen.join.get_by_role("img").evaluate(drawn)
    await expect(screen.board).not_to_contain_text("1 person is here")
    await show.house.guest(show.where, name="Li Na")
    await expect(screen.board).to_contain_text("1 person is here")


async def test_a_slide_has_the_code_and_the_count_below_it(show: Show, screen: Screen) -> None:
    await show.start()
    await show.go(3)
    await screen.shows_page(3)
    await expect(screen.foot).to_contain_text(show.where.code)
    await show.house.guest(show.where, name="Li Na")
    await expect(screen.foot).to_contain_text("1 person is here")
    await show.order(Blank(on=True))
    await screen.is_blank()
    await expect(screen.foot).to_be_hidden()


async def test_a_poll_grows_from_its_question_to_its_result(show: Show, screen: Screen) -> None:
    await show.start()
    await show.go(1)
    poll = await show.open_poll("Which exit?", Single(options=("North", "South")))
    await expect(screen.board).to_contain_text("0 have voted")
    await expect(screen.join.get_by_role("img")).to_be_visible()  # whoever is late can still vote
    await expect(screen.foot).to_have_count(0)  # once is enough
    guest = await show.house.guest(show.where, name="Li Na")
    await guest.do("vote", poll=poll, round=1, n=1, choice=[1], seen_at=show.house.time())
    await expect(screen.board).to_contain_text("1 has voted")
    await expect(screen.board.get_by_text("100%")).to_be_hidden()
    await show.order(ClosePoll(poll=poll))
    await expect(screen.join).to_have_count(0)
    await show.order(ShowResults(poll=poll, shown=True))
    await expect(screen.board.locator(".bar--lead")).to_contain_text("South")
    await expect(screen.board.get_by_text("100%")).to_be_visible()


async def test_bars_stay_where_they_are_while_votes_come_in(show: Show, screen: Screen) -> None:
    await show.start()
    await show.go(1)
    made = await show.order(AddPoll(title="Which?", ballot=Single(options=("A", "B")), results="live"))
    poll = int(made.removeprefix("poll/"))
    await show.order(OpenPoll(poll=poll))
    await expect(screen.board).to_contain_text("0 have voted")
    shares = "bars => bars.map(bar => +bar.style.getPropertyValue('--share'))"
    tops = "bars => bars.map(bar => bar.getBoundingClientRect().top)"
    before = await screen.bars.evaluate_all(tops)
    for votes, choice, lengths in ((1, 1, [0, 1 / 5]), (2, 1, [0, 2 / 5]), (3, 0, [1 / 5, 2 / 5])):
        guest = await show.house.guest(show.where, name=f"Guest {votes}")
        await guest.do("vote", poll=poll, round=1, n=1, choice=[choice], seen_at=show.house.time())
        await expect(screen.board).to_contain_text(f"{votes} ha")
        assert await screen.bars.evaluate_all(shares) == pytest.approx(lengths)
        assert await screen.bars.evaluate_all(tops) == before


async def test_a_question_stands_large_with_who_asked_it(show: Show, screen: Screen) -> None:
    await show.start()
    await show.go(2)
    guest = await show.house.guest(show.where, name="Li Na", unit="Workshop 1")
    made = await guest.do("ask", key=secrets.token_urlsafe(16), text="Who pays?", anonymous=False)
    question = (made or "").removeprefix("question/")
    await expect(screen.page.locator("body")).not_to_contain_text("Who pays?")
    await show.order(Present(question=question))
    await expect(screen.board).to_contain_text("Who pays?")
    await expect(screen.board).to_contain_text("Li Na · Workshop 1")
    await show.order(Answer(question=question))
    await screen.shows_page(2)


async def test_notices_and_breaks_of_the_rundown_and_a_notice_to_everyone(show: Show, screen: Screen) -> None:
    await show.order(Place(item=NoticeItem(id="n", text="Phones off"), before=await show.item(1)))
    await show.order(Place(item=BreakItem(id="b", text="Coffee", minutes=10), before=await show.item(1)))
    await show.start()
    await show.go(1)
    await expect(screen.board).to_contain_text("Coffee")
    await expect(screen.board.get_by_role("timer")).to_contain_text("9:")
    await show.go(2)
    await expect(screen.board).to_contain_text("Phones off")
    await show.order(Notify(text="The left door is locked"))
    await expect(screen.band).to_have_text("The left door is locked")
    await show.order(ClearNotice())
    await expect(screen.band).to_have_count(0)


async def test_after_the_end_it_thanks_and_says_nothing_of_the_code(show: Show, screen: Screen) -> None:
    await show.start()
    await show.go(1)
    await screen.shows_page(1)
    await show.order(End())
    await expect(screen.board).to_contain_text("Thank you for taking part.")
    await expect(screen.page.locator("body")).not_to_contain_text(show.where.code)
