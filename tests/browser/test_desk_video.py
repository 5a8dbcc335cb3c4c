"""The video at the desk: what is wrong is said, a clap corrects it, and the mark runs in the hall."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from live.domain.base import Video
from tests.browser.browsing import DESKTOP, PROJECTOR, Browsing
from tests.browser.show import Show

EMBED = Video(kind="embed", url="https://player.example.org/7", delay_ms=9_000)  # not trusted: no frame


async def at_the_desk(show: Show, browsing: Browsing, video: Video) -> Page:
    await show.watch(video)
    page = await browsing.page(show.url, DESKTOP)
    await show.seat(page, "moderator", "Mo")
    await page.locator("[data-tab=video]").click()
    return page


async def test_what_is_wrong_with_a_stream_is_said_with_what_is_left(show: Show, browsing: Browsing) -> None:
    desk = await at_the_desk(show, browsing, Video(kind="hls", url="/nowhere.m3u8", delay_ms=8_000))
    wrong = desk.locator("[data-trouble=not_found]")
    await expect(wrong).to_contain_text("There is nothing at the video's address (404).", timeout=20_000)
    await expect(wrong).to_contain_text("Slides go on 8 s behind the hall")
    await show.watch(Video())
    await expect(desk.locator("[data-tab=video]")).to_have_count(0)


async def test_a_clap_and_its_nudges_tell_how_far_a_player_is_behind(show: Show, browsing: Browsing) -> None:
    desk = await at_the_desk(show, browsing, EMBED)
    await expect(desk.get_by_text("Viewers are taken to be 9.0 s behind, as set up.")).to_be_visible()
    await desk.locator("[data-do=later]").click()
    await expect(desk.get_by_text("All its viewers are taken to be 9.1 s behind")).to_be_visible()
    await desk.locator("[data-do=clap]").click()
    await desk.locator("[data-do=seen]").click()
    await expect(
        desk.get_by_text(re.compile(r"All its viewers are taken to be \d\.\d s behind"))
    ).to_be_visible()
    await expect(desk.get_by_text("9.1 s")).to_have_count(0)
    await desk.locator("[data-do=by-itself]").click()
    await expect(desk.get_by_text("Viewers are taken to be 9.0 s behind, as set up.")).to_be_visible()


async def test_the_running_mark_is_switched_at_the_desk_and_shown_in_the_hall(
    show: Show, browsing: Browsing
) -> None:
    desk = await at_the_desk(show, browsing, EMBED)
    hall = await browsing.page(show.url, PROJECTOR)
    await show.seat(hall, "screen")
    await expect(hall.locator(".mark")).to_have_count(0)
    await desk.locator("[data-do=mark]").check()
    await expect(hall.locator(".mark")).to_have_text(re.compile(r"^\d\d$"))
    first = await hall.locator(".mark").inner_text()
    await expect(hall.locator(".mark")).not_to_have_text(first)
    obs = await browsing.page(show.url, DESKTOP)
    await obs.goto(f"{show.url}/b/{show.where.slug}/mark")
    await expect(obs.locator(".mark")).to_have_text(re.compile(r"^\d\d$"))
