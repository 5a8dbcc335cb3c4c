"""An attendee with a phone of 360 pixels: coming in, voting, asking, looking back, coming back."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from live.domain.ballots import Multiple, Rating, Single
from live.domain.moderation import SetQuestions
from live.domain.results import ShowResults
from live.domain.turns import ClosePoll
from tests.browser.browsing import PHONE, Browsing
from tests.browser.hands import Phone
from tests.browser.show import Show

COLOURS = Single(options=("Red", "Green"))
OPEN = SetQuestions(mode="open", anonymous=True)


@pytest.fixture
async def phone(show: Show, browsing: Browsing) -> Phone:
    return Phone(await browsing.page(show.url, PHONE))


@pytest.fixture
async def inside(show: Show, phone: Phone) -> Phone:
    """In the hall, while page 1 is on stage."""
    await show.start()
    await show.go(1)
    await show.seat(phone.page, "attendee", "Li Na")
    await expect(phone.link).to_have_attribute("data-link", "live")
    return phone


async def test_a_link_takes_three_taps_and_the_next_day_none(show: Show, phone: Phone) -> None:
    await phone.page.goto(show.link("attendee"))
    await phone.join("Li Na", unit="Workshop 1")
    assert phone.taps == 3  # name, unit, in: the link was in the room
    await phone.page.goto("about:blank")
    await phone.page.goto(show.link("attendee"))
    await expect(phone.page.locator(".holding")).to_contain_text("Li Na · Workshop 1 · Hall")
    await phone.page.goto("/")
    await phone.tap(phone.page.get_by_role("link", name="Back to the broadcast"))
    await expect(phone.link).to_have_attribute("data-link", "live")


async def test_a_typed_code_leads_in_however_it_is_written(show: Show, phone: Phone) -> None:
    code = show.where.code
    await phone.type_code(f" {code[:3].lower()} {code[3:].lower()} ")
    await phone.join("Li Na", place="Remote")
    await expect(phone.page.locator(".holding")).to_contain_text("Li Na · Remote")


async def test_a_vote_is_cast_changed_and_seen_in_the_result(show: Show, inside: Phone) -> None:
    poll = await show.open_poll("Which colour?", COLOURS)
    await inside.vote("Red")
    await expect(inside.votes).to_have_attribute("data-vote", "sent")
    await expect(inside.votes).to_contain_text("Red")
    await inside.tap(inside.page.get_by_role("button", name="Change", exact=True))
    await inside.vote("Green")
    await expect(inside.votes).to_contain_text("Green")
    await show.order(ClosePoll(poll=poll))
    await expect(inside.page.get_by_role("button", name="Change", exact=True)).to_have_count(0)
    await show.order(ShowResults(poll=poll, shown=True))
    await expect(inside.page.locator("article .bar--mine")).to_contain_text("100%")


async def test_each_kind_of_poll_can_be_answered_with_a_thumb(show: Show, inside: Phone) -> None:
    await show.open_poll("Which two?", Multiple(options=("North", "East", "South"), max=2))
    for option in ("North", "South"):
        await inside.tap(inside.page.locator(".poll form").get_by_text(option, exact=True))
    await expect(inside.page.get_by_label("East", exact=True)).to_be_disabled()
    await inside.tap(inside.page.get_by_role("button", name="Vote"))
    await expect(inside.votes).to_contain_text("North and South")
    await show.open_poll("How sure?", Rating(low="not", high="very"))
    await inside.vote("4")
    await expect(inside.votes.first).to_contain_text("4 of 5")


async def test_a_vote_button_is_in_sight_when_a_poll_opens(show: Show, inside: Phone) -> None:
    await show.open_poll("Which colour?", COLOURS)
    await expect(inside.page.get_by_role("button", name="Vote")).to_be_in_viewport(ratio=1)


async def test_a_question_is_asked_upvoted_and_withdrawn(
    show: Show, browsing: Browsing, inside: Phone
) -> None:
    await show.order(OPEN)
    other = Phone(await browsing.page(show.url, PHONE))
    await show.seat(other.page, "attendee", "Wang Wei")
    await other.open("questions")
    await inside.ask("Who checks the brakes?")
    await inside.ask("May I stay anonymous?", anonymous=True)
    await expect(other.question("Who checks the brakes?")).to_contain_text("Li Na")
    await expect(other.question("May I stay anonymous?")).to_contain_text("Anonymous")
    await expect(other.page.locator("body")).not_to_contain_text("Li Na · Li Na")
    upvote = other.question("Who checks the brakes?").get_by_role("button")
    await other.tap(upvote)
    await expect(inside.question("Who checks the brakes?").get_by_role("button")).to_contain_text("1")
    await other.tap(upvote)
    await expect(upvote).to_have_attribute("aria-pressed", "false")
    mine = inside.mine("May I stay anonymous?")
    await inside.tap(mine.get_by_role("button", name="Withdraw"))
    await inside.tap(mine.get_by_role("button", name="Withdraw it"))
    await expect(mine).to_contain_text("Withdrawn")
    await expect(other.question("May I stay anonymous?")).to_have_count(0)


async def test_the_ask_line_is_within_reach_under_a_long_list(show: Show, inside: Phone) -> None:
    await show.order(OPEN)
    for number in range(5):
        await inside.ask(f"Question number {number}, which takes some lines on a phone" + ", more" * 20)
        await expect(inside.mine(f"number {number}")).to_contain_text("Everyone can see it")
    await inside.page.evaluate("scrollTo(0, 0)")
    await expect(inside.page.get_by_label("Your question")).to_be_in_viewport(ratio=1)


async def test_one_looks_back_and_returns_to_live_with_one_tap(show: Show, inside: Phone) -> None:
    await show.go(2)
    await show.go(3)
    await inside.on_page(3)
    await inside.tap(inside.page.get_by_role("button", name="Slide before"))
    await inside.on_page(2)
    await show.go(4)
    await inside.on_page(2)  # whoever reads is not pulled away
    await inside.tap(inside.page.get_by_role("button", name="Back to live"))
    await inside.on_page(4)
    await show.go(1)
    await inside.on_page(1)
    await expect(inside.page.locator(".film__frame")).to_have_count(4)  # no page that was not shown


async def test_keys_alone_lead_in_and_vote(show: Show, browsing: Browsing) -> None:
    await show.start()
    page = await browsing.page(show.url, PHONE)
    await page.goto(f"/join/{show.where.code}")
    await page.keyboard.type("Li Na")  # the name has the focus
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")  # the first place
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-link]")).to_have_attribute("data-link", "live")
    await show.open_poll("Which colour?", COLOURS)
    vote = page.get_by_role("button", name="Vote")
    await expect(vote).to_be_visible()
    option = page.get_by_label("Red", exact=True)
    for _ in range(30):
        if await option.evaluate("each => each === document.activeElement"):
            break
        await page.keyboard.press("Tab")
    await page.keyboard.press("ArrowDown")
    await expect(vote).to_be_enabled()
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-vote]")).to_contain_text("Green")
    await expect(page.locator("[data-vote]")).to_have_attribute("data-vote", "sent")
    await expect(page).to_have_title(re.compile("Safety course"))
