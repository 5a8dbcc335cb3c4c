"""A thousand attendees who press twice, at once and out of order: each counts once, by the newest vote.

Over the real stage and a real file, for each kind of ballot. What is shown, what the log gives when it is
folded again, what SQL counts in it and what the thousand meant in the end are one and the same.
"""

from __future__ import annotations

import asyncio
import random
import secrets
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from live.domain.ballots import Ballot, Choice
from live.domain.base import Actor
from live.domain.life import Start
from live.domain.polls import AddPoll
from live.domain.turns import OpenPoll
from live.domain.votes import Vote
from live.log.fold import Fold
from live.protocol import Done, Refused
from live.stage.errands import Answer
from tests.backstage import Backstage, behind
from tests.domain.ballot_rows import KINDS
from tests.serving import shown

PEOPLE = 1_000
IN_HAND = 2_000  # commands that are under way at once

COUNTED = """
SELECT mark.value, count(*) FROM vote, json_each(vote.marks) AS mark
WHERE vote.broadcast = ? AND vote.poll = ? GROUP BY mark.value
"""
VOTERS = "SELECT count(*), count(DISTINCT participant) FROM vote WHERE broadcast = ? AND poll = ?"


@pytest.fixture
async def where(tmp_path: Path) -> AsyncIterator[Backstage]:
    async with behind(tmp_path) as backstage:
        yield backstage


def pressed(ballot: Ballot, chance: random.Random) -> tuple[Choice, Choice]:
    """What somebody chooses at first, and what they mean in the end."""
    lean = next(row.lean for row in KINDS.values() if isinstance(ballot, type(row.cleaned)))
    return ballot.guess(lean, chance.random), ballot.guess(lean, chance.random)


async def deliver(where: Backstage, orders: list[tuple[Actor, str, Vote]]) -> list[Answer]:
    """All at once. Who is sent back comes again with the same id, as pages do."""
    answers: list[Answer] = []
    while orders:
        now, orders = orders[:IN_HAND], orders[IN_HAND:]
        came = await asyncio.gather(*(where.stage.order(*each) for each in now))
        later = [isinstance(each, Refused) and each.code == "busy" for each in came]
        answers += [answer for answer, again in zip(came, later, strict=True) if not again]
        orders += [order for order, again in zip(now, later, strict=True) if again]
    return answers


@pytest.mark.parametrize("kind", KINDS)
async def test_votes_are_people_and_the_tally_is_the_recount(where: Backstage, kind: str) -> None:
    ballot, chance = KINDS[kind].cleaned, random.Random(kind)
    lecturer, desk = where.actor("chen", "lecturer"), await where.ear("mo", "moderator")
    await where.do(lecturer, Start())
    await where.do(lecturer, AddPoll(title="Which?", ballot=ballot))
    await where.do(lecturer, OpenPoll(poll=1))

    meant: dict[str, Choice] = {}
    orders: list[tuple[Actor, str, Vote]] = []
    for number in range(PEOPLE):
        who = where.actor(f"p{number}")
        first, last = (
            Vote(poll=1, round=1, n=n, choice=choice) for n, choice in enumerate(pressed(ballot, chance), 1)
        )
        name, again = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
        # Each vote is sent twice; the first one comes once more, late, under a name of its own.
        orders += [(who, name, first), (who, name, first), (who, again, last), (who, again, last)]
        orders.append((who, secrets.token_urlsafe(16), first))
        meant[who.participant] = last.choice
    chance.shuffle(orders)
    answers = await deliver(where, orders)
    assert all(isinstance(each, Done) for each in answers)
    assert len(answers) == len(orders)

    marks = {who: ballot.marks(ballot.taken(choice)) or choice for who, choice in meant.items()}
    recount = Counter(mark for each in marks.values() for mark in each)
    await where.settle()
    state = Fold.of(await where.log(), await where.roster.setup(), await where.roster.people()).state
    folded = shown(state, "desk")["tally/1"]
    assert folded["votes"] == PEOPLE
    await desk.until(lambda: desk.docs["tally/1"] == folded)
    assert state.polls.polls[1].counts == recount
    counted, voters = await where.database.read(lambda db: recounted(db, where.broadcast))
    assert counted == recount
    assert voters == (PEOPLE, PEOPLE)


def recounted(db: sqlite3.Connection, broadcast: int) -> tuple[dict[object, int], tuple[int, int]]:
    """What SQL counts for each mark, and how many voters it finds."""
    marks: dict[object, int] = dict(db.execute(COUNTED, (broadcast, 1)).fetchall())
    votes, people = db.execute(VOTERS, (broadcast, 1)).fetchone()
    return marks, (votes, people)
