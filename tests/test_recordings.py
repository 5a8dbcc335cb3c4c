"""The recording of a broadcast: its address or its file in pieces, its clock, and who may watch it again."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from live.directory import recordings
from live.directory.broadcasts import Broadcast
from live.domain import life
from live.domain.base import Actor
from live.pages import recording, recording_upload
from tests.doorway import Browser, Site, join, leads_to, site_in

VIDEO = b"\0\0\0\x20ftypisom" + bytes(range(256)) * 40
LECTURER = Actor(participant="lecturer", role="lecturer")
FRAME = re.compile(r'<script type="application/json" id="first">(.*?)</script>', re.DOTALL)


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with site_in(tmp_path) as site:
        yield site


async def piece(
    browser: Browser,
    where: Broadcast,
    body: bytes,
    at: int = 0,
    size: int = len(VIDEO),
    name: str = "course.mp4",
) -> httpx.Response:
    headers = {"X-File-Name": name, "X-File-Size": str(size), "X-File-At": str(at)}
    return await browser.put(f"/broadcasts/{where.slug}/recording/file", content=body, headers=headers)


async def known(site: Site, where: Broadcast) -> recordings.Recording:
    return await site.database.read(lambda db: recordings.find(db, where.id))


async def ended(site: Site, where: Broadcast) -> None:
    """Live for ten minutes, and again for five after a pause of twenty."""
    stage = await site.app.state.stages.get(where.id)
    for command, minutes in ((life.Start(), 10), (life.End(), 20), (life.Start(), 5), (life.End(), 0)):
        await stage.order(LECTURER, f"command-{site.now:016d}", command)
        site.now += minutes * 60_000


async def publish(organiser: Browser, where: Broadcast, on: str = "on") -> None:
    address = f"/broadcasts/{where.slug}/recording/published"
    assert (await organiser.fill(address, published=on)).status_code == 303


async def attendee(site: Site, where: Broadcast) -> Browser:
    browser = site.browser()
    await join(browser, where.code)
    return browser


def doc(answer: httpx.Response) -> dict[str, Any]:
    found = FRAME.search(answer.text)
    assert found is not None, answer.text
    told: dict[str, Any] = json.loads(found[1])["docs"]["recording"]
    return told


# Who may watch


async def test_a_replay_is_for_the_desk_until_it_is_opened_to_those_with_a_seat(site: Site) -> None:
    organiser, where = await site.organiser(), await site.broadcast()
    await ended(site, where)
    viewer, address = await attendee(site, where), f"/b/{where.slug}/replay"
    assert leads_to(await site.browser().get(address), "/join")
    assert (await viewer.get(address)).status_code == 403
    assert doc(await organiser.get(address))["published"] is False
    await publish(organiser, where)
    assert doc(await viewer.get(address))["may_set"] is False
    await publish(organiser, where, on="")
    assert (await viewer.get(address)).status_code == 403


async def test_the_page_of_the_broadcast_knows_that_there_is_a_replay(site: Site) -> None:
    organiser, where = await site.organiser(), await site.broadcast()
    await ended(site, where)
    stage = await site.app.state.stages.get(where.id)
    assert b'"replay"' not in stage.feed("attendee").all()["broadcast"]
    await publish(organiser, where)
    assert b'"replay":true' in stage.feed("attendee").all()["broadcast"]


async def test_a_replay_knows_when_it_was_live_and_when_it_was_not(site: Site) -> None:
    organiser, where = await site.organiser(), await site.broadcast()
    start = site.now
    await ended(site, where)
    spans = doc(await organiser.get(f"/b/{where.slug}/replay"))["spans"]
    minute = 60_000
    assert spans == [
        {"since": start, "until": start + 10 * minute},
        {"since": start + 30 * minute, "until": start + 35 * minute},
    ]


# An address


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://video.example.org/course/index.m3u8", "hls"),
        ("https://video.example.org/play?format=m3u8", "hls"),
        ("https://video.example.org/course.mp4", "file"),
        ("http://192.168.1.7:8080/course.webm", "file"),
    ],
)
def test_an_address_says_what_it_leads_to(address: str, kind: str) -> None:
    assert recording.kind_of(address) == kind


@pytest.mark.parametrize(
    "address",
    [
        "course.mp4",
        "ftp://video.example.org/course.mp4",
        "javascript:alert(1)",
        "https://me:secret@video.example.org/course.mp4",
        "https://video.example.org;script-src *",
        "https://video.example.org/a b.mp4",
        "https://[::1/course.mp4",
        f"https://video.example.org/{'x' * 2_000}.mp4",
    ],
)
def test_what_is_no_address_of_a_video_is_refused(address: str) -> None:
    assert recording.kind_of(address) is None


async def test_the_policy_of_a_replay_lets_its_video_in_and_no_other(site: Site) -> None:
    organiser, where = await site.organiser(), await site.broadcast()
    await ended(site, where)
    address = "https://video.example.org:8443/course/index.m3u8"
    assert leads_to(
        await organiser.fill(f"/broadcasts/{where.slug}/recording", address=address),
        f"/broadcasts/{where.slug}#recording",
    )
    answer = await organiser.get(f"/b/{where.slug}/replay")
    assert (doc(answer)["kind"], doc(answer)["url"]) == ("hls", address)
    policy = answer.headers["content-security-policy"]
    said = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert said["connect-src"] == "'self' ws://live.test https://video.example.org:8443"
    assert said["media-src"] == "'self' blob: data: https://video.example.org:8443"
    assert said["script-src"] == "'self'"
    other = (await organiser.get(f"/b/{where.slug}/desk")).headers["content-security-policy"]
    assert "video.example.org" not in other


async def test_a_wrong_address_says_so_and_changes_nothing(site: Site) -> None:
    organiser, where = await site.organiser(), await site.broadcast()
    answer = await organiser.fill(f"/broadcasts/{where.slug}/recording", address="somewhere")
    assert answer.status_code == 422
    assert "not the address of a video" in answer.text
    assert (await known(site, where)).kind == "none"


# A file


async def test_a_file_arrives_in_pieces_and_goes_on_where_it_broke(site: Site) -> None:
    organiser, where = await site.organiser(), await site.broadcast()
    first = await piece(organiser, where, VIDEO[:3_000])
    assert first.json() == {"received": 3_000, "done": False}
    again = await piece(organiser, where, VIDEO[:3_000])  # as a page does that knows nothing any more
    assert (again.status_code, again.json()["received"]) == (409, 3_000)
    last = await piece(organiser, where, VIDEO[3_000:], at=3_000)
    assert last.json() == {"received": len(VIDEO), "done": True}
    kept = await known(site, where)
    assert (kept.kind, kept.name, kept.size) == ("upload", "course.mp4", len(VIDEO))
    folder = site.app.state.settings.recordings
    assert [path.name for path in folder.iterdir()] == [kept.file]
    assert (folder / kept.file).read_bytes() == VIDEO


async def test_more_than_was_said_is_not_taken(site: Site) -> None:
    organiser, where = await site.organiser(), await site.broadcast()
    await piece(organiser, where, VIDEO + b"and more")
    kept = await known(site, where)
    assert (site.app.state.settings.recordings / kept.file).stat().st_size == len(VIDEO)


async def test_another_file_takes_the_place_of_the_one_before(site: Site) -> None:
    organiser, where = await site.organiser(), await site.broadcast()
    await piece(organiser, where, VIDEO[:100], name="half.mp4")
    await piece(organiser, where, VIDEO)
    before = await known(site, where)
    body = {"parts": [{"media_ms": 0, "wall_at": site.now}]}
    await organiser.put(f"/broadcasts/{where.slug}/recording/clock", json=body)
    await piece(organiser, where, VIDEO, name="better.mp4")
    kept = await known(site, where)
    assert kept.file != before.file
    assert kept.parts == ()
    assert [path.name for path in site.app.state.settings.recordings.iterdir()] == [kept.file]
    await organiser.fill(f"/broadcasts/{where.slug}/recording", address="")
    assert list(site.app.state.settings.recordings.iterdir()) == []
    assert (await known(site, where)).kind == "none"


@pytest.mark.parametrize(
    ("body", "size", "status", "said"),
    [
        (b"<html>this is no video</html>", 29, 422, "not a video"),
        (VIDEO, 9 * 1024**3, 413, "larger than 8 GB"),
        (VIDEO, 0, 413, "larger than 8 GB"),
    ],
)
async def test_what_is_no_recording_is_refused_with_a_sentence(
    site: Site, body: bytes, size: int, status: int, said: str
) -> None:
    organiser, where = await site.organiser(), await site.broadcast()
    answer = await piece(organiser, where, body, size=size)
    assert answer.status_code == status
    assert said in answer.json()["problem"]
    assert (await known(site, where)).kind == "none"


async def test_nobody_writes_into_an_upload_that_is_being_written(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "upload.part"
    with path.open("ab") as one, path.open("ab") as other:
        assert recording_upload._alone(one) == 0
        with pytest.raises(recording_upload.Elsewhere):
            recording_upload._alone(other)


async def test_only_accounts_upload_and_set_the_clock(site: Site) -> None:
    where = await site.broadcast()
    viewer = await attendee(site, where)
    assert (await piece(viewer, where, VIDEO)).status_code == 401
    clock = await viewer.put(f"/broadcasts/{where.slug}/recording/clock", json={"parts": []})
    assert clock.status_code == 401
    for form in ("recording", "recording/published"):
        answer = await viewer.fill(f"/broadcasts/{where.slug}/{form}", published="on")
        assert answer.headers["location"].startswith("/login")


async def test_the_file_is_served_in_parts_to_those_who_may_watch(site: Site) -> None:
    organiser, where = await site.organiser(), await site.broadcast()
    await ended(site, where)
    await piece(organiser, where, VIDEO)
    address = doc(await organiser.get(f"/b/{where.slug}/replay"))["url"]
    viewer = await attendee(site, where)
    assert (await viewer.get(address)).status_code == 404
    await publish(organiser, where)
    part = await viewer.get(address, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, VIDEO[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(VIDEO)}"
    assert part.headers["content-type"] == "video/mp4"
    assert (await viewer.get(address)).content == VIDEO
    assert (await viewer.get(address, headers={"Range": "bytes=999999-"})).status_code == 416
    assert (await site.browser().get(address)).status_code == 404
    assert (await viewer.get(f"/b/{where.slug}/recording/secret.key")).status_code == 404


async def test_a_thousand_ranges_cost_no_more_than_the_file(site: Site) -> None:
    """GHSA-7f5h-v6xp-fcq8: many ranges in one request must not be work without an end."""
    organiser, where = await site.organiser(), await site.broadcast()
    await piece(organiser, where, VIDEO)
    address = f"/b/{where.slug}/recording/{(await known(site, where)).file}"
    ranges = "bytes=" + ",".join(f"{start}-{start + 1}" for start in range(0, 10_000, 5))
    answer = await organiser.get(address, headers={"Range": ranges})
    assert len(answer.content) == len(VIDEO)


# The clock


async def test_the_clock_is_what_was_set(site: Site) -> None:
    organiser, where = await site.organiser(), await site.broadcast()
    await ended(site, where)
    parts = [{"media_ms": 0, "wall_at": site.now}, {"media_ms": 90_000, "wall_at": site.now + 600_000}]
    address = f"/broadcasts/{where.slug}/recording/clock"
    assert (await organiser.put(address, json={"parts": parts})).status_code == 204
    assert doc(await organiser.get(f"/b/{where.slug}/replay"))["parts"] == parts
    assert (await organiser.put(address, json={"parts": [], "shift_ms": -1_500})).status_code == 204
    told = doc(await organiser.get(f"/b/{where.slug}/replay"))
    assert (told["parts"], told["shift_ms"]) == ([], -1_500)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"parts": [{"media_ms": -1, "wall_at": 0}]}',
        b'{"parts": [{"media_ms": 1.5, "wall_at": 0}]}',
        b'{"parts": [{"media_ms": 0, "wall_at": "now"}]}',
        b'{"parts": [], "shift_ms": 99999999999}',
        b'{"parts": [], "more": 1}',
        b'{"parts": "\xff"}',
        b'{"parts": [' + b'{"media_ms": 0, "wall_at": 0},' * 600 + b'{"media_ms": 0, "wall_at": 0}]}',
    ],
)
async def test_a_clock_that_cannot_be_is_refused(site: Site, body: bytes) -> None:
    organiser, where = await site.organiser(), await site.broadcast()
    answer = await organiser.put(f"/broadcasts/{where.slug}/recording/clock", content=body)
    assert answer.status_code == 422
    assert (await known(site, where)).parts == ()
