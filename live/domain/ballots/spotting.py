"""Hazard spotting: tap what is wrong in a picture, a slide of the deck.

The organiser draws zones over it; a zone is found by whoever taps into it. Where people tapped is also
counted on a coarse grid, for a heat map. Coordinates are ten-thousandths of the picture's sides.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import ClassVar

from ..base import TITLE_LIMIT, Rejected, Struct, clean
from .kind import N_, Chance, Choice, Counts, Kind, Lean, Tally

SIDE = 10_000  # of the picture, whatever its shape
COLUMNS, ROWS = 32, 18  # of the heat map: as fine as a thumb on a phone
TAPS_MAX = 10
ZONES_MAX = 12  # as many as a list of options
POINTS_MAX = 24  # corners of a zone


class Zone(Struct):
    """A part of the picture: x, y of two corners of a rectangle, or of all corners of a polygon."""

    name: str
    points: tuple[int, ...]

    def cleaned(self) -> Zone:
        points, corners = self.points, set(_pairs(self.points))
        if len(points) % 2 or not 2 <= len(points) // 2 <= POINTS_MAX or len(corners) < len(points) // 2:
            raise Rejected("bad_ballot")
        if not all(0 <= each <= SIDE for each in points):
            raise Rejected("bad_ballot")
        return Zone(name=clean(self.name, TITLE_LIMIT), points=points)

    def holds(self, x: int, y: int) -> bool:
        corners = _pairs(self.points)
        if len(corners) == 2:
            (left, top), (right, bottom) = corners
            return min(left, right) <= x <= max(left, right) and min(top, bottom) <= y <= max(top, bottom)
        inside = False
        for (ax, ay), (bx, by) in pairwise((*corners, corners[0])):
            # A ray to the right crosses this side, reckoned in whole numbers.
            side = (x - ax) * (by - ay) - (bx - ax) * (y - ay)
            if (ay > y) != (by > y) and (side < 0) == (by > ay) and side:
                inside = not inside
        return inside


class Spotting(Kind, tag="spotting"):
    """Tap up to `max` places of a slide: x, y, x, y … `counts`: who found each zone, then the heat map."""

    name: ClassVar[str] = N_("Spot the hazards")
    numbered: ClassVar[bool] = False
    veiled: ClassVar[tuple[str, ...]] = ("zones",)
    slide: str
    max: int
    zones: tuple[Zone, ...] = ()

    def cleaned(self) -> Spotting:
        zones = tuple(zone.cleaned() for zone in self.zones)
        twice = len({zone.name for zone in zones}) < len(zones)
        if not self.slide or not 1 <= self.max <= TAPS_MAX or len(zones) > ZONES_MAX or twice:
            raise Rejected("bad_ballot")
        return Spotting(slide=self.slide, max=self.max, zones=zones)

    def labels(self) -> tuple[str, ...]:
        return tuple(zone.name for zone in self.zones)

    def pictured(self) -> str | None:
        return self.slide

    def taken(self, choice: Choice) -> Choice:
        taps = tuple([each for each in choice if isinstance(each, int)])
        if not taps or len(taps) < len(choice) or len(taps) % 2:
            raise Rejected("bad_choice")
        if not all(0 <= each <= SIDE for each in taps):
            raise Rejected("out_of_range")
        if len(taps) > 2 * self.max:
            raise Rejected("too_many_choices")
        return taps

    def marks(self, choice: Choice) -> tuple[int, ...]:
        """The zones that were found, then the cells of the heat map: each once, however many taps."""
        taps = _pairs(tuple(int(each) for each in choice))
        found = [at for at, zone in enumerate(self.zones) if any(zone.holds(x, y) for x, y in taps)]
        return (*found, *sorted({len(self.zones) + _cell(x, y) for x, y in taps}))

    def tally(self, counts: Counts, judged: Mapping[str, bool], *, desk: bool) -> Tally:
        return Tally(counts=tuple(counts.get(mark, 0) for mark in range(len(self.zones) + COLUMNS * ROWS)))

    def spelled(self, choice: Choice) -> tuple[str, ...]:
        taps = _pairs(tuple(int(each) for each in choice))
        return tuple(f"{x / SIDE:.0%} / {y / SIDE:.0%}" for x, y in taps)

    def answer(self, right: Choice) -> Choice:
        """Its zones are what is right; nothing else is said."""
        if right or not self.zones:
            raise Rejected("bad_choice")
        return ()

    def score(self, choice: Choice, right: Choice) -> float:
        """The share of zones that were found, of as many as there were taps for."""
        found = sum(mark < len(self.zones) for mark in self.marks(choice))
        return found / min(len(self.zones), self.max)

    def solved(self, right: Choice) -> tuple[str, ...]:
        return self.labels()

    def guess(self, lean: Lean, chance: Chance) -> Choice:
        """`lean` is x, y of places that draw the eye, the strongest first."""
        places = _pairs(tuple(int(each) for each in lean)) or ((SIDE // 2, SIDE // 2),)
        taps: list[int] = []
        for _ in range(1 + int(chance() * self.max)):
            for middle in places[int(chance() ** 1.5 * len(places))]:
                near = middle + round((chance() + chance() - 1) * SIDE / 15)
                taps.append(min(max(near, 0), SIDE))
        return tuple(taps)


def _pairs(numbers: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    return tuple(zip(numbers[::2], numbers[1::2], strict=False))


def _cell(x: int, y: int) -> int:
    return min(y * ROWS // SIDE, ROWS - 1) * COLUMNS + min(x * COLUMNS // SIDE, COLUMNS - 1)
