"""The pages that draw themselves: what is in them, and that compressing them tells nobody anything."""

import gzip
import json
import re
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from live.directory.broadcasts import Broadcast
from live.pages import shell
from tests.doorway import Browser, Site, join, site_in

FRAME = re.compile(r'<script type="application/json" id="first">(.*?)</script>', re.DOTALL)


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with site_in(tmp_path) as site:
        yield site


async def raw(browser: Browser, path: str, encoding: str) -> tuple[bytes, str]:
    """The body as it came over the wire, and how it is encoded."""
    async with browser.stream("GET", path, headers={"Accept-Encoding": encoding}) as answer:
        body = b"".join([part async for part in answer.aiter_raw()])
        assert answer.headers["content-length"] == str(len(body))
        assert "Accept-Encoding" in answer.headers["vary"]
        return body, answer.headers.get("content-encoding", "")


async def attendee(site: Site, where: Broadcast, name: str = "Li Na") -> Browser:
    browser = site.browser()
    await join(browser, where.code, name=name)
    return browser


async def test_compressed_and_as_it_is_say_the_same(site: Site) -> None:
    where = await site.broadcast()
    browser = await attendee(site, where)
    whole, encoding = await raw(browser, f"/b/{where.slug}/", "identity")
    assert encoding == ""
    small, encoding = await raw(browser, f"/b/{where.slug}/", "gzip, br")
    assert encoding == "gzip"
    assert len(small) < len(whole)
    now = re.compile(rb'"now":\d+')
    assert now.sub(b"", gzip.decompress(small)) == now.sub(b"", whole)


async def test_everybody_gets_a_frame_of_their_own_in_the_same_shell(site: Site) -> None:
    where = await site.broadcast("Ropes & <knots>")
    pages = [
        (await (await attendee(site, where, name)).get(f"/b/{where.slug}/")).text
        for name in ("Li Na", "Wang Wei")
    ]
    frames = [json.loads(found[1]) for page in pages if (found := FRAME.search(page))]
    assert [frame["you"]["name"] for frame in frames] == ["Li Na", "Wang Wei"]
    assert frames[0]["docs"] == frames[1]["docs"]
    assert len({FRAME.sub("", page) for page in pages}) == 1
    assert "<title>Ropes &amp; &lt;knots&gt;</title>" in pages[0]


async def test_no_name_can_end_the_element_that_it_stands_in(site: Site) -> None:
    where = await site.broadcast()
    page = (await (await attendee(site, where, "</script><b>")).get(f"/b/{where.slug}/")).text
    found = FRAME.search(page)
    assert found is not None
    assert json.loads(found[1])["you"]["name"] == "</script><b>"


async def test_a_name_like_the_seam_of_the_frame_is_only_a_name(site: Site) -> None:
    where = await site.broadcast()
    page = (await (await attendee(site, where, 'A,"docs":{B')).get(f"/b/{where.slug}/")).text
    found = FRAME.search(page)
    assert found is not None
    assert json.loads(found[1])["you"]["name"] == 'A,"docs":{B'


async def test_what_is_personal_is_not_compressed(site: Site) -> None:
    where = await site.broadcast()
    small, _ = await raw(await attendee(site, where, "Li Na Li Na Li Na"), f"/b/{where.slug}/", "gzip")
    assert b'"name":"Li Na Li Na Li Na"' in small


async def test_the_docs_of_the_desk_are_not_compressed(site: Site) -> None:
    where = await site.broadcast("Safety Safety Safety")
    organiser = await site.organiser()
    small, _ = await raw(organiser, f"/b/{where.slug}/desk", "gzip")
    assert b'"title":"Safety Safety Safety"' in small


@pytest.mark.parametrize("length", [0, 1, shell.BLOCK, shell.BLOCK + 1, 3 * shell.BLOCK])
def test_blocks_that_are_not_compressed_hold_any_length(length: int) -> None:
    said, blocks = shell.plain(b"x" * length)
    assert zlib.decompressobj(-zlib.MAX_WBITS).decompress(blocks) == said == b"x" * length
