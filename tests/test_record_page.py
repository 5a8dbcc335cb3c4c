"""The record on one page: for accounts only, at any time; its address says what counts as taking part."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from live.auth import new_id
from live.directory.broadcasts import Broadcast
from live.domain.base import Actor
from live.domain.life import End, Start
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
    for line, why, now, status in (
        ("Li Na Depot", "Her chief knows her", {"name": "Li Na", "unit": "Depot"}, 303),
        ("nobody", "A guess", {"name": "Li Na", "unit": "Depot"}, 422),
        ("", " ", {"name": "Li Na", "unit": "Depot"}, 422),
        ("", "It was another Nana", {"name": "", "unit": "Depot"}, 303),
    ):
        answer = await organiser.post(path, data={"guest": guest["id"], "person": line, "reason": why})
        assert answer.status_code == status
        assert await site.rows(asked, guest["id"]) == [now]
    by = "SELECT participant.name FROM event JOIN participant ON participant.id = actor"
    by += """ WHERE body GLOB '{"type":"renamed"*'"""
    assert await site.rows(by) == [{"name": "Wang Lixin"}] * 2
    kept = "SELECT author, about, what, before, after, reason FROM correction ORDER BY id"
    assert [tuple(row.values()) for row in await site.rows(kept)] == [
        ("Wang Lixin", "Nana Mill", "person", "", "Li Na Depot", "Her chief knows her"),
        ("Wang Lixin", "Nana Depot", "person", "Li Na Depot", "", "It was another Nana"),
    ]


@pytest.fixture
async def held(site: Site) -> Broadcast:
    """Live for an hour; Bo of the roster was in the hall and had no phone."""
    where = await site.broadcast(roster=[("Bo", "Mill")])
    stage = await site.app.state.stages.get(where.id)
    lecturer = Actor(participant="li", role="lecturer")
    await stage.order(lecturer, new_id(), Start())
    site.now += 3_600_000
    await stage.order(lecturer, new_id(), End())
    return where


async def test_a_line_that_is_set_right_says_before_after_who_and_why(site: Site, held: Broadcast) -> None:
    organiser, path = await site.organiser(), f"/broadcasts/{held.slug}/record"
    [bo] = await site.rows("SELECT id FROM person")
    form = (await organiser.get(path, params={"correct": bo["id"], "share": 80})).text
    assert "Set right: Bo" in form
    typed = {"who": bo["id"], "number": "07", "name": "Bo", "unit": "Mill", "place": "room", "live": "0:50"}
    to = f"{path}/corrections?share=80"
    for wrong, said in (
        ({"reason": ""}, "Please say in a sentence why."),
        ({"reason": "Seen", "live": "1:00:01"}, "It was live for 1:00:00"),
        ({"reason": "Seen", "live": "long"}, "Write it as hours"),
        ({"reason": "Seen", "name": ""}, "Somebody without a name"),
    ):
        answer = await organiser.post(to, data=typed | wrong)
        assert (answer.status_code, said in answer.text) == (422, True), said
    assert await site.rows("SELECT * FROM correction") == []
    answer = await organiser.post(to, data=typed | {"reason": "No phone; the steward <i>saw</i> him"})
    assert leads_to(answer, f"{path}?share=80#corrections")
    page = (await organiser.get(f"{path}?share=80")).text
    assert "No phone; the steward &lt;i&gt;saw&lt;/i&gt; him" in page
    assert "<td>0:00:00</td>" in page, "before"
    assert "<td>0:50:00</td>" in page, "after"
    assert "Who is missing" not in page
    kept = await site.rows("SELECT what, before, after FROM correction ORDER BY id")
    assert [tuple(row.values()) for row in kept] == [
        ("live", "0", "3000"),
        ("number", "", "07"),
        ("place", "", "room"),
    ]


async def test_hours_of_training_are_told_once_the_organiser_has_said_what_one_is(
    site: Site, held: Broadcast
) -> None:
    organiser, path = await site.organiser(), f"/broadcasts/{held.slug}/record"
    table = f"/broadcasts/{held.slug}/export/people.csv"
    assert "Hours of training<" not in (await organiser.get(path)).text
    assert (await organiser.get(table)).text.splitlines()[1].endswith(",,")
    typed = {"who": "1", "name": "Bo", "unit": "Mill", "live": "0:50", "reason": "The steward saw him"}
    await organiser.post(f"{path}/corrections", data=typed)
    assert leads_to(await organiser.post(f"{path}/hour?share=80", data={"hour": "45"}), f"{path}?share=80")
    page = (await organiser.get(f"{path}?share=80")).text
    assert "<p>1.3 <span" in page, "an hour is 60 minutes, and 1.33 of these"
    assert '<td class="number">1.1</td>' in page
    assert '<td class="number">1.1</td>' not in (await organiser.get(f"{path}?share=90")).text, "too short"
    assert (await organiser.get(table)).text.splitlines()[1].endswith(",1.1,45")
    await organiser.post(f"{path}/hour", data={"hour": ""})
    assert "Hours of training<" not in (await organiser.get(path)).text


async def test_what_was_set_right_is_undone_by_another_correction(site: Site, held: Broadcast) -> None:
    organiser, path = await site.organiser(), f"/broadcasts/{held.slug}/record"
    [bo] = await site.rows("SELECT id FROM person")
    typed = {"who": bo["id"], "name": "Bo", "unit": "Mill"}
    for live in ("0:50:00", ""):
        await organiser.post(f"{path}/corrections", data=typed | {"live": live, "reason": "The steward"})
    kept = await site.rows("SELECT before, after FROM correction ORDER BY id")
    assert [tuple(row.values()) for row in kept] == [("0", "3000"), ("3000", "")]
    page = (await organiser.get(path)).text
    assert "<td>as counted</td>" in page
    assert "Mill (1)</dt><dd>Bo</dd>" in page
    nothing = await organiser.post(f"{path}/corrections", data=typed | {"live": "", "reason": "Again"})
    assert (nothing.status_code, "Nothing was changed." in nothing.text) == (422, True)
    stranger = await organiser.post(f"{path}/corrections", data={"who": "77", "reason": "?"})
    assert stranger.status_code == 404


async def test_after_the_start_roster_and_details_do_not_change_without_a_reason(
    site: Site, held: Broadcast
) -> None:
    organiser, page = await site.organiser(), f"/broadcasts/{held.slug}"
    roster = {"table": "Number,Name,Unit\n1,Ann,Mill\n,Bo,Mill", "keep": "1"}
    details = {"title": "Safety course", "lecturer": "Li Ming", "lang.en": "on"}
    details |= {"site.0.id": "room", "site.0.name": "Great hall", "site.0.kind": "room"}
    for path, form in ((f"{page}/roster", roster), (page, details)):
        refused = await organiser.post(path, data=form)
        assert (refused.status_code, "Please say in a sentence why." in refused.text) == (422, True)
        assert (await organiser.post(path, data=form | {"reason": "Forgotten"})).status_code == 303
    kept = await site.rows("SELECT about, what, before, after, reason FROM correction ORDER BY id")
    assert [tuple(row.values()) for row in kept] == [
        ("1 Ann Mill", "roster", "", "1 Ann Mill", "Forgotten"),
        ("", "lecturer", "", "Li Ming", "Forgotten"),
        ("", "site", "Hall (A room)", "Great hall (A room)", "Forgotten"),
        ("", "site", "Remote (Remote, each alone)", "", "Forgotten"),
    ]
    same = await organiser.post(page, data=details)
    assert same.status_code == 303, "nothing in the record is another than before"
