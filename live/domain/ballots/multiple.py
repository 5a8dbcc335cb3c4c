"""Multiple choice: some of two to twelve options, between a least and a most."""

from __future__ import annotations

from typing import ClassVar

from ..base import Rejected
from .kind import N_, Chance, Choice, Kind, Lean, chosen, lot, options_of


class Multiple(Kind, tag="multiple"):
    """Choose at least `min` and up to `max` options."""

    name: ClassVar[str] = N_("Multiple choice")
    options: tuple[str, ...]
    max: int
    min: int = 1

    def cleaned(self) -> Multiple:
        options = options_of(self.options)
        if not 1 <= self.min <= self.max <= len(options):
            raise Rejected("bad_ballot")
        return Multiple(options=options, max=self.max, min=self.min)

    def labels(self) -> tuple[str, ...]:
        return self.options

    def taken(self, choice: Choice) -> Choice:
        return tuple(sorted(chosen(choice, len(self.options), self.min, self.max)))

    def answer(self, right: Choice) -> Choice:
        return tuple(sorted(chosen(right, len(self.options), most=self.max)))

    def score(self, choice: Choice, right: Choice) -> float:
        """A wrong option takes away what a right one gives: who ticks everything gains nothing by it."""
        hits, misses = len({*choice} & {*right}), len({*choice} - {*right})
        return max(0.0, (hits - misses) / len(right))

    def guess(self, lean: Lean, chance: Chance) -> Choice:
        many = self.min + int(chance() * (self.max - self.min + 1))
        return tuple(sorted(lot(lean, len(self.options), chance)[:many]))
