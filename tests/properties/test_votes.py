"""Votes that arrive late, twice and out of order: the newest of each person is the one that counts.

A phone may send vote 1, hear nothing, send vote 2, and deliver vote 1 again a minute later.
"""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from live.domain import broadcast, votes
from live.domain.base import Actor, Stamp
from live.domain.votes import Vote
from tests.domain.scenes import ANN, BOB, CAT, opened
from tests.domain.scenes import given as given_events

SEQUENCES = 50  # orders of delivery tried for each example: with the examples below, 10,000 in all
EXAMPLES = 200

people = st.sampled_from((ANN, BOB, CAT))
numbered = st.lists(st.tuples(people, st.integers(0, 2)), min_size=1, max_size=8)


@settings(max_examples=EXAMPLES, deadline=None)
@given(cast=numbered, seed=st.integers(0, 2**32))
def test_a_late_retry_never_overwrites_a_newer_vote(cast: list[tuple[Actor, int]], seed: int) -> None:
    # Each person's votes are numbered as they are made; every one may be delivered again at any time.
    made = [
        (who, Vote(poll=1, round=1, n=n, choice=(option,))) for n, (who, option) in enumerate(cast, start=1)
    ]
    chance = random.Random(seed)  # drawn from Hypothesis one by one, so many numbers take ten times as long
    for _ in range(SEQUENCES):
        arriving = made + chance.choices(made, k=len(made))
        chance.shuffle(arriving)
        deliver(arriving)


def deliver(arriving: list[tuple[Actor, Vote]]) -> None:
    state = _open_state()
    newest: dict[str, Vote] = {}
    for seq, (who, vote) in enumerate(arriving, start=4):
        known = newest.get(who.participant)
        events = broadcast.decide(state, vote, who, 0)
        assert bool(events) == (known is None or vote.n > known.n)
        for event in events:
            broadcast.evolve(state, event, Stamp(seq=seq, at=seq, actor=who.participant))
            newest[who.participant] = vote
    poll = state.polls.polls[1]
    for participant, vote in newest.items():
        assert votes.mine(state.polls, participant)["1"].choice == vote.choice
    told = poll.tally(desk=True).counts
    assert told == tuple(sum(vote.choice == (option,) for vote in newest.values()) for option in range(3))


def _open_state() -> broadcast.State:
    state = broadcast.State()
    for seq, event in enumerate(opened(), start=1):
        broadcast.evolve(state, event, Stamp(seq=seq, at=seq))
    return state


def test_the_last_word_is_the_newest_not_the_latest() -> None:
    scene = given_events(*opened())
    for n, option in ((1, 0), (3, 2), (2, 1)):
        scene.when(Vote(poll=1, round=1, n=n, choice=(option,)), ANN)
    assert scene.state.polls.polls[1].tally(desk=True).counts == (0, 0, 1)
