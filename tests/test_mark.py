"""The running mark and its clock are open to a browser source that nobody has signed in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.doorway import Site, site_in


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with site_in(tmp_path) as site:
        yield site


async def test_anybody_may_show_the_mark_of_a_broadcast(site: Site) -> None:
    where, obs = await site.broadcast("Secret title"), site.browser()
    page = await obs.get(f"/b/{where.slug}/mark")
    assert page.status_code == 200
    assert "pages/mark" in page.text or "mark-" in page.text
    assert "Secret title" not in page.text
    assert (await obs.get("/b/nowhere/mark")).status_code == 404


async def test_the_clock_is_the_servers(site: Site) -> None:
    obs = site.browser()
    assert (await obs.get("/clock")).json() == {"now": site.now}
    site.now += 1_234
    answer = await obs.get("/clock")
    assert answer.json() == {"now": site.now}
    assert answer.headers["cache-control"] == "no-store"
