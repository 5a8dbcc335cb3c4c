"""The record on one page: for accounts only, at any time; its address says what counts as taking part."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from live.auth import new_id
from live.domain.base import Actor
from live.domain.life import Start
from live.domain.polls import AddPoll
from live.domain.turns import OpenPoll
from live.domain.votes import Vote
from tests.domain.scenes import COLOURS
from tests.doorway import Site, join, leads_to, site_in


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with site_in(tmp_path) as site:
        yield site


async def test_it_is_for_accounts_only_and_there_before_anything_has_happened(site: Site) -> None:
    where = await site.broadcast()
    path = f"/broadcasts/{where.slug}/record"
    assert leads_to(await site.browser().get(path), f"/login?next={path}")
    page = await (await site.organiser()).get(path)
    assert "It has not been live yet." in page.text
    assert "Nobody was expected, and nobody has come." in page.text


async def test_it_names_who_is_missing_by_unit_and_what_was_voted(site: Site) -> None:
    organiser, where = (
        await site.organiser(),
        await site.broadcast(roster=[("Li Na", "Depot"), ("Bo", "Mill")]),
    )
    await join(site.browser(), where.code, unit="Depot")
    [row] = await site.rows("SELECT id FROM participant WHERE name = 'Li Na'")
    stage = await site.app.state.stages.get(where.id)
    lecturer = Actor(participant="li", role="lecturer")
    for command in (Start(), AddPoll(title="Which <b>?", ballot=COLOURS), OpenPoll(poll=1)):
        await stage.order(lecturer, new_id(), command)
    voter = Actor(participant=row["id"], role="attendee")
    await stage.order(voter, new_id(), Vote(poll=1, round=1, n=1, choice=(1,)))
    page = (await organiser.get(f"/broadcasts/{where.slug}/record?share=80&signed=on")).text
    assert "Mill (1)</dt><dd>Bo</dd>" in page
    assert "Which &lt;b&gt;?" in page
    assert "1 has voted" in page
    assert "at least 80 % of the live time" in page
    assert "Signature" in page


@pytest.mark.parametrize("share", ["101", "-1", "x", "²", ""])
async def test_a_share_that_is_none_harms_nothing(site: Site, share: str) -> None:
    where = await site.broadcast()
    page = await (await site.organiser()).get(f"/broadcasts/{where.slug}/record", params={"share": share})
    assert page.status_code == 200


async def test_a_guest_is_found_to_be_somebody_of_the_roster_and_the_log_says_by_whom(site: Site) -> None:
    organiser, where = (
        await site.organiser(),
        await site.broadcast(roster=[("Li Na", "Depot"), ("Bo", "Mill")]),
    )
    await join(site.browser(), where.code, name="Nana", unit="Mill")
    path = f"/broadcasts/{where.slug}/record"
    assert "1 came under a name that is not on the roster" in (await organiser.get(path)).text
    [guest] = await site.rows("SELECT id FROM participant WHERE name = 'Nana'")
    asked = "SELECT coalesce(person.name, '') AS name, participant.unit FROM participant LEFT JOIN person"
    asked += " ON person.id = participant.person WHERE participant.id = ?"
    for line, now in (
        ("Li Na Depot", {"name": "Li Na", "unit": "Depot"}),
        ("nobody", {"name": "Li Na", "unit": "Depot"}),
        ("", {"name": "", "unit": "Depot"}),
    ):
        answer = await organiser.post(path, data={"guest": guest["id"], "person": line})
        assert answer.status_code == 303
        assert await site.rows(asked, guest["id"]) == [now]
    by = "SELECT participant.name FROM event JOIN participant ON participant.id = actor"
    by += """ WHERE body GLOB '{"type":"renamed"*'"""
    assert await site.rows(by) == [{"name": "Wang Lixin"}] * 2
