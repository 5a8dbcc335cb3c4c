"""Following: does the slide go with the frame, whatever the viewer does with the video?

`follow` lets one viewer play, pause, go back and forth, change the speed, catch up and lose the network, and
another come late, while the lecturer goes from page to page. What a page would have shown that applies cues
when they come is worked out from the same frames.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import chain

from playwright.sync_api import Browser

from bench.clock import truth
from bench.clock.place import Place
from bench.clock.truth import Cue, Frame
from bench.clock.watching import Viewer, lecturing
from bench.measuring import Figures

Say = Callable[[str], None]
SETTLE_SECONDS = 4.0  # after loading, before it counts
VIEWER, LATECOMER = 1, 3  # odd places of the venue: elsewhere
PAUSES = (1.2, 6.0)  # seconds between two cues

Watched = list[tuple[list[Frame], list[Cue]]]  # of each viewer: its frames, and the cues as they came


@dataclass(frozen=True)
class Followed:
    """What one run has shown, of all its viewers, and the cues of the hall."""

    cues: list[Cue]
    watched: Watched

    @property
    def frames(self) -> list[Frame]:
        return list(chain.from_iterable(frames for frames, _heard in self.watched))

    @property
    def naive(self) -> list[Frame]:
        return list(chain.from_iterable(truth.on_receipt(*each) for each in self.watched))

    @property
    def errors(self) -> list[int]:
        return list(chain.from_iterable(truth.errors(frames, self.cues) for frames, _heard in self.watched))

    def phases(self) -> Mapping[str, float]:
        return {name: truth.fraction(each, self.cues) for name, each in truth.by_phase(self.frames).items()}


def follow(browser: Browser, place: Place, chance: random.Random, unit: float, offline: float) -> Watched:
    """One run; `unit` is how long most phases take, s, and `offline` how long there is no network."""
    with lecturing(place.desk, chance, PAUSES):
        viewer = Viewer(browser, place.served, VIEWER)
        viewer.watches()
        viewer.stay(SETTLE_SECONDS)
        viewer.take()
        for name, doing in PHASES.items():
            viewer.phase(name)
            doing(viewer, unit)
        viewer.phase("offline")
        viewer.offline(offline)
        viewer.stay(2 * unit)
        late = Viewer(browser, place.served, LATECOMER)
        late.phase("late join")
        late.watches()
        late.stay(unit)
    watched = [viewer.take(), late.take()]
    for each in (viewer, late):
        each.leave()
    return watched


def _steady(viewer: Viewer, unit: float) -> None:
    viewer.stay(6 * unit)


def _pause(viewer: Viewer, unit: float) -> None:
    viewer.press("play")
    viewer.stay(unit / 2)
    viewer.press("play")
    viewer.stay(unit)


def _seek(viewer: Viewer, unit: float) -> None:
    for by in (-12.0, 5.0, -3.5, 8.0):
        viewer.seek(by)
        viewer.stay(unit / 4)
    viewer.seek(-15.0)
    viewer.stay(unit / 4)


def _rate(viewer: Viewer, unit: float) -> None:
    for rate in (1.5, 0.75, 1.0):
        viewer.rate(rate)
        viewer.stay(unit / 2)


def _catch_up(viewer: Viewer, unit: float) -> None:
    viewer.seek(-15.0)
    viewer.stay(1.0)
    viewer.press("go-live")
    viewer.stay(unit)


PHASES: dict[str, Callable[[Viewer, float], None]] = {
    "steady": _steady,
    "pause": _pause,
    "seeks": _seek,
    "speeds": _rate,
    "catch up": _catch_up,
}


def figures(runs: list[Followed]) -> Figures:
    """Over all runs: frames are counted together, so a short run weighs less."""
    right = sum(truth.is_right(each, run.cues) for run in runs for each in run.frames)
    naive = sum(truth.is_right(each, run.cues) for run in runs for each in run.naive)
    frames = sum(len(run.frames) for run in runs)
    errors = list(chain.from_iterable(run.errors for run in runs))
    return {
        "right_slide_fraction": right / frames,
        "p95_error_frames": truth.p95(errors),
        "naive_right_fraction": naive / frames,
        "frames": float(frames),
        "cues": float(len(errors)),
    }
