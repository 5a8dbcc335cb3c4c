"""One broadcast from its making to its exports, by the organiser, the lecturer, a phone and the screen."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import FilePayload, expect

import live.demo
from tests.browser.browsing import DESKTOP, PHONE, PROJECTOR, Browsing
from tests.browser.hands import Lecturer, Organiser, Phone, Planner, Screen
from tests.serving import House

PAGES = 20
POLL = "Which exit is yours?"
QUESTION = "May I leave at four?"


def course() -> FilePayload:
    """The demo's course, as somebody uploads it."""
    content = (Path(live.demo.__file__).parent / "course.pdf").read_bytes()
    return {"name": "course.pdf", "mimeType": "application/pdf", "buffer": content}


async def test_a_broadcast_from_its_making_to_its_exports(house: House, browsing: Browsing) -> None:
    organiser = Organiser(await browsing.page(house.url, DESKTOP))
    screen = Screen(await browsing.page(house.url, PROJECTOR))
    lecturer = Lecturer(await browsing.page(house.url, DESKTOP))
    phone = Phone(await browsing.page(house.url, PHONE))
    await organiser.make_account(await house.database.write(house.server.app.state.auth.setup_link))
    await prepare(organiser)
    await everybody_comes(organiser, screen, lecturer, phone)
    await the_show_begins(screen, lecturer, phone)
    await a_poll_is_taken(screen, lecturer, phone)
    await a_question_is_answered(screen, lecturer, phone)
    await it_ends(organiser, screen, lecturer, phone)


async def prepare(organiser: Organiser) -> None:
    await organiser.make_broadcast("Accident cases")
    await organiser.upload(course())
    pages = organiser.page.locator("#deck-view .thumb")
    await expect(pages.nth(2)).to_be_visible()  # they come one by one
    await expect(pages).to_have_count(PAGES, timeout=60_000)
    await expect(organiser.page.locator("#deck-view")).to_contain_text("20 pages")
    await organiser.page.get_by_role("link", name="Open the rundown").click()
    planner = Planner(organiser.page)
    await expect(planner.rows).to_have_count(PAGES)
    await planner.add_poll(POLL, ["North", "South"])
    await planner.row(POLL).focus()
    for _ in range(PAGES - 2):
        await planner.page.keyboard.press("Alt+ArrowUp")
    await expect(planner.names.nth(2)).to_have_text(POLL)
    await planner.page.get_by_role("link", name="Set-up").click()


async def everybody_comes(organiser: Organiser, screen: Screen, lecturer: Lecturer, phone: Phone) -> None:
    await screen.switch_on(await organiser.link("Screen"))
    await expect(screen.board).to_contain_text("Accident cases")
    await expect(screen.join.get_by_role("img")).to_be_visible()
    await lecturer.come_in(await organiser.link("Lecturer"))
    await phone.page.goto(await organiser.link("Attendees"))
    await phone.join("Li Na")
    await expect(phone.page.locator(".holding")).to_contain_text("Not started yet")
    await phone.ask(QUESTION, anonymous=True)
    await expect(phone.mine(QUESTION)).to_contain_text("Waiting for the moderator")
    await phone.open("slide")


async def the_show_begins(screen: Screen, lecturer: Lecturer, phone: Phone) -> None:
    await lecturer.start()
    await lecturer.press("PageDown")
    await screen.shows_page(1)
    await phone.on_page(1)
    await lecturer.press("ArrowRight")
    await screen.shows_page(2)
    await phone.on_page(2)


async def a_poll_is_taken(screen: Screen, lecturer: Lecturer, phone: Phone) -> None:
    await lecturer.press("ArrowRight")
    await expect(lecturer.page.get_by_text("Nobody sees it until you open it.")).to_be_visible()
    await screen.shows_page(2)
    await lecturer.press("o")
    await expect(screen.board).to_contain_text(POLL)
    await phone.vote("South")
    await expect(phone.votes).to_have_attribute("data-vote", "sent")
    await expect(screen.board).to_contain_text("1 has voted")
    await lecturer.press("c", "r")
    await expect(screen.board.locator(".bar--lead")).to_contain_text("South")
    await expect(phone.page.locator("article .bar--mine")).to_contain_text("South")


async def a_question_is_answered(screen: Screen, lecturer: Lecturer, phone: Phone) -> None:
    await lecturer.see("questions")
    await lecturer.do(QUESTION, "present")
    await expect(screen.board).to_contain_text(QUESTION)
    await expect(screen.board).to_contain_text("Anonymous")
    await lecturer.do(QUESTION, "answer")
    await lecturer.notify("Coffee is served")
    await expect(screen.band).to_have_text("Coffee is served")
    await expect(phone.page.locator(".notice")).to_contain_text("Coffee is served")


async def it_ends(organiser: Organiser, screen: Screen, lecturer: Lecturer, phone: Phone) -> None:
    await lecturer.end()
    await expect(lecturer.page.locator(".after")).to_contain_text("1 person came")
    await expect(lecturer.page.get_by_role("link", name="Open the replay")).to_be_visible()
    await expect(lecturer.page.locator(".drivebar")).to_have_count(0)
    await expect(screen.board).to_contain_text("Thank you for taking part.")
    await expect(phone.page.locator(".holding")).to_contain_text("Thank you for taking part.")
    assert any(QUESTION in line and "Li Na" not in line for line in await organiser.export("Questions"))
    assert any("South" in line and "Li Na" in line for line in await organiser.export("Votes"))
    assert any(POLL in line for line in await organiser.export("Poll results"))
    assert any("Li Na" in line for line in await organiser.export("Attendance"))
