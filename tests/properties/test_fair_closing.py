"""A poll that closes by itself gives each viewer the same window, however far behind the hall they are.

Whoever votes within their own window is counted, nobody else is, and nobody's older vote overwrites a newer.
"""

from __future__ import annotations

import random
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from live.domain import broadcast, life, viewers
from live.domain.base import Actor, Rejected, Stamp
from live.domain.life import Started
from live.domain.polls import PollAdded
from live.domain.turns import PollOpened
from live.domain.viewers import LONGEST_MS, WAY_MS
from live.domain.votes import CLOCK_MS, Vote
from tests.domain.scenes import COLOURS, START, actor

SEQUENCES = 20  # orders of arrival tried for each example: with the examples below, 1,000 in all
EXAMPLES = 50

delays = st.lists(st.integers(0, LONGEST_MS), min_size=1, max_size=5)


class Sent(NamedTuple):
    """A vote on its way: who gave it, when it arrives, and whether it was given in time (None: within what
    clocks may err)."""

    at: int
    who: Actor
    vote: Vote
    in_time: bool | None


@settings(max_examples=EXAMPLES, deadline=None)
@given(delays=delays, seconds=st.integers(5, 60), seed=st.integers(0, 2**32))
def test_everybody_has_the_same_window(delays: list[int], seconds: int, seed: int) -> None:
    chance = random.Random(seed)  # drawn from Hypothesis one by one, so many numbers take ten times as long
    for _ in range(SEQUENCES):
        _run(delays, seconds, chance)


def _run(delays: list[int], seconds: int, chance: random.Random) -> None:
    state = _opened(delays, seconds)
    closes_at = START + seconds * 1_000
    sent = [each for number, delay in enumerate(delays) for each in _votes(number, delay, closes_at, chance)]
    newest: dict[str, Vote] = {}
    for seq, (at, who, vote, in_time) in enumerate(sorted(sent, key=lambda each: each.at), start=4):
        due = broadcast.due(state)
        if due is not None and due < at:
            _happen(state, broadcast.signal(state, life.Due(), None, at), seq, at)
        known = newest.get(who.participant)
        try:
            events = broadcast.decide(state, vote, who, at)
        except Rejected as refusal:
            assert refusal.code == "poll_closed"  # noqa: PT017  # any other exception must come through
            assert not in_time, f"{vote} of {who} at {at}"
            continue
        assert in_time is not False, f"{vote} of {who} at {at}"
        assert bool(events) == (known is None or vote.n > known.n)
        _happen(state, events, seq, at, who)
        if events:
            newest[who.participant] = vote
    kept = {who: each.choice for who, each in state.polls.polls[1].votes.items()}
    assert kept == {who: each.choice for who, each in newest.items()}


def _votes(number: int, delay: int, closes_at: int, chance: random.Random) -> list[Sent]:
    """A viewer's votes: some within the window that he sees, some after it, some delivered twice."""
    who = actor(f"viewer {number}", "attendee")
    sent = []
    for n in range(1, 5):
        seen_at = chance.randint(closes_at - 4_000, closes_at + 2_000)
        vote = Vote(poll=1, round=1, n=n, choice=(chance.randrange(3),), seen_at=seen_at)
        for _ in range(chance.choice((1, 1, 2))):
            at = seen_at + delay + chance.randint(0, WAY_MS)
            sent.append(Sent(at, who, vote, _in_time(seen_at, at, closes_at)))
    return sent


def _in_time(seen_at: int, at: int, closes_at: int) -> bool | None:
    if at <= closes_at or seen_at <= closes_at:
        return True
    return None if seen_at <= closes_at + CLOCK_MS else False


def _opened(delays: list[int], seconds: int) -> broadcast.State:
    state = broadcast.State()
    for number, delay in enumerate((*delays, 30_000)):  # one more, who has not voted: there is a wait
        broadcast.note(state, viewers.Watch(connection=f"c{number}", rung="playlist", behind_ms=delay))
    added = PollAdded(poll=1, title="Which?", ballot=COLOURS)
    _happen(state, (Started(), added, PollOpened(poll=1, round=1, seconds=seconds)), 1, START)
    return state


def _happen(
    state: broadcast.State, events: tuple[broadcast.Event, ...], seq: int, at: int, who: Actor | None = None
) -> None:
    for event in events:
        broadcast.evolve(state, event, Stamp(seq=seq, at=at, actor=who.participant if who else None))
