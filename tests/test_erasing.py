"""A name is erased: it is nowhere in the file any more, and every figure is what it was."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from live.auth import new_id
from live.database import connect
from live.directory import corrections, erasing, people, roster
from live.directory.broadcasts import Broadcast
from live.directory.corrections import Change, Word
from live.domain.base import Actor
from live.domain.life import End, Start
from live.domain.questions import Ask
from live.exports import attended
from tests.doorway import Browser, Site, join, leads_to, site_in

NAME, NICKNAME, NUMBER = "Hedwig Quux", "Heddy Quux", "QX-4711"


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with site_in(tmp_path) as site:
        yield site


async def held(site: Site) -> tuple[Browser, Broadcast]:
    """She came under a nickname, asked by name, and her line was set right twice."""
    organiser, where = await site.organiser(), await site.broadcast(roster=[(NAME, "Depot"), ("Bo", "Mill")])
    await site.database.write(lambda db: db.execute("UPDATE person SET number = ? WHERE id = 1", (NUMBER,)))
    await join(site.browser(), where.code, name=NICKNAME, unit="Depot")
    [guest] = await site.rows("SELECT id FROM participant")
    stage, lecturer = await site.app.state.stages.get(where.id), Actor(participant="li", role="lecturer")
    await stage.order(lecturer, new_id(), Start())
    asker = Actor(participant=guest["id"], role="attendee")
    await stage.order(asker, new_id(), Ask(key="k" * 22, text="Why?", anonymous=False))
    site.now += 3_600_000
    await stage.order(lecturer, new_id(), End())
    record, line = f"/broadcasts/{where.slug}/record", f"{NUMBER} {NAME} Depot"
    form = {"guest": guest["id"], "person": line, "reason": f"{NICKNAME} is {NAME}, not Hilda"}
    assert (await organiser.post(record, data=form)).status_code == 303
    form = {"who": "1", "number": NUMBER, "name": NAME, "unit": "Mill", "live": "0:50", "reason": "Steward"}
    assert (await organiser.post(f"{record}/corrections", data=form)).status_code == 303
    said = [
        Change("lecturer", "Li", "Dr. Li"),
        Change("live", "4711", "3000", "Bo Mill", who=2),
        Change("roster", f"{NUMBER} {NAME} Depot", "", f"{NUMBER} {NAME} Depot"),
    ]
    word = Word(site.now, None, "Ops", f"{NAME} ({NUMBER}) said so")
    await site.database.write(lambda db: corrections.add(db, where.id, word, said))
    return organiser, where


async def test_an_erased_name_is_nowhere_in_the_file_and_no_figure_has_changed(
    site: Site, tmp_path: Path
) -> None:
    organiser, where = await held(site)
    before, path = await figures(site, where.id), f"/broadcasts/{where.slug}/roster/erase"
    assert "took part" in (await organiser.get(path, params={"name": NAME.upper()})).text
    for missing in ({"who.1": "on"}, {"reason": "Asked"}):
        assert (await organiser.post(path, data={"name": NAME} | missing)).status_code == 422
    answer = await organiser.post(path, data={"name": NAME, "who.1": "on", "reason": f"Asked by {NAME}"})
    assert leads_to(answer, f"{path}?erased=1")

    assert await figures(site, where.id) == before
    page = (await organiser.get(f"/broadcasts/{where.slug}/record")).text
    for gone in (NAME, NICKNAME, NUMBER):
        assert gone not in page
        for file in tmp_path.glob("live.db*"):
            assert gone.encode() not in file.read_bytes(), (gone, file.name)
    for left in ("– is –, not Hilda", "Asked by –", "erased", "– (–) said so", "Dr. Li", "1:18:31"):
        assert left in page
    [question] = await site.rows("SELECT name, text FROM question")
    assert (question["name"], question["text"]) == ("", "Why?")


async def test_the_write_ahead_log_is_cut_off_though_a_pack_was_being_made(
    site: Site, tmp_path: Path
) -> None:
    organiser, where = await held(site)
    reader = connect(tmp_path / "live.db")
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM person").fetchone()[0] == 2

    class Making:
        """The child process reads, until it is ended."""

        async def forget(self, broadcast: int) -> None:
            assert broadcast == where.id
            reader.close()

    site.app.state.packing = Making()
    form = {"name": NAME, "who.1": "on", "reason": "Asked"}
    await organiser.post(f"/broadcasts/{where.slug}/roster/erase", data=form)
    for file in tmp_path.glob("live.db*"):
        assert NAME.encode() not in file.read_bytes(), file.name


async def figures(site: Site, broadcast: int) -> list[tuple[object, ...]]:
    """Who was there for how long, without what they are called."""
    known = await site.database.read(lambda db: attended.everybody(db, broadcast))
    return [(one.unit, one.place, one.first_seen, one.live_ms, one.standing(3_600_000, 80)) for one in known]


async def test_a_name_is_found_in_all_broadcasts_and_goes_only_where_it_is_ticked(site: Site) -> None:
    first, second = (
        await site.broadcast("March", roster=[(NAME, "Depot")]),
        await site.broadcast("April", roster=[(NAME, "Depot"), ("Bo", "Mill")]),
    )
    organiser, path = await site.organiser(), f"/broadcasts/{second.slug}/roster/erase"
    page = (await organiser.get(path, params={"name": NAME})).text
    assert page.index("April") < page.index("March")
    await organiser.post(path, data={"name": NAME, "who.2": "on", "reason": "Asked"})
    assert [one.slug for one in await site.database.read(lambda db: erasing.named(db, NAME))] == [first.slug]
    assert "Nobody is called that" in (await organiser.get(path, params={"name": "Nobody"})).text


async def test_who_was_erased_is_no_line_of_the_roster_and_a_new_roster_leaves_them_be(site: Site) -> None:
    organiser, where = await site.organiser(), await site.broadcast(roster=[(NAME, "Depot"), ("Bo", "Mill")])
    path = f"/broadcasts/{where.slug}/roster"
    await organiser.post(f"{path}/erase", data={"name": NAME, "who.1": "on", "reason": "Asked"})
    await organiser.post(path, data={"table": "Name,Unit\nBo,Mill\nAnn,Mill", "keep": "1"})
    await join(site.browser(), where.code, name="", unit="Depot")
    names, lines, count = await site.database.read(
        lambda db: (
            [one.name for one in roster.people(db, where.id)],
            people.lines(db, where.id),
            len(attended.everybody(db, where.id)),
        )
    )
    assert (names, lines) == (["Bo", "Ann"], ["Bo Mill", "Ann Mill"])
    assert count == 3
    assert await site.rows("SELECT id FROM participant WHERE person IS NOT NULL") == []


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("Li Na, said Li", {"Li"}, "– Na, said –"),
        ("Lina is not Li", {"Li"}, "Lina is not –"),
        ("签到员李秀兰确认", {"李秀兰"}, "签到员–确认"),
        ("李明在场", {"李"}, "李明在场"),
        ("Ann (Ann Lee)", {"Ann", "Ann Lee"}, "– (–)"),
    ],
)
def test_a_name_goes_from_a_sentence_and_from_no_other_name(text: str, names: set[str], left: str) -> None:
    assert erasing.without(text, names) == left
