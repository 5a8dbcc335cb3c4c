"""Token buckets: so many at once, then steadily; by participant, and never by what others do."""

from __future__ import annotations

import pytest

from live.domain.base import Actor, Rejected
from live.domain.cues import Goto
from live.domain.permits import Command
from live.domain.questions import Ask, Upvote
from live.domain.reactions import React, SetPace
from live.domain.votes import Vote
from live.limits import DESK, FORGET_MS, QUESTIONS, REACTIONS, UPVOTES, VOTES, Bucket, Limits, Rate
from tests.serving import START

ANN = Actor(participant="ann", role="attendee")
BOB = Actor(participant="bob", role="attendee")
MO = Actor(participant="mo", role="moderator")
VOTE = Vote(poll=1, round=1, n=1, choice=(0,))
ASK = Ask(key="k" * 22, text="Why?", anonymous=False)
UPVOTE = Upvote(question="q" * 22, on=True)
GOTO = Goto(item="i")


def spend_all(limits: Limits, actor: Actor, command: Command, at: int = START) -> int:
    """How many are taken at one moment."""
    for count in range(1_000):
        try:
            limits.spend(actor, command, at)
        except Rejected:
            return count
    raise AssertionError("no limit")


@pytest.mark.parametrize(
    ("actor", "command", "rate"),
    [
        (ANN, VOTE, VOTES),
        (ANN, ASK, QUESTIONS),
        (ANN, UPVOTE, UPVOTES),
        (ANN, React(sign="agree"), REACTIONS),
        (ANN, SetPace(pace="slower"), REACTIONS),
        (MO, GOTO, DESK),
        (MO, ASK, QUESTIONS),
    ],
)
def test_each_kind_has_its_rate(actor: Actor, command: Command, rate: Rate) -> None:
    limits = Limits()
    assert spend_all(limits, actor, command) == rate.burst
    assert spend_all(limits, actor, command, START + rate.every_ms) == 1
    assert spend_all(limits, actor, command, START + 1_000_000) == rate.burst, "never more than full"


def test_the_refusal_says_when_and_then_there_is_one() -> None:
    limits = Limits()
    spend_all(limits, ANN, ASK)
    with pytest.raises(Rejected) as refused:
        limits.spend(ANN, ASK, START + 7)
    assert refused.value.code == "too_fast"
    assert refused.value.retry_ms is not None
    limits.spend(ANN, ASK, START + 7 + refused.value.retry_ms)


def test_to_ask_again_and_again_does_not_put_it_off() -> None:
    bucket, at = Bucket(Rate(burst=1, every_ms=1_000)), START
    assert bucket.take(at)
    for _ in range(99):
        at += 10
        assert not bucket.take(at)
    assert bucket.take(at + 11)


def test_one_who_floods_is_alone_in_it() -> None:
    limits = Limits()
    spend_all(limits, ANN, VOTE)
    assert spend_all(limits, BOB, VOTE) == VOTES.burst
    limits.spend(ANN, ASK, START)


def test_a_named_and_an_anonymous_question_count_alike() -> None:
    limits = Limits()
    for n in range(QUESTIONS.burst):
        limits.spend(ANN, Ask(key="k" * 22, text="Why?", anonymous=n % 2 == 0), START)
    assert spend_all(limits, ANN, ASK) == 0


def test_a_clock_that_is_set_back_locks_nobody_out_for_long() -> None:
    limits = Limits()
    spend_all(limits, ANN, VOTE)
    earlier = START - 3_600_000
    assert spend_all(limits, ANN, VOTE, earlier) == 0
    assert spend_all(limits, ANN, VOTE, earlier + VOTES.every_ms) == 1


def test_who_was_quiet_for_long_is_forgotten_and_costs_no_memory() -> None:
    limits = Limits()
    for n in range(1_000):
        limits.spend(Actor(participant=f"p{n}", role="attendee"), VOTE, START)
    limits.spend(ANN, VOTE, START + FORGET_MS)
    assert len(limits._buckets) == 1


def test_a_bucket_is_full_again_before_it_is_forgotten() -> None:
    assert all(rate.burst * rate.every_ms <= FORGET_MS for rate in (VOTES, QUESTIONS, UPVOTES, DESK))
