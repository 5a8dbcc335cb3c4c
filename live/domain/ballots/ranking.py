"""Ranking: all options in the voter's own order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from ..base import Rejected
from .kind import N_, Chance, Choice, Counts, Kind, Lean, Tally, chosen, lot, options_of


class Ranking(Kind, tag="ranking"):
    """Put all options in order, the first one first. `counts`: first places, then sums of places."""

    name: ClassVar[str] = N_("Ranking")
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

    def guess(self, lean: Lean, chance: Chance) -> Choice:
        return tuple(lot(lean, len(self.options), chance))
