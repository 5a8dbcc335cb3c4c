"""Invitations and the roster: links to give away and to revoke, codes to scan, tables to keep."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from live.auth import INVITED
from live.directory.broadcasts import Broadcast
from live.pages.invitations import LINKS_LIMIT
from tests.doorway import Browser, Site, leads_to, site_in

TABLE = "工号\t姓名\t部门\n001\t王建国\t生产一车间\n002\t李秀兰\t生产一车间\n003\t张伟民\t仓储物流部\n"


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with site_in(tmp_path) as site:
        yield site


async def page(browser: Browser, where: Broadcast) -> str:
    return (await browser.get(f"/broadcasts/{where.slug}")).text


async def one_link(site: Site, browser: Browser, where: Broadcast, role: str) -> str:
    await browser.post(f"/broadcasts/{where.slug}/links", data={"make": role})
    (row,) = await site.rows("SELECT id FROM link WHERE role = ? AND revoked_at IS NULL", role)
    return str(row["id"])


@pytest.mark.parametrize("role", INVITED)
async def test_a_link_is_made_shown_as_text_and_code_and_lets_in(site: Site, role: str) -> None:
    browser, where = await site.organiser(), await site.broadcast()
    link = await one_link(site, browser, where, role)
    (address,) = re.findall(r'value="(http://live\.test/enter#[\w-]+)"', await page(browser, where))
    picture = await browser.get(f"/broadcasts/{where.slug}/links/{link}.svg")
    assert picture.headers["content-type"] == "image/svg+xml"
    assert picture.text.startswith("<svg")
    sheet = (await browser.get(f"/broadcasts/{where.slug}/links/{link}")).text
    assert (where.code in sheet) == (role == "attendee"), "only attendees may type the code instead"
    guest = site.browser()
    assert (await guest.fill("/enter", token=address.partition("#")[2])).status_code == 303


async def test_a_revoked_link_turns_out_whoever_came_in_by_it(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, where = await site.organiser(), await site.broadcast()
    link, guest = await one_link(site, browser, where, "attendee"), site.browser()
    token = site.auth.link_token(link)
    await guest.fill("/enter", token=token)
    await guest.fill("/enter/name", name="Li Na", site="room")
    assert (await guest.get(f"/b/{where.slug}/")).status_code == 200
    assert "1 person who came in by it is turned out" in await page(browser, where)
    stage, out = await site.app.state.stages.get(where.id), list[str]()
    monkeypatch.setattr(stage, "turn_out", out.extend)
    answer = await browser.post(f"/broadcasts/{where.slug}/links", data={"revoke": link})
    assert leads_to(answer, f"/broadcasts/{where.slug}#invitations")
    assert out == [row["id"] for row in await site.rows("SELECT id FROM participant WHERE link = ?", link)]
    assert leads_to(await guest.get(f"/b/{where.slug}/"), "/join")
    assert "No link: nobody can come in as this." in await page(browser, where)
    assert (await browser.get(f"/broadcasts/{where.slug}/links/{link}.svg")).status_code == 404


async def test_a_link_of_another_broadcast_is_out_of_reach(site: Site) -> None:
    browser, where, other = await site.organiser(), await site.broadcast(), await site.broadcast("Another")
    link = await one_link(site, browser, where, "attendee")
    await browser.post(f"/broadcasts/{other.slug}/links", data={"revoke": link})
    assert (await site.rows("SELECT revoked_at FROM link"))[0]["revoked_at"] is None
    assert (await browser.get(f"/broadcasts/{other.slug}/links/{link}")).status_code == 404
    assert (await site.browser().get(f"/broadcasts/{where.slug}/links/{link}.svg")).status_code == 303


@pytest.mark.parametrize("given", [{}, {"make": "organiser"}, {"make": "emperor"}])
async def test_no_other_role_can_be_invited(site: Site, given: dict[str, str]) -> None:
    browser, where = await site.organiser(), await site.broadcast()
    answer = await browser.post(f"/broadcasts/{where.slug}/links", data={"x": "y", **given})
    assert answer.status_code == 400
    assert await site.rows("SELECT id FROM link") == []


async def test_links_do_not_pile_up_for_ever(site: Site) -> None:
    browser, where = await site.organiser(), await site.broadcast()
    for _ in range(LINKS_LIMIT + 1):
        await browser.post(f"/broadcasts/{where.slug}/links", data={"make": "screen"})
    assert len(await site.rows("SELECT id FROM link")) == LINKS_LIMIT


async def test_an_address_that_no_phone_can_open_is_pointed_out(site: Site, tmp_path: Path) -> None:
    browser, where = await site.organiser(), await site.broadcast()
    told = "an address that only this computer knows"
    assert told not in await page(browser, where)
    for host in ("127.0.0.1:8000", "localhost:8000", "[::1]:8000"):
        answer = await browser.get(f"/broadcasts/{where.slug}", headers={"Host": host})
        assert told in answer.text


async def test_links_have_the_address_that_the_server_was_told(tmp_path: Path) -> None:
    async with site_in(tmp_path, url="http://live.example.org") as site:
        browser, where = await site.organiser(), await site.broadcast()
        await one_link(site, browser, where, "attendee")
        assert 'value="http://live.example.org/enter#' in await page(browser, where)


async def test_a_roster_is_looked_at_before_it_is_kept(site: Site) -> None:
    browser, where = await site.organiser(), await site.broadcast()
    path = f"/broadcasts/{where.slug}/roster"
    looked = await browser.post(path, data={"table": TABLE, "look": "1"})
    assert "3 people" in looked.text
    assert re.search(r"生产一车间</td><td class=\"number\">2<", looked.text)
    assert await site.rows("SELECT name FROM person") == []
    kept = await browser.post(path, data={"table": TABLE, "keep": "1"})
    assert leads_to(kept, f"/broadcasts/{where.slug}#roster")
    assert re.search(r"3 people</b>\s*<span class=\"soft\">2 units", await page(browser, where))
    stage = await site.app.state.stages.get(where.id)
    assert msgspec.json.decode(stage.feed("attendee").all()["broadcast"])["units"] == [
        "生产一车间",
        "仓储物流部",
    ]
    again = (await browser.get(path)).text
    assert "003\t张伟民\t仓储物流部" in again, "it comes back as a table"
    shorter = await browser.post(path, data={"table": "李秀兰,生产一车间\n何春生,仓储物流部"})
    assert "2 are new" in shorter.text
    assert "3 are taken off" in shorter.text


async def test_a_roster_with_a_mistake_is_not_kept_and_not_lost(site: Site) -> None:
    browser, where = await site.organiser(), await site.broadcast()
    table = TABLE + "004\t\t仓储物流部\n001\t何春生\t\n"
    answer = await browser.post(f"/broadcasts/{where.slug}/roster", data={"table": table, "keep": "1"})
    assert answer.status_code == 422
    assert "Line 5 has no name." in answer.text
    assert "Line 6: the number 001 stands there a second time." in answer.text
    assert table in answer.text
    assert await site.rows("SELECT name FROM person") == []


async def test_a_large_roster_fits_and_a_huge_one_is_refused(site: Site) -> None:
    browser, where = await site.organiser(), await site.broadcast()
    path = f"/broadcasts/{where.slug}/roster"
    large = "\n".join(f"{number},王建国,生产一车间" for number in range(3_000))
    assert "3000 people" in (await browser.post(path, data={"table": large})).text
    assert (await browser.post(path, data={"table": "x" * 5_000_000})).status_code == 413
    assert (await browser.post(path, content=b"x")).status_code == 415
