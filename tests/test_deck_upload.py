"""A deck from the upload to the rundown: progress, refusals, a second upload, and who sees its pages."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from live import decks as reading
from live.directory import decks
from live.directory.broadcasts import Broadcast
from live.domain import cues, driver, life
from live.domain.base import Actor
from live.pages import deck_upload
from tests import crafted_decks as crafted
from tests.doorway import Browser, Site, site_in

TWO_PAGES = crafted.pdf(crafted.words("first page"), crafted.words("second page"))
LECTURER = Actor(participant="lecturer", role="lecturer")


@pytest.fixture
async def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    async with site_in(tmp_path) as site:
        yield site
        await site.app.state.renderings.close()
    assert list(scratch.iterdir()) == [], "an upload is deleted, however it ends"


async def put(browser: Browser, where: Broadcast, body: bytes, name: str = "course.pdf") -> httpx.Response:
    return await browser.put(f"/broadcasts/{where.slug}/deck", content=body, headers={"X-File-Name": name})


async def progress(browser: Browser, where: Broadcast) -> dict[str, Any]:
    told: dict[str, Any] = (await browser.get(f"/broadcasts/{where.slug}/deck")).json()
    return told


async def drawn(site: Site, browser: Browser, where: Broadcast) -> dict[str, Any]:
    """How it is when the rendering has ended."""
    await site.app.state.renderings.wait(where.id)
    return await progress(browser, where)


async def rundown(site: Site, where: Broadcast) -> list[str]:
    """The slides of the rundown, in order."""
    stage = await site.app.state.stages.get(where.id)
    items = msgspec.json.decode(stage.feed("desk").all()["rundown"])["items"]
    return [item["slide"] for item in items]


async def test_a_deck_becomes_slides_of_the_rundown(site: Site) -> None:
    browser, where = await site.organiser(), await site.broadcast()
    assert (await progress(browser, where))["state"] == "none"
    answer = await put(browser, where, TWO_PAGES, "%E4%BA%8B%E6%95%85%E6%A1%88%E4%BE%8B.pdf")
    assert answer.status_code == 202
    assert answer.json()["state"] == "rendering"
    told = await drawn(site, browser, where)
    assert (told["state"], told["name"], told["pages"]) == ("ready", "事故案例.pdf", 2)
    assert [slide["number"] for slide in told["slides"]] == [1, 2]
    slides = await rundown(site, where)
    assert [f"/b/{where.slug}/{slide}.thumb.webp" for slide in slides] == [s["thumb"] for s in told["slides"]]
    rows = await site.rows("SELECT text FROM slide ORDER BY number")
    assert [row["text"] for row in rows] == ["first page", "second page"]


async def test_pages_appear_one_by_one(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The progress is looked at after each page that is kept."""
    browser, where = await site.organiser(), await site.broadcast()
    seen: list[tuple[str, int | None, int]] = []

    async def watched(source: Path, **calls: Any) -> None:
        async def on_page(page: reading.Page) -> None:
            await calls["on_page"](page)
            told = await progress(browser, where)
            seen.append((told["state"], told["pages"], len(told["slides"])))

        await reading.render(source, on_count=calls["on_count"], on_page=on_page)

    monkeypatch.setattr("live.pages.renderings.render", watched)
    await put(browser, where, TWO_PAGES)
    await drawn(site, browser, where)
    assert seen == [("rendering", 2, 1), ("rendering", 2, 2)]


@pytest.mark.parametrize(
    ("body", "lang", "said"),
    [
        (crafted.locked_pdf(), "en", "This file is locked with a password."),
        (crafted.locked_pdf(), "zh", "这个文件设有密码。"),
        (TWO_PAGES[:400], "en", "This file is damaged or incomplete."),
        (b"Dear all, the deck follows.", "en", "This file is not a deck."),
        (crafted.pdf(*[b""] * 501), "en", "This deck has more than 500 pages."),
    ],
)
async def test_a_deck_that_cannot_be_shown_says_why_and_leaves_the_former_one(
    site: Site, body: bytes, lang: str, said: str
) -> None:
    browser, where = await site.organiser(), await site.broadcast()
    await put(browser, where, TWO_PAGES, "good.pdf")
    before = await drawn(site, browser, where)
    used = await rundown(site, where)
    assert (await put(browser, where, body, "bad.pdf")).status_code == 202
    browser.headers["Accept-Language"] = lang
    told = await drawn(site, browser, where)
    assert (told["state"], told["in_use"]) == ("failed", "good.pdf")
    assert told["problem"].startswith(said)
    assert told["slides"] == before["slides"]
    assert await rundown(site, where) == used


async def test_an_empty_file_and_one_that_is_too_large_are_refused_at_once(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, where = await site.organiser(), await site.broadcast()
    empty = await put(browser, where, b"")
    assert empty.status_code == 422
    assert empty.json()["problem"].startswith("There is nothing in this file.")
    monkeypatch.setattr(deck_upload, "MIB", 8)  # 50 of these are 400 bytes

    async def unannounced() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield bytes(100)

    for body in (bytes(401), unannounced()):
        answer = await browser.put(f"/broadcasts/{where.slug}/deck", content=body)
        assert answer.status_code == 413
        assert answer.json()["problem"].startswith("This deck is larger than 50 MB.")
    assert (await progress(browser, where))["state"] == "none"


async def test_a_second_upload_takes_the_place_of_the_first(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, where = await site.organiser(), await site.broadcast()
    started = asyncio.Event()

    async def endless(_source: Path, **_calls: Any) -> None:
        started.set()
        await asyncio.Event().wait()

    monkeypatch.setattr("live.pages.renderings.render", endless)
    await put(browser, where, TWO_PAGES, "wrong.pdf")
    await started.wait()
    monkeypatch.setattr("live.pages.renderings.render", reading.render)
    await put(browser, where, TWO_PAGES, "right.pdf")
    assert (await drawn(site, browser, where))["name"] == "right.pdf"
    assert [row["name"] for row in await site.rows("SELECT name FROM deck")] == ["right.pdf"]


async def test_a_deck_that_was_being_drawn_when_the_server_stopped_is_to_be_uploaded_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, where = await site.organiser(), await site.broadcast()

    async def endless(_source: Path, **calls: Any) -> None:
        await calls["on_count"](9)
        await asyncio.Event().wait()

    monkeypatch.setattr("live.pages.renderings.render", endless)
    await put(browser, where, TWO_PAGES)
    await site.app.state.renderings.close()
    await site.database.write(decks.interrupted)
    told = await progress(browser, where)
    assert (told["state"], told["problem"]) == ("failed", deck_upload.INTERRUPTED)


async def test_a_disk_without_room_is_told_to_whoever_uploads(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, where = await site.organiser(), await site.broadcast()

    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkstemp", full)
    answer = await put(browser, where, TWO_PAGES)
    assert answer.status_code == 507
    assert answer.json()["problem"].startswith("There is no room left")


async def test_only_an_organiser_uploads_and_looks_on(site: Site) -> None:
    where, stranger = await site.broadcast(), site.browser()
    assert (await put(stranger, where, TWO_PAGES)).status_code == 401
    assert (await stranger.get(f"/broadcasts/{where.slug}/deck")).status_code == 401


async def may_see(browser: Browser, slide: str) -> bool:
    """Its pictures, all of them or none."""
    [status] = {(await browser.get(f"{slide}{size}.webp")).status_code for size in ("", ".small", ".thumb")}
    return status == 200


async def test_a_page_is_seen_by_those_to_whom_it_has_been_shown(site: Site) -> None:
    organiser, where = await site.organiser(), await site.broadcast()
    await put(organiser, where, TWO_PAGES)
    await drawn(site, organiser, where)
    first, second = await rundown(site, where)
    attendee, screen = site.browser(), site.browser()
    await attendee.fill("/enter", token=await site.link(where, "attendee"))
    await attendee.fill("/enter/name", name="Li Na", site="room")
    await screen.fill("/enter", token=await site.link(where, "screen"))

    async def may(browser: Browser) -> list[bool]:
        return [await may_see(browser, f"/b/{where.slug}/{slide}") for slide in (first, second)]

    assert [await may(each) for each in (organiser, screen, attendee)] == [
        [True, True],
        [True, False],  # the next one is loaded before it is needed
        [False, False],
    ]
    stage = await site.app.state.stages.get(where.id)
    for number, command in enumerate([life.Start(), driver.TakeDrive(), cues.Goto(item="s1")]):
        await stage.order(LECTURER, f"{number:022d}", command)
    assert [await may(each) for each in (screen, attendee)] == [[True, True], [True, False]]
    assert await may(site.browser()) == [False, False]


async def test_a_picture_is_kept_by_the_browser_and_is_of_its_own_broadcast_alone(site: Site) -> None:
    organiser, where = await site.organiser(), await site.broadcast()
    await put(organiser, where, TWO_PAGES)
    await drawn(site, organiser, where)
    slide = (await rundown(site, where))[0]
    for name in (f"{slide}.webp", f"{slide}.small.webp", f"{slide}.thumb.webp"):
        answer = await organiser.get(f"/b/{where.slug}/{name}")
        assert answer.headers["content-type"] == "image/webp"
        assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
        assert answer.content[8:12] == b"WEBP"
    other = await site.broadcast("Another one")
    assert (await organiser.get(f"/b/{other.slug}/{slide}.webp")).status_code == 404
    assert (await organiser.get(f"/b/{where.slug}/nothing.webp")).status_code == 404
