"""Votes in the open round of a poll, and their tally.

A vote may be changed while its round is open; the rising number `n` keeps a late
retry from overwriting a newer choice. A tally is absolute, never a difference,
so a page that missed one has lost nothing. Opening and closing are `polls`.
"""

from __future__ import annotations

from collections.abc import Iterator

from .ballots import Choice, count
from .base import Actor, Audience, Natural, Rejected, Stamp, Struct
from .polls import FormerRound, MyVote, State


class Vote(Struct, tag="vote", tag_field="do"):
    """Vote, or change one's vote. `n` rises with each change; `seen_at` is the media time in ms."""

    poll: int
    round: int
    n: Natural
    choice: Choice
    seen_at: Natural | None = None


Command = Vote


class Voted(Struct, tag="voted", tag_field="type"):
    poll: int
    round: int
    n: int
    choice: Choice
    seen_at: int | None = None


Event = Voted


class TallyDoc(Struct):
    """`tally/<n>`: people who voted, and votes for each option where they may be seen."""

    round: int
    votes: int
    counts: tuple[int, ...] | None = None
    former: tuple[FormerRound, ...] = ()


Doc = TallyDoc


def decide(state: State, command: Command, actor: Actor) -> tuple[Event, ...]:
    poll = state.find(command.poll)
    if poll.state == "draft":
        raise Rejected("no_such_poll")  # nobody outside the desk may know of a draft
    if poll.state == "closed":
        raise Rejected("poll_closed")
    if command.round != poll.round:
        raise Rejected("other_round")
    poll.ballot.check(command.choice)
    mine = poll.votes.get(actor.participant)
    if mine is not None and command.n <= mine.n:
        return ()
    choice = tuple(sorted(command.choice))
    return (Voted(poll=command.poll, round=poll.round, n=command.n, choice=choice, seen_at=command.seen_at),)


def evolve(state: State, event: Event, stamp: Stamp) -> set[str]:
    poll = state.polls[event.poll]
    voter = stamp.actor or ""
    before = poll.votes.get(voter)
    if before is not None:
        count(poll.ballot, poll.counts, before.choice, -1)
    count(poll.ballot, poll.counts, event.choice, 1)
    poll.votes[voter] = MyVote(round=event.round, n=event.n, choice=event.choice)
    return {f"tally/{event.poll}"}


def keys(state: State) -> Iterator[str]:
    yield from (f"tally/{number}" for number in state.polls)


def view(state: State, key: str, audience: Audience) -> Doc | None:
    poll = state.polls[int(key.partition("/")[2])]
    if audience != "desk" and poll.state == "draft":
        return None
    counts = tuple(poll.counts) if poll.shown or audience == "desk" else None
    former = tuple(poll.former) if audience == "desk" else ()
    return TallyDoc(round=poll.round, votes=len(poll.votes), counts=counts, former=former)


def mine(state: State, participant: str) -> dict[str, MyVote]:
    """The participant's votes in the latest round of each poll, by poll."""
    return {str(n): poll.votes[participant] for n, poll in state.polls.items() if participant in poll.votes}
