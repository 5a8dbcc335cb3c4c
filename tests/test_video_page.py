"""The organiser sets up the video: what is taken, what is said of a bad address, what pages then may load."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from live.directory.broadcasts import Broadcast
from live.pages.video import BadAddress, address
from tests.doorway import Browser, Site, join, site_in

HLS = "https://stream.example.org:8443/hall/live.m3u8?key=1"


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with site_in(tmp_path) as site:
        yield site


async def put(browser: Browser, where: Broadcast, **fields: str) -> str:
    """Send the form; what stands beside its fields then, or nothing."""
    answer = await browser.post(f"/broadcasts/{where.slug}/video", data=fields)
    if answer.status_code == 303:
        return ""
    assert answer.status_code == 422
    assert answer.text.count('role="alert"') == 1
    return answer.text.partition('role="alert">')[2].partition("</p>")[0]


async def told(site: Site, where: Broadcast, audience: Any = "attendee") -> dict[str, Any]:
    stage = await site.app.state.stages.get(where.id)
    doc: dict[str, Any] = msgspec.json.decode(stage.feed(audience).all()["video"])
    return doc


async def policy(browser: Browser, path: str) -> dict[str, str]:
    said = (await browser.get(path)).headers["content-security-policy"]
    return dict(part.strip().partition(" ")[::2] for part in said.split(";"))


async def test_what_is_set_up_is_told_to_every_page_at_once(site: Site) -> None:
    where, browser = await site.broadcast(), await site.organiser()
    assert await told(site, where) == {"kind": "none", "delay_ms": 0, "live": True}
    assert not await put(browser, where, kind="hls", url=HLS, delay="7,5")
    assert await told(site, where) == {"kind": "hls", "url": HLS, "delay_ms": 7_500, "live": True}
    page = (await browser.get(f"/broadcasts/{where.slug}")).text
    assert HLS in page
    assert not await put(browser, where, kind="none", url=HLS, delay="")
    assert await told(site, where, "desk") == {"kind": "none", "delay_ms": 0, "live": True}


async def test_a_share_link_is_kept_and_a_frame_is_told(site: Site) -> None:
    where, browser = await site.broadcast(), await site.organiser()
    assert not await put(browser, where, kind="embed", url=" live.bilibili.com/21452505 ")
    doc = await told(site, where)
    assert doc["url"] == "https://live.bilibili.com/21452505"
    assert doc["embed"].startswith("https://www.bilibili.com/blackboard/live/")
    assert doc["delay_ms"] == 10_000, "what is usual"


@pytest.mark.parametrize(
    ("kind", "url", "said"),
    [
        ("hls", "", "Please give the address."),
        ("hls", "https://stream.example.org/" + "x" * 2_000, "This address is too long: at most 2000"),
        ("hls", "the stream", "This is not an address like"),
        ("hls", "javascript:alert(1)", "This is not an address like"),
        ("hls", "file:///etc/passwd", "This is not an address like"),
        ("hls", "//evil.example.org/a.m3u8", "This is not an address like"),
        ("hls", "/\\evil.example.org/a.m3u8", "This is not an address like"),
        ("hls", "https://stream.example.org:99999/a.m3u8", "This is not an address like"),
        ("hls", "https://[::1/a.m3u8", "This is not an address like"),
        ("hls", "https://a;script-src *.example.org/a.m3u8", "This is not an address like"),
        ("hls", "https://me:secret@stream.example.org/a.m3u8", "Take the name and password out"),
        ("hls", "rtmp://push.example.org/live/key", "Browsers cannot play this kind of stream."),
        ("hls", "https://stream.example.org/live.flv", "Browsers cannot play this kind of stream."),
        ("hls", "https://youtu.be/aqz-KE-bpKQ", "This is the page of a player, not a stream."),
        ("hls", "https://stream.example.org/talk.mp4", "This looks like a file."),
        ("file", "https://stream.example.org/live.m3u8", "This looks like a stream."),
        ("embed", "https://stream.example.org/live.m3u8", "This looks like a stream."),
        ("embed", "http://h5.dingtalk.com/x", "A player of another site must be loaded by https."),
        ("embed", "https://player.example.org/7", "player.example.org is not on the list of trusted sites."),
        ("embed", "/own/page", "A player of another site must be loaded by https."),
    ],
)  # fmt: skip
async def test_a_bad_address_is_answered_with_a_sentence_and_changes_nothing(
    site: Site, kind: str, url: str, said: str
) -> None:
    where, browser = await site.broadcast(), await site.organiser()
    assert (await put(browser, where, kind=kind, url=url, delay="3")).startswith(said)
    assert (await told(site, where))["kind"] == "none"


@pytest.mark.parametrize("delay", ["soon", "-1", "3601", "nan", "inf"])
async def test_a_delay_is_a_number_of_seconds(site: Site, delay: str) -> None:
    where, browser = await site.broadcast(), await site.organiser()
    assert await put(browser, where, kind="none", delay=delay) == "Please give seconds from 0 to 3600."


def test_a_page_that_came_by_https_loads_nothing_by_http() -> None:
    assert address("http://10.0.0.7/live.m3u8", secure=False) == "http://10.0.0.7/live.m3u8"
    with pytest.raises(BadAddress, match="served by https"):
        address("http://10.0.0.7/live.m3u8", secure=True)


def test_an_address_is_written_as_browsers_write_it() -> None:
    assert address("HTTPS://Stream.Example.ORG./a", secure=True) == "https://stream.example.org/a"
    assert address("https://直播.example.org/a", secure=True).startswith("https://xn--")
    assert address("/demo/live.m3u8", secure=True) == "/demo/live.m3u8"


async def test_the_list_of_trusted_sites_is_edited_for_all_broadcasts(site: Site) -> None:
    where, other, browser = await site.broadcast(), await site.broadcast(), await site.organiser()
    assert await put(browser, where, kind="embed", url="https://player.example.org/7")
    lines = "https://www.player.example.org/some/page\nPlayer.example.org, 直播.example.org"
    answer = await browser.post(f"/broadcasts/{other.slug}/players", data={"players": lines})
    assert answer.status_code == 303
    assert not await put(browser, where, kind="embed", url="https://player.example.org/7")
    assert (await told(site, where))["embed"] == "https://player.example.org/7"
    await browser.post(f"/broadcasts/{other.slug}/players", data={"players": "bilibili.com"})
    assert "embed" not in await told(site, where), "it is out of every page at once"
    page = (await browser.get(f"/broadcasts/{where.slug}")).text
    assert "no longer on the list of trusted ones" in page


@pytest.mark.parametrize("typed", ["com", "localhost", "a b_c", "*.example.org", "https://[::1", "x" * 300])
async def test_a_line_that_is_no_site_is_said_and_the_list_stays(site: Site, typed: str) -> None:
    where, browser = await site.broadcast(), await site.organiser()
    answer = await browser.post(f"/broadcasts/{where.slug}/players", data={"players": typed})
    assert answer.status_code == 422
    assert "is not the name of a site" in answer.text
    assert len(await site.rows("SELECT host FROM player")) == 5


async def test_nobody_else_sets_up_a_video(site: Site) -> None:
    where, stranger = await site.broadcast(), site.browser()
    for path in ("video", "players"):
        answer = await stranger.post(f"/broadcasts/{where.slug}/{path}", data={"kind": "hls", "url": HLS})
        assert answer.headers["location"].startswith("/login")
    assert (await told(site, where))["kind"] == "none"


# What pages may load


async def test_a_page_may_load_what_its_own_broadcast_shows_and_nothing_more(site: Site) -> None:
    where, other, browser = await site.broadcast(), await site.broadcast(), await site.organiser()
    viewer = site.browser()
    await join(viewer, where.code)
    before = await policy(viewer, f"/b/{where.slug}/")
    assert "media-src" not in before
    assert "frame-src" not in before
    await put(browser, where, kind="hls", url=HLS)
    for page in (await policy(viewer, f"/b/{where.slug}/"), await policy(browser, f"/b/{where.slug}/desk")):
        assert page["media-src"] == "'self' blob: data: https://stream.example.org:8443"
        assert page["connect-src"] == "'self' ws://live.test https://stream.example.org:8443"
        assert "frame-src" not in page
    assert await policy(browser, f"/b/{other.slug}/desk") == before
    await put(browser, where, kind="embed", url="https://youtu.be/aqz-KE-bpKQ")
    page = await policy(viewer, f"/b/{where.slug}/")
    assert page.pop("frame-src") == "https://www.youtube-nocookie.com https://*.youtube-nocookie.com"
    assert page == before
    await put(browser, where, kind="file", url="/demo/talk.mp4")
    assert (await policy(viewer, f"/b/{where.slug}/"))["media-src"] == "'self' blob: data:"
