"""The log: what goes in comes out, all or nothing, and an anonymous act names nobody."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from live.database import Database
from live.directory import broadcasts
from live.domain import broadcast
from live.domain.cues import Cued
from live.domain.life import Ended, Started
from live.domain.notices import Notified
from live.domain.questions import QuestionAsked, QuestionWithdrawn
from live.domain.votes import Voted
from live.log import eventlog
from live.log.eventlog import Entry, EventLog, Kept, Receipt, Votes, entries
from live.log.unlinked import ROUND_MS, Unlinked
from tests.serving import START

AT = START + 123_456
RECEIPT = Receipt("command-000000000000001", -7)


WITHDRAWN = QuestionWithdrawn(question="q" * 22, anonymous=True)


def asked(anonymous: bool) -> QuestionAsked:
    return QuestionAsked(question="q" * 22, text="Why?", anonymous=anonymous, pending=True)


# Entries -------------------------------------------------------------------------------------------


def test_entries_are_numbered_on_and_the_first_bears_the_receipt() -> None:
    assert entries(7, AT, "chen", (Started(), Notified(text="Tea")), RECEIPT) == [
        Entry(seq=8, at=AT, actor="chen", event=Started(), receipt=RECEIPT),
        Entry(seq=9, at=AT, actor="chen", event=Notified(text="Tea")),
    ]


def test_what_gave_nothing_has_no_entry() -> None:
    assert entries(7, AT, "chen", (), RECEIPT) == []


def test_a_named_question_has_its_actor_its_command_and_its_moment() -> None:
    assert entries(0, AT, "ann", (asked(False),), RECEIPT) == [
        Entry(seq=1, at=AT, actor="ann", event=asked(False), receipt=RECEIPT)
    ]


def test_an_anonymous_act_has_no_actor_no_command_no_moment_and_no_number() -> None:
    for event in (asked(True), WITHDRAWN):
        assert entries(0, AT, "ann", (event,), RECEIPT) == [Unlinked(AT - AT % ROUND_MS, event)]
    assert ROUND_MS == 5 * 60 * 1_000


def test_what_follows_from_an_anonymous_act_names_nobody_either_and_leaves_no_gap() -> None:
    acted, followed = entries(7, AT, "ann", (WITHDRAWN, Cued()), RECEIPT)
    assert isinstance(acted, Unlinked)
    assert followed == Entry(seq=8, at=AT, actor=None, event=Cued())


# The file ------------------------------------------------------------------------------------------


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "live.db")
    yield database
    await database.close()


async def new_log(database: Database) -> EventLog:
    made = await database.write(lambda db: broadcasts.create(db, title="Course", created_by=None, now=START))
    return EventLog(database, made.id)


EVENTS: tuple[broadcast.Event, ...] = (
    Started(),
    Voted(poll=1, round=1, n=2**53 - 1, choice=(0, 2), seen_at=START),
    QuestionAsked(question="q" * 22, text="为什么？ \U00020000 𝒲hy\n\t\"?\"", anonymous=False, pending=False),
    Cued(item="i", slide="s"),
    Ended(),
)  # fmt: skip


async def test_what_goes_in_comes_out_in_order(database: Database) -> None:
    log = await new_log(database)
    first, second = entries(0, AT, "ann", EVENTS[:2], RECEIPT), entries(2, AT + 1, None, EVENTS[2:])
    await log.append(first)
    await log.append(second)
    assert await log.entries() == first + second


async def test_a_log_knows_only_its_own_broadcast(database: Database) -> None:
    one, other = await new_log(database), await new_log(database)
    await one.append(entries(0, AT, None, (Started(),)))
    await other.append(entries(0, AT, None, (Started(), Ended())))
    assert [len(await log.entries()) for log in (one, other)] == [1, 2]


async def test_unlinked_acts_come_out_around_the_log_whenever_they_went_in(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = await new_log(database)
    await log.append(entries(0, AT, "ann", (Started(),), RECEIPT))
    await log.append(entries(1, AT, "ann", (asked(True),), RECEIPT))
    await log.append([*entries(1, AT, "ann", (WITHDRAWN,)), *entries(1, AT, None, (Ended(),))])
    whole = await log.entries()
    assert [each.event for each in whole] == [asked(True), Started(), Ended(), WITHDRAWN]
    await log.settle()
    assert await log.entries() == whole
    replayed: list[Kept | Votes] = []
    monkeypatch.setattr(eventlog, "SLICE", 2)
    await log.replay(replayed.append)
    assert replayed == whole


async def test_what_settles_is_neither_in_the_order_of_its_coming_nor_in_the_write_ahead_log(
    database: Database,
) -> None:
    log = await new_log(database)
    for name in ("q", "a", "z", "f"):
        question = QuestionAsked(question=name * 22, text=f"What of {name}?", anonymous=True, pending=True)
        await log.append(entries(0, AT, "ann", (question,)))
    wal = database.path.with_name(f"{database.path.name}-wal")
    assert b"What of z?" in wal.read_bytes()
    await log.settle()
    assert wal.stat().st_size == 0
    content = database.path.read_bytes()
    places = [content.rindex(f"What of {name}?".encode()) for name in "afqz"]
    assert places == sorted(places, reverse=True), "a page of SQLite fills from its end"
    assert content.count(b"What of z?") == 1


async def test_a_number_that_is_taken_refuses_the_whole_group(database: Database) -> None:
    log = await new_log(database)
    await log.append(entries(0, AT, None, (Started(),)))
    with pytest.raises(sqlite3.IntegrityError):
        await log.append([*entries(1, AT, None, (Ended(),)), *entries(0, AT, None, (Ended(),))])
    assert [each.event for each in await log.entries()] == [Started()]


async def test_a_broadcast_that_is_not_there_takes_no_events(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await EventLog(database, 99).append(entries(0, AT, None, (Started(),)))


async def test_the_columns_are_what_an_export_expects(database: Database) -> None:
    log = await new_log(database)
    await log.append(entries(0, AT, "ann", (asked(False),), RECEIPT))
    row = await database.read(lambda db: dict(db.execute("SELECT * FROM event").fetchone()))
    body = row.pop("body")
    wanted = {
        "broadcast": 1,
        "seq": 1,
        "at": AT,
        "actor": "ann",
        "command_id": RECEIPT.command_id,
        "digest": -7,
    }
    assert row == wanted
    assert body.startswith('{"type":"question_asked",'), "the views look for the type in front"


async def test_until_when_it_was_served_is_kept(database: Database) -> None:
    log, other = await new_log(database), await new_log(database)
    assert await log.served() == 0
    await log.serving(AT)
    await log.serving(AT + 15_000)
    assert (await log.served(), await other.served()) == (AT + 15_000, 0)
