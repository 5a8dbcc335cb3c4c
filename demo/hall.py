"""What stands in the hall of the demo's live picture: the room, the lecturer, the lectern, the audience.

`lecture` calls these for each frame, in this order. Each draws at `finer` times the size of the film.
Whatever moves comes back to where it was after ten seconds, so the film can go round.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import ImageDraw

Pen = ImageDraw.ImageDraw
Points = Sequence[tuple[float, float]]

STAGE, NIGHT, DUSK, GREEN, BOARDS = "#0b1310", "#10241c", "#17352a", "#2c5c49", "#1d4435"
PAPER, MIST, AMBER, INK = "#fffdf7", "#d5ddce", "#f4a300", "#10291f"
SKIN, SHIRT, COAT, HAIR = "#d9a27a", "#e9e8e0", "#0d5c45", "#0f1f19"

WALL = (40, 34, 536, 313)  # where the pictures are projected: left, top, right, bottom
FLOOR = 372
LECTURER = (650, 250)  # the shoulders: far enough from the wall not to cover its dashes
HEADS = (
    (58, 434, 30),
    (152, 424, 34),
    (252, 438, 31),
    (352, 426, 36),
    (456, 436, 31),
    (548, 428, 32),
    (706, 436, 34),
)
HELMETS = {1, 3, 6}


def scaled(finer: int, points: Points) -> list[tuple[float, float]]:
    return [(x * finer, y * finer) for x, y in points]


def room(pen: Pen, finer: int) -> None:
    """What never moves: wall, light of the projector, floor."""
    width, height = 768, 432
    pen.rectangle((0, 0, width * finer, height * finer), NIGHT)
    left, top, right, bottom = WALL
    for glow, colour in ((26, "#132b22"), (14, DUSK)):
        box = [(left - glow, top - glow), (right + glow, bottom + glow)]
        pen.rounded_rectangle(scaled(finer, box), glow * finer, colour)
    pen.rectangle(scaled(finer, [(0, FLOOR), (width, height)]), BOARDS)
    pen.line(scaled(finer, [(0, FLOOR), (width, FLOOR)]), GREEN, 2 * finer)


def lecturer(pen: Pen, finer: int, second: float, press: float) -> None:
    """Sways, looks at the wall and back, and lifts the arm with the clicker: `press` from 0 to 1."""
    sway = 3 * math.sin(second * math.tau / 5)
    x, y = LECTURER[0] + sway, LECTURER[1]
    trunk = [(x - 40, y + 8), (x - 24, y - 8), (x + 24, y - 8), (x + 40, y + 8), (x + 36, 400), (x - 36, 400)]
    pen.polygon(scaled(finer, trunk), COAT)
    pen.polygon(scaled(finer, [(x - 13, y - 8), (x + 13, y - 8), (x, y + 34)]), SHIRT)
    _arm(pen, finer, (x + 34, y + 12), 1.25 + 0.2 * math.sin(second * math.tau / 2.5), 1.9, 46)
    _arm(pen, finer, (x - 34, y + 12), 1.95 + 1.3 * press, 1.6 + 1.9 * press, 50, clicker=True)
    _head(pen, finer, (x, y), -6 * press + 2 * math.sin(second * math.tau / 2))


def _arm(
    pen: Pen,
    finer: int,
    shoulder: tuple[float, float],
    upper: float,
    fore: float,
    length: float,
    *,
    clicker: bool = False,
) -> None:
    """Two strokes with round ends; the angles count from the right, clockwise."""
    x, y = shoulder
    elbow = (x + length * math.cos(upper), y + length * math.sin(upper))
    hand = (elbow[0] + length * math.cos(fore), elbow[1] + length * math.sin(fore))
    for start, end in ((shoulder, elbow), (elbow, hand)):
        pen.line(scaled(finer, [start, end]), COAT, 18 * finer)
        for each in (start, end):
            _disc(pen, finer, each, 9, COAT)
    _disc(pen, finer, hand, 9, SKIN)
    if clicker:
        tip = (hand[0] + 13 * math.cos(fore), hand[1] + 13 * math.sin(fore))
        pen.line(scaled(finer, [hand, tip]), AMBER, 6 * finer)


def _head(pen: Pen, finer: int, neck: tuple[float, float], look: float) -> None:
    """With a helmet; `look` pixels to the side."""
    x, y = neck
    pen.rectangle(scaled(finer, [(x - 8, y - 22), (x + 8, y - 2)]), SKIN)
    pen.ellipse(scaled(finer, [(x - 22 + look, y - 68), (x + 22 + look, y - 14)]), SKIN)
    _helmet(pen, finer, (x + look, y - 46), 25, AMBER)


def _helmet(pen: Pen, finer: int, middle: tuple[float, float], radius: float, colour: str) -> None:
    x, y = middle
    box = [(x - radius, y - radius), (x + radius, y + radius)]
    pen.pieslice([each for point in scaled(finer, box) for each in point], 180, 360, colour)
    pen.rounded_rectangle(
        scaled(finer, [(x - radius - 5, y - 3), (x + radius + 5, y + 4)]), 3 * finer, colour
    )
    pen.rounded_rectangle(scaled(finer, [(x - 4, y - radius - 3), (x + 4, y)]), 3 * finer, colour)


def lectern(pen: Pen, finer: int) -> None:
    x = LECTURER[0] + 4
    pen.polygon(scaled(finer, [(x - 50, 322), (x + 50, 322), (x + 40, 432), (x - 40, 432)]), DUSK)
    pen.rounded_rectangle(scaled(finer, [(x - 60, 314), (x + 60, 326)]), 4 * finer, GREEN)
    pen.ellipse(scaled(finer, [(x - 11, 348), (x + 11, 370)]), AMBER)
    pen.line(scaled(finer, [(x + 26, 314), (x + 20, 292)]), MIST, 3 * finer)
    _disc(pen, finer, (x + 20, 290), 5, MIST)


def audience(pen: Pen, finer: int, second: float) -> None:
    """Heads and shoulders from behind; some nod."""
    for place, (x, y, radius) in enumerate(HEADS):
        nod = 2 * math.sin(second * math.tau / 5 + place) if place % 3 == 0 else 0
        shoulders = [(x - radius * 1.9, y + radius * 0.55), (x + radius * 1.9, y + radius * 3)]
        pen.rounded_rectangle(scaled(finer, shoulders), radius * finer, STAGE)
        _disc(pen, finer, (x, y - 18 + nod), radius * 0.86, HAIR)
        if place in HELMETS:
            _helmet(pen, finer, (x, y - 24 + nod), radius * 0.95, GREEN)


def _disc(pen: Pen, finer: int, middle: tuple[float, float], radius: float, colour: str) -> None:
    x, y = middle
    pen.ellipse(scaled(finer, [(x - radius, y - radius), (x + radius, y + radius)]), colour)
