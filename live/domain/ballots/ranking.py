"""Ranking: all options in the voter's own order."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import ClassVar

from ..base import Rejected
from .kind import N_, Chance, Choice, Counts, Kind, Lean, Tally, chosen, lot, options_of


class Ranking(Kind, tag="ranking"):
    """Put all options in order, the first one first. `counts`: first places, then sums of places."""

    name: ClassVar[str] = N_("Ranking")
    ordered: ClassVar[bool] = True
    options: tuple[str, ...]

    def cleaned(self) -> Ranking:
        return Ranking(options=options_of(self.options))

    def labels(self) -> tuple[str, ...]:
        return self.options

    def taken(self, choice: Choice) -> Choice:
        order = chosen(choice, len(self.options), most=len(self.options))
        if len(order) < len(self.options):
            raise Rejected("bad_choice")  # a gap
        return order

    def marks(self, choice: Choice) -> tuple[int, ...]:
        """Place by place: the first place of an option is the option's own number."""
        size = len(self.options)
        return tuple([place * size + int(option) for place, option in enumerate(choice)])

    def tally(self, counts: Counts, judged: Mapping[str, bool], *, desk: bool) -> Tally:
        size = len(self.options)
        sums = [0] * size
        for mark, votes in counts.items():
            place, option = divmod(int(mark), size)
            sums[option] += (place + 1) * votes
        return Tally(counts=(*(counts.get(option, 0) for option in range(size)), *sums))

    def answer(self, right: Choice) -> Choice:
        return self.taken(right)

    def score(self, choice: Choice, right: Choice) -> float:
        """The share of pairs that stand in the right order (Kendall): half of them is chance, and gives 0."""
        place = {option: at for at, option in enumerate(right)}
        pairs = [place[first] < place[second] for first, second in combinations(choice, 2)]
        return max(0.0, 2 * sum(pairs) / len(pairs) - 1)

    def guess(self, lean: Lean, chance: Chance) -> Choice:
        return tuple(lot(lean, len(self.options), chance))
