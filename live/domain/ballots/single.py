"""Single choice: exactly one of two to twelve options."""

from __future__ import annotations

from typing import ClassVar

from .kind import N_, Chance, Choice, Kind, Lean, chosen, lot, options_of


class Single(Kind, tag="single"):
    """Choose exactly one option."""

    name: ClassVar[str] = N_("Single choice")
    options: tuple[str, ...]

    def cleaned(self) -> Single:
        return Single(options=options_of(self.options))

    def labels(self) -> tuple[str, ...]:
        return self.options

    def taken(self, choice: Choice) -> Choice:
        return chosen(choice, len(self.options))

    def answer(self, right: Choice) -> Choice:
        return chosen(right, len(self.options))

    def score(self, choice: Choice, right: Choice) -> float:
        return float(choice == right)

    def guess(self, lean: Lean, chance: Chance) -> Choice:
        return (lot(lean, len(self.options), chance)[0],)
