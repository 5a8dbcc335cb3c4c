"""Drawings of the demo course whose shapes are computed, as SVG text.

`build.py` puts each into the page that names it. Every number shown is worked out here
from the assumptions printed on the same page, so a changed assumption changes the picture.
Schematic drawings without numbers are plain SVG in `course/` and do not belong here.
"""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, pi, sin

GRAVITY = 9.81
REACTION_S = 1.0
FRICTION = {"dry": 0.7, "wet": 0.4}


def stopping(speed_kmh: float, friction: float) -> tuple[float, float]:
    """Metres covered while reacting, and while braking."""
    speed = speed_kmh / 3.6
    return speed * REACTION_S, speed**2 / (2 * friction * GRAVITY)


def braking() -> str:
    """Stopping distance by speed: reaction, then braking on dry and on wet asphalt."""
    scale, left, parts = 4.6, 150, []
    for metres in range(0, 181, 30):
        x = left + metres * scale
        parts.append(f'<path class="thin" d="M{x:.0f} 0V372"/>')
        parts.append(f'<text class="en mid" x="{x:.0f}" y="398">{metres} m</text>')
    for row, speed in enumerate((30, 60, 90, 120)):
        y = 8 + row * 92
        parts.append(f'<text class="big end" x="{left - 20}" y="{y + 50}">{speed}</text>')
        parts.append(f'<text class="en end" x="{left - 20}" y="{y + 74}">km/h</text>')
        for bar, (road, friction) in enumerate(FRICTION.items()):
            react, brake = stopping(speed, friction)
            top, middle, end = y + bar * 40, left + react * scale, left + (react + brake) * scale
            colour = "leaf" if road == "dry" else "amber"
            parts.append(
                f'<rect class="ink" x="{left}" y="{top}" width="{middle - left:.1f}" height="36"/>'
                f'<rect class="{colour}" x="{middle:.1f}" y="{top}" width="{end - middle:.1f}" height="36"/>'
                f'<text x="{end + 10:.0f}" y="{top + 28}">{react + brake:.0f} m</text>'
            )
    return f'<svg width="1152" height="404">{"".join(parts)}</svg>'


WHEELBASE_M, TURN_RADIUS_M = 6.0, 10.0
Point = tuple[float, float]


def front_path(length: float, step: float = 0.02) -> list[Point]:
    """The inner front wheel: straight up, a right-angled right turn, straight on."""
    arc = pi / 2 * TURN_RADIUS_M
    path: list[Point] = []
    for i in range(int((2 * length + arc) / step)):
        s = i * step
        if s < length:
            path.append((0.0, s - length))
        elif s < length + arc:
            angle = (s - length) / TURN_RADIUS_M
            path.append((TURN_RADIUS_M * (1 - cos(angle)), TURN_RADIUS_M * sin(angle)))
        else:
            path.append((TURN_RADIUS_M + s - length - arc, TURN_RADIUS_M))
    return path


def rear_path(front: list[Point], wheelbase: float) -> list[Point]:
    """The inner rear wheel rolls behind the front one without slipping sideways (a tractrix)."""
    x, y = front[0][0], front[0][1] - wheelbase
    path = [(x, y)]
    for fx, fy in front[1:]:
        away = hypot(x - fx, y - fy)
        x, y = fx + (x - fx) / away * wheelbase, fy + (y - fy) / away * wheelbase
        path.append((x, y))
    return path


def difference(front: list[Point], rear: list[Point]) -> tuple[float, Point, Point]:
    """The widest gap between both tracks, measured through the centre of the turn."""
    widest, at, to = 0.0, front[0], rear[0]
    for rx, ry in rear:
        dx, dy = TURN_RADIUS_M - rx, -ry
        if dx < 0 or dy > 0:
            continue
        radius = hypot(dx, dy)
        if TURN_RADIUS_M - radius > widest:
            unit = (-dx / radius * TURN_RADIUS_M, -dy / radius * TURN_RADIUS_M)
            widest, at, to = TURN_RADIUS_M - radius, (TURN_RADIUS_M + unit[0], unit[1]), (rx, ry)
    return widest, at, to


def truck(front: Point, rear: Point, scale: float) -> str:
    """The truck from above, drawn around its inner front wheel and heading right."""
    heading = -degrees(atan2(front[1] - rear[1], front[0] - rear[0]))
    length, width = (WHEELBASE_M + 3.3) * scale, 2.5 * scale
    tail, cab = -(WHEELBASE_M + 2) * scale, -0.9 * scale
    return (
        f'<g transform="rotate({heading:.1f})">'
        f'<rect class="green" x="{tail:.0f}" y="{-width:.0f}" width="{length:.0f}" height="{width:.0f}" rx="6"/>'
        f'<rect class="ink" x="{cab:.0f}" y="{-width:.0f}" width="{2.2 * scale:.0f}" height="{width:.0f}" rx="8"/>'
        f'<circle class="amber" r="8" cy="-4"/><circle class="amber" r="8" cx="{-WHEELBASE_M * scale:.0f}" cy="-4"/></g>'
    )


def turning() -> str:
    """A truck turns right: tracks of its inner wheels, and the strip between them."""
    scale, ox, oy = 24.0, 150.0, 330.0
    front = front_path(12.0)
    rear = rear_path(front, WHEELBASE_M)

    def at(point: Point) -> str:
        return f"{ox + point[0] * scale:.1f} {oy - point[1] * scale:.1f}"

    ahead, follow = ("M" + "L".join(map(at, track[::10])) for track in (front, rear))
    strip = "M" + "L".join(map(at, [*front[::10], *reversed(rear[::10])])) + "Z"
    widest, a, b = difference(front, rear)
    moment = next(i for i, point in enumerate(front) if point[1] > 3.6)
    kerb_x, kerb_y = ox + 4.2 * scale, oy - 5.2 * scale
    corner = f"M{kerb_x} 450V{kerb_y + 60}A60 60 0 0 1 {kerb_x + 60} {kerb_y}H700V450Z"
    return (
        f'<svg width="620" height="436"><clipPath id="turn"><rect width="620" height="436"/></clipPath>'
        f'<g clip-path="url(#turn)"><rect class="mist" width="620" height="436"/>'
        f'<path class="paper" d="{corner}"/><path class="line" d="{corner}"/>'
        f'<path class="amber" fill-opacity=".6" d="{strip}"/>'
        f'<path class="line" d="{ahead}"/><path class="line" stroke-dasharray="10 8" d="{follow}"/>'
        f'<path class="line" style="stroke-width:7" d="M{at(a)}L{at(b)}"/>'
        f'<g transform="translate({at(front[moment])})">{truck(front[moment], rear[moment], scale)}</g></g>'
        f'<use href="#top" x="{ox + 3.9 * scale - 22:.0f}" y="{oy - 6.4 * scale - 22:.0f}" width="44" height="44"/>'
        f'<text class="big" x="{ox + 7.2 * scale:.0f}" y="{oy - 6.2 * scale:.0f}">{widest:.1f} m</text>'
        f'<text x="300" y="350">前轮轨迹 —— 实线</text><text class="en" x="300" y="378">solid: front wheel</text>'
        f'<text x="300" y="408">后轮轨迹 —— 虚线</text><text class="en" x="300" y="434">dashed: rear wheel</text></svg>'
    )


def alertness() -> str:
    """Alertness through 24 hours: a daily and a half-daily wave (a sketch, not a measurement)."""

    def level(hour: float) -> float:
        return 0.5 + 0.28 * cos((hour - 17.5) / 24 * 2 * pi) + 0.2 * cos((hour - 9.5) / 12 * 2 * pi)

    width, height, top = 1060.0, 270.0, 20.0
    points = [(h / 4, level(h / 4)) for h in range(97)]

    def at(hour: float, value: float) -> str:
        return f"{46 + hour / 24 * width:.1f} {top + (1 - value) * height:.1f}"

    curve = "M" + "L".join(at(h, v) for h, v in points)
    parts = []
    for start, end in ((2, 5), (13, 15)):
        x = 46 + start / 24 * width
        wide = (end - start) / 24 * width
        parts.append(
            f'<rect class="zone" x="{x:.0f}" y="58" width="{wide:.0f}" height="{top + height - 46:.0f}"/>'
        )
    base = top + height + 12
    parts.append(f'<path class="line" d="M46 {base}H{46 + width}"/>')
    for hour in range(0, 25, 3):
        x = 46 + hour / 24 * width
        parts.append(f'<text class="mid" x="{x:.0f}" y="{base + 32}">{hour}:00</text>')
    parts.append(f'<path class="line" style="stroke-width:8" d="{curve}"/>')
    return "".join(parts)


UNBELTED = {(1, 0), (3, 2), (4, 3), (6, 0), (6, 1), (8, 3), (9, 1), (9, 2)}
HURT = {(1, 0), (3, 2), (4, 3), (6, 1), (9, 1), (9, 2), (5, 2)}
EMPTY = {(2, 3)}


def seats() -> str:
    """The coach from above: who wore a belt, and who was hurt."""
    parts = [
        '<path class="white" d="M40 20H700Q716 20 716 60V236Q716 276 700 276H40Q10 276 10 240V56Q10 20 40 20Z"/>'
    ]
    parts.append(
        '<path class="line" d="M40 20H700Q716 20 716 60V236Q716 276 700 276H40Q10 276 10 240V56Q10 20 40 20Z"/>'
    )
    parts.append('<circle class="line" cx="48" cy="76" r="20"/><path class="line" d="M48 56V96M28 76H68"/>')
    for row in range(10):
        for seat in range(4):
            x, y = 90 + row * 61, 36 + seat * 52 + (24 if seat > 1 else 0)
            place = (row, seat)
            colour = "mist" if place in EMPTY else "amber" if place in UNBELTED else "green"
            parts.append(f'<rect class="{colour}" x="{x}" y="{y}" width="44" height="44" rx="9"/>')
            if place in HURT:
                stroke = "var(--ink)" if place in UNBELTED else "var(--paper)"
                parts.append(
                    f'<path d="M{x + 12} {y + 12}l20 20m0-20l-20 20" stroke="{stroke}" stroke-width="6"/>'
                )
    return "".join(parts)


def carbon() -> str:
    """Grams of CO2 per person for one kilometre to work, by way of going."""
    petrol = 7.0 * 2.3 * 10
    electric = 15.0 * 0.55 * 10
    coach = 25.0 * 2.7 * 10 / 40
    rows = (
        ("一人一车·汽油", "petrol car, alone", petrol, "leaf"),
        ("一人一车·电动", "electric car, alone", electric, "leaf"),
        ("班车·40 人", "coach, 40 on board", coach, "amber"),
    )
    parts = []
    for row, (chinese, english, grams, colour) in enumerate(rows):
        y = 4 + row * 84
        parts.append(
            f'<text x="0" y="{y + 28}">{chinese}</text><text class="en" x="0" y="{y + 56}">{english}</text>'
        )
        parts.append(f'<rect class="{colour}" x="200" y="{y + 6}" width="{grams * 1.8:.0f}" height="52"/>')
        parts.append(f'<text x="{212 + grams * 1.8:.0f}" y="{y + 42}">{grams:.0f} g</text>')
    return f'<svg width="560" height="250">{"".join(parts)}</svg>'
