"""When nothing can be saved: a full disk, a locked file, a broken one, and a mistake of ours."""

from __future__ import annotations

import asyncio
import logging
import secrets
import sqlite3
from collections.abc import AsyncIterator, Set
from pathlib import Path
from typing import Any

import pytest

from live.domain import attendance, broadcast, votes
from live.domain.base import Rejected
from live.domain.life import EditSetup
from live.domain.notices import Notify
from live.domain.questions import Ask
from live.log.eventlog import Entry
from live.protocol import Done, Refused
from live.stage import admission
from live.stage.errands import Answer
from tests.backstage import Backstage, behind, code, failure, vote

KEY = "k" * 22
FULL = failure(sqlite3.SQLITE_FULL, "database or disk is full")


@pytest.fixture
async def where(tmp_path: Path) -> AsyncIterator[Backstage]:
    async with behind(tmp_path) as backstage:
        yield backstage


async def fill(where: Backstage) -> None:
    """Let the file take nothing more: real SQLITE_FULL, to the last byte of the last page."""
    desk = where.actor("chen", "lecturer")

    def stop_growing(db: sqlite3.Connection) -> None:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")

    await where.database.write(stop_growing)
    for length in (500, 100, 20, 5):
        answer: Answer = Done(id="")
        while isinstance(answer, Done):
            where.now += 1_000  # slowly enough for the limits
            answer = await where.order(desk, Notify(text=secrets.token_hex(length)[:length]))
        assert answer.code == "read_only"


async def lift(where: Backstage) -> None:
    await where.database.write(lambda db: db.execute("PRAGMA max_page_count = 1000000"))


async def test_a_full_disk_refuses_heals_by_itself_and_loses_nothing(
    where: Backstage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admission, "FULL_RETRY_MS", 0)
    await where.open_poll()
    ann = await where.ear("ann")
    await fill(where)
    monkeypatch.setattr(admission, "FULL_RETRY_MS", 100)
    before = await where.log()
    refused = await where.order(where.actor("ann"), Ask(key=KEY, text="Why?" * 200, anonymous=False))
    assert refused == Refused(id=refused.id, code="read_only", retry_ms=100)
    newcomer = await where.ear("bob")
    assert newcomer.frames[0]["type"] == "welcome", "what is there is shown all the same"
    ann.go()
    noticed = where.now
    await where.settle()
    assert await where.log() == before, "nothing half-done"
    where.now += 60_000
    await lift(where)
    desk = await where.ear("mo", "moderator")
    await desk.until(lambda: desk.docs.get("person/bob", {}).get("here") is True)
    assert "here" not in desk.docs["person/ann"]
    added = [entry for entry in await where.log() if isinstance(entry, Entry) and entry not in before]
    kinds = [(type(entry.event), entry.actor, entry.at) for entry in added[:2]]
    assert kinds == [(attendance.Arrived, "bob", noticed), (attendance.Left, "ann", noticed)], "in order"
    assert where.fatal == []
    await where.agree()


async def test_a_command_is_accepted_again_once_there_is_room(
    where: Backstage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admission, "FULL_RETRY_MS", 50)
    await where.open_poll()
    asker, ask = await where.ear("ann"), Ask(key=KEY, text="Why?", anonymous=True)
    where.database.refusal = FULL
    assert code(await where.order(asker.subscriber.actor, ask)) == "read_only"
    assert code(await where.order(asker.subscriber.actor, ask)) == "read_only", "without asking the disk"
    where.database.refusal = None
    await asyncio.sleep(0.05)  # what the refusal has said
    await where.do(asker.subscriber.actor, ask)
    assert len(await where.anonymous()) == 1
    await where.agree()


async def test_a_leave_during_a_full_disk_never_overtakes_its_arrival(
    where: Backstage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admission, "FULL_RETRY_MS", 10_000)
    desk = await where.ear("mo", "moderator")
    where.database.refusal = FULL
    ann = await where.ear("ann")
    await where.settle()
    where.database.refusal = None
    ann.go()
    await desk.until(lambda: "person/ann" in desk.docs)
    await where.settle()
    assert "here" not in desk.docs["person/ann"]
    assert [row["actor"] for row in await where.rows('%"left"%')] == ["ann"]


async def test_a_file_that_another_program_holds_is_waited_for(where: Backstage) -> None:
    await where.open_poll()
    where.database.refusal = failure(sqlite3.SQLITE_BUSY, "database is locked")
    assert code(await where.order(where.actor("ann"), vote())) == "busy"
    where.database.refusal = None
    await where.do(where.actor("ann"), vote())
    assert where.fatal == []


async def test_a_disk_that_fails_ends_the_server_and_nothing_is_acknowledged(where: Backstage) -> None:
    await where.open_poll()
    ann = await where.ear("ann")
    where.database.refusal = failure(sqlite3.SQLITE_IOERR)
    assert code(await where.order(where.actor("ann"), vote())) == "busy"
    assert where.fatal == [where.database.refusal]
    where.database.refusal = None
    assert code(await where.order(where.actor("ann"), vote())) == "busy", "not even if it seems to work"
    assert where.stage.stopped
    await ann.until(lambda: ann.frames[-1]["type"] == "bye")
    assert await where.rows('%"voted"%') == []


async def test_a_mistake_of_ours_costs_only_the_command_that_met_it(
    where: Backstage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await where.open_poll()
    desk = await where.ear("mo", "moderator")
    evolve = votes.evolve

    def stumble(state: Any, event: Any, stamp: Any) -> Set[str]:
        dirty = evolve(state, event, stamp)
        if stamp.actor == "eve":
            raise ZeroDivisionError("halfway")
        return dirty

    monkeypatch.setattr(votes, "evolve", stumble)
    with caplog.at_level(logging.CRITICAL, "live.stage"):
        names = ("ann", "eve", "bob")
        answers = await asyncio.gather(*(where.order(where.actor(name), vote()) for name in names))
    assert ["done" if isinstance(each, Done) else each.code for each in answers] == [
        "done",
        "failed",
        "done",
    ]
    assert [row["actor"] for row in await where.rows('%"voted"%')] == ["ann", "bob"]
    await desk.until(lambda: desk.docs["tally/1"]["votes"] == 2)
    await where.agree()


async def test_a_signal_that_cannot_be_done_fails_instead_of_hanging(
    where: Backstage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumble(*_given: object) -> tuple[broadcast.Event, ...]:
        raise ZeroDivisionError

    monkeypatch.setattr(broadcast, "signal", stumble)
    with caplog.at_level(logging.CRITICAL, "live.stage"), pytest.raises(Rejected):
        await where.stage.signal(EditSetup())
