"""The room and the desk beside polls and questions: reactions and the pace, notices to some."""

from __future__ import annotations

from playwright.async_api import expect

from tests.browser.browsing import DESKTOP, PHONE, PROJECTOR, Browsing
from tests.browser.show import Show


async def test_a_pace_and_a_reaction_go_from_the_phone_to_desk_and_screen(
    show: Show, browsing: Browsing
) -> None:
    await show.start()
    await show.go(1)
    phone = await browsing.page(show.url, PHONE)
    desk = await browsing.page(show.url, DESKTOP)
    screen = await browsing.page(show.url, PROJECTOR)
    await show.seat(phone, "attendee", "Li Na")
    await show.seat(desk, "lecturer", "Chen Wei")
    await show.seat(screen, "screen")
    await expect(phone.locator("[data-link=live]")).to_be_visible()

    await expect(phone.locator("[data-sign]")).to_have_count(0)  # off until the desk wants it
    slower = phone.locator("[data-pace=slower]")
    await slower.tap()
    await expect(slower).to_have_attribute("aria-pressed", "true")
    await expect(desk.locator(".gauge [data-pace=slower]")).to_contain_text("1")
    await slower.tap()
    await expect(desk.locator(".gauge [data-pace]")).to_have_count(0)

    await desk.get_by_role("button", name="Notice, questions, pages, language").click()
    await desk.locator("[data-switch=signs]").click()
    await phone.get_by_role("button", name="Unclear").tap()
    await expect(desk.locator(".gauge [data-sign=unclear]")).to_contain_text("1")
    await expect(screen.locator("[data-sign]")).to_have_count(0)
    await desk.locator("[data-switch=on_screen]").click()
    await expect(screen.locator("[data-sign=unclear]")).to_contain_text("1")


async def test_a_notice_to_a_site_reaches_those_there_and_the_screen_of_the_room(
    show: Show, browsing: Browsing
) -> None:
    desk = await browsing.page(show.url, DESKTOP)
    phone = await browsing.page(show.url, PHONE)
    screen = await browsing.page(show.url, PROJECTOR)
    await show.seat(desk, "moderator", "Max")
    await show.seat(phone, "attendee", "Li Na")  # in the room
    await show.seat(screen, "screen")
    for text, place in (("To the hall", "Hall"), ("To those at home", "Remote")):
        await desk.keyboard.press("n")
        await desk.get_by_label("Whom the notice reaches").select_option(label=place)
        await desk.get_by_label(f"Notice to {place}").fill(text)
        await desk.keyboard.press("Control+Enter")
        await expect(desk.locator(".desk__notice").filter(has_text=text)).to_be_visible()
    for page in (phone, screen):
        await expect(page.get_by_text("To the hall")).to_be_visible()
        await expect(page.get_by_text("To those at home")).to_have_count(0)
    await desk.locator(".desk__notice").filter(has_text="To the hall").get_by_role("button").click()
    await expect(phone.get_by_text("To the hall")).to_have_count(0)
    await expect(screen.get_by_text("To the hall")).to_have_count(0)
