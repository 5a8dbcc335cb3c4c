"""A secret vote at rest: counted once, answered again after a restart, and joined to nobody in any file."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import msgspec
import pytest

from live.domain.ballots import Single, Wall
from live.domain.base import Actor, Participant
from live.domain.life import Start
from live.domain.polls import AddPoll
from live.domain.results import ShowResults
from live.domain.secret_split import LEAST, UNDO_MS
from live.domain.turns import ClosePoll, OpenPoll, ReopenPoll
from live.domain.votes import Vote
from live.log import unlinked
from live.protocol import Done
from tests.backstage import Backstage, behind, code, failure

VOTERS = 60
UNITS = {"unit of eight": 8, "unit of six": 6, "unit of three": 3, "unit of one": 1, "unit of two": 2}
FEW = 5  # of pairs drawn by lot one is right on average, and more than these in one of 1,700 tries


@pytest.fixture
async def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Backstage]:
    lot = random.Random(7)  # what chance makes is the same in each run
    monkeypatch.setattr(unlinked, "token_bytes", lot.randbytes)
    async with behind(tmp_path) as backstage:
        yield backstage


async def asked(where: Backstage) -> None:
    """A secret poll in which each answer tells who gave it, to whoever knows the truth."""
    lecturer = where.actor("chen", "lecturer")
    await where.do(lecturer, Start())
    await where.do(lecturer, AddPoll(title="What did you see?", ballot=Wall(), secret=True))
    await where.do(lecturer, OpenPoll(poll=1))


def saw(answer: str) -> Vote:
    return Vote(poll=1, round=1, n=1_790_000_000_123, choice=(answer,), seen_at=1_790_000_000_123)


def named(number: int) -> tuple[str, str]:
    """A voter and an answer that nothing else in a file looks like."""
    lot = random.Random(number)
    return f"voter-{lot.randrange(10**12):012d}", f"answer {lot.randrange(10**12):012d}"


async def test_a_secret_vote_sent_again_is_answered_alike_and_counted_once(where: Backstage) -> None:
    await asked(where)
    ann = where.actor("ann")
    for _ in range(2):
        assert await where.order(ann, saw("a fork"), "command-0000000000000001") == Done(
            id="command-0000000000000001"
        )
        assert code(await where.order(ann, saw("a fire"), "command-0000000000000002")) == "voted_already"
        await where.reopen()
    desk = await where.ear("mo", "moderator")
    assert desk.docs["tally/1"]["votes"] == 1
    await where.agree()


async def test_whoever_has_every_file_cannot_tell_who_voted_what(where: Backstage, tmp_path: Path) -> None:
    await asked(where)
    truth = dict(named(number) for number in range(VOTERS))
    for voter, answer in truth.items():
        await where.do(where.actor(voter), saw(answer))
    await where.do(where.actor("chen", "lecturer"), ClosePoll(poll=1))
    await where.stage.serving()  # now and then, and at the end
    file, log = (tmp_path / "live.db").read_bytes(), (tmp_path / "live.db-wal").read_bytes()
    assert log == b"", "the write-ahead log has the order of commits"
    voters, answers = _as_they_lie(file, truth.keys()), _as_they_lie(file, truth.values())
    for line in answers, answers[::-1]:
        assert sum(truth[voter] == said for voter, said in zip(voters, line, strict=True)) <= FEW
    for row in await where.rows():
        assert row["actor"] not in truth
        assert not [said for voter, said in truth.items() if said in row["body"] or voter in row["body"]]
    assert b"1790000000123" not in file  # neither the number of a vote nor when it was seen


async def by_unit(where: Backstage) -> None:
    """A secret poll that is counted by unit, and everybody's vote in it."""
    lecturer = where.actor("chen", "lecturer")
    await where.do(lecturer, Start())
    ballot = Single(options=("Yes", "No"))
    await where.do(lecturer, AddPoll(title="Safe?", ballot=ballot, secret=True, split="unit"))
    await where.do(lecturer, OpenPoll(poll=1))
    for unit, people in UNITS.items():
        for one in range(people):
            await where.do(
                of_unit(where, f"{unit} {one}", unit), Vote(poll=1, round=1, n=1, choice=(one % 2,))
            )


def of_unit(where: Backstage, name: str, unit: str) -> Actor:
    where.roster.known[name] = Participant(id=name, name=name, role="attendee", unit=unit)
    return where.actor(name)


async def time_passes(where: Backstage, ms: int = UNDO_MS + 1) -> None:
    where.now += ms
    await where.settle()


def everything(folder: Path) -> bytes:
    """All that is on the disk, deleted pages too, but for who has voted: that is known."""
    kept = b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())
    for unit, people in UNITS.items():
        for one in range(people):
            kept = kept.replace(f"{unit} {one}".encode(), b"somebody")
    return kept


async def test_groups_reach_the_disk_once_when_the_round_is_over_and_none_is_small(
    where: Backstage, tmp_path: Path
) -> None:
    await by_unit(where)
    lecturer = where.actor("chen", "lecturer")
    await where.stage.serving()
    assert b"unit of" not in everything(tmp_path)
    await where.do(lecturer, ClosePoll(poll=1))
    await where.do(lecturer, ShowResults(poll=1, shown=True))
    assert b"unit of" not in everything(tmp_path), "a close by mistake can still be undone"
    await time_passes(where)
    [row] = await where.rows('{"type":"split_counted"%')
    groups = {group.get("name", ""): group for group in msgspec.json.decode(row["body"])["groups"]}
    assert {name: group["votes"] for name, group in groups.items()} == {
        "unit of eight": 8,
        "unit of six": 6,
        "": 6,
    }
    assert row["actor"] is None
    assert list(groups) == ["unit of eight", "unit of six", ""], "by name: nothing tells who came first"
    await where.stage.serving()
    kept = everything(tmp_path)
    for unit, people in UNITS.items():
        assert (unit.encode() in kept) == (people >= LEAST)
    await time_passes(where)
    assert len(await where.rows('{"type":"split_counted"%')) == 1
    assert code(await where.order(lecturer, ReopenPoll(poll=1))) == "round_over"
    await where.reopen()
    desk = await where.ear("mo", "moderator")
    assert [group["votes"] for group in desk.docs["split/1"]["splits"][0]["groups"]] == [8, 6, 6]
    await where.agree()


async def test_after_a_restart_in_between_there_are_no_groups_and_the_desk_knows_it(
    where: Backstage, tmp_path: Path
) -> None:
    await by_unit(where)
    await where.reopen()
    desk = await where.ear("mo", "moderator")
    assert desk.docs["split/1"] == {"round": 1, "lost": True}
    lecturer = where.actor("chen", "lecturer")
    await where.do(lecturer, ClosePoll(poll=1))
    await where.do(lecturer, ShowResults(poll=1, shown=True))
    await time_passes(where)
    assert await where.rows('{"type":"split_counted"%') == []
    assert b"unit of" not in everything(tmp_path)


async def test_a_vote_that_could_not_be_saved_at_first_leaves_no_wrong_groups(where: Backstage) -> None:
    await by_unit(where)
    where.database.refusal = failure(sqlite3.SQLITE_BUSY)
    late = of_unit(where, "late", "unit of six")
    await where.order(late, Vote(poll=1, round=1, n=1, choice=(0,)))
    where.database.refusal = None
    await where.do(late, Vote(poll=1, round=1, n=1, choice=(0,)))
    lecturer = where.actor("chen", "lecturer")
    await where.do(lecturer, ClosePoll(poll=1))
    await where.do(lecturer, ShowResults(poll=1, shown=True))
    await time_passes(where)
    assert await where.rows('{"type":"split_counted"%') == []


def _as_they_lie(file: bytes, texts: Iterable[str]) -> list[str]:
    """In the order in which they stand in the file."""
    places = {each: file.find(each.encode()) for each in texts}
    assert min(places.values()) >= 0
    return sorted(places, key=places.__getitem__)
