"""What happens by itself: a poll whose time is up closes at that very moment, whenever it is noticed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from time import time

import pytest

from live.domain.ballots import Single
from live.domain.life import Start
from live.domain.polls import AddPoll
from live.domain.rounds import Results
from live.domain.turns import OpenPoll
from live.domain.votes import Vote
from live.protocol import Done
from tests.backstage import Backstage, Ear, behind, code, vote
from tests.serving import START

SECONDS = 20
CLOSES = START + SECONDS * 1_000


@pytest.fixture
async def where(tmp_path: Path) -> AsyncIterator[Backstage]:
    async with behind(tmp_path) as backstage:
        yield backstage


async def timed(where: Backstage, results: Results = "hand") -> Ear:
    """A poll that has just been opened for so long, and somebody at the desk."""
    lecturer = where.actor("chen", "lecturer")
    colours = Single(options=("Helmet", "Gloves"))
    await where.do(lecturer, Start())
    await where.do(lecturer, AddPoll(title="Which?", ballot=colours, seconds=SECONDS, results=results))
    await where.do(lecturer, OpenPoll(poll=1))
    return await where.ear("mo", "moderator")


async def test_a_poll_closes_before_whatever_is_asked_after_its_time(where: Backstage) -> None:
    desk = await timed(where)
    assert desk.docs["poll/1"]["closes_at"] == CLOSES
    where.now = CLOSES
    assert isinstance(await where.order(where.actor("ann"), vote()), Done)
    where.now = CLOSES + 1_500
    assert code(await where.order(where.actor("bob"), vote())) == "poll_closed"
    await where.agree()
    assert desk.docs["poll/1"]["closed_at"] == CLOSES
    assert len(await where.rows('%"poll_closed"%')) == 1


async def test_the_stage_wakes_by_itself(where: Backstage) -> None:
    desk = await timed(where, "close")
    ahead = round(time() * 1_000) - CLOSES + 100  # the clock runs from now on, and the time is nearly up
    where.clock = lambda: round(time() * 1_000) - ahead
    await where.order(where.actor("ann"), vote())  # it looks at the clock again
    await desk.until(lambda: desk.docs["poll/1"]["state"] == "closed" and desk.docs["poll/1"]["shown"])
    assert desk.docs["poll/1"]["closed_at"] == CLOSES


async def test_a_restart_changes_nothing(where: Backstage) -> None:
    await timed(where)
    where.now = CLOSES + 5_000
    await where.reopen()
    desk = await where.ear("max", "moderator")
    assert desk.docs["poll/1"]["closed_at"] == CLOSES
    held = Vote(poll=1, round=1, n=1, choice=(0,), seen_at=CLOSES - 1_000)
    assert isinstance(await where.order(where.actor("ann"), held), Done)  # kept while the server was away
    await where.agree()
