"""The split of a secret poll: counted in memory while votes come in, written once, when nothing can follow.

What a voter is counted in is known when the vote is decided, and then to nobody: no table has it, and no doc
while one vote more could tell whose it was. When the round is over and shown (or followed by another, or the
broadcast has ended) its groups go into the log, none of fewer than five people; after that it cannot be
reopened, since the votes of the latecomers would be the difference. A server that starts again in between, or
cannot save a vote at first, does not know all groups rightly any more: such a round is not split.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .base import Participant, Setup, Struct
from .groups import By, Group, Part, group_of, together
from .results import dirtied
from .rounds import MISTAKE_MS, Poll, Rules, State
from .secret import BallotCast

LEAST = 5  # people: of fewer a result tells of one of them
UNDO_MS = 8_000  # so long the desk offers to undo a close


class SplitCounted(Struct, tag="split_counted", tag_field="type"):
    """The result of a round by group, those of fewer than five people put together; none where all are."""

    poll: int
    round: int
    by: By
    groups: tuple[Group, ...] = ()


Event = SplitCounted


@dataclass
class Passing:
    """The groups of each round: in memory alone."""

    parts: dict[tuple[int, int], dict[str, Part]] = field(default_factory=dict)

    def of(self, number: int, poll: Poll) -> Mapping[str, Part]:
        return self.parts.get((number, poll.round), {})


def counted_in(rules: Rules, person: Participant | None, setup: Setup) -> str | None:
    """The group of a voter; None: the poll is not split."""
    if rules.split is None:
        return None
    site, unit = (person.site, person.unit) if person else ("", "")
    return group_of(rules.split, site, unit, setup.sites)


def note(passing: Passing, event: BallotCast) -> None:
    """Count a vote in its group, where it is known: a ballot that was kept has none."""
    if event.group is not None:
        parts = passing.parts.setdefault((event.poll, event.round), {})
        parts.setdefault(event.group, Part()).take(event.choice if event.marks is None else event.marks)


def lost(passing: Passing, number: int, poll: Poll) -> bool:
    """Whether votes of the round are in no group, so that there will be no split of it."""
    known = sum(part.votes for part in passing.of(number, poll).values())
    return poll.rules.split is not None and poll.split is None and known != len(poll.voters)


# When it is written ------------------------------------------------------------------------------


def due(state: State, passing: Passing, *, ended: bool) -> int | None:
    """When the next split is written (ms)."""
    moments = (_final(poll) for number, poll in state.polls.items() if _owed(passing, number, poll, ended))
    return min(moments, default=None)


def expire(state: State, passing: Passing, at: int, *, ended: bool) -> Iterator[Event]:
    """What has become due until `at`."""
    for number, poll in state.polls.items():
        if _owed(passing, number, poll, ended) and _final(poll) <= at:
            yield _counted(passing, number, poll)


def followed(state: State, passing: Passing, number: int) -> tuple[Event, ...]:
    """Of the round that another one follows now, whether or not its result was shown."""
    poll = state.polls[number]
    return (_counted(passing, number, poll),) if _owed(passing, number, poll, ended=True) else ()


def _owed(passing: Passing, number: int, poll: Poll, ended: bool) -> bool:
    if poll.rules.split is None or poll.split is not None or poll.state != "closed" or not poll.voters:
        return False
    return (poll.shown or ended) and not lost(passing, number, poll)


def _final(poll: Poll) -> int:
    """Until then votes come in, or somebody who has closed or ended it by mistake opens it again."""
    undone_ms = MISTAKE_MS if poll.ending else UNDO_MS
    return max(poll.until or 0, (poll.closed_at or 0) + undone_ms)


def _counted(passing: Passing, number: int, poll: Poll) -> Event:
    groups = tuple(_folded(poll, passing.of(number, poll)))
    return SplitCounted(poll=number, round=poll.round, by=poll.rules.split or "unit", groups=groups)


def _folded(poll: Poll, parts: Mapping[str, Part]) -> Iterator[Group]:
    """By name, so that nothing tells in which order they came; the rest last."""
    names = sorted(parts, key=lambda name: (parts[name].votes, name))
    small = [name for name in names if parts[name].votes < LEAST]
    large = names[len(small) :]
    if small and large and sum(parts[name].votes for name in small) < LEAST:
        small.append(large.pop(0))  # else the difference from the whole result would be theirs
    if not large:
        return
    for name in sorted(large):
        yield parts[name].group(poll.ballot, name)
    if small:
        yield together(parts[name] for name in small).group(poll.ballot, "", rest=len(small))


def evolve(state: State, event: Event) -> set[str]:
    poll = state.polls[event.poll]
    if event.round == poll.round:
        poll.split = event.groups
        return dirtied(event.poll)
    for former in poll.former:
        if former.round == event.round:
            former.split = event.groups
    return {f"split/{event.poll}/{event.round}"}
