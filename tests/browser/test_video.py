"""A viewer far away: the video beside the slides, and the slides in step with it.

The stream is the demo's, some eight seconds behind: what the hall sees at once must come to this page later,
and must not be in it before.
"""

from __future__ import annotations

import re
import time

import pytest
from playwright.async_api import Locator, Page, Route, expect

from live.demo import stream
from live.domain.base import Video
from live.domain.notices import Notify
from tests.browser.browsing import CUT, DESKTOP, NOT_FOUND, PHONE, PROJECTOR, Browsing
from tests.browser.show import Show

STREAM = Video(kind="hls", url=stream.PLAYLIST, delay_ms=8_000)
BEHIND_S = 5  # the stream is at least that far behind


class Viewer:
    """Somebody elsewhere, with the page open."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.video = page.locator(".video")
        self.behind = page.locator(".video__behind")
        self.slide = page.locator(".slides__where .number")
        self.over = page.locator(".video__over")

    async def plays(self) -> None:
        await expect(self.video).to_have_attribute("data-state", "playing")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name)

    async def position(self) -> float:
        return float(await self.page.locator("video").evaluate("video => video.currentTime"))


@pytest.fixture
async def streamed(show: Show) -> Show:
    """A broadcast that has begun, with the demo's stream on the same server."""
    show.house.server.app.router.routes.extend(stream.routes(show.house.time))
    await show.watch(STREAM)
    await show.start()
    await show.go(1)
    return show


@pytest.fixture
async def page(show: Show, browsing: Browsing) -> Page:
    return await browsing.page(show.url, DESKTOP)


async def arrive(show: Show, page: Page) -> Viewer:
    await show.seat(page, "attendee", "Li Na", "remote")
    return Viewer(page)


async def test_a_slide_comes_with_its_frame_and_is_not_in_the_page_before(streamed: Show, page: Page) -> None:
    viewer = await arrive(streamed, page)
    await viewer.plays()
    await expect(viewer.behind).to_contain_text("by the stream's own clock")
    await expect(viewer.slide).to_have_text("Slide 1 of 6")
    picture = f"{await streamed.slide(3)}.small.webp"
    async with page.expect_response(lambda answer: answer.url.endswith(picture)):  # it is loaded ahead
        await streamed.order(Notify(text="Mind the step"))
        began = time.monotonic()
        await streamed.go(3)
    assert "Page 3" not in await page.content()
    assert "Mind the step" not in await page.content()
    await expect(viewer.slide).to_have_text("Slide 3 of 6")
    assert time.monotonic() - began > BEHIND_S
    await expect(page.get_by_text("Mind the step")).to_be_visible()


async def test_the_slide_stands_with_the_video_and_goes_back_with_it(streamed: Show, page: Page) -> None:
    viewer = await arrive(streamed, page)
    await viewer.plays()
    await expect(viewer.slide).to_have_text("Slide 1 of 6")
    await streamed.go(2)
    await expect(viewer.slide).to_have_text("Slide 2 of 6")
    await page.keyboard.press("k")
    await expect(viewer.video).to_have_attribute("data-state", "paused")
    await streamed.go(3)
    slider = page.get_by_role("slider", name="Place in the video")
    await slider.evaluate("(it) => { it.value = it.max - 30; it.dispatchEvent(new Event('change')) }")
    await expect(page.locator(".holding")).to_contain_text("Not started yet")
    await viewer.video.hover()
    await viewer.button("Go to live").click()
    await viewer.plays()
    await expect(viewer.slide).to_have_text("Slide 3 of 6")


async def test_when_the_stream_fails_the_slides_go_on_and_it_comes_back(
    streamed: Show, browsing: Browsing, page: Page
) -> None:
    browsing.forgive(CUT)

    async def refuse(route: Route) -> None:
        await route.abort()

    await page.route("**/demo/stream/**", refuse)
    viewer = await arrive(streamed, page)
    await expect(viewer.over).to_contain_text("The video cannot be reached")
    await streamed.go(2)
    await expect(viewer.slide).to_have_text("Slide 2 of 6")
    await page.unroute("**/demo/stream/**")
    await viewer.plays()
    await expect(viewer.over).to_have_count(0)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"status": 404}, "no video at its address"),
        ({"body": "<!doctype html><title>Sign in</title>"}, "is a page, not a stream"),
        (
            {"body": '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS="dvh1.05.01"\nlive.m3u8\n'},
            "cannot play this kind of video",
        ),
    ],
)
async def test_what_is_wrong_is_said_in_words(
    streamed: Show, browsing: Browsing, page: Page, answer: dict[str, object], sentence: str
) -> None:
    browsing.forgive(NOT_FOUND)
    await page.route("**/live.m3u8", lambda route: route.fulfill(**answer))
    viewer = await arrive(streamed, page)
    await expect(viewer.over).to_contain_text(sentence)
    await expect(viewer.behind).to_contain_text("as is usual here")


async def test_without_dates_in_the_stream_the_running_number_sets_the_clock(
    streamed: Show, page: Page
) -> None:
    undated = "\n".join(
        line for line in stream.playlist(streamed.house.time()).splitlines() if "DATE-TIME" not in line
    )
    await page.route("**/live.m3u8", lambda route: route.fulfill(body=undated))
    viewer = await arrive(streamed, page)
    await viewer.plays()
    await expect(viewer.behind).to_contain_text("as is usual here")
    await viewer.behind.click()
    twelve_ago = f"{(streamed.house.time() // 1_000 - 12) % 100:02}"
    for digit in twelve_ago:
        await page.locator(f"[data-digit='{digit}']").click()
    await expect(viewer.behind).to_contain_text("12 seconds ago")
    await expect(viewer.behind).to_contain_text("as you have set it")
    await expect(viewer.button("Press in the moment")).to_be_visible()
    await page.reload()
    await expect(viewer.behind).to_contain_text("as you have set it")
    await viewer.behind.click()
    await viewer.button("Forget what I have set").click()
    await expect(viewer.behind).to_contain_text("as is usual here")


async def test_video_and_slide_are_both_in_sight_on_a_phone(streamed: Show, browsing: Browsing) -> None:
    phone = await browsing.page(streamed.url, PHONE)
    viewer = await arrive(streamed, phone)
    await viewer.plays()
    await expect(viewer.slide).to_have_text("Slide 1 of 6")
    await expect(phone.locator("video")).to_be_in_viewport(ratio=1)
    await expect(phone.locator(".slides__stage")).to_be_in_viewport(ratio=1)


async def test_a_key_swaps_what_is_large_and_the_video_plays_on(streamed: Show, page: Page) -> None:
    viewer = await arrive(streamed, page)
    await viewer.plays()
    await page.keyboard.press("v")
    await expect(viewer.button("Video large")).to_have_attribute("aria-pressed", "true")
    large = await page.locator("video").bounding_box()
    small = await page.locator(".slides__stage").bounding_box()
    assert large is not None
    assert small is not None
    assert large["width"] > small["width"]
    before = await viewer.position()
    await page.wait_for_function("before => document.querySelector('video').currentTime > before", arg=before)


async def test_who_is_in_the_hall_has_no_video_and_waits_for_nothing(streamed: Show, page: Page) -> None:
    await streamed.seat(page, "attendee", "Li Na")
    viewer = Viewer(page)
    await expect(viewer.slide).to_have_text("Slide 1 of 6")
    await streamed.go(2)
    await expect(viewer.slide).to_have_text("Slide 2 of 6", timeout=4_000)
    await expect(viewer.video).to_have_count(0)


async def test_a_screen_elsewhere_shows_the_stream_beside_the_slides_in_its_time(
    streamed: Show, browsing: Browsing
) -> None:
    branch = await browsing.page(streamed.url, PROJECTOR)
    await streamed.seat(branch, "screen")
    await expect(branch.locator(".screen__slide")).to_have_attribute("alt", re.compile("Slide 1"))
    await branch.get_by_role("button", name="This screen is elsewhere").click()
    await expect(branch.locator(".screen__video")).to_have_attribute("data-state", "playing")
    await expect(branch.locator(".screen__slide")).to_have_attribute("alt", re.compile("Slide 1"))
    began = time.monotonic()
    await streamed.go(2)
    await expect(branch.locator(".screen__slide")).to_have_attribute("alt", re.compile("Slide 2"))
    assert time.monotonic() - began > BEHIND_S
