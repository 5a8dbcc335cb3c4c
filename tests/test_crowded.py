"""When too much is asked: votes are sent back with their turn, and nothing else waits for them."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from live import protocol
from live.domain.cues import Blank
from live.domain.driver import TakeDrive
from live.domain.questions import Ask
from live.domain.turns import ClosePoll
from live.protocol import Done, Refused
from live.socket import Talk
from live.stage import inbox, turnstile
from live.stage.errands import Answer
from tests.backstage import Backstage, Ear, behind, code, vote

VOTE = '{"type":"command","id":"%s","do":"vote","poll":1,"round":1,"n":1,"choice":[0]}'


@pytest.fixture
async def where(tmp_path: Path) -> AsyncIterator[Backstage]:
    """Poll 1 is open, Chen drives, and a vote of Ann's is being committed while the gate is closed."""
    async with behind(tmp_path) as backstage:
        await backstage.open_poll()
        await backstage.do(backstage.actor("chen", "lecturer"), TakeDrive())
        backstage.database.close_gate()
        under_way = asyncio.create_task(backstage.order(backstage.actor("ann"), vote()))
        await backstage.database.reached.wait()
        yield backstage
        backstage.database.open_gate()
        await under_way


async def waiting(where: Backstage, many: int) -> list[asyncio.Task[Answer]]:
    votes = [asyncio.create_task(where.order(where.actor(f"p{n}"), vote())) for n in range(many)]
    await asyncio.sleep(0)
    return votes


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """As soon as one waits, more are sent back."""
    monkeypatch.setattr(turnstile, "NEWCOMERS", 0.0)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is sent back, however slow this machine is."""
    monkeypatch.setattr(turnstile, "NEWCOMERS", 1e9)


async def test_votes_are_sent_back_and_nothing_else_is(where: Backstage, full: None) -> None:
    votes = await waiting(where, 1)
    refused = await where.order(where.actor("cat"), vote())
    assert code(refused) == "busy"
    assert isinstance(refused, Refused)
    assert refused.retry_ms is not None
    asked = asyncio.create_task(
        where.order(where.actor("cat"), Ask(key="k" * 22, text="Why?", anonymous=False))
    )
    turned = asyncio.create_task(where.order(where.actor("chen", "lecturer"), Blank(on=True)))
    where.database.open_gate()
    answers = await asyncio.gather(asked, turned, *votes)
    assert all(isinstance(each, Done) for each in answers), "who waits is served"


async def test_a_slide_does_not_wait_behind_votes(where: Backstage, patient: None) -> None:
    votes = await waiting(where, 2 * inbox.TOGETHER)
    turned = asyncio.create_task(where.order(where.actor("chen", "lecturer"), Blank(on=True)))
    await asyncio.sleep(0)
    where.database.open_gate()
    assert isinstance(await turned, Done)
    await asyncio.gather(*votes)
    (cued,) = await where.rows('%"blank"%')
    after = [row for row in await where.rows('%"voted"%') if row["seq"] > cued["seq"]]
    assert len(after) == len(votes)


async def test_a_vote_that_came_before_the_closing_counts_though_it_waited(
    where: Backstage, patient: None
) -> None:
    votes = await waiting(where, 2 * inbox.TOGETHER)
    closed = asyncio.create_task(where.order(where.actor("chen", "lecturer"), ClosePoll(poll=1)))
    await asyncio.sleep(0)
    late = asyncio.create_task(where.order(where.actor("late"), vote()))
    await asyncio.sleep(0)
    where.database.open_gate()
    assert all(isinstance(each, Done) for each in await asyncio.gather(closed, *votes))
    assert code(await late) == "poll_closed"


async def test_a_vote_is_sent_back_unread_and_comes_again_at_its_turn(where: Backstage, full: None) -> None:
    votes = await waiting(where, 1)
    phone = Ear(where, where.actor("cat"))
    talk = Talk(where.stage, phone.subscriber)
    talk.hear('{"type":"hello"}')
    name = secrets.token_urlsafe(16)
    talk.hear((VOTE % name).replace("[0]", "nobody reads this"))
    await phone.until(lambda: bool(phone.frames))
    sent_back = phone.frames[0]
    assert {**sent_back, "retry_ms": 0} == {"type": "rejected", "id": name, "code": "busy", "retry_ms": 0}
    where.database.open_gate()
    await asyncio.gather(*votes)
    talk.hear(VOTE % name)
    await phone.until(lambda: phone.frames[-1] == {"type": "done", "id": name})


async def test_before_its_greeting_no_vote_is_sent_back(where: Backstage, full: None) -> None:
    votes = await waiting(where, 1)
    phone = Ear(where, where.actor("cat"))
    Talk(where.stage, phone.subscriber).hear(VOTE % secrets.token_urlsafe(16))
    await phone.until(lambda: bool(phone.frames))
    assert phone.frames[0]["code"] == "bad_frame"
    where.database.open_gate()
    await asyncio.gather(*votes)


@pytest.mark.parametrize(
    ("frame", "known"),
    [
        (VOTE % ("a" * 22), True),
        (VOTE % ("a" * 21), False),
        (VOTE % ("ä" * 22), False),
        ((VOTE % ("a" * 22)).replace("vote", "voted"), False),
        ('{"do":"vote","type":"command","id":"aaaaaaaaaaaaaaaaaaaaaa"}', False),
        ("\ud800", False),
    ],
)
def test_a_vote_is_known_by_how_our_pages_begin_it(frame: str, known: bool) -> None:
    assert protocol.vote_id(frame) == (b"a" * 22 if known else None)


def test_what_sends_a_vote_back_is_the_frame_that_any_refusal_is() -> None:
    refused = Refused(id="a" * 22, code="busy", retry_ms=250)
    assert msgspec.json.decode(protocol.busy(b"a" * 22, 250)) == msgspec.to_builtins(refused)
