"""Bad networks: a cable that is cut and mended, a server that stops and comes back. Nobody reloads."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import expect

from live.domain.ballots import Single
from tests.browser.browsing import CUT, DESKTOP, PHONE, PROJECTOR, Browsing
from tests.browser.cable import Cable
from tests.browser.hands import Lecturer, Phone, Screen
from tests.browser.show import Show
from tests.serving import House

COLOURS = Single(options=("Red", "Green"))


@pytest.fixture
async def cable(house: House) -> AsyncIterator[Cable]:
    """Between the browsers and the house."""
    cable = Cable(house.port)
    await cable.mend()
    yield cable
    await cable.cut()


@pytest.fixture
async def phone(show: Show, cable: Cable, browsing: Browsing) -> Phone:
    """In the hall, at the end of the cable, while page 1 is on stage."""
    browsing.forgive(CUT)
    show.url = cable.url
    await show.start()
    await show.go(1)
    phone = Phone(await browsing.page(cable.url, PHONE))
    await show.seat(phone.page, "attendee", "Li Na")
    await expect(phone.link).to_have_attribute("data-link", "live")
    await phone.on_page(1)
    return phone


async def logged(show: Show, event: str, field: str) -> list[Any]:
    """One field of all events of a type, as they stand in the log."""
    query = "SELECT json_extract(body, ?) FROM event WHERE json_extract(body, '$.type') = ? ORDER BY seq"
    rows = await show.house.database.read(lambda db: db.execute(query, (field, event)).fetchall())
    return [row[0] for row in rows]


async def votes(show: Show) -> list[int]:
    """The votes of the log, as options chosen."""
    return await logged(show, "voted", "$.choice[0]")


async def test_a_vote_given_in_a_tunnel_arrives_and_arrives_once(
    show: Show, cable: Cable, phone: Phone
) -> None:
    await show.open_poll("Which colour?", COLOURS)
    await expect(phone.page.get_by_role("button", name="Vote")).to_be_visible()
    await cable.cut()
    await expect(phone.link).to_have_attribute("data-link", "lost")
    await phone.vote("Green")
    await expect(phone.votes).to_contain_text("Waiting for the connection")
    await expect(phone.banner).to_contain_text("Not delivered yet: 1 vote.")
    assert await votes(show) == []
    await cable.mend()
    await expect(phone.votes).to_contain_text("Your vote is in")
    await expect(phone.link).to_have_attribute("data-link", "live")
    await expect(phone.banner).to_have_count(0)
    assert await votes(show) == [1]


async def test_a_question_written_in_a_tunnel_survives_a_closed_page(
    show: Show, cable: Cable, phone: Phone
) -> None:
    await cable.cut()
    await expect(phone.link).to_have_attribute("data-link", "lost")
    await phone.ask("Did anybody hear me?", anonymous=True)
    await expect(phone.banner).to_contain_text("Not delivered yet: 1 question.")
    await cable.mend()
    await phone.page.reload()
    await phone.open("questions")
    await expect(phone.mine("Did anybody hear me?")).to_contain_text("Waiting for the moderator")
    query = "SELECT text FROM anonymous_question"
    kept = await show.house.database.read(lambda db: [row[0] for row in db.execute(query)])
    assert kept == ["Did anybody hear me?"], "once"


async def test_what_came_while_a_phone_was_away_is_there_when_it_is_back(
    show: Show, cable: Cable, phone: Phone
) -> None:
    await cable.cut()
    await expect(phone.link).to_have_attribute("data-link", "lost")
    await show.go(4)
    poll = await show.open_poll("Which colour?", COLOURS)
    await phone.on_page(1)
    await cable.mend()
    await phone.on_page(4)
    await expect(phone.page.locator(f"article[data-poll='{poll}']")).to_contain_text("Which colour?")


async def test_the_screen_keeps_its_picture_and_comes_back_by_itself(
    show: Show, cable: Cable, browsing: Browsing, phone: Phone
) -> None:
    screen = Screen(await browsing.page(cable.url, PROJECTOR))
    await show.seat(screen.page, "screen")
    await screen.shows_page(1)
    await cable.cut()
    await expect(screen.page.get_by_text("Connection lost")).to_be_attached()
    await screen.shows_page(1)
    await show.go(5)
    await cable.mend()
    await screen.shows_page(5)
    await expect(screen.page.get_by_text("Connection lost")).to_have_count(0)


async def test_the_desk_says_at_once_that_a_key_did_nothing(
    show: Show, cable: Cable, browsing: Browsing, phone: Phone
) -> None:
    lecturer = Lecturer(await browsing.page(cable.url, DESKTOP))
    await show.seat(lecturer.page, "lecturer", "Chen Wei")
    await lecturer.is_connected()
    await lecturer.press("t")
    await expect(lecturer.drive).to_have_attribute("data-drive", "mine")
    await cable.cut()
    await expect(lecturer.page.locator("[data-link=lost]")).to_be_visible()
    await lecturer.press("ArrowRight")
    await expect(lecturer.toasts).to_contain_text("Not connected: nothing was sent.")
    await cable.mend()
    await expect(lecturer.page.locator("[data-link=live]")).to_be_visible()
    await phone.on_page(1)  # an old key press does not move the slides later
    await lecturer.press("ArrowRight")
    await phone.on_page(2)


async def test_all_pages_meet_again_after_the_server_was_stopped(
    show: Show, house: House, browsing: Browsing, phone: Phone
) -> None:
    screen = Screen(await browsing.page(house.url, PROJECTOR))
    show.url = house.url
    await show.seat(screen.page, "screen")
    lecturer = Lecturer(await browsing.page(house.url, DESKTOP))
    await show.seat(lecturer.page, "lecturer", "Chen Wei")
    await lecturer.is_connected()
    await lecturer.press("t")
    await expect(lecturer.drive).to_have_attribute("data-drive", "mine")
    await show.open_poll("Which colour?", COLOURS)
    await house.stop()
    await expect(phone.link).to_have_attribute("data-link", "lost")
    await phone.vote("Red")
    await house.open()
    await expect(phone.votes).to_contain_text("Your vote is in")
    await expect(screen.board).to_contain_text("1 has voted")
    await expect(lecturer.page.locator("[data-link=live]")).to_be_visible()
    await expect(lecturer.drive).to_have_attribute("data-drive", "mine")
    await lecturer.press("3", "Enter")
    await screen.shows_page(3)
    await phone.on_page(3)
    assert await votes(show) == [0]
