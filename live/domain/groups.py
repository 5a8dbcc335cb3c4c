"""Groups: who is counted with whom when a result is split, and what the votes of each add up to.

Three ways lead from a voter to a group: the site, the kind of site (here or elsewhere), the unit. `splits`
shows groups and `secret_split` counts those of secret votes; nothing here knows a poll.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from .ballots import Ballot, Choice, Counts
from .base import Site, Struct

By = Literal["kind", "site", "unit"]


class Group(Struct):
    """The result of those who are counted together. `name`: a unit, a site, a kind of site; empty: of none.

    `counts` are of the options alone. `rest`: so many groups were put together into this one.
    """

    votes: int
    name: str = ""
    counts: tuple[int, ...] = ()
    median: str | None = None
    rest: int = 0


@dataclass
class Part:
    """What the votes of a group add up to."""

    votes: int = 0
    counts: Counts = field(default_factory=dict)

    def take(self, marks: Choice) -> None:
        """One vote more."""
        self.votes += 1
        counts = self.counts
        for mark in marks:
            counts[mark] = counts.get(mark, 0) + 1

    def group(self, ballot: Ballot, name: str, rest: int = 0) -> Group:
        result = ballot.tally(self.counts, {}, desk=False)
        shown = result.counts[: len(ballot.labels())]
        return Group(name=name, votes=self.votes, counts=shown, median=result.median, rest=rest)


def together(parts: Iterable[Part]) -> Part:
    whole = Part()
    for part in parts:
        whole.votes += part.votes
        for mark, votes in part.counts.items():
            whole.counts[mark] = whole.counts.get(mark, 0) + votes
    return whole


def group_of(by: By, site: str, unit: str, sites: Iterable[Site]) -> str:
    """What somebody of this site and unit is counted in: the id of a site, a kind of site, a unit."""
    if by == "kind":
        return next((each.kind for each in sites if each.id == site), "")
    return site if by == "site" else unit
