"""The rundown as the organiser lays it out: by keys, by drag, with polls, notices and breaks between."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.browsing import DESKTOP, Browsing
from tests.browser.hands import Lecturer, Organiser, Planner
from tests.browser.show import Show


@pytest.fixture
async def planner(show: Show, browsing: Browsing) -> Planner:
    """The organiser's rundown page of six plain slides."""
    page = await browsing.page(show.url, DESKTOP)
    auth = show.house.server.app.state.auth
    await Organiser(page).make_account(await show.house.database.write(auth.setup_link))
    await page.goto(f"/b/{show.where.slug}/rundown")
    planner = Planner(page)
    await expect(planner.rows).to_have_count(6)
    return planner


async def test_a_poll_a_notice_and_a_break_are_put_in(planner: Planner) -> None:
    await planner.add_poll("Which exit?", ["North", "South"])
    await planner.add_words("notice", "Phones off, please")
    await planner.add_words("break", "Coffee")
    await expect(planner.page.locator(".plan__sums")).to_contain_text("6 slides · 1 poll · 1 break, 10 min")


async def test_rows_are_moved_by_keys_and_put_back_by_undo(planner: Planner) -> None:
    await planner.row("Page 5").focus()
    for _ in range(3):
        await planner.page.keyboard.press("Alt+ArrowUp")
    await expect(planner.names).to_have_text(["Page 1", "Page 5", "Page 2", "Page 3", "Page 4", "Page 6"])
    await expect(planner.row("Page 5")).to_be_focused()
    await planner.page.get_by_role("button", name="Undo", exact=True).click()
    await expect(planner.names).to_have_text([f"Page {number}" for number in range(1, 7)])


async def test_something_is_put_in_between_rows_by_keys_alone(planner: Planner) -> None:
    press = planner.page.keyboard.press
    await planner.row("Page 2").focus()
    first = planner.page.get_by_role("button", name="Poll", exact=True).first
    await press("+")
    await expect(first).to_be_focused()
    await press("Escape")
    await expect(planner.row("Page 2")).to_be_focused()
    await press("+")
    await expect(first).to_be_focused()
    await press("Tab")
    await press("Enter")
    await expect(planner.page.locator(".plan-words textarea")).to_be_focused()
    await planner.page.keyboard.type("Phones off, please")
    await press("Control+Enter")
    await expect(planner.names.nth(2)).to_contain_text("Phones off, please")
    await expect(planner.row("Phones off")).to_be_focused()
    await press("Shift+Insert")
    await expect(first).to_be_focused()
    await press("Tab")
    await press("Tab")
    await press("Enter")
    await planner.page.locator(".plan-words textarea").fill("Coffee")
    await press("Control+Enter")
    await expect(planner.names.nth(2)).to_contain_text("Coffee")


async def test_a_row_is_dragged_by_its_handle(planner: Planner) -> None:
    await planner.drag("Page 4", onto="Page 2")
    await expect(planner.names).to_have_text(["Page 1", "Page 4", "Page 2", "Page 3", "Page 5", "Page 6"])
    await planner.page.reload()
    await expect(planner.names.nth(1)).to_have_text("Page 4")


async def test_a_slide_is_taken_out_and_comes_back_to_its_place(planner: Planner) -> None:
    await planner.row("Page 3").focus()
    await planner.page.keyboard.press("Delete")
    await expect(planner.rows).to_have_count(5)
    await planner.page.get_by_role("button", name="Put back").click()
    await expect(planner.names.nth(2)).to_have_text("Page 3")


async def test_notes_reach_the_desk_and_nobody_else(show: Show, browsing: Browsing, planner: Planner) -> None:
    await planner.row("Page 1").focus()
    await planner.page.keyboard.press("Enter")
    await planner.page.get_by_label("Notes for the lecturer").fill("Breathe first.")
    await planner.page.keyboard.press("Control+Enter")
    lecturer = Lecturer(await browsing.page(show.url, DESKTOP))
    await show.seat(lecturer.page, "lecturer", "Chen Wei")
    await lecturer.is_connected()
    await lecturer.start()
    await lecturer.press("ArrowRight")
    await expect(lecturer.page.get_by_role("region", name="Notes")).to_contain_text("Breathe first.")
    guest = await show.house.guest(show.where)
    assert "Breathe" not in str(guest.docs)
