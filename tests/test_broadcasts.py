"""The organiser's pages: who gets there, making a broadcast, changing it, losing nothing that was typed."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from live.directory import broadcasts
from live.domain import life
from live.domain.base import Actor
from live.pages import times
from tests.doorway import Browser, Site, leads_to, site_in

GIVEN = {
    "title": "Accident cases",
    "lecturer": "Li Ming",
    "planned": "2027-03-01T14:00",
    "offset": "480",
    "minutes": "90",
    "lang.zh": "on",
    "lang.en": "on",
    "site.0.name": "Hall",
    "site.0.kind": "room",
    "site.1.name": "Remote",
    "site.1.kind": "remote",
}
FIRST_OF_MARCH = 1_803_880_800_000  # 2027-03-01 14:00 in China


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with site_in(tmp_path) as site:
        yield site


async def made(site: Site, browser: Browser) -> broadcasts.Broadcast:
    answer = await browser.post("/broadcasts/new", data=GIVEN)
    assert answer.status_code == 303, answer.text
    slug = answer.headers["location"].removeprefix("/broadcasts/")
    found = await site.database.read(lambda db: broadcasts.find(db, slug))
    assert found
    return found


async def told(site: Site, where: broadcasts.Broadcast) -> dict[str, Any]:
    """The `broadcast` doc, as a desk has it."""
    stage = await site.app.state.stages.get(where.id)
    doc: dict[str, Any] = msgspec.json.decode(stage.feed("desk").all()["broadcast"])
    return doc


@pytest.mark.parametrize(
    "path", ["/broadcasts", "/broadcasts/new", "/broadcasts/{slug}", "/broadcasts/{slug}/roster"]
)
async def test_only_accounts_come_in_and_others_come_back_after_the_login(site: Site, path: str) -> None:
    where = await site.broadcast()
    path = path.format(slug=where.slug)
    assert leads_to(await site.browser().get(path), f"/login?next={path}")
    organiser = await site.organiser()
    assert (await organiser.get(path)).status_code == 200


async def test_a_post_of_somebody_who_was_signed_out_changes_nothing(site: Site) -> None:
    where = await site.broadcast()
    stranger = site.browser()
    for path in ("", "/joining", "/links", "/roster"):
        answer = await stranger.post(f"/broadcasts/{where.slug}{path}", data=GIVEN)
        assert leads_to(answer, f"/login?next=/broadcasts/{where.slug}")
    assert leads_to(await stranger.post("/broadcasts/new", data=GIVEN), "/login?next=/broadcasts")
    assert await site.database.read(broadcasts.all) == [where]


async def test_an_empty_list_says_what_to_do(site: Site) -> None:
    browser = await site.organiser()
    assert "No broadcast yet" in (await browser.get("/broadcasts")).text
    await made(site, browser)
    page = (await browser.get("/broadcasts")).text
    assert "No broadcast yet" not in page
    assert "Accident cases" in page


async def test_a_new_broadcast_is_what_was_typed_and_has_a_link_for_each_role(site: Site) -> None:
    where = await made(site, await site.organiser())
    assert (where.title, where.lecturer, where.languages) == ("Accident cases", "Li Ming", ("zh", "en"))
    assert (where.planned_at, where.minutes) == (FIRST_OF_MARCH, 90)
    sites = await site.database.read(lambda db: broadcasts.sites(db, where.id))
    assert [(each.name, each.kind) for each in sites] == [("Hall", "room"), ("Remote", "remote")]
    roles = [row["role"] for row in await site.rows("SELECT role FROM link ORDER BY role")]
    assert roles == ["attendee", "lecturer", "moderator", "screen"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": " \u200b"}, "Please give the broadcast a title."),
        ({"title": "x" * 201}, "This is too long: at most 200 characters."),
        ({"lecturer": "x" * 61}, "This is too long: at most 60 characters."),
        ({"planned": "tomorrow"}, "This is not a date and time."),
        ({"planned": "0001-01-01T00:00", "offset": "840"}, "This is not a date and time."),
        ({"offset": "99999"}, "This is not a date and time."),
        ({"minutes": "0"}, "Please give the planned length in minutes"),
        ({"minutes": "1.5 h"}, "Please give the planned length in minutes"),
        ({"lang.zh": None, "lang.en": None}, "Please choose at least one language."),
        ({"site.0.name": "", "site.1.name": ""}, "Please name at least one place."),
        ({"site.0.name": "Remote"}, "Two places have this name."),
        ({"site.0.name": "x" * 61}, "This is too long: at most 60 characters."),
        ({f"site.{n}.name": f"place {n}" for n in range(21)}, "At most 20 places."),
    ],
)
async def test_a_mistake_is_said_beside_its_field_and_nothing_is_lost(
    site: Site, wrong: dict[str, str | None], said: str
) -> None:
    browser = await site.organiser()
    given = {name: value for name, value in {**GIVEN, **wrong}.items() if value is not None}
    answer = await browser.post("/broadcasts/new", data=given)
    assert answer.status_code == 422
    assert said in answer.text
    assert answer.text.count('role="alert"') == 1
    for name, value in given.items():
        assert name.startswith("lang.") or name.endswith("kind") or f'value="{value}"' in answer.text
    assert await site.database.read(broadcasts.all) == []


async def test_places_are_added_and_taken_away_without_a_script(site: Site) -> None:
    browser = await site.organiser()
    more = await browser.post("/broadcasts/new", data={**GIVEN, "add": "site"})
    assert more.status_code == 200
    assert 'name="site.2.name"' in more.text
    fewer = await browser.post("/broadcasts/new", data={**GIVEN, "remove": "0"})
    assert 'name="site.0.name"' not in fewer.text
    assert 'value="Remote"' in fewer.text
    assert await site.database.read(broadcasts.all) == []


async def test_changed_details_reach_the_desk_at_once(site: Site) -> None:
    browser = await site.organiser()
    where = await made(site, browser)
    assert (await told(site, where))["title"] == "Accident cases"
    sites = await site.database.read(lambda db: broadcasts.sites(db, where.id))
    changed = {
        **GIVEN,
        "title": "Accident cases, part 2",
        "planned": "",
        "site.0.id": sites[0].id,
        "site.0.name": "Hall 1",
        "site.1.id": sites[1].id,
    }
    answer = await browser.post(f"/broadcasts/{where.slug}", data=changed)
    assert leads_to(answer, f"/broadcasts/{where.slug}")
    doc = await told(site, where)
    assert doc["title"] == "Accident cases, part 2"
    assert doc.get("planned_at") is None
    assert [(each["id"], each["name"]) for each in doc["sites"]] == [
        (sites[0].id, "Hall 1"),
        (sites[1].id, "Remote"),
    ]


async def test_a_mistake_in_the_details_opens_their_form_again(site: Site) -> None:
    browser = await site.organiser()
    where = await made(site, browser)
    answer = await browser.post(f"/broadcasts/{where.slug}", data={**GIVEN, "title": "", "lecturer": "Ho"})
    assert answer.status_code == 422
    assert '<details class="unfold" open>' in answer.text
    assert 'value="Ho"' in answer.text
    assert "<h1>Accident cases</h1>" in answer.text
    assert (await told(site, where))["lecturer"] == "Li Ming"


async def test_a_place_from_which_people_take_part_stays(site: Site) -> None:
    browser = await site.organiser()
    where = await made(site, browser)
    hall, _remote = await site.database.read(lambda db: broadcasts.sites(db, where.id))

    def arrive(db: sqlite3.Connection) -> None:
        db.execute(
            "INSERT INTO participant (id, broadcast, role, site, created_at)"
            " VALUES ('p', ?, 'attendee', ?, 0)",
            (where.id, hall.id),
        )

    await site.database.write(arrive)
    without = {name: value for name, value in GIVEN.items() if not name.startswith("site.0")}
    answer = await browser.post(f"/broadcasts/{where.slug}", data=without)
    assert answer.status_code == 422
    assert "People take part from “Hall” (1)" in answer.text
    assert 'value="Hall"' in answer.text, "its row is back"


async def test_the_code_is_given_away_only_while_people_can_join(site: Site) -> None:
    browser = await site.organiser()
    where = await made(site, browser)
    assert (await told(site, where))["code"] == where.code
    assert (await browser.get(f"/b/{where.slug}/qr.svg")).headers["content-type"] == "image/svg+xml"
    answer = await browser.post(f"/broadcasts/{where.slug}/joining", data={})
    assert leads_to(answer, f"/broadcasts/{where.slug}#invitations")
    assert (await told(site, where)).get("code") is None
    assert (await browser.get(f"/b/{where.slug}/qr.svg")).status_code == 404
    await browser.post(f"/broadcasts/{where.slug}/joining", data={"joining": "on"})
    assert (await told(site, where))["code"] == where.code
    assert (await site.browser().get(f"/b/{where.slug}/qr.svg")).status_code == 404, "not for strangers"


async def test_the_list_knows_what_is_live(site: Site) -> None:
    browser = await site.organiser()
    where = await made(site, browser)
    stage = await site.app.state.stages.get(where.id)
    await stage.order(Actor(participant="o", role="organiser"), "a" * 22, life.Start())
    assert "pill--now" in (await browser.get("/broadcasts")).text
    assert "pill--now" in (await browser.get(f"/broadcasts/{where.slug}")).text


async def test_an_address_of_no_broadcast_is_said_to_be_none(site: Site) -> None:
    browser = await site.organiser()
    for path in ("/broadcasts/nowhere", "/broadcasts/nowhere/roster", "/b/nowhere/qr.svg"):
        assert (await browser.get(path)).status_code == 404


async def test_what_people_typed_is_text_and_never_markup(site: Site) -> None:
    browser = await site.organiser()
    evil = "</script><b>"
    given = {**GIVEN, "title": evil, "site.0.name": evil}
    answer = await browser.post("/broadcasts/new", data=given)
    page = (await browser.get(answer.headers["location"])).text
    assert evil not in page
    assert "&lt;/script&gt;&lt;b&gt;" in page


def test_a_time_is_read_in_the_zone_of_the_browser_that_wrote_it() -> None:
    assert times.read("2027-03-01T14:00", "480") == FIRST_OF_MARCH
    assert times.read("2027-03-01T06:00", "0") == FIRST_OF_MARCH
    assert times.read(times.typed(FIRST_OF_MARCH), "") == FIRST_OF_MARCH, "without a zone it is the server's"
    for text, offset in [
        ("2027-03-01T14:00+08:00", ""),
        ("", ""),
        ("2027-03-01T14:00", "x"),
        ("0202-03-01T14:00", "0"),
    ]:
        with pytest.raises(ValueError):  # noqa: PT011  the sentence is the page's
            times.read(text, offset)
