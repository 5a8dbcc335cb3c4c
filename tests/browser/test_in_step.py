"""In step: who watches the demo's stream has beside each frame the slide that was on stage when it was taken.

The film tells by its pixels when a frame was taken: a ring closes each second, and one more dash is lit at
full ten seconds. One such frame and the places of the others in the video give the time of all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.async_api import Page, expect

from live.demo import stream
from live.directory import videos
from live.domain.base import Video
from tests.browser.browsing import DESKTOP, PROJECTOR, Browsing
from tests.browser.hands import Screen
from tests.browser.show import Show

FRAME_MS = 1_000 / 15
BEAT_MS = stream.BEAT_SECONDS * 1_000
DASHES = stream.LOOP_SECONDS // stream.BEAT_SECONDS
BEHIND_MS = (4_000, 30_000)  # a player three segments back, on a busy machine


@dataclass(frozen=True)
class Frame:
    """A frame of the film: when it was taken and when it was shown (ms), and which slide was beside it."""

    at: float
    wall: int
    slide: int | None


# Of each frame: how many dashes are lit, whether the ring is empty, its place in the video (ms), when it was
# shown, and the slide beside it.
WATCH = """() => {
  const video = document.querySelector("video");
  const canvas = new OffscreenCanvas(768, 432);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const amber = (x, y) => {
    const [red, green, blue] = pen.getImageData(x, y, 1, 1).data;
    return red > 200 && green > 120 && blue < 90;
  };
  globalThis.watched = [];
  const look = (_now, { mediaTime }) => {
    video.requestVideoFrameCallback(look);
    pen.drawImage(video, 0, 0, 768, 432);
    const dashes = [...Array(10).keys()].filter((dash) => amber(83 + Math.round(44.64 * dash), 295)).length;
    const seen = { dashes, fresh: !amber(678, 28), place: mediaTime * 1000, wall: Date.now() };
    requestAnimationFrame(() => {
      const picture = document.querySelector(".slides__stage img.slide__picture");
      globalThis.watched.push({ ...seen, slide: picture?.alt });
    });
  };
  video.requestVideoFrameCallback(look);
}"""
# Until page 2 has been there for a while, and there was a frame of which we know when it was taken: the ring
# is empty at a full second, and when the next picture has been drawn another dash is lit.
WATCHED = """async () => {
  const dashes = (at) => watched[at]?.dashes;
  const known = () => watched.findIndex(({ fresh }, at) => fresh && dashes(at - 1) < dashes(at + 8));
  const settled = () => watched.filter(({ slide }) => slide?.startsWith("Slide 2.")).length > 30;
  while (!settled() || known() < 0) await new Promise((done) => setTimeout(done, 100));
  const at = known();
  return { watched, known: { ...watched[at], dashes: watched[at + 8].dashes } };
}"""


@pytest.fixture
async def remote(show: Show, browsing: Browsing) -> Page:
    """Somebody elsewhere, who watches the stream while page 1 is on stage."""
    show.house.server.app.router.routes.extend(stream.routes(show.house.time))
    video = Video(kind="hls", url=stream.PLAYLIST, delay_ms=8_000)
    await show.house.database.write(lambda db: videos.put(db, show.where.id, video))
    await show.house.server.app.state.stages.edited()
    await show.start()
    await show.go(1)
    page = await browsing.page(show.url, DESKTOP)
    await show.seat(page, "attendee", "Li Na", site="remote")
    await expect(page.locator("[data-rung=playlist]")).to_be_visible()
    await expect(page.locator("[data-state=playing]")).to_be_visible()
    return page


async def test_the_slide_goes_with_the_frame_while_the_hall_is_ahead(
    show: Show, browsing: Browsing, remote: Page
) -> None:
    screen = Screen(await browsing.page(show.url, PROJECTOR))
    await show.seat(screen.page, "screen")
    await remote.evaluate(WATCH)
    await show.go(2)
    await screen.shows_page(2)
    await expect(remote.get_by_text("Slide 2 of")).to_have_count(0)
    seen = frames(**await remote.evaluate(WATCHED))
    one, two = [doc["at"] for key, doc in (await show.docs()).items() if key.startswith("cue/")]
    wrong = [
        each
        for each in seen
        if min(abs(each.at - one), abs(each.at - two)) > FRAME_MS  # so near to a cue either is right
        and each.slide != (2 if each.at > two else 1 if each.at > one else None)
    ]
    assert wrong == []
    assert {1, 2} <= {each.slide for each in seen}
    assert all(BEHIND_MS[0] < each.wall - each.at < BEHIND_MS[1] for each in seen)


def frames(watched: list[dict[str, Any]], known: dict[str, Any]) -> list[Frame]:
    """When each was taken, from the one of which we know it: at full ten seconds."""
    now = known["wall"] // BEAT_MS
    beat = now - (now - (known["dashes"] - 1)) % DASHES
    return [
        Frame(
            at=beat * BEAT_MS + each["place"] - known["place"],
            wall=each["wall"],
            slide=int(each["slide"][6]) if each.get("slide") else None,
        )
        for each in watched
    ]
