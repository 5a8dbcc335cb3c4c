"""A broadcast held again by the organiser's page: prepared alike, with pictures, a new code and links."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from live import copying
from live.auth import new_id
from live.directory import broadcasts, decks, people, roster, videos
from live.directory.broadcasts import Broadcast
from live.domain.base import Actor, Site, Video
from live.domain.life import Start
from live.domain.polls import AddPoll
from live.domain.rundown import AttachDeck
from tests.domain.scenes import COLOURS
from tests.doorway import Browser, join, site_in
from tests.doorway import Site as House

VIDEO = Video(kind="hls", url="https://video.example.org/live.m3u8")
HELD = {
    "title": "Safety course, second run",
    "planned": "",
    "offset": "",
    "lang.en": "on",
    "site.0.id": "room",
    "site.0.name": "Hall",
    "site.0.kind": "room",
}


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with site_in(tmp_path) as house:
        yield house


async def held(house: House) -> Broadcast:
    """A broadcast with a deck of one page, a poll, a roster and somebody in it, that is live."""
    where = await house.broadcast(roster=[("Li Na", "Depot"), ("Bo Li", "Mill")])

    def job(db: sqlite3.Connection) -> AttachDeck:
        deck = decks.add(db, where.id, name="course.pdf", sha256="5ha", now=0)
        decks.count(db, deck, 1)
        decks.add_slide(
            db, deck, number=1, width=16, height=9, text="Welcome", picture=b"large", thumb=b"small"
        )
        videos.put(db, where.id, VIDEO)
        broadcasts.set_words(db, where.id, ["fire"])
        return AttachDeck(deck=deck, slides=decks.ready(db, deck))

    stage = await house.app.state.stages.get(where.id)
    await stage.signal(await house.database.write(job))
    for command in (AddPoll(title="Which?", ballot=COLOURS), Start()):
        await stage.order(Actor(participant="li", role="lecturer"), new_id(), command)
    await join(house.browser(), where.code)
    return where


async def again(house: House, browser: Browser, where: Broadcast, **fields: str) -> Broadcast:
    answer = await browser.post(f"/broadcasts/{where.slug}/again", data={**HELD, **fields})
    assert answer.status_code == 303, answer.text
    slug = answer.headers["location"].removeprefix("/broadcasts/")
    made = await house.database.read(lambda db: broadcasts.find(db, slug))
    assert made
    return made


async def test_the_new_one_is_prepared_like_the_earlier_one_and_has_nothing_of_its_past(house: House) -> None:
    browser, where = await house.organiser(), await held(house)
    await house.database.write(lambda db: broadcasts.set_hour(db, where.id, 45))
    page = await browser.get(f"/broadcasts/{where.slug}/again")
    assert "The deck, with 1 page" in page.text
    assert "1 poll as a draft" in page.text
    made = await again(house, browser, where)
    assert await house.database.read(lambda db: broadcasts.hour(db, made.id)) == 45
    assert (made.title, made.code != where.code, made.joining) == (HELD["title"], True, True)
    stage = await house.app.state.stages.get(made.id)
    state = stage.state
    assert (state.life.phase, state.life.setup.words, state.life.setup.video) == ("planned", ("fire",), VIDEO)
    assert [(each.title, each.state) for each in state.polls.polls.values()] == [("Which?", "draft")]
    assert state.attendance.connections == {}
    [slide] = state.rundown.deck
    assert await house.database.read(lambda db: decks.picture(db, made.id, slide)) == b"large"
    assert await house.database.read(lambda db: decks.picture(db, where.id, slide)) is None
    roles = await house.database.read(lambda db: [each.role for each in people.links(db, made.id)])
    assert sorted(roles) == ["attendee", "lecturer", "moderator", "screen"]
    assert await house.rows("SELECT 1 FROM participant WHERE broadcast = ?", made.id) == []


@pytest.mark.parametrize("wanted", [True, False])
async def test_the_roster_goes_over_if_it_is_wanted(house: House, wanted: bool) -> None:
    browser, where = await house.organiser(), await held(house)
    made = await again(house, browser, where, **({"people": "on"} if wanted else {}))
    expected = await house.database.read(lambda db: roster.people(db, made.id))
    assert [each.name for each in expected] == (["Li Na", "Bo Li"] if wanted else [])


async def test_a_copy_that_fails_half_way_leaves_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = await held(house)

    def make(db: sqlite3.Connection) -> Broadcast:
        sites = [Site(id="room", name="Hall", kind="room")]
        return broadcasts.create(db, title="Again", sites=sites, created_by=None, now=0)

    def broken(*_given: object) -> None:
        raise OSError("broken")

    monkeypatch.setattr(copying, "begin", broken)
    with pytest.raises(OSError, match="broken"):
        await copying.copy(house.database, where.id, make, people=True, now=0)
    for table in ("broadcast", "deck", "slide"):
        assert await house.rows(f"SELECT count(*) AS n FROM {table}") == [{"n": 1}]


async def test_a_mistake_keeps_what_was_typed(house: House) -> None:
    browser, where = await house.organiser(), await held(house)
    answer = await browser.post(f"/broadcasts/{where.slug}/again", data={**HELD, "title": "", "people": "on"})
    assert answer.status_code == 422
    assert 'name="people" checked' in answer.text
