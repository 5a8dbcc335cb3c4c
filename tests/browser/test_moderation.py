"""Two moderators and an anonymous asker: a reply for one alone, labels, an action item, and two at one."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, expect

from live.domain.labels import SetLabel
from live.domain.moderation import SetQuestions
from tests.browser.browsing import DESKTOP, PHONE, Browsing
from tests.browser.hands import Lecturer, Phone
from tests.browser.show import Show

QUESTION = "May the forklift carry people?"


@pytest.fixture
async def phone(show: Show, browsing: Browsing) -> Phone:
    phone = Phone(await browsing.page(show.url, PHONE))
    await show.seat(phone.page, "attendee", "Li Na")
    return phone


async def moderator(show: Show, browsing: Browsing, name: str) -> Lecturer:
    desk = Lecturer(await browsing.page(show.url, DESKTOP))
    await show.seat(desk.page, "moderator", name)
    await desk.is_connected()
    return desk


def does(row: Locator, what: str) -> Locator:
    return row.locator(f"[data-do='{what}']")


async def test_a_reply_for_the_asker_alone_reaches_only_the_phone_that_asked(
    show: Show, browsing: Browsing, phone: Phone
) -> None:
    other = Phone(await browsing.page(show.url, PHONE))
    await show.seat(other.page, "attendee", "Wang Fang")
    await other.open("questions")
    desk = await moderator(show, browsing, "Sun Hao")
    await phone.ask(QUESTION, anonymous=True)
    row = desk.question(QUESTION)
    await does(row, "approve").click()
    await does(row, "reply").click()
    await row.locator("textarea").fill("Come by the depot.")
    await row.locator("[data-do='private']").check()
    await does(row, "save-edit").click()
    await phone.open("questions")
    await expect(phone.mine(QUESTION).locator("[data-reply='private']")).to_contain_text("Come by the depot.")
    await phone.page.reload()
    await phone.open("questions")
    await expect(phone.mine(QUESTION)).to_contain_text("Come by the depot.")
    await expect(other.question(QUESTION)).to_be_visible()
    await expect(other.page.get_by_text("Come by the depot.")).to_have_count(0)


async def test_two_at_one_question_see_each_other_and_lose_no_words(
    show: Show, browsing: Browsing, phone: Phone
) -> None:
    sun, zhou = [await moderator(show, browsing, name) for name in ("Sun Hao", "Zhou Min")]
    await phone.ask(QUESTION)
    for desk in (sun, zhou):
        await does(desk.question(QUESTION), "edit").click()
    ours, theirs = (desk.page.locator(".queue__row") for desk in (sun, zhou))
    await expect(theirs.locator("[data-held]")).to_contain_text("Sun Hao is at it")
    await ours.locator("textarea").fill("May it carry people?")
    await does(ours, "save-edit").click()
    await expect(ours.locator(".queue__text")).to_have_text("May it carry people?")
    await theirs.locator("textarea").fill("May a forklift?")
    await does(theirs, "save-edit").click()
    await expect(theirs.get_by_role("alert")).to_contain_text("Somebody else")
    await expect(theirs).to_contain_text("May it carry people?")
    await expect(theirs.locator("textarea")).to_have_value("May a forklift?")
    await does(theirs, "save-edit").click()
    await expect(ours.locator(".queue__text")).to_have_text("May a forklift?")
    # What is half written is there again after a reload, and whoever leaves lets go.
    for row in (ours, theirs):
        await does(row, "reply").click()
    await theirs.locator("textarea").fill("Half a sentence")
    await zhou.page.reload()
    await expect(theirs.locator("textarea")).to_have_value("Half a sentence")
    await expect(theirs.locator("[data-held]")).to_contain_text("Sun Hao is at it")
    await sun.page.close()
    await expect(theirs.locator("[data-held]")).to_have_count(0)
    await does(theirs, "save-edit").click()
    await expect(theirs).to_contain_text("Half a sentence")
    await zhou.page.reload()
    await expect(theirs.locator("textarea")).to_have_count(0)


async def test_labels_sort_the_queue_and_a_unit_gets_an_action_item(
    show: Show, browsing: Browsing, phone: Phone
) -> None:
    await show.order(SetQuestions(mode="open", anonymous=True))
    desk = await moderator(show, browsing, "Sun Hao")
    await phone.ask(QUESTION)
    await phone.ask("Who checks the rope?")
    await show.order(SetLabel(name="Vehicles", colour="orange", public=True))
    row = desk.question(QUESTION)
    await row.locator(".label-chips__more > summary").click()
    await row.locator("[data-put='1']").click()
    await expect(phone.question(QUESTION).locator(".label-chip")).to_have_text("Vehicles")
    await desk.page.locator("[data-filter='1']").click()
    await expect(desk.question("Who checks the rope?")).to_have_count(0)
    await does(row, "action").click()
    await row.locator("[name='unit']").fill("Depot")
    await row.locator("[name='due']").fill("2026-12-01")
    await does(row, "save-edit").click()
    await expect(row.locator("[data-action='open']")).to_contain_text("Depot")
