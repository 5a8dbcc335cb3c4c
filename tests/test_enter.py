"""The other doors: by link, as a screen, with an account; and how one leaves, or is turned out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from live.directory import people
from live.domain.base import Role
from tests.doorway import Site, join, leads_to, site_in


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with site_in(tmp_path) as site:
        yield site


async def test_a_link_asks_for_the_name_and_keeps_its_token_out_of_addresses(site: Site) -> None:
    where = await site.broadcast()
    token, browser = await site.link(where, "attendee"), site.browser()
    answer = await browser.fill("/enter", token=token)
    assert leads_to(answer, "/enter/name")
    assert "HttpOnly" in answer.headers["set-cookie"]
    form = await browser.get("/enter/name")
    assert token not in form.text
    assert 'value="room" checked' in form.text, "the QR code hangs in the room"
    await browser.fill("/language", "/enter/name", lang="zh")
    again = (await browser.get("/enter/name")).text
    assert '<html lang="zh"' in again
    assert 'name="name"' in again, "another language does not lose the link"
    inside = f"/b/{where.slug}/"
    assert leads_to(await browser.fill("/enter/name", name="Li Na", site="room"), inside)
    assert leads_to(await browser.fill("/enter", token=token), inside), "the second scan goes straight in"
    assert (await site.rows("SELECT link FROM participant"))[0]["link"]


@pytest.mark.parametrize("role", ["moderator", "lecturer"])
async def test_a_desk_link_asks_for_a_name_alone(site: Site, role: Role) -> None:
    where = await site.broadcast()
    browser = site.browser()
    await browser.fill("/enter", token=await site.link(where, role))
    assert 'name="site"' not in (await browser.get("/enter/name")).text
    assert leads_to(await browser.fill("/enter/name", name="Chen Jie"), f"/b/{where.slug}/desk")
    page = await browser.get(f"/b/{where.slug}/desk")
    assert page.status_code == 200
    assert f'"role":"{role}"' in page.text


async def test_a_screen_is_in_at_once(site: Site) -> None:
    where = await site.broadcast()
    browser, token = site.browser(), await site.link(where, "screen")
    assert leads_to(await browser.fill("/enter", token=token), f"/b/{where.slug}/screen")
    assert leads_to(await browser.fill("/enter", token=token), f"/b/{where.slug}/screen")
    assert 'data-theme="projector"' in (await browser.get(f"/b/{where.slug}/screen")).text
    assert [row["role"] for row in await site.rows("SELECT role FROM participant")] == ["screen"]


async def test_a_revoked_link_lets_nobody_in_and_takes_its_people_out(site: Site) -> None:
    where = await site.broadcast()
    token, browser = await site.link(where, "moderator"), site.browser()
    await browser.fill("/enter", token=token)
    await browser.fill("/enter/name", name="Chen Jie")
    (link,) = await site.database.read(lambda db: people.links(db, where.id))
    assert link.joined == 1
    gone = await site.database.write(lambda db: people.revoke_link(db, where.id, link.id, site.now))
    assert gone == [row["id"] for row in await site.rows("SELECT id FROM participant")]
    assert (await browser.get(f"/b/{where.slug}/desk")).status_code == 403
    again = await browser.fill("/enter", token=token)
    assert again.status_code == 404
    assert "This link is closed" in again.text


async def test_a_link_of_nothing_is_closed(site: Site) -> None:
    for token in ("", "x" * 22):
        assert (await site.browser().fill("/enter", token=token)).status_code == 404
    assert (await site.browser().get("/enter/name")).status_code == 404


# Going, and coming with an account


async def test_leaving_gives_up_the_seat_of_the_page_it_is_asked_on(site: Site) -> None:
    where, other = await site.broadcast(), await site.broadcast("Traffic")
    browser = site.browser()
    await join(browser, where.code)
    await join(browser, other.code)
    assert leads_to(await browser.fill("/leave", f"/b/{where.slug}/"), "/")
    assert leads_to(await browser.get(f"/b/{where.slug}/"), "/join")
    assert (await browser.get(f"/b/{other.slug}/")).status_code == 200
    assert len(await site.rows("SELECT * FROM participant")) == 2, "the record keeps who was there"


async def test_a_stranger_is_shown_the_way(site: Site) -> None:
    where = await site.broadcast()
    browser = site.browser()
    assert leads_to(await browser.get(f"/b/{where.slug}/"), "/join")
    desk = await browser.get(f"/b/{where.slug}/desk")
    assert desk.status_code == 403
    assert f"/login?next=/b/{where.slug}/desk" in desk.text
    assert (await browser.get(f"/b/{where.slug}/screen")).status_code == 403
    assert (await browser.get("/b/nowhere/")).status_code == 404


async def test_an_organiser_sits_down_at_any_desk(site: Site) -> None:
    where = await site.broadcast()
    browser = await site.organiser("Wang Lixin")
    for _ in range(2):
        page = await browser.get(f"/b/{where.slug}/desk")
        assert '"role":"organiser","name":"Wang Lixin"' in page.text
    assert len(await site.rows("SELECT * FROM participant")) == 1
    token = await site.link(where, "moderator")
    assert leads_to(await browser.fill("/enter", token=token), f"/b/{where.slug}/desk"), "no step down"


async def test_the_next_sign_in_goes_on_as_the_same_participant(site: Site) -> None:
    where = await site.broadcast()
    browser = await site.organiser()
    await browser.get(f"/b/{where.slug}/desk")
    assert leads_to(await browser.fill("/logout"), "/")
    assert (await browser.get(f"/b/{where.slug}/desk")).status_code == 403
    await browser.fill("/login", name="wang lixin", password="a sentence of my own")
    assert (await browser.get(f"/b/{where.slug}/desk")).status_code == 200
    assert len(await site.rows("SELECT * FROM participant")) == 1
