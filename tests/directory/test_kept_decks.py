"""Decks in the directory: half of one is none, and a start finds what the last one left undone."""

import sqlite3
from collections.abc import Iterator

import pytest

from live.database.migrations import scripts
from live.directory import broadcasts, decks
from live.directory.decks import INTERRUPTED, Problem


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    for script in scripts():
        connection.executescript(script.sql)
    for title in ("Course", "Another"):
        broadcasts.create(connection, title=title, created_by=None, now=0)
    yield connection
    connection.close()


def uploaded(db: sqlite3.Connection, name: str = "course.pdf", pages: int = 2) -> int:
    deck = decks.add(db, 1, name=name, sha256="", now=0)
    decks.count(db, deck, pages)
    for number in range(1, pages + 1):
        decks.add_slide(
            db, deck, number=number, width=16, height=9, text="t", picture=b"large", thumb=b"small"
        )
    return deck


def attached(db: sqlite3.Connection, deck: int) -> None:
    seq = db.execute("SELECT coalesce(max(seq), 0) + 1 FROM event").fetchone()[0]
    body = f'{{"type":"deck_attached","deck":{deck},"slides":[]}}'
    db.execute("INSERT INTO event (broadcast, seq, at, body) VALUES (1, ?, 0, ?)", (seq, body))


def test_the_slides_of_a_ready_deck_are_what_the_rundown_takes(db: sqlite3.Connection) -> None:
    deck = uploaded(db)
    slides = decks.ready(db, deck)
    assert [(slide.number, slide.width, slide.height, slide.text) for slide in slides] == [
        (1, 16, 9, "t"),
        (2, 16, 9, "t"),
    ]
    assert [each.slide for each in decks.thumbs(db, deck)] == [slide.id for slide in slides]
    assert decks.picture(db, 1, slides[0].id) == b"large"
    assert decks.thumb(db, 1, slides[0].id) == b"small"
    assert decks.picture(db, 2, slides[0].id) is None, "it is another broadcast's"


def test_a_phone_is_given_the_large_picture_of_a_slide_that_has_no_small_one(db: sqlite3.Connection) -> None:
    deck = uploaded(db, pages=1)
    decks.add_slide(
        db, deck, number=2, width=16, height=9, text="", picture=b"large", small=b"phone", thumb=b"small"
    )
    slides = decks.ready(db, deck)
    _, copies = decks.copy(db, slides, 2, now=0)
    assert [decks.small(db, 1, each.id) for each in slides] == [b"large", b"phone"]
    assert [decks.small(db, 2, each.id) for each in copies] == [b"large", b"phone"]


def test_a_deck_that_failed_has_no_slides_and_leaves_the_former_one(db: sqlite3.Connection) -> None:
    good, bad = uploaded(db, "good.pdf"), uploaded(db, "bad.pdf")
    decks.ready(db, good)
    decks.fail(db, bad, Problem("too_many_pages", {"max": 500}))
    latest, used = decks.latest(db, 1), decks.in_use(db, 1)
    assert latest
    assert (latest.state, latest.problem) == ("failed", Problem("too_many_pages", {"max": 500}))
    assert used
    assert used.name == "good.pdf"
    assert decks.thumbs(db, bad) == []
    uploaded(db, "better.pdf")
    assert [row["name"] for row in db.execute("SELECT name FROM deck")] == ["good.pdf", "better.pdf"]


def test_only_an_unfinished_deck_can_be_discarded(db: sqlite3.Connection) -> None:
    kept, dropped = uploaded(db), uploaded(db)
    decks.ready(db, kept)
    decks.discard(db, kept)
    decks.discard(db, dropped)
    assert [row["id"] for row in db.execute("SELECT id FROM deck")] == [kept]


def test_a_start_finds_what_was_being_drawn(db: sqlite3.Connection) -> None:
    used = uploaded(db, "used.pdf")
    decks.ready(db, used)
    attached(db, used)
    uploaded(db, "half.pdf")
    decks.interrupted(db)
    latest, in_use = decks.latest(db, 1), decks.in_use(db, 1)
    assert latest
    assert latest.problem == Problem(INTERRUPTED)
    assert in_use
    assert in_use.id == used


def test_a_start_finds_a_deck_that_did_not_reach_the_rundown(db: sqlite3.Connection) -> None:
    used, lost = uploaded(db), uploaded(db)
    decks.ready(db, used)
    attached(db, used)
    decks.ready(db, lost)
    decks.interrupted(db)
    latest, in_use = decks.latest(db, 1), decks.in_use(db, 1)
    assert latest
    assert (latest.id, latest.state) == (lost, "failed")
    assert in_use
    assert in_use.id == used
