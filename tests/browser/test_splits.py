"""A result by group in real browsers: brought on stage at the desk, and the same wherever it is seen."""

from __future__ import annotations

from playwright.async_api import expect

from live.domain.ballots import Single
from live.domain.polls import AddPoll
from live.domain.results import ShowResults
from live.domain.turns import ClosePoll, OpenPoll
from tests.browser.browsing import DESKTOP, PHONE, PROJECTOR, Browsing
from tests.browser.hands import Phone, Screen
from tests.browser.show import Show

DOORS = Single(options=("Push", "Pull"))


async def test_the_desk_brings_a_result_by_unit_on_stage_and_everyone_sees_it(
    show: Show, browsing: Browsing
) -> None:
    await show.start()
    await show.go(1)
    poll = await show.open_poll("How does the door open?", DOORS)
    for name, unit, choice in (("Li Na", "Workshop", 0), ("Ma Li", "Workshop", 1), ("Wu Di", "Depot", 1)):
        guest = await show.house.guest(show.where, name=name, unit=unit)
        await guest.do("vote", poll=poll, round=1, n=1, choice=[choice], seen_at=show.house.time())
    await show.order(ClosePoll(poll=poll))
    await show.order(ShowResults(poll=poll, shown=True))
    screen = Screen(await browsing.page(show.url, PROJECTOR))
    await show.seat(screen.page, "screen")
    remote = await browsing.page(show.url, DESKTOP)
    await show.seat(remote, "attendee", "Bob", site="remote")
    desk = await browsing.page(show.url, DESKTOP)
    await show.seat(desk, "lecturer", "Chen Wei")

    on_stage = desk.get_by_role("group", name="The result on stage")
    await on_stage.get_by_role("button", name="By unit").click()
    for page in (screen.page, remote, desk):
        groups = page.locator(".group")
        await expect(groups).to_contain_text(["Depot", "Workshop"])
        await expect(groups.nth(1)).to_contain_text("2 votes")
        await expect(groups.nth(1).locator("[data-sign=A]")).to_contain_text("50%")
        await expect(groups.first.locator("[data-sign=B].bar--lead")).to_contain_text("100%")
    await on_stage.get_by_role("button", name="All").click()
    for page in (screen.page, remote):
        await expect(page.locator(".group")).to_have_count(0)
    await expect(screen.board.locator(".bar--lead")).to_contain_text("Pull")


async def test_a_secret_ballot_says_by_what_it_is_counted_and_the_desk_when(
    show: Show, browsing: Browsing
) -> None:
    await show.start()
    await show.order(AddPoll(title="Is it safe?", ballot=DOORS, secret=True, split="unit"))
    await show.order(OpenPoll(poll=1))
    phone = Phone(await browsing.page(show.url, PHONE))
    await show.seat(phone.page, "attendee", "Li Na")
    await phone.open("poll")
    promise = phone.page.locator(".promise")
    await expect(promise).to_contain_text("Counted by unit; groups under 5 are put together.")
    desk = await browsing.page(show.url, DESKTOP)
    await show.seat(desk, "moderator", "Mo")
    await desk.locator(".desk-tabs [data-tab=polls]").click()
    await expect(desk.locator("[data-poll='1']")).to_contain_text("It is counted by unit when it is closed")
    line = desk.locator(".poll-line")
    await desk.keyboard.press("c")
    await expect(line.get_by_role("button")).to_contain_text("Show the result")
    await desk.keyboard.press("r")
    await expect(line.get_by_role("alert")).to_contain_text("the round is over for good")
    await desk.keyboard.press("Escape")
    await expect(line.get_by_role("button")).to_contain_text("Show the result")
