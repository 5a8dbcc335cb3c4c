"""The lecturer and a moderator at the desk: who drives, keys and clicker, polls on the spot, the queue."""

from __future__ import annotations

import secrets

import pytest
from playwright.async_api import expect

from tests.browser.browsing import DESKTOP, PHONE, PROJECTOR, Browsing
from tests.browser.hands import Lecturer, Phone, Screen
from tests.browser.show import Show


@pytest.fixture
async def lecturer(show: Show, browsing: Browsing) -> Lecturer:
    """At the desk of a broadcast that runs, with the drive."""
    lecturer = Lecturer(await browsing.page(show.url, DESKTOP))
    await show.seat(lecturer.page, "lecturer", "Chen Wei")
    await lecturer.is_connected()
    await lecturer.start()
    return lecturer


@pytest.fixture
async def screen(show: Show, browsing: Browsing) -> Screen:
    screen = Screen(await browsing.page(show.url, PROJECTOR))
    await show.seat(screen.page, "screen")
    return screen


async def asked(show: Show, *questions: str) -> None:
    """Questions of people who are not there."""
    guest = await show.house.guest(show.where, name="Li Na", unit="Workshop 1")
    for text in questions:
        await guest.do("ask", key=secrets.token_urlsafe(16), text=text, anonymous=False)


async def test_every_key_of_a_clicker_moves_the_slides(lecturer: Lecturer, screen: Screen) -> None:
    await lecturer.press("PageDown")
    await screen.shows_page(1)
    await lecturer.press("PageDown", "ArrowRight", "ArrowDown")
    await screen.shows_page(4)  # quick presses are counted, each of them
    await lecturer.press("PageUp", "ArrowLeft")
    await screen.shows_page(2)
    await lecturer.press("End")
    await screen.shows_page(6)
    await lecturer.press("Home")
    await screen.shows_page(1)


async def test_a_number_and_enter_jump_and_b_makes_the_stage_blank(
    lecturer: Lecturer, screen: Screen
) -> None:
    await lecturer.press("5")
    await expect(lecturer.page.locator(".typed")).to_contain_text("Page 5")
    await lecturer.press("Enter")
    await screen.shows_page(5)
    await lecturer.press("b")
    await screen.is_blank()
    await expect(lecturer.stage).to_contain_text("The stage is blank for a moment.")
    await lecturer.press("b")
    await screen.shows_page(5)
    await lecturer.press("9", "Enter")
    await expect(lecturer.toasts).to_contain_text("Slide 9 is not in the rundown.")
    await screen.shows_page(5)


async def test_one_person_drives_and_the_other_asks_for_it(
    show: Show, browsing: Browsing, lecturer: Lecturer, screen: Screen
) -> None:
    moderator = Lecturer(await browsing.page(show.url, DESKTOP))
    await show.seat(moderator.page, "moderator", "Sun Hao")
    await moderator.is_connected()
    await moderator.press("ArrowRight")
    await expect(moderator.toasts).to_contain_text("Chen Wei drives.")
    await moderator.drive.get_by_role("button", name="Request the drive").click()
    request = lecturer.page.get_by_role("alert")
    await expect(request).to_contain_text("Sun Hao asks for the drive")
    await request.get_by_role("button", name="Hand over").click()
    await expect(moderator.drive).to_have_attribute("data-drive", "mine")
    await moderator.press("ArrowRight")
    await screen.shows_page(1)
    await lecturer.drive.get_by_role("button", name="Take the drive").click()
    await expect(moderator.drive).to_have_attribute("data-drive", "theirs")
    await expect(lecturer.drive).to_have_attribute("data-drive", "mine")
    await lecturer.press("ArrowRight")
    await screen.shows_page(2)


async def test_a_poll_on_the_spot_takes_five_actions(
    show: Show, browsing: Browsing, lecturer: Lecturer, screen: Screen
) -> None:
    phone = Phone(await browsing.page(show.url, PHONE))
    await show.seat(phone.page, "attendee", "Li Na")
    await lecturer.press("p")  # 1
    await expect(lecturer.page.get_by_label("What do you ask?")).to_be_focused()
    await lecturer.page.keyboard.insert_text("All clear?")  # 2
    await lecturer.press("Enter")  # 3: on to the options
    await expect(lecturer.page.get_by_label("Options, one a line")).to_be_focused()
    await lecturer.page.keyboard.insert_text("Yes\nNo")  # 4
    await lecturer.press("Control+Enter")  # 5
    await expect(screen.board).to_contain_text("All clear?")
    await phone.vote("Yes")
    await expect(lecturer.page.locator(".desk-poll__turnout").first).to_contain_text("1 of 1 has voted")
    await lecturer.press("PageDown")
    await screen.shows_page(1)
    await expect(lecturer.page.locator(".poll-line")).to_contain_text("All clear?")  # open, and not on stage
    await expect(lecturer.page.locator(".poll-line")).to_contain_text("1 of 1 has voted")
    await lecturer.page.locator("[data-do=stage]").click()
    await lecturer.press("c")
    await expect(lecturer.toasts).to_contain_text("The poll is closed.")
    await lecturer.undo()
    await expect(lecturer.page.locator(".desk-poll")).to_have_attribute("data-state", "open")
    await lecturer.press("r")
    await expect(screen.board.locator(".bar--lead")).to_contain_text("Yes")
    await lecturer.press("r")
    await expect(screen.board.locator(".tally--hidden")).to_be_visible()


async def test_a_ready_made_poll_needs_only_its_question(lecturer: Lecturer, screen: Screen) -> None:
    await lecturer.press("p")
    await lecturer.page.get_by_role("button", name="Yes / No").click()
    await lecturer.page.get_by_label("What do you ask?").fill("Break now?")
    await lecturer.press("Control+Enter")
    await expect(screen.board).to_contain_text("Break now?")


async def test_a_poll_is_run_again_from_zero_and_the_former_round_is_kept(
    show: Show, lecturer: Lecturer, screen: Screen
) -> None:
    await lecturer.press("p")
    await lecturer.page.get_by_role("button", name="Yes / No").click()
    await lecturer.page.get_by_label("What do you ask?").fill("Understood?")
    await lecturer.press("Control+Enter")
    await expect(screen.board).to_contain_text("Understood?")
    guest = await show.house.guest(show.where, name="Li Na")
    await guest.do("vote", poll=1, round=1, n=1, choice=[0], seen_at=show.house.time())
    await lecturer.page.locator(".desk-tabs [data-tab=questions]").click()
    await expect(lecturer.page.locator(".now__sofar")).to_contain_text("100%")
    await lecturer.page.locator(".desk-tabs [data-tab=polls]").click()
    await lecturer.press("c")
    card = lecturer.page.locator(".desk-poll")
    await card.get_by_role("button", name="Run again").click()
    await card.get_by_role("button", name="Start the round").click()
    await expect(screen.board).to_contain_text("Round 2")
    await expect(screen.board).to_contain_text("0 have voted")
    await card.get_by_text("1 former round").click()
    await expect(card.locator(".desk-poll__former")).to_contain_text("1 vote")


async def test_the_queue_is_worked_by_keys_and_each_step_taken_back(
    show: Show, lecturer: Lecturer, screen: Screen
) -> None:
    await asked(show, "Who pays?", "When is it over?")
    await lecturer.see("questions")
    await expect(lecturer.queue).to_contain_text("2 are waiting")
    await lecturer.press("j", "a")
    await expect(lecturer.queue).to_contain_text("1 is waiting")
    await lecturer.press("s")
    await expect(screen.board).to_contain_text("When is it over?")
    await lecturer.press("u")
    await expect(screen.board).not_to_contain_text("When is it over?")
    await expect(lecturer.queue).to_contain_text("1 is waiting")
    await lecturer.press("u")
    await expect(lecturer.queue).to_contain_text("2 are waiting")


async def test_each_button_of_a_question_can_be_undone(
    show: Show, lecturer: Lecturer, screen: Screen
) -> None:
    await asked(show, "Who pays?")
    await lecturer.see("questions")
    await lecturer.do("Who pays?", "dismiss")
    await expect(lecturer.queue).to_contain_text("1 done")
    await lecturer.undo()
    await expect(lecturer.queue).to_contain_text("1 is waiting")
    await lecturer.do("Who pays?", "present")
    await expect(screen.board).to_contain_text("Li Na · Workshop 1")
    await lecturer.do("Who pays?", "answer")
    await expect(screen.board).not_to_contain_text("Who pays?")
    await lecturer.undo()
    await expect(screen.board).to_contain_text("Who pays?")


async def test_an_edit_keeps_the_original_and_can_be_undone(show: Show, lecturer: Lecturer) -> None:
    await asked(show, "Who pays the dammages?")
    await lecturer.see("questions")
    await lecturer.do("Who pays", "edit")
    await lecturer.page.get_by_label("The wording of the question").fill("Who pays the damages?")
    await lecturer.press("Control+Enter")
    await expect(lecturer.question("damages?")).to_contain_text("Original Who pays the dammages?")
    await lecturer.undo()
    await expect(lecturer.queue).not_to_contain_text("damages?")


async def test_the_desk_sees_who_is_there_by_site_and_unit(show: Show, lecturer: Lecturer) -> None:
    await show.house.guest(show.where, name="Li Na", unit="Workshop 1", site="room")
    away = await show.house.guest(show.where, name="Wang Wei", unit="Logistics", site="remote")
    await lecturer.see("people")
    people = lecturer.page.locator(".people")
    await expect(people.get_by_role("region", name="Attendees by site")).to_contain_text("Remote")
    await expect(people.get_by_role("region", name="Attendees by unit")).to_contain_text("Logistics")
    await away.leave()
    await expect(people.locator("[data-person]").filter(has_text="Wang Wei")).to_contain_text("away")
    await expect(people.get_by_role("region", name="Attendees by unit")).not_to_contain_text("Logistics")


async def test_two_fields_typed_within_one_frame_keep_both(lecturer: Lecturer, screen: Screen) -> None:
    await lecturer.press("p")
    await expect(lecturer.page.get_by_label("What do you ask?")).to_be_focused()
    await lecturer.page.evaluate(
        """() => {
          for (const [name, text] of [["title", "Fast?"], ["options", "Yes\\nNo"]]) {
            const field = document.querySelector(`#compose [name=${name}]`);
            field.value = text;
            field.dispatchEvent(new Event("input", { bubbles: true }));
          }
        }"""
    )
    await lecturer.press("Control+Enter")
    await expect(screen.board).to_contain_text("Fast?")
