"""Verdicts: one's own vote in a round, how right it was and what it has earned; told to its voter alone.

Docs are everyone's, so it is in none: it comes with the welcome (`mine`), and a page asks for it
(`read_vote`) when it is shown a result. Nobody is told anything before that, and of a secret poll never.
"""

from __future__ import annotations

from .base import Actor, Rejected, Struct
from .rounds import MyVote, Poll, State


class ReadVote(Struct, tag="read_vote", tag_field="do"):
    """Read one's own vote in a poll's latest round: `done.vote`, on this socket alone; none: did not vote."""

    poll: int


def decide(state: State, command: ReadVote) -> tuple[()]:
    if state.find(command.poll).state == "draft":
        raise Rejected("no_such_poll")
    return ()


def told(state: State, command: ReadVote, actor: Actor) -> MyVote | None:
    """What a `read_vote` that was let through is answered with."""
    return own(state.polls[command.poll], actor.participant)


def mine(state: State, participant: str) -> dict[str, MyVote]:
    """The participant's votes in the latest round of each poll."""
    found = ((number, own(poll, participant)) for number, poll in state.polls.items())
    return {str(number): vote for number, vote in found if vote is not None}


def own(poll: Poll, participant: str) -> MyVote | None:
    """A vote as its voter may know it; of a secret one only that there is one."""
    if poll.rules.secret:
        return MyVote(round=poll.round, n=0, choice=()) if participant in poll.voters else None
    vote = poll.votes.get(participant)
    if vote is None:
        return None
    quiz = poll.rules.quiz
    if quiz is None or not poll.told:
        return MyVote(round=vote.round, n=vote.n, choice=vote.choice)
    return MyVote(
        round=vote.round,
        n=vote.n,
        choice=vote.choice,
        verdict=quiz.verdict(poll.ballot, vote.choice),
        points=quiz.earned(poll.ballot, vote.choice),
    )
