"""People who are quicker than the network: keys right after keys, questions in a row, a poll and its form."""

from __future__ import annotations

import re

from playwright.async_api import expect

from live.domain.ballots import Single
from live.domain.polls import AddPoll
from live.domain.rundown import Place, PollItem
from tests.browser.browsing import DESKTOP, PHONE, PROJECTOR, Browsing
from tests.browser.hands import Lecturer, Phone, Screen
from tests.browser.show import Show

COLOURS = Single(options=("Red", "Green"))


async def test_o_right_after_next_opens_the_poll_that_comes(show: Show, browsing: Browsing) -> None:
    await show.order(AddPoll(title="Which colour?", ballot=COLOURS))
    await show.order(Place(item=PollItem(id="poll", poll=1), before=await show.item(2)))
    lecturer = Lecturer(await browsing.page(show.url, DESKTOP))
    await show.seat(lecturer.page, "lecturer", "Chen Wei")
    screen = Screen(await browsing.page(show.url, PROJECTOR))
    await show.seat(screen.page, "screen")
    await lecturer.is_connected()
    await lecturer.start()
    await lecturer.press("ArrowRight")
    await screen.shows_page(1)
    await lecturer.press("ArrowRight", "o")
    await expect(screen.board).to_contain_text("Which colour?")
    await expect(lecturer.page.locator("[data-do=close]")).to_be_visible()
    await expect(lecturer.toasts).to_have_count(0)


async def test_many_questions_in_a_row_say_when_the_next_goes_out(show: Show, browsing: Browsing) -> None:
    phone = Phone(await browsing.page(show.url, PHONE))
    await show.seat(phone.page, "attendee", "Li Na")
    await expect(phone.link).to_have_attribute("data-link", "live")
    for number in range(1, 7):
        await phone.ask(f"Question {number}?")
    for number in range(1, 6):
        await expect(phone.mine(f"Question {number}?")).to_contain_text("Waiting for the moderator")
    sixth = phone.mine("Question 6?").locator("[data-fate=sending]")
    await expect(sixth).to_have_text(re.compile(r"^Goes out in \d+ s: that was many in a row$"))


async def test_a_phone_shows_the_question_of_an_open_poll_once(show: Show, browsing: Browsing) -> None:
    await show.start()
    await show.go(2)
    phone = Phone(await browsing.page(show.url, PHONE))
    await show.seat(phone.page, "attendee", "Li Na")
    await show.open_poll("Which colour?", COLOURS)
    await expect(phone.page.get_by_text("Which colour?", exact=True)).to_have_count(1)
    await phone.on_page(2)
    await phone.vote("Red")
    await expect(phone.votes).to_contain_text("Your vote is in")
