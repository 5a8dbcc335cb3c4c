"""What was right: the frames that a page showed, with their slides, against the cues of the hall.

A frame shows the hall as it was at its moment; right beside it is the slide of the last cue that is not after
that moment. Plain functions of what was recorded; nothing here knows a browser or a clock.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bench.clock.picture import FRAME_MS

FAR = 250  # frames: a slide that is further off is lost, and ten seconds say so loudly enough
TOGETHER = 2  # frames: what is closer was shown one after another


@dataclass(frozen=True)
class Cue:
    at: int
    slide: str | None


@dataclass(frozen=True)
class Frame:
    """A frame that was presented: when it was taken, when it was seen (ms), and the slide beside it.

    `ahead_ms`: by how much it is later in the video than the frame that the browser told of.
    """

    phase: str
    at: int
    wall: int
    slide: str | None
    ahead_ms: int = 0


def told(frames: Iterable[Frame]) -> list[Frame]:
    """Without those that were read before the browser told of them: the page cannot know of these yet.

    A busy browser is a frame ahead of what it tells. It tells of that frame, too, and then it counts.
    """
    return [each for each in frames if abs(each.ahead_ms) < FRAME_MS / 2]


def slide_at(cues: Sequence[Cue], at: int) -> str | None:
    """The last of the cues that is not after this moment. They are in the order of time."""
    place = bisect_right(cues, at, key=lambda cue: cue.at)
    return cues[place - 1].slide if place else None


def is_right(frame: Frame, cues: Sequence[Cue]) -> bool:
    return frame.slide == slide_at(cues, frame.at)


def fraction(frames: Sequence[Frame], cues: Sequence[Cue]) -> float:
    """How many of the frames had the right slide beside them."""
    return sum(is_right(each, cues) for each in frames) / len(frames) if frames else math.nan


def by_phase(frames: Iterable[Frame]) -> Mapping[str, list[Frame]]:
    found: dict[str, list[Frame]] = {}
    for each in frames:
        found.setdefault(each.phase, []).append(each)
    return found


def on_receipt(frames: Iterable[Frame], heard: Sequence[Cue]) -> list[Frame]:
    """The same frames beside the slides of a page that applies a cue when it comes; `heard`: at = then."""
    return [Frame(each.phase, each.at, each.wall, slide_at(heard, each.wall)) for each in frames]


def errors(frames: Sequence[Frame], cues: Sequence[Cue]) -> list[int]:
    """For each cue that fell while the video went on: how many frames too early or late it was shown."""
    found = []
    for cue in cues:
        place = next((place for place, pair in enumerate(pairwise(frames)) if _falls(cue, *pair)), None)
        if place is not None and not _seen_before(cue, cues):
            found.append(_off(frames, place + 1, cue))
    return found


def _falls(cue: Cue, before: Frame, after: Frame) -> bool:
    """Whether these two were shown one after another, and the cue lies between them."""
    return before.at < cue.at <= after.at <= before.at + TOGETHER * FRAME_MS


def _seen_before(cue: Cue, cues: Sequence[Cue]) -> bool:
    return slide_at(cues, cue.at - 1) == cue.slide


def _off(frames: Sequence[Frame], right: int, cue: Cue) -> int:
    """From where the slide should have come to the nearest place where it came, in frames."""
    for far in range(FAR):
        for place in (right + far, right - far):
            if 0 < place < len(frames) and _comes(frames[place - 1], frames[place], cue):
                return far
    return FAR


def _comes(before: Frame, after: Frame, cue: Cue) -> bool:
    return after.slide == cue.slide != before.slide


def p95(values: Sequence[float]) -> float:
    """The smallest value that nineteen of twenty do not exceed."""
    return sorted(values)[math.ceil(len(values) * 0.95) - 1] if values else math.nan
