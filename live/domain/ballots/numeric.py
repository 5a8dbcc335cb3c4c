"""Numeric: a number in a range, with a unit; the result is a histogram and the median.

A number travels as text ("52.5"), so that it is exactly the one that was typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count
from typing import ClassVar

from ..base import Rejected
from .kind import N_, Chance, Choice, Counts, Kind, Lean, Said, Tally, line

DECIMALS_MAX = 3
REACH = 10**12  # more digits nobody reads, and JavaScript and SQLite hold them with three decimals
BINS_MAX = 12  # columns that stand side by side on a phone
_NUMBER = re.compile(r"[-+]?[0-9]{1,13}(\.[0-9]{1,3})?")


class Numeric(Kind, tag="numeric"):
    """Give a number from `min` to `max` with up to `decimals` places, in `unit`."""

    name: ClassVar[str] = N_("Numeric answer")
    numbered: ClassVar[bool] = False
    min: float
    max: float
    unit: str = ""
    decimals: int = 0

    def cleaned(self) -> Numeric:
        if not 0 <= self.decimals <= DECIMALS_MAX or not -REACH <= self.min < self.max <= REACH:
            raise Rejected("bad_ballot")
        least, most = self._scaled(self.min), self._scaled(self.max)
        if least >= most or least / self._one != self.min or most / self._one != self.max:
            raise Rejected("bad_ballot")  # an end that no voter could give
        return Numeric(min=self.min, max=self.max, unit=line(self.unit), decimals=self.decimals)

    def taken(self, choice: Choice) -> Choice:
        if len(choice) != 1:
            raise Rejected("bad_choice")
        (text,) = choice
        if not isinstance(text, str) or not _NUMBER.fullmatch(text):
            raise Rejected("bad_choice")
        value = self._read(text)
        if not self._scaled(self.min) <= value <= self._scaled(self.max):
            raise Rejected("out_of_range")
        return (self._written(value),)

    def tally(self, counts: Counts, judged: Mapping[str, bool], *, desk: bool) -> Tally:
        values = sorted((self._read(str(text)), votes) for text, votes in counts.items())
        return Tally(said=self._bins(values), median=self._median(values) if values else None)

    def divisible(self) -> bool:
        return True

    def answer(self, right: Choice) -> Choice:
        """The number, and how far from it is still right."""
        if not 1 <= len(right) <= 2:
            raise Rejected("bad_choice")
        (value,) = self.taken((str(right[0]),))
        within = str(right[1]) if len(right) == 2 else "0"
        if not _NUMBER.fullmatch(within) or self._read(within) < 0:
            raise Rejected("bad_choice")
        return (value, self._written(self._read(within)))

    def score(self, choice: Choice, right: Choice) -> float:
        (given,), (value, within) = choice, right
        return float(abs(self._read(str(given)) - self._read(str(value))) <= self._read(str(within)))

    def solved(self, right: Choice) -> tuple[str, ...]:
        value, within = right
        return (f"{value} ± {within} {self.unit}".rstrip(),)

    def guess(self, lean: Lean, chance: Chance) -> Choice:
        """`lean` is what most think, and how far they are apart."""
        middle, spread = (self.min + self.max) / 2, (self.max - self.min) / 6
        if len(lean) == 2:
            middle, spread = map(float, lean)
        drawn = middle + spread * (sum(chance() for _ in range(12)) - 6)  # nearly normal
        return (self._written(self._scaled(min(max(drawn, self.min), self.max))),)

    # Exact arithmetic: whole numbers of the smallest step ------------------------------------------

    @property
    def _one(self) -> int:
        return int(10**self.decimals)

    def _scaled(self, value: float) -> int:
        return round(value * self._one)

    def _read(self, text: str) -> int:
        whole, _, rest = text.partition(".")
        if rest.rstrip("0")[self.decimals :]:
            raise Rejected("bad_choice")  # finer than asked for
        return int(whole + rest[: self.decimals].ljust(self.decimals, "0"))

    def _written(self, value: int, decimals: int | None = None) -> str:
        places = self.decimals if decimals is None else decimals
        whole, rest = divmod(abs(value), 10**places)
        return f"{'-' if value < 0 else ''}{whole}" + (f".{rest:0{places}d}" if places else "")

    def _median(self, values: list[tuple[int, int]]) -> str:
        voters = sum(votes for _, votes in values)
        low, high = _at(values, (voters - 1) // 2), _at(values, voters // 2)
        if (low + high) % 2:  # between two numbers: one place more than they have
            return self._written((low + high) * 5, self.decimals + 1)
        return self._written((low + high) // 2)

    def _bins(self, values: list[tuple[int, int]]) -> tuple[Said, ...]:
        """Columns of one width, 1, 2 or 5 times a power of ten, on an axis that seldom has to grow."""
        if not values:
            return ()
        widths = (step * 10**power for power in count() for step in (1, 2, 5))
        axes = ((width, *self._axis(values[0][0], values[-1][0], width)) for width in widths)
        width, first, last = next(axis for axis in axes if axis[2] - axis[1] < BINS_MAX)
        votes = [0] * (last - first + 1)
        for value, by in values:
            votes[value // width - first] += by
        return tuple(
            Said(text=self._span((first + at) * width, width), votes=by) for at, by in enumerate(votes)
        )

    def _axis(self, least: int, most: int, width: int) -> tuple[int, int]:
        """The first and the last column: it grows by five at a time, and not past what may be given."""
        first, last = least // (5 * width) * 5, most // (5 * width) * 5 + 4
        return max(first, self._scaled(self.min) // width), min(last, self._scaled(self.max) // width)

    def _span(self, start: int, width: int) -> str:
        last = start + width - 1
        return self._written(start) if width == 1 else f"{self._written(start)} – {self._written(last)}"


def _at(values: list[tuple[int, int]], place: int) -> int:
    """The value of the voter in that place, when they stand in order."""
    for value, votes in values:
        place -= votes
        if place < 0:
            return value
    raise IndexError(place)
