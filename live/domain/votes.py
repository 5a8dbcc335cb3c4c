"""Votes in the open round of a poll, and their tally.

A vote may be changed while its round is open to its voter; the rising number `n` keeps a
late retry from overwriting a newer choice. A tally is absolute, never a difference,
so a page that missed one has lost nothing. Opening and closing are `turns`, secret votes `secret`,
what a voter is told of the own vote `verdicts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache

from . import answers, scores, secret, secret_split
from .ballots import Choice, Said
from .base import Actor, Audience, Natural, Participant, Rejected, Setup, Stamp, Struct
from .pairs import Gain, gain, repeated
from .rounds import Cast, FormerRound, Poll, State

CLOCK_MS = 300  # a page knows the clock of its video to a frame or two, and the server's to its way there


class Vote(Struct, tag="vote", tag_field="do"):
    """Vote, or change one's vote. `n` rises with each change; `seen_at` is the media time in ms."""

    poll: int
    round: int
    n: Natural
    choice: Choice
    seen_at: Natural | None = None


Command = Vote


class Voted(Cast, tag="voted", tag_field="type", kw_only=True):
    """What has happened is also what is counted: a log of a million votes makes no second million."""

    poll: int
    seen_at: int | None = None


Event = Voted | secret.Event


class TallyDoc(Struct):
    """`tally/<n>`: people who voted, and where it may be seen the result: see `Tally`."""

    round: int
    votes: int
    counts: tuple[int, ...] | None = None
    said: tuple[Said, ...] = ()
    median: str | None = None
    former: tuple[FormerRound, ...] = ()
    gain: Gain | None = None


Doc = TallyDoc


def decide(
    state: State,
    command: Command,
    actor: Actor,
    at: int,
    people: Mapping[str, Participant],
    setup: Setup,
) -> tuple[Event, ...]:
    poll = state.find(command.poll)
    if poll.state == "draft":
        raise Rejected("no_such_poll")  # nobody outside the desk may know of a draft
    if not _in_time(poll, command.seen_at, at):
        raise Rejected("poll_closed")
    if command.round != poll.round:
        raise Rejected("other_round")
    choice = poll.ballot.taken(command.choice)
    if poll.rules.secret:
        group = secret_split.counted_in(poll.rules, people.get(actor.participant), setup)
        return secret.decide(poll, command.poll, actor.participant, choice, group)
    mine = poll.votes.get(actor.participant)
    if mine is not None and command.n <= mine.n:
        return ()
    vote = Voted(
        poll=command.poll,
        round=poll.round,
        n=command.n,
        choice=choice,
        marks=poll.ballot.marks(choice),
        seen_at=command.seen_at,
    )
    return (vote,)


def _in_time(poll: Poll, seen_at: int | None, at: int) -> bool:
    """Whether the poll is open, or was when this vote was given by who sees the hall later than it is."""
    if poll.state == "open":
        # Its time may be up without anybody having noticed it yet: then there is no last moment yet either.
        return poll.closes_at is None or at <= poll.closes_at or _seen_before(poll.closes_at, seen_at)
    if poll.closed_at is None or poll.until is None:
        return False
    waited = poll.closed_at < poll.until and at <= poll.until
    return waited and _seen_before(poll.closed_at, seen_at)


def _seen_before(closing: int, seen_at: int | None) -> bool:
    return seen_at is not None and seen_at <= closing + CLOCK_MS


def evolve(state: State, event: Event, stamp: Stamp) -> Set[str]:
    if not isinstance(event, Voted):
        return secret.evolve(state, event)
    poll = state.polls[event.poll]
    changed = _count(poll, stamp.actor or "", event)
    dirty = _counted(event.poll)
    if event.poll in state.repeated:
        dirty = dirty | repeated(state, event.poll)
    if poll.rules.quiz is not None:
        dirty = dirty | scores.dirtied(state, event.poll)
    if poll.ballot.paged:
        dirty = dirty.union(answers.touched(poll, event.poll, event.choice, changed=changed))
    return dirty


@lru_cache(maxsize=64)  # the same for each vote of a poll
def _counted(poll: int) -> frozenset[str]:
    return frozenset((f"tally/{poll}", f"split/{poll}"))


def count(state: State, voters: Iterable[str], voted: Iterable[Voted]) -> None:
    """Apply votes, one after another, when nobody asks which docs look different."""
    polls = state.polls
    for voter, vote in zip(voters, voted, strict=True):
        _count(polls[vote.poll], voter, vote)


def _count(poll: Poll, voter: str, vote: Voted) -> bool:
    """Whether it has changed another one."""
    counts, before = poll.counts, poll.votes.get(voter)
    if before is not None:
        for mark in before.choice if before.marks is None else before.marks:
            left = counts[mark] - 1
            if left:
                counts[mark] = left
            else:
                del counts[mark]
    for mark in vote.choice if vote.marks is None else vote.marks:
        counts[mark] = counts.get(mark, 0) + 1
    poll.votes[voter] = vote
    return before is not None


def keys(state: State) -> Iterator[str]:
    yield from (f"tally/{number}" for number in state.polls)


def view(state: State, key: str, audience: Audience) -> Doc | None:
    poll = state.polls[int(key.partition("/")[2])]
    if audience != "desk" and poll.state == "draft":
        return None
    desk = audience == "desk"
    former = poll.formerly() if desk else ()
    if not poll.counted_for(desk=desk):
        return TallyDoc(round=poll.round, votes=poll.turnout, former=former)
    result = poll.tally(desk=desk)
    return TallyDoc(
        round=poll.round,
        votes=poll.turnout,
        counts=result.counts,
        said=result.said,
        median=result.median,
        former=former,
        gain=gain(state, poll),
    )
