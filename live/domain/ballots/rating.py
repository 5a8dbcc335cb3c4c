"""Rating: one step of a scale that begins at 1."""

from __future__ import annotations

from typing import ClassVar

from ..base import Rejected
from .kind import N_, Chance, Choice, Kind, Lean, chosen, line, lot

STEPS_MIN = 3
STEPS_MAX = 10  # as many as a thumb hits in two rows on a phone of 360 px


class Rating(Kind, tag="rating", omit_defaults=False):
    """Rate from 1 to `steps`; option 0 stands for 1. `low` and `high` label the ends."""

    name: ClassVar[str] = N_("Rating")
    low: str = ""
    high: str = ""
    steps: int = 5

    def cleaned(self) -> Rating:
        if not STEPS_MIN <= self.steps <= STEPS_MAX:
            raise Rejected("bad_ballot")
        return Rating(low=line(self.low), high=line(self.high), steps=self.steps)

    def labels(self) -> tuple[str, ...]:
        ends = {1: self.low, self.steps: self.high}
        steps = range(1, self.steps + 1)
        return tuple(f"{step} ({end})" if (end := ends.get(step)) else str(step) for step in steps)

    def taken(self, choice: Choice) -> Choice:
        return chosen(choice, self.steps)

    def guess(self, lean: Lean, chance: Chance) -> Choice:
        return (lot(lean, self.steps, chance)[0],)
