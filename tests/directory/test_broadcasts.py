"""Broadcasts in the directory: codes, addresses, sites, and what the stage is told of them."""

import random
import sqlite3
from collections.abc import Iterator

import pytest

from live.database.migrations import scripts
from live.directory import broadcasts
from live.directory.broadcasts import Broadcast
from live.domain.base import Site

NOW = 1_800_000_000_000


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    for script in scripts():
        connection.executescript(script.sql)
    yield connection
    connection.close()


def made(db: sqlite3.Connection, title: str = "Fire drill", **more: object) -> Broadcast:
    return broadcasts.create(db, title=title, created_by=None, now=NOW, **more)  # type: ignore[arg-type]


def log(db: sqlite3.Connection, where: Broadcast, seq: int, kind: str) -> None:
    body = f'{{"type":"{kind}"}}'
    db.execute(
        "INSERT INTO event (broadcast, seq, at, body) VALUES (?, ?, ?, ?)", (where.id, seq, NOW + seq, body)
    )


def test_a_code_has_no_letter_that_is_read_for_another(db: sqlite3.Connection) -> None:
    assert len(broadcasts.ALPHABET) == 31
    assert not set(broadcasts.ALPHABET) & set("0O1IL")
    code = made(db).code
    assert len(code) == 6
    assert set(code) <= set(broadcasts.ALPHABET)


def test_a_clash_of_codes_and_addresses_is_drawn_again(db: sqlite3.Connection) -> None:
    class Stuck(random.Random):
        """Says the same for a while: as a broken die would, but not for ever."""

        drawn = 0

        def choice(self, seq):  # type: ignore[no-untyped-def]
            self.drawn += 1
            return seq[0] if self.drawn <= 30 else seq[1]

    first, second = made(db, chance=Stuck()), made(db, chance=Stuck())
    assert first.code != second.code
    assert first.slug != second.slug
    assert first.epoch != made(db).epoch


@pytest.mark.parametrize("typed", ["{code}", " {lower} ", "{half} {rest}", "{half}-{rest}", "{wide}"])
def test_a_code_is_found_however_it_is_typed(db: sqlite3.Connection, typed: str) -> None:
    where = made(db)
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in where.code)
    text = typed.format(
        code=where.code, lower=where.code.lower(), half=where.code[:3], rest=where.code[3:], wide=wide
    )
    assert broadcasts.find_by_code(db, text) == where


def test_a_code_that_takes_nobody_in_is_like_one_that_never_was(db: sqlite3.Connection) -> None:
    where = made(db)
    broadcasts.set_joining(db, where.id, False)
    assert broadcasts.find_by_code(db, where.code) is None
    assert broadcasts.find_by_code(db, "ZZZZZZ") is None


@pytest.mark.parametrize(
    ("title", "begins"),
    [
        ("Fire drill 2026!", "fire-drill-2026-"),
        ("事故案例", ""),
        ("安全 Safety first", "safety-first-"),
        ("new", "new-"),
    ],
)
def test_an_address_is_readable_where_the_title_is(db: sqlite3.Connection, title: str, begins: str) -> None:
    slug = made(db, title).slug
    assert slug.startswith(begins)
    assert len(slug) == len(begins) + broadcasts.SLUG_CHANCE
    assert broadcasts.find(db, slug) == broadcasts.by_id(db, 1)


def test_a_long_title_is_cut_between_words(db: sqlite3.Connection) -> None:
    assert made(db, "Occupational health and safety").slug.startswith("occupational-health-and-")
    assert len(made(db, "x" * 200).slug) == broadcasts.SLUG_WORDS + 1 + broadcasts.SLUG_CHANCE


def test_sites_keep_their_ids_and_order(db: sqlite3.Connection) -> None:
    where = made(db)
    hall, remote = broadcasts.sites(db, where.id)
    assert (hall.kind, remote.kind) == ("room", "remote")
    broadcasts.edit_sites(db, where.id, [remote, Site(id="", name="Branch", kind="shared"), hall])
    ids = [site.id for site in broadcasts.sites(db, where.id)]
    assert ids[0] == "remote"
    assert ids[2] == "room"
    assert ids[1]


def test_the_stage_is_told_the_code_only_while_people_can_join(db: sqlite3.Connection) -> None:
    where = made(db, lecturer="Li Ming", planned_at=NOW)
    told = broadcasts.setup(db, where.id, "https://live.example.org/")
    assert told.join_url == f"https://live.example.org/join/{where.code}"
    assert (told.title, told.lecturer, told.planned_at) == ("Fire drill", "Li Ming", NOW)
    broadcasts.set_joining(db, where.id, False)
    told = broadcasts.setup(db, where.id, "https://live.example.org")
    assert (told.code, told.join_url) == (None, None)
    with pytest.raises(LookupError):
        broadcasts.setup(db, 99, "")


def test_units_are_those_of_the_roster_in_its_order(db: sqlite3.Connection) -> None:
    where = made(db)
    for position, unit in enumerate(["Stores", "Power", "", "Stores"]):
        db.execute(
            "INSERT INTO person (broadcast, position, name, unit) VALUES (?, ?, 'x', ?)",
            (where.id, position, unit),
        )
    assert broadcasts.units(db, where.id) == ["Stores", "Power"]


def test_the_list_begins_with_what_is_live_and_then_with_what_comes_next(db: sqlite3.Connection) -> None:
    ended, later, soon, undated, live = (
        made(db, title, planned_at=at)
        for title, at in [("ended", 1), ("later", 9), ("soon", 5), ("undated", None), ("live", 3)]
    )
    for seq, kind in enumerate(["started", "ended"], 1):
        log(db, ended, seq, kind)
    for seq, kind in enumerate(["started", "ended", "started", "setup_edited"], 1):
        log(db, live, seq, kind)
    listed = broadcasts.overview(db)
    assert [each.broadcast for each in listed] == [live, soon, later, undated, ended]
    assert [each.phase for each in listed] == ["live", "planned", "planned", "planned", "ended"]
    assert broadcasts.phase(db, live.id) == ("live", NOW + 3)
