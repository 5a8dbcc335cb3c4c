"""The tables in the organiser's browser: who gets them, under which name, and whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest

from live.directory.broadcasts import Broadcast
from live.domain import life
from live.domain.questions import Ask
from live.exports import NAMES
from live.pages import export
from tests.domain.scenes import ANN, START, given
from tests.doorway import Site, join, leads_to, site_in
from tests.exports.records import keep


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with site_in(tmp_path) as site:
        yield site


def address(where: Broadcast, name: str) -> str:
    return f"/broadcasts/{where.slug}/export/{name}.csv"


async def ask(site: Site, where: Broadcast, count: int = 1) -> None:
    scene = given(life.Started())
    for n in range(count):
        scene.when(Ask(key=f"{n:022}", text=f"Why {n}?", anonymous=False), ANN)
    await site.database.write(lambda db: keep(db, scene.log, where.id))


def full_name(answer: httpx.Response) -> str:
    return unquote(answer.headers["content-disposition"].partition("filename*=UTF-8''")[2])


async def test_a_table_is_for_accounts_only(site: Site) -> None:
    where = await site.broadcast()
    stranger, attendee = site.browser(), site.browser()
    await join(attendee, where.code)
    for browser in (stranger, attendee):
        path = address(where, "votes")
        assert leads_to(await browser.get(path), f"/login?next={path}")


@pytest.mark.parametrize("name", NAMES)
async def test_an_organiser_gets_each_table_at_any_time(site: Site, name: str) -> None:
    where = await site.broadcast()
    answer = await (await site.organiser()).get(address(where, name))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["cache-control"] == "no-store"
    assert int(answer.headers["content-length"]) == len(answer.content)


@pytest.mark.parametrize(
    "path", ["/broadcasts/{}/export/everything.csv", "/broadcasts/none/export/votes.csv"]
)
async def test_what_there_is_not_has_a_page_that_says_so(site: Site, path: str) -> None:
    where = await site.broadcast()
    answer = await (await site.organiser()).get(path.format(where.slug))
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


async def test_headings_and_name_are_in_the_readers_language(site: Site) -> None:
    where = await site.broadcast()
    browser = await site.organiser()
    assert "Unit" in (await browser.get(address(where, "votes"))).text
    browser.cookies.set("lang", "zh")
    answer = await browser.get(address(where, "votes"))
    assert "部门" in answer.text
    assert full_name(answer).endswith(" 投票明细.csv")


async def test_the_file_is_called_after_the_broadcast_and_its_day(site: Site) -> None:
    where = await site.broadcast('安全课："绿色/低碳"?')
    browser = await site.organiser()
    made = datetime.fromtimestamp(site.now / 1_000).astimezone().date()
    answer = await browser.get(address(where, "polls"))
    assert full_name(answer) == f"安全课： 绿色 低碳 {made} Poll results.csv"
    await ask(site, where)
    live = datetime.fromtimestamp(START / 1_000).astimezone().date()
    answer = await browser.get(address(where, "polls"))
    assert full_name(answer) == f"安全课： 绿色 低碳 {live} Poll results.csv"
    assert f'filename="polls-{live}.csv"' in answer.headers["content-disposition"]


async def test_a_title_cannot_leave_the_header_or_the_folder(site: Site) -> None:
    where = await site.broadcast('../..\\"; filename=evil\r\nSet-Cookie: a=b' + "长" * 200)
    answer = await (await site.organiser()).get(address(where, "votes"))
    assert "set-cookie" not in answer.headers
    assert not set(full_name(answer)) & set('/\\"\r\n:')
    assert len(full_name(answer).encode()) < 255


async def test_a_long_table_arrives_whole(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "IN_MEMORY", 1_000)
    monkeypatch.setattr(export, "CHUNK", 1_000)
    where = await site.broadcast()
    await ask(site, where, 300)
    answer = await (await site.organiser()).get(address(where, "questions"))
    assert answer.text.count("\r\n") == 301
    assert int(answer.headers["content-length"]) == len(answer.content)


async def test_a_table_that_fails_halfway_is_an_error_and_no_file(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(db: sqlite3.Connection, *_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(export, "write", broken)
    where = await site.broadcast()
    browser = site.browser(failing=True)
    browser.cookies.update((await site.organiser()).cookies)
    answer = await browser.get(address(where, "questions"))
    assert answer.status_code == 500
    assert "content-disposition" not in answer.headers
