"""A secret vote at rest: counted once, answered again after a restart, and joined to nobody in any file."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Iterable
from pathlib import Path

import pytest

from live import unlinked
from live.domain.ballots import Wall
from live.domain.life import Start
from live.domain.polls import AddPoll
from live.domain.turns import ClosePoll, OpenPoll
from live.domain.votes import Vote
from live.protocol import Done
from tests.backstage import Backstage, behind, code

VOTERS = 60
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


def _as_they_lie(file: bytes, texts: Iterable[str]) -> list[str]:
    """In the order in which they stand in the file."""
    places = {each: file.find(each.encode()) for each in texts}
    assert min(places.values()) >= 0
    return sorted(places, key=places.__getitem__)
