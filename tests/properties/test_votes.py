"""Votes that arrive late, twice and out of order: the newest of each person is the one that counts.

A phone may send vote 1, hear nothing, send vote 2, and deliver vote 1 again a minute later, perhaps when
the next round is open already. So it is for each kind of ballot.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from live.domain import broadcast, life, turns, verdicts
from live.domain.base import Actor, Rejected, Stamp
from live.domain.votes import Vote
from tests.domain.ballot_rows import KINDS, Row
from tests.domain.scenes import ANN, BOB, CAT, drafted, opened
from tests.domain.scenes import given as given_events

SEQUENCES = 50  # orders of delivery tried for each example: with the examples below, 20,000 in all
EXAMPLES = 400

people = st.sampled_from((ANN, BOB, CAT))
numbered = st.lists(st.tuples(people, st.integers(0, 2)), min_size=1, max_size=8)
kinds = st.sampled_from(tuple(KINDS.values()))
Arriving = list[tuple[Actor, Vote]]


@settings(max_examples=EXAMPLES, deadline=None)
@given(cast=numbered, row=kinds, rounds=st.integers(1, 2), seed=st.integers(0, 2**32))
def test_a_late_retry_never_overwrites_a_newer_vote(
    cast: list[tuple[Actor, int]], row: Row, rounds: int, seed: int
) -> None:
    # Each person's votes are numbered as they are made; every one may be delivered again at any time.
    made = [
        (who, Vote(poll=1, round=1 + n % rounds, n=n, choice=row.good[pick % len(row.good)][0]))
        for n, (who, pick) in enumerate(cast, start=1)
    ]
    chance = random.Random(seed)  # drawn from Hypothesis one by one, so many numbers take ten times as long
    for _ in range(SEQUENCES):
        arriving = made + chance.choices(made, k=len(made))
        chance.shuffle(arriving)
        deliver(row, arriving, rounds)


def deliver(row: Row, arriving: Arriving, rounds: int) -> None:
    """All of it while the last round is open: what was for the one before counts for nothing."""
    state = _open_state(row, rounds)
    newest: dict[str, Vote] = {}
    for seq, (who, vote) in enumerate(arriving, start=20):
        known = newest.get(who.participant)
        if vote.round < rounds:
            with pytest.raises(Rejected, match="other_round"):
                broadcast.decide(state, vote, who, 0)
            continue
        events = broadcast.decide(state, vote, who, 0)
        assert bool(events) == (known is None or vote.n > known.n)
        for event in events:
            broadcast.evolve(state, event, Stamp(seq=seq, at=seq, actor=who.participant))
            newest[who.participant] = vote
    kept = {who: row.cleaned.taken(vote.choice) for who, vote in newest.items()}
    for participant, choice in kept.items():
        assert verdicts.mine(state.polls, participant)["1"].choice == choice
    marks = [mark for choice in kept.values() for mark in row.cleaned.marks(choice) or choice]
    assert state.polls.polls[1].counts == Counter(marks)
    assert len(state.polls.polls[1].votes) == len(kept)


def _open_state(row: Row, rounds: int) -> broadcast.State:
    state = broadcast.State()
    turns = [event for n in range(1, rounds + 1) for event in _round(n)]
    for seq, event in enumerate([life.Started(), drafted(ballot=row.cleaned), *turns[:-1]], start=1):
        broadcast.evolve(state, event, Stamp(seq=seq, at=seq))
    return state


def _round(number: int) -> tuple[broadcast.Event, ...]:
    return turns.PollOpened(poll=1, round=number), turns.PollClosed(poll=1)


def test_the_last_word_is_the_newest_not_the_latest() -> None:
    scene = given_events(*opened())
    for n, option in ((1, 0), (3, 2), (2, 1)):
        scene.when(Vote(poll=1, round=1, n=n, choice=(option,)), ANN)
    assert scene.state.polls.polls[1].tally(desk=True).counts == (0, 0, 1)
