"""Secret votes: who has voted, and what was voted, with nothing that joins the two.

`votes` hands a vote in a secret poll over to here. It gives two events that are kept in two tables beside the
log (`live.log.unlinked`): without number, time or anything of each other. So a secret vote cannot be changed,
and nobody votes twice. Both are folded before the log, because no row of it depends on them.
"""

from __future__ import annotations

from typing import get_args

from . import answers
from .ballots import Choice
from .base import Rejected, Struct
from .rounds import Poll, State


class VoterTicked(Struct, tag="voter_ticked", tag_field="type"):
    """Somebody has voted in this round."""

    poll: int
    round: int
    voter: str


class BallotCast(Struct, tag="ballot_cast", tag_field="type"):
    """Somebody has voted so. `marks`: what the choice counts for, where that is not the choice itself.

    `group`: what the voter is counted in, for `secret_split`; it is written nowhere."""

    poll: int
    round: int
    choice: Choice
    marks: tuple[int, ...] | None = None
    group: str | None = None


Event = VoterTicked | BallotCast
KINDS = frozenset(get_args(Event))


def decide(poll: Poll, number: int, voter: str, choice: Choice, group: str | None) -> tuple[Event, ...]:
    """`choice` is valid; raises `Rejected` for a second vote."""
    if voter in poll.voters:
        raise Rejected("voted_already")
    return (
        VoterTicked(poll=number, round=poll.round, voter=voter),
        BallotCast(
            poll=number, round=poll.round, choice=choice, marks=poll.ballot.marks(choice), group=group
        ),
    )


def evolve(state: State, event: Event) -> set[str]:
    count = state.count(event.poll, event.round)
    if isinstance(event, VoterTicked):
        count.voters.add(event.voter)
    else:
        for mark in event.choice if event.marks is None else event.marks:
            count.counts[mark] = count.counts.get(mark, 0) + 1
    dirty = {f"tally/{event.poll}", f"split/{event.poll}"}
    poll = state.polls.get(event.poll)  # none while these are folded, before the log
    if poll is not None and poll.ballot.paged and isinstance(event, BallotCast):
        dirty.update(answers.touched(poll, event.poll, event.choice, changed=False))
    return dirty
