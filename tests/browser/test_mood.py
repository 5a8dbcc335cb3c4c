"""Without words: pressed on a phone, counted at the desk, shown on the screen where the desk wants it."""

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
    await desk.locator("[data-switch=signs]").check()
    await phone.get_by_role("button", name="Unclear").tap()
    await expect(desk.locator(".gauge [data-sign=unclear]")).to_contain_text("1")
    await expect(screen.locator("[data-sign]")).to_have_count(0)
    await desk.locator("[data-switch=on_screen]").check()
    await expect(screen.locator("[data-sign=unclear]")).to_contain_text("1")
