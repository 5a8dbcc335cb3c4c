"""The ten pictures on the wall of the demo's live picture: no words, a sign each, and how far one has come.

`lecture` asks for `slide(number, size)`. A pictogram is drawn on a board of 100 × 100.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageDraw

PAPER, INK, GREEN, LEAF, MIST, AMBER = "#fffdf7", "#10291f", "#2c5c49", "#7fa08c", "#d5ddce", "#f4a300"


@dataclass(frozen=True)
class Board:
    """A square of a picture on which a pictogram is drawn, in hundredths of its side."""

    pen: ImageDraw.ImageDraw
    left: float
    top: float
    side: float
    ink: str

    def _at(self, *points: float) -> list[tuple[float, float]]:
        pairs = zip(points[::2], points[1::2], strict=True)
        return [(self.left + x * self.side / 100, self.top + y * self.side / 100) for x, y in pairs]

    def shape(self, colour: str, *points: float) -> None:
        self.pen.polygon(self._at(*points), colour)

    def line(self, colour: str, width: float, *points: float) -> None:
        self.pen.line(self._at(*points), colour, round(width * self.side / 100), joint="curve")

    def box(self, colour: str, *corners: float, round_by: float = 4) -> None:
        self.pen.rounded_rectangle(self._at(*corners), round_by * self.side / 100, colour)

    def disc(self, colour: str, x: float, y: float, radius: float) -> None:
        self.pen.ellipse(self._at(x - radius, y - radius, x + radius, y + radius), colour)

    def slice(self, colour: str, x: float, y: float, radius: float, start: float, end: float) -> None:
        (left, top), (right, bottom) = self._at(x - radius, y - radius, x + radius, y + radius)
        self.pen.pieslice((left, top, right, bottom), start, end, colour)


def leaf(board: Board) -> None:
    board.shape(LEAF, 16, 84, 12, 58, 20, 38, 36, 22, 60, 13, 92, 8, 87, 40, 78, 64, 62, 80, 42, 88)
    board.line(board.ink, 4, 6, 94, 34, 66, 68, 32)


def helmet(board: Board) -> None:
    board.slice(AMBER, 50, 66, 38, 180, 360)
    board.box(AMBER, 4, 62, 96, 74)
    board.box(board.ink, 44, 22, 56, 62)


def forklift(board: Board) -> None:
    board.box(AMBER, 22, 44, 66, 72)
    board.line(board.ink, 4, 30, 44, 34, 16, 58, 16, 66, 44)
    board.line(board.ink, 6, 74, 10, 74, 80)
    board.line(board.ink, 5, 74, 78, 98, 78)
    board.box(GREEN, 78, 50, 96, 75)
    for x in (32, 58):
        board.disc(board.ink, x, 76, 11)
        board.disc(MIST, x, 76, 4)


def flame(board: Board) -> None:
    board.shape(AMBER, 50, 4, 70, 34, 80, 60, 68, 84, 50, 92, 32, 84, 20, 62, 28, 44, 40, 52, 38, 28)
    board.shape(PAPER, 50, 50, 60, 66, 62, 78, 50, 88, 38, 78, 40, 66)


def tank(board: Board) -> None:
    board.box(LEAF, 16, 30, 84, 92, round_by=14)
    board.box(board.ink, 38, 18, 62, 34)
    board.line(board.ink, 4, 44, 40, 44, 82)
    board.line(board.ink, 4, 56, 40, 56, 82)
    for y in (48, 58, 68, 78):
        board.line(board.ink, 4, 44, y, 56, y)


def battery(board: Board) -> None:
    board.box(board.ink, 10, 28, 84, 76)
    board.box(board.ink, 84, 42, 94, 62)
    board.shape(AMBER, 52, 32, 30, 56, 46, 56, 42, 72, 64, 48, 48, 48)


def ladder(board: Board) -> None:
    board.line(board.ink, 6, 34, 94, 46, 6)
    board.line(board.ink, 6, 66, 94, 58, 6)
    for y, half in ((22, 7), (40, 9), (58, 12), (76, 14)):
        board.line(AMBER, 6, 52 - half, y, 52 + half, y)


def bend(board: Board) -> None:
    board.slice(GREEN, 92, 92, 84, 180, 270)
    board.slice(MIST, 92, 92, 50, 180, 270)
    board.slice(AMBER, 92, 92, 69, 184, 206)
    board.slice(AMBER, 92, 92, 69, 218, 240)
    board.slice(AMBER, 92, 92, 69, 252, 268)
    board.slice(GREEN, 92, 92, 64, 180, 270)
    board.slice(PAPER if board.ink == INK else INK, 92, 92, 48, 180, 270)


def checks(board: Board) -> None:
    board.box(MIST, 18, 6, 82, 94)
    for y in (26, 48, 70):
        board.line(GREEN, 6, 27, y, 34, y + 7, 44, y - 8)
        board.line(INK, 5, 52, y, 74, y)


def sun(board: Board) -> None:
    board.disc(AMBER, 50, 46, 26)
    board.shape(GREEN, 0, 94, 26, 58, 44, 76, 66, 46, 100, 94)
    board.shape(LEAF, 0, 94, 20, 80, 50, 70, 100, 94)


ALL: tuple[Callable[[Board], None], ...] = (
    leaf, helmet, forklift, flame, tank, battery, ladder, bend, checks, sun,
)  # fmt: skip
LINES = ((0.44, 0.7), (0.58, 0.62), (0.52, 0.4), (0.7, 0.5), (0.48, 0.66))  # how long words would be


def slide(number: int, size: tuple[int, int]) -> Image.Image:
    """Pictogram, lines instead of words, and a dash for each of the ten: as many amber as were shown."""
    width, height = size
    dark = number % 5 == 0
    ground, ink = (INK, PAPER) if dark else (PAPER, INK)
    picture = Image.new("RGB", size, ground)
    pen = ImageDraw.Draw(picture)
    unit = width / 100
    pen.rectangle((5 * unit, 6 * unit, 12 * unit, 10 * unit), AMBER)
    pen.rectangle((14 * unit, 7 * unit, 24 * unit, 9 * unit), LEAF)
    for row, length in enumerate((0.36, *LINES[number % len(LINES)])):
        thick = 3 if row == 0 else 1.6
        y = (17 + 7 * row) * unit
        colour = ink if row == 0 else (LEAF if dark else MIST)
        pen.rounded_rectangle((5 * unit, y, (5 + 50 * length) * unit, y + thick * unit), unit * 0.5, colour)
    side = height * 0.66
    ALL[number](Board(pen, 52 * unit, height * 0.14, side, ink))
    for dash in range(len(ALL)):
        left = (5 + 9 * dash) * unit
        colour = AMBER if dash <= number else (GREEN if dark else MIST)
        pen.rectangle((left, height - 4 * unit, left + 7.5 * unit, height - 3 * unit), colour)
    return picture
