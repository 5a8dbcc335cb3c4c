"""Pairs: the same question asked twice, before and after, and what the time between has changed.

People are compared with themselves, where both of their votes bear their name; how all have voted before
stands beside it in any case. Which poll repeats which is a rule of the later one (`rounds`).
"""

from __future__ import annotations

from .ballots import Choice, Said
from .base import Struct
from .rounds import Poll, State


class Gain(Struct):
    """What has become of the answers since poll `earlier`.

    `votes`, `counts`, `said`, `median`: how all answered then. Of the `both` people who answered twice:
    how many have `changed` their answer; in a quiz how many were right, before and after.
    """

    earlier: int
    votes: int
    both: int
    changed: int
    counts: tuple[int, ...] = ()
    said: tuple[Said, ...] = ()
    median: str | None = None
    right_before: int | None = None
    right_after: int | None = None


def gain(state: State, poll: Poll) -> Gain | None:
    """None unless it repeats another poll. Whoever may see the result of both may see it."""
    number = poll.rules.repeats
    earlier = None if number is None else state.polls.get(number)
    if number is None or earlier is None:
        return None
    before = earlier.votes
    pairs = [(before[each].choice, vote.choice) for each, vote in poll.votes.items() if each in before]
    result = earlier.tally(desk=False)
    quiz = poll.rules.quiz
    return Gain(
        earlier=number,
        votes=earlier.turnout,
        both=len(pairs),
        changed=sum(before != after for before, after in pairs),
        counts=result.counts,
        said=result.said,
        median=result.median,
        right_before=sum(_right(poll, before) for before, _ in pairs) if quiz else None,
        right_after=sum(_right(poll, after) for _, after in pairs) if quiz else None,
    )


def repeated(state: State, number: int) -> set[str]:
    """The tallies that look back on the votes of a poll."""
    return {f"tally/{each}" for each in state.repeated.get(number, ())}


def _right(poll: Poll, choice: Choice) -> bool:
    """Wholly right: half right is not learnt."""
    quiz = poll.rules.quiz
    return quiz is not None and quiz.right is not None and poll.ballot.score(choice, quiz.right) == 1
