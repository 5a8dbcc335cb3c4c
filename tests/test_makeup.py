"""Make-up: what of a replay is kept of an attendee, and what is not believed."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from live.directory import makeup
from live.directory.broadcasts import Broadcast
from live.directory.recordings import Span
from live.domain import life
from live.domain.base import Actor
from tests.doorway import Browser, Site, join, site_in

MINUTE = 60_000
LECTURER = Actor(participant="lecturer", role="lecturer")


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with site_in(tmp_path) as site:
        yield site


async def over(site: Site, organiser: Browser) -> Broadcast:
    """Twenty minutes, a pause of ten, ten minutes more; then the replay is opened."""
    where = await site.broadcast(roster=[("Li Na", "Depot")])
    stage = await site.app.state.stages.get(where.id)
    for command, minutes in ((life.Start(), 20), (life.End(), 10), (life.Start(), 10), (life.End(), 0)):
        await stage.order(LECTURER, f"command-{site.now:016d}", command)
        site.now += minutes * MINUTE
    await organiser.fill(f"/broadcasts/{where.slug}/recording/published", published="on")
    return where


async def say(
    browser: Browser, where: Broadcast, played: list[tuple[int, int]], tried: list[str] | None = None
) -> httpx.Response:
    return await browser.post(
        f"/b/{where.slug}/replay/watched", json={"played": played, "tried": tried or []}
    )


async def lines(organiser: Browser, where: Broadcast) -> list[dict[str, str]]:
    text = (await organiser.get(f"/broadcasts/{where.slug}/export/makeup.csv")).text
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


async def test_every_moment_counts_once_and_pauses_never(site: Site) -> None:
    start, organiser = site.now, await site.organiser()
    where, viewer = await over(site, organiser), site.browser()
    await join(viewer, where.code, unit="Depot")
    assert (await say(viewer, where, [])).status_code == 200
    site.now += 30 * MINUTE
    assert (await say(viewer, where, [(start, start + 10 * MINUTE)], ["1/1"])).status_code == 200
    again = [(start + 5 * MINUTE, start + 12 * MINUTE), (start + 18 * MINUTE, start + 32 * MINUTE)]
    answer = await say(viewer, where, again, ["1/1", "2/1"])
    assert (answer.status_code, answer.json()) == (200, {"played_ms": 16 * MINUTE})  # what the viewer is told
    (line,) = await lines(organiser, where)
    assert line["Full name"] == "Li Na"
    assert line["Played, h:mm:ss"] == "0:16:00"  # 12 minutes, and 2 on either side of the pause
    assert (line["Percent of the live time"], line["Polls tried"]) == ("53", "2")


async def test_more_than_can_be_played_at_double_speed_is_not_believed(site: Site) -> None:
    start, organiser = site.now, await site.organiser()
    where, viewer = await over(site, organiser), site.browser()
    await join(viewer, where.code)
    await say(viewer, where, [])
    site.now += 2 * MINUTE
    answer = await say(viewer, where, [(start, start + 6 * MINUTE)])
    assert (answer.status_code, answer.json()) == (409, {"played_ms": 0})
    assert (await say(viewer, where, [(start, start + 5 * MINUTE)])).status_code == 200
    (line,) = await lines(organiser, where)
    assert line["Played, seconds"] == "300"


async def test_only_attendees_are_recorded_and_only_while_it_is_open(site: Site) -> None:
    organiser = await site.organiser()
    where, viewer = await over(site, organiser), site.browser()
    await join(viewer, where.code)
    assert (await say(organiser, where, [])).status_code == 404
    assert (await say(site.browser(), where, [])).status_code == 404
    await organiser.fill(f"/broadcasts/{where.slug}/recording/published", published="")
    assert (await say(viewer, where, [])).status_code == 404
    assert await lines(organiser, where) == []


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"played": [[1]], "tried": []},
        {"played": [[-1, 2]], "tried": []},
        {"played": [[1, 2]] * 501, "tried": []},
        {"played": [], "tried": ["=1+1"]},
        {"played": [], "tried": [], "name": "Li Na"},
    ],
)
async def test_what_is_no_report_is_refused(site: Site, said: dict[str, Any]) -> None:
    organiser = await site.organiser()
    where, viewer = await over(site, organiser), site.browser()
    await join(viewer, where.code)
    answer = await viewer.post(f"/b/{where.slug}/replay/watched", json=said)
    assert answer.status_code == 422


async def test_the_record_of_who_was_there_stays_as_it_was(site: Site) -> None:
    start, organiser = site.now, await site.organiser()
    where, viewer = await over(site, organiser), site.browser()
    await join(viewer, where.code)
    before = (await organiser.get(f"/broadcasts/{where.slug}/export/attendance.csv")).text
    await viewer.get(f"/b/{where.slug}/replay")
    await say(viewer, where, [(start, start + MINUTE)])
    after = (await organiser.get(f"/broadcasts/{where.slug}/export/attendance.csv")).text
    assert after == before


def test_moments_are_united_and_cut_at_the_bounds() -> None:
    assert makeup.united([(5, 9), (1, 3), (2, 6), (9, 9), (20, 21)]) == [(1, 9), (20, 21)]
    spans = (Span(since=10, until=20), Span(since=30, until=None))
    assert makeup.within([(0, 100)], spans, 40) == [(10, 20), (30, 40)]
    assert makeup.within([(20, 30)], spans, 40) == []
