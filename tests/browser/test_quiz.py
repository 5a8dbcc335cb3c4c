"""A quiz in real browsers: from the editor to the verdict, a form on one card, the scoreboard on stage."""

from __future__ import annotations

from playwright.async_api import expect

from live.domain.ballots import Rating, Single
from live.domain.base import Video
from live.domain.polls import AddPoll
from live.domain.quiz import Quiz
from live.domain.results import ShowResults
from live.domain.turns import ClosePoll, OpenPoll
from tests.browser.browsing import DESKTOP, PHONE, PROJECTOR, Browsing
from tests.browser.hands import Lecturer, Phone, Screen
from tests.browser.show import Show

ASKED = Single(options=("Go in", "Call for help"))
WHY = "Blind rescue makes three victims of one."
BEHIND = Video(kind="embed", url="https://player.example.org/7", delay_ms=6_000)  # not trusted: no frame
CALL = Quiz(right=(1,), explanation=WHY)


async def come_in(show: Show, browsing: Browsing, name: str = "Li Na") -> Phone:
    phone = Phone(await browsing.page(show.url, PHONE))
    await show.seat(phone.page, "attendee", name)
    await phone.open("poll")
    return phone


async def test_a_question_goes_from_the_editor_to_the_verdict(show: Show, browsing: Browsing) -> None:
    await show.start()
    phone = await come_in(show, browsing)
    lecturer = Lecturer(await browsing.page(show.url, DESKTOP))
    await lecturer.come_in(show.link("lecturer"))
    desk = lecturer.page
    await lecturer.see("polls")
    await lecturer.press("p")
    await desk.get_by_label("What do you ask?").fill("Somebody lies in the tank?")
    await desk.get_by_label("Options, one a line").fill("Go in\nCall for help")
    await desk.get_by_label("There is a right answer").check()
    await desk.locator("[data-right]").get_by_text("Call for help").click()
    await desk.get_by_label("Why it is right").fill(WHY)
    await desk.get_by_label("Points").press("ArrowUp")  # from ten
    await desk.get_by_role("button", name="Open now").click()

    card = phone.page.locator("article.poll")
    await expect(card).to_contain_text("11 points")
    await phone.vote("Call for help")
    await expect(card.locator("[data-vote=sent]")).to_be_visible()
    await desk.get_by_role("button", name="Close it").click()
    await expect(card).to_contain_text("Poll, closed")
    assert WHY not in await phone.page.content()
    await desk.locator(".poll-line [data-do=results]").click()
    await expect(card.locator(".verdict--right")).to_have_text("Right 11 of 11 points", use_inner_text=True)
    await phone.page.reload()
    await expect(card.locator(".verdict--right")).to_contain_text("11 of 11 points")
    await expect(card.locator(".solution")).to_contain_text(WHY)


async def test_a_form_is_answered_on_one_card_with_one_button(show: Show, browsing: Browsing) -> None:
    await show.start()
    phone = await come_in(show, browsing)
    await show.order(AddPoll(title="Was it clear?", ballot=ASKED, form="Feedback"))
    await show.order(AddPoll(title="How useful was it?", ballot=Rating(), form="Feedback"))
    await show.order(OpenPoll(poll=1))
    form = phone.page.locator("[data-form=Feedback]")
    await expect(form.get_by_role("button", name="Send")).to_be_disabled()
    await phone.tap(form.get_by_text("Call for help"))
    await expect(form).to_contain_text("1 question is not answered yet.")
    await phone.tap(form.get_by_text("4", exact=True))
    await phone.tap(form.get_by_role("button", name="Send"))
    await expect(phone.page.locator("[data-vote=sent]")).to_have_count(2)
    await expect(form).to_have_count(0)
    await expect(phone.page.locator("article.poll")).to_contain_text(["1 vote", "1 vote"])


async def test_the_scoreboard_comes_on_stage_when_the_desk_brings_it(show: Show, browsing: Browsing) -> None:
    await show.start()
    phone = await come_in(show, browsing)
    screen = Screen(await browsing.page(show.url, PROJECTOR))
    await screen.switch_on(show.link("screen"))
    await show.order(AddPoll(title="Somebody lies in the tank?", ballot=ASKED, quiz=CALL))
    await show.order(OpenPoll(poll=1))
    await phone.vote("Call for help")
    await expect(phone.page.locator("[data-vote=sent]")).to_be_visible()
    await show.order(ClosePoll(poll=1))
    lecturer = Lecturer(await browsing.page(show.url, DESKTOP))
    await lecturer.come_in(show.link("lecturer"))
    await lecturer.see("polls")
    await lecturer.page.locator(".desk-scores summary").click()
    await lecturer.page.locator("[data-do=scores]").click()
    await expect(screen.board.locator(".score")).to_contain_text(["Li Na"])
    await phone.open("slide")
    await expect(phone.page.locator("[data-scores] .score")).to_contain_text(["Li Na"])


async def test_nobody_finds_the_right_answer_before_their_own_hall_shows_it(
    show: Show, browsing: Browsing
) -> None:
    """Before it is shown no frame tells it; to who is behind it has come, and is not drawn yet."""
    await show.watch(BEHIND)
    await show.start()
    page = await browsing.page(show.url, PHONE)
    frames: list[str] = []
    async with page.expect_websocket() as opened:
        await show.seat(page, "attendee", "Li Na", site="remote")
    socket = await opened.value
    socket.on("framereceived", lambda said: frames.append(str(said)))
    await Phone(page).open("poll")
    await show.order(AddPoll(title="Somebody lies in the tank?", ballot=ASKED, quiz=CALL))
    await show.order(OpenPoll(poll=1))
    card = page.locator("article.poll")
    await expect(card).to_contain_text("10 points")
    await show.order(ClosePoll(poll=1))
    assert any("poll/1" in frame for frame in frames)
    assert not any(WHY in frame for frame in frames)
    async with socket.expect_event("framereceived", lambda said: WHY in str(said)):
        await show.order(ShowResults(poll=1, shown=True))
    assert WHY not in await page.content()
    await expect(card.locator(".solution")).to_contain_text(WHY)
