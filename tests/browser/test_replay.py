"""A broadcast watched again: without a recording by its own pace, with one by the frames of the video."""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest
from playwright.async_api import Page, expect

from live.directory import recordings
from live.domain.ballots import Single
from live.domain.base import Actor
from live.domain.life import EditSetup, End, Start
from live.domain.moderation import Present, SetQuestions
from live.domain.questions import Ask
from live.domain.results import ShowResults
from live.domain.turns import ClosePoll
from live.domain.votes import Vote
from live.paths import ROOT
from live.protocol import Done
from tests.browser.browsing import DESKTOP, PHONE, Browsing
from tests.browser.hands import Organiser
from tests.browser.show import Show
from tests.serving import START

FILM = ROOT / "live/demo/lecture.mp4"
FILM_SECONDS = 100
POLL, QUESTION = "Which way out?", "Who mends the mirror?"
SLIDE = ".replay__screens"

# Each frame of the video that is presented: when in the film it is, and which slide stands beside it.
WATCH = """() => {
  window.seen = [];
  const video = document.querySelector("video");
  const hear = () => video.requestVideoFrameCallback((_now, { mediaTime }) => {
    hear();
    window.seen.push([mediaTime, document.querySelector(".replay__screens").dataset.slide]);
  });
  hear();
}"""


@pytest.fixture
async def over(show: Show) -> Show:
    """A broadcast that is over: six slides in a minute each, a poll, a question, and a pause of an hour."""
    house = show.house
    house.clock, house.now = None, START
    await show.order(SetQuestions(mode="open", anonymous=True))
    await show.start()
    for place in range(1, 7):
        house.now += 60_000
        await show.go(place)
        if place == 2:
            await a_poll_and_a_question(show)
        if place == 4:
            await show.order(End())
            house.now += 3_600_000
            await show.order(Start())
    house.now += 60_000
    await show.order(End())
    await house.database.write(lambda db: recordings.publish(db, show.where.id, house.now))
    await (await house.stage(show.where)).signal(EditSetup())
    return show


async def a_poll_and_a_question(show: Show) -> None:
    house = show.house
    house.now += 10_000
    poll = await show.open_poll(POLL, Single(options=("Left", "Right")))
    voter = Actor(participant="somebody", role="attendee")
    stage = await house.stage(show.where)
    assert isinstance(await stage.order(voter, "v" * 22, Vote(poll=poll, round=1, n=1, choice=(1,))), Done)
    house.now += 20_000
    await show.order(ClosePoll(poll=poll))
    await show.order(ShowResults(poll=poll, shown=True))
    made = await show.order(Ask(key="k" * 22, text=QUESTION, anonymous=False))
    house.now += 10_000
    await show.order(Present(question=made.removeprefix("question/")))


async def watch(show: Show, page: Page) -> None:
    await show.seat(page, "attendee", "Li Na")
    await page.get_by_role("link", name="Watch the replay").click()
    await expect(page.locator(SLIDE)).to_be_visible()


async def on_slide(page: Page, number: int) -> None:
    await expect(page.locator(SLIDE)).to_have_attribute("data-number", str(number))


async def test_slides_come_at_their_pace_and_pauses_are_left_out(over: Show, browsing: Browsing) -> None:
    page = await browsing.page(over.url, DESKTOP)
    await watch(over, page)
    await expect(page.locator(".controls__time")).to_contain_text("/ 7:40")
    await page.keyboard.press("n")
    await on_slide(page, 1)
    await page.keyboard.press("End")
    await on_slide(page, 6)
    for _ in range(7):
        await page.keyboard.press("j")
    await on_slide(page, 5)
    await page.get_by_label("Speed").select_option("2")
    await page.keyboard.press("Space")
    await on_slide(page, 6)  # two seconds in one: ten seconds take five
    await page.get_by_label("Settings and keys").click()
    await page.get_by_label("Skip waits").select_option("10")
    await page.keyboard.press("Home")
    await on_slide(page, 2)  # after two minutes, of which ten seconds twice are left


async def test_a_poll_is_tried_first_and_compared_then(over: Show, browsing: Browsing) -> None:
    page = await browsing.page(over.url, PHONE)
    await watch(over, page)
    await page.get_by_role("tab", name="Polls").click()
    card = page.locator("article.poll")
    await expect(card).to_have_count(0)
    await page.get_by_role("button", name="To the next poll").click()
    await expect(card).to_contain_text("open at this moment")
    await expect(page.locator(".bar, .replay__slide .bars")).to_have_count(0)
    await card.get_by_text("Left").click()
    await card.get_by_role("button", name="Answer").click()
    await expect(card.locator(".bar--lead")).to_contain_text("Right")
    await expect(card.locator(".bar--mine")).to_contain_text("Left")
    await page.reload()
    await page.get_by_role("tab", name="Polls").click()
    await expect(card.locator(".bar--mine")).to_contain_text("Left")
    votes = await over.house.database.read(
        lambda db: [row["choice"] for row in db.execute("SELECT choice FROM vote")]
    )
    assert votes == ["[1]"]


async def test_a_question_stands_where_it_was_on_screen_and_is_found(over: Show, browsing: Browsing) -> None:
    page = await browsing.page(over.url, DESKTOP)
    await watch(over, page)
    await page.get_by_role("searchbox").fill("MIRROR")
    found = page.locator(".chapter")
    await expect(found.locator("mark")).to_have_text("mirror")
    await found.click()
    await expect(page.locator(".replay__slide")).to_contain_text(QUESTION)
    await page.get_by_role("tab", name="Questions").click()
    await expect(page.locator(".question--now")).to_contain_text(QUESTION)
    await page.keyboard.press("Home")
    await expect(page.locator(".question")).to_have_count(0)


async def film(show: Show) -> None:
    """The demo's lecture, which began half a second after the broadcast."""
    folder = show.house.server.app.state.settings.recordings
    folder.mkdir()
    shutil.copy(FILM, folder / "film.mp4")

    def job(db: Any) -> None:
        recordings.put(db, show.where.id, kind="upload", file="film.mp4", name="lecture.mp4", size=1)
        recordings.set_clock(db, show.where.id, [recordings.Part(media_ms=0, wall_at=START + 500)], 0)

    await show.house.database.write(job)


async def filmed(show: Show) -> None:
    """Live as long as the film is, with a slide every second or two."""
    house = show.house
    house.clock, house.now = None, START
    await show.start()
    for step in range(60):
        house.now += 900 + 700 * (step % 3)
        await show.go(step * 5 % 6 + 1)
    house.now = START + 1_000 * FILM_SECONDS
    await show.order(End())
    await film(show)


async def test_every_frame_of_a_recording_has_its_slide(show: Show, browsing: Browsing) -> None:
    await filmed(show)
    page = await browsing.page(show.url, DESKTOP)
    await show.seat(page, "lecturer", "Zhou Min")
    await page.goto(f"/b/{show.where.slug}/replay")
    await page.evaluate(WATCH)
    await page.locator("[data-do=play]").click()
    for place, speed in ((10, 1), (71, 1), (30.5, 2), (55, 2), (3, 1.5)):
        await page.get_by_label("Speed").select_option(str(speed))
        known = len(await page.evaluate("seen"))
        await page.evaluate("place => { document.querySelector('video').currentTime = place; }", place)
        await page.wait_for_function("known => seen.length > known + 25", arg=known)
    cues = cues_of(json.loads(await page.locator("#first").text_content() or ""))
    seen = [(START + 500 + 1_000 * place, slide) for place, slide in await page.evaluate("seen")]
    wrong = [(wall, slide) for wall, slide in seen if slide != slide_at(cues, wall)]
    assert wrong == []
    assert len(seen) >= 125


def cues_of(first: dict[str, Any]) -> list[tuple[int, str]]:
    cues = (doc for key, doc in first["docs"].items() if key.startswith("cue/"))
    return sorted(((doc["at"], doc.get("slide", "")) for doc in cues), key=lambda cue: cue[0])


def slide_at(cues: list[tuple[int, str]], wall: float) -> str:
    return next((slide for at, slide in reversed(cues) if at <= wall), "")


async def test_an_organiser_uploads_a_recording_and_sets_its_clock(over: Show, browsing: Browsing) -> None:
    page = await browsing.page(over.url, DESKTOP)
    setup_link = over.house.server.app.state.auth.setup_link
    await Organiser(page).make_account(await over.house.database.write(setup_link))
    await expect(page.get_by_role("link", name="New broadcast")).to_be_visible()
    await page.goto(f"/broadcasts/{over.where.slug}#recording")
    await page.locator("[name=recording]").set_input_files(FILM)
    await expect(page.locator("#recording")).to_contain_text("not set yet")
    await page.get_by_role("link", name="Open the replay").click()
    await page.get_by_text("When was this recorded?").click()
    tool = page.locator(".clock-tool")
    await expect(tool).to_contain_text("not set")
    await tool.get_by_label("At this very frame of the video").select_option(str(START + 120_000))
    await tool.get_by_role("button", name="Set", exact=True).click()
    await on_slide(page, 2)
    await tool.get_by_role("button", name="−1", exact=True).click()
    await on_slide(page, 1)
    await tool.get_by_role("button", name="Save the time").click()
    await expect(tool.locator("[data-clock]")).to_have_attribute("data-clock", "saved")
    kept = await over.house.database.read(lambda db: recordings.find(db, over.where.id))
    assert [(part.media_ms, part.wall_at) for part in kept.parts] == [(0, START + 119_000)]
