"""What goes to one place reaches those who are there and nobody else, whenever they came."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from live.domain.attendance import Rename
from live.domain.base import Participant, Setup, Site
from live.domain.notices import ClearNotice, Notify
from live.protocol import Hello, Welcome
from tests.backstage import Backstage, Ear, Roster, behind

SITES = (Site(id="room", name="Hall", kind="room"), Site(id="plant", name="Plant", kind="remote"))
SECRET = "The bus of the plant leaves at five"


class Sites(Roster):
    async def setup(self) -> Setup:
        return Setup(title=self.title, sites=SITES)


@pytest.fixture
async def where(tmp_path: Path) -> AsyncIterator[Backstage]:
    async with behind(tmp_path) as backstage:
        backstage.roster = Sites()
        await backstage.reopen()
        yield backstage


async def somebody(where: Backstage, name: str, *, site: str = "room", unit: str = "Depot") -> Ear:
    settle(where, name, site=site, unit=unit)
    ear = Ear(where, where.actor(name))
    await ear.come()
    return ear


def settle(where: Backstage, name: str, *, site: str, unit: str = "Depot") -> None:
    where.roster.known[name] = Participant(id=name, name=name, role="attendee", unit=unit, site=site)


def heard(ear: Ear) -> bool:
    return SECRET in str(ear.frames)


async def test_only_those_at_the_place_get_it_and_only_they_hear_that_it_is_gone(where: Backstage) -> None:
    desk = where.actor("mo", "moderator")
    plant, room = await somebody(where, "ann", site="plant"), await somebody(where, "bob")
    screen = Ear(where, where.actor("hall", "screen"))
    await screen.come()
    await where.do(desk, Notify(text=SECRET, site="plant"))
    await plant.until(lambda: plant.docs.get("notice/site", {}).get("text") == SECRET)
    late_plant, late_room = await somebody(where, "cat", site="plant"), await somebody(where, "dan")
    assert late_plant.docs["notice/site"]["text"] == SECRET
    await where.do(desk, Notify(text="To all"))
    for ear in (plant, room, screen, late_plant, late_room):
        await ear.until(lambda ear=ear: ear.docs.get("notice", {}).get("text") == "To all")  # type: ignore[misc]
    await where.do(desk, ClearNotice(site="plant"))
    await plant.until(lambda: "notice/site" not in plant.docs)
    await late_plant.until(lambda: "notice/site" not in late_plant.docs)
    await where.settle()
    assert [heard(ear) for ear in (plant, late_plant, room, late_room, screen)] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert len(plant.patches()) >= 3, "no welcome was needed: it went on where it stood"
    assert [frame["type"] for frame in plant.frames].count("welcome") == 1


async def test_the_first_page_and_a_reconnect_have_it_for_those_it_is_for(where: Backstage) -> None:
    desk = where.actor("mo", "moderator")
    ear = await somebody(where, "ann", unit="Workshop")
    since = ear.subscriber.seq
    ear.go()
    await where.do(desk, Notify(text=SECRET, unit="Workshop"))
    await where.settle()
    again = Ear(where, where.actor("ann"))
    await where.stage.join(again.subscriber, Hello(since=since, epoch=where.stage.epoch))
    await again.until(lambda: "notice/unit" in again.docs)
    assert again.frames[0]["type"] == "patch"
    for name, unit in (("ann", "Workshop"), ("bob", "Depot")):
        settle(where, name, site="room", unit=unit)
        page = await where.stage.welcome(where.actor(name), "attendee")
        assert ("notice/unit" in msgspec.json.decode(page, type=Welcome).docs) == (unit == "Workshop")


async def test_whoever_is_found_to_be_of_another_site_gets_the_notice_of_that_one(where: Backstage) -> None:
    desk = where.actor("mo", "moderator")
    ann = await somebody(where, "ann", site="plant")
    await where.do(desk, Notify(text="Hello, plant", site="plant"))
    await where.do(desk, Notify(text="Hello, room", site="room"))
    await ann.until(lambda: ann.docs.get("notice/site", {}).get("text") == "Hello, plant")
    settle(where, "ann", site="room")
    await where.stage.signal(Rename(participant="ann"))
    await ann.until(lambda: ann.docs.get("notice/site", {}).get("text") == "Hello, room")


async def test_whoever_was_corrected_while_away_comes_back_to_the_notice_of_the_new_place(
    where: Backstage,
) -> None:
    desk = where.actor("mo", "moderator")
    ear = await somebody(where, "ann", site="plant")
    await where.do(desk, Notify(text=SECRET, site="plant"))
    await where.do(desk, Notify(text="Hello, room", site="room"))
    await ear.until(lambda: "notice/site" in ear.docs)
    await somebody(where, "bob", site="room")
    await where.settle()
    since = ear.subscriber.seq
    ear.go()
    settle(where, "ann", site="room")
    await where.stage.signal(Rename(participant="ann"))
    again = Ear(where, where.actor("ann"))
    await where.stage.join(again.subscriber, Hello(since=since, epoch=where.stage.epoch))
    await again.until(lambda: again.docs.get("notice/site", {}).get("text") == "Hello, room")
    assert again.frames[0]["type"] == "welcome"


async def test_an_older_notice_of_the_new_place_reaches_whoever_is_moved_there(where: Backstage) -> None:
    desk = where.actor("mo", "moderator")
    await somebody(where, "bob", site="room")
    await where.do(desk, Notify(text="Hello, room", site="room"))
    ann = await somebody(where, "ann", site="plant")
    await where.do(desk, Notify(text="To all"))
    await ann.until(lambda: "notice" in ann.docs)
    settle(where, "ann", site="room")
    await where.stage.signal(Rename(participant="ann"))
    await ann.until(lambda: ann.docs.get("notice/site", {}).get("text") == "Hello, room")


async def test_votes_and_whatever_else_there_is_goes_on_at_each_place(where: Backstage) -> None:
    desk = where.actor("mo", "moderator")
    await where.open_poll()
    ears = [
        await somebody(where, f"p{n}", site=("room", "plant")[n % 2], unit=f"Unit {n % 3}") for n in range(12)
    ]
    for n in range(3):
        await where.do(desk, Notify(text=secrets.token_hex(4), unit=f"Unit {n}"))
        await where.do(desk, Notify(text=secrets.token_hex(4), site=("room", "plant")[n % 2]))
        await where.do(desk, Notify(text=f"Round {n}"))
    for ear in ears:
        await ear.until(lambda ear=ear: ear.docs.get("notice", {}).get("text") == "Round 2")  # type: ignore[misc]
        assert {"notice/site", "notice/unit", "poll/1", "tally/1"} <= ear.docs.keys()
