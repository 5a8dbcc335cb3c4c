"""A poll as it stands: its rounds, the votes of the open one, what they add up to.

`polls` turns it, `votes` fills it, and both show it. Nothing here is decided: it is what the events have
made so far.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .ballots import Ballot, Choice, Counts, Tally
from .base import Rejected, Struct

PollState = Literal["draft", "open", "closed"]


class FormerRound(Tally, kw_only=True):
    """A round that has been run again, with its result."""

    round: int
    votes: int


class MyVote(Struct):
    """A participant's own vote in a round."""

    round: int
    n: int
    choice: Choice


class Cast(MyVote):
    """A vote as it is counted; `marks` stay here, because they may tell what was right."""

    marks: tuple[int, ...] | None = None


@dataclass
class Poll:
    title: str
    ballot: Ballot
    state: PollState = "draft"
    round: int = 0
    shown: bool = False
    opened_at: int | None = None
    closed_at: int | None = None
    removed: bool = False
    votes: dict[str, Cast] = field(default_factory=dict)
    counts: Counts = field(default_factory=dict)
    judged: dict[str, bool] = field(default_factory=dict)  # what was said → may everyone see it?
    former: list[tuple[int, int, Counts]] = field(default_factory=list)  # round, votes, counts

    def tally(self, *, desk: bool) -> Tally:
        return self.ballot.tally(self.counts, self.judged, desk=desk)

    def formerly(self) -> tuple[FormerRound, ...]:
        """The former rounds, as the desk sees them."""
        return tuple(self._former(*each) for each in self.former)

    def _former(self, number: int, votes: int, counts: Counts) -> FormerRound:
        result = self.ballot.tally(counts, self.judged, desk=True)
        return FormerRound(
            round=number, votes=votes, counts=result.counts, said=result.said, median=result.median
        )


@dataclass
class State:
    polls: dict[int, Poll] = field(default_factory=dict)

    def find(self, number: int) -> Poll:
        poll = self.polls.get(number)
        if poll is None:
            raise Rejected("no_such_poll")
        return poll

    def kept(self, number: int) -> Poll:
        poll = self.find(number)
        if poll.removed:
            raise Rejected("no_such_poll")
        return poll
