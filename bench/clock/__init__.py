"""The clock: does everything come when a viewer hears it, measured from the pixels of the video?

A camera burns the wall clock into each frame, ffmpeg makes live HLS of it, the shipped server serves the page
to a real Chromium, and a lecturer gives cues over a real socket. `run` goes through all of it: `following`
(the slide beside each frame), `polls`, `hidden`, `replay`, and `calibrating`.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.chromium import chromium
from bench.clock import calibrating, following, hidden, polls, replay, truth
from bench.clock.calibrating import CASES, Calibrated
from bench.clock.following import Followed
from bench.clock.hidden import Woken
from bench.clock.place import Place, clap, opened, write
from bench.clock.polls import Held
from bench.clock.truth import Frame
from bench.clock.watching import PLAYING, cues
from bench.measuring import Figures, table

Say = Callable[[str], None]
SEED = 4


@dataclass(frozen=True)
class Scale:
    """All in seconds."""

    segments: tuple[int, ...] = (2, 4)
    unit: float = 8.0  # how long most phases take
    offline: float = 10.0
    poll: int = 20
    further: float = 22.0  # behind the second viewer of the poll, who is eight behind the hall
    hidden: float = 600.0
    cases: tuple[str, ...] = tuple(CASES)


QUICK = Scale(segments=(2,), unit=1.0, offline=2.0, poll=5, further=4.0, hidden=2.0, cases=())


@dataclass(frozen=True)
class Run:
    """What was shown beside the frames with segments of one length: live, and again after the end."""

    followed: Followed
    replayed: list[Frame]


@dataclass(frozen=True)
class Beside:
    """A poll for three viewers, and two pages that nobody looks at for a while."""

    held: Held
    refused: int
    woken: Woken
    hidden_wrong: int


def run(scale: Scale, say: Say) -> Figures:
    calibrated: dict[str, Calibrated] = {}
    with tempfile.TemporaryDirectory(prefix="live-bench-") as name:
        runs = [_run(Path(name) / f"run-{each}", each, scale, say) for each in scale.segments]
        beside = _beside(Path(name), scale, calibrated, say)
    for name, each in calibrated.items():
        say(f"calibration, {name}: {each.error:.0f} ms off, {each.allowed:.0f} ms allowed")
    errors = {f"calibration_ms_{name.replace(' ', '_')}": each.error for name, each in calibrated.items()}
    return following.figures([each.followed for each in runs]) | _others(runs, beside) | errors


def _run(folder: Path, seconds: int, scale: Scale, say: Say) -> Run:
    with opened(folder, seconds) as place:
        offset = clap(place)
        with chromium(*PLAYING) as browser:
            watched = following.follow(browser, place, random.Random(SEED), scale.unit, scale.offline)
        found = Run(Followed(cues(place.venue), watched), _replay(place, offset, scale))
    followed = found.followed
    say(f"\nsegments of {seconds} s: {len(followed.frames):,} frames; the slide beside them was right\n")
    say(table({name: {"fraction": each} for name, each in followed.phases().items()}, ["fraction"]))
    say(f"\ncues came too early or late by (frames): {' '.join(map(str, sorted(followed.errors)))}")
    return found


def _beside(folder: Path, scale: Scale, calibrated: dict[str, Calibrated], say: Say) -> Beside:
    with opened(folder / "beside", scale.segments[0]) as place:
        clap(place)
        with chromium(*PLAYING) as browser:
            held = polls.hold(browser, place.served, place.desk, scale.poll, scale.further)
        with chromium(*PLAYING) as browser:
            meanwhile = partial(_meanwhile, folder, scale, calibrated)
            woken = hidden.sleep(browser, place.served, place.desk, random.Random(SEED), meanwhile)
        found = Beside(held, polls.refused(place.venue), woken, woken.wrong(cues(place.venue)))
    pairs = zip(held.windows, held.delays, strict=True)
    windows = ", ".join(f"{window:.2f} s ({delay:.1f} s after the room)" for window, delay in pairs)
    say(f"\na poll of {held.seconds} s was open for {windows}; votes refused: {found.refused}")
    say(f"hidden for {scale.hidden:g} s: {found.hidden_wrong} of {woken.looks} wrong after a second")
    return found


def _meanwhile(folder: Path, scale: Scale, calibrated: dict[str, Calibrated]) -> None:
    """While the hidden pages sleep there is time for the streams that nobody watches."""
    end = time.monotonic() + scale.hidden
    with ThreadPoolExecutor(1) as apart:  # this thread has the browser's event loop
        for name in scale.cases:
            calibrated[name] = apart.submit(_calibrate, folder / name, name).result()
    time.sleep(max(0.0, end - time.monotonic()))


def _calibrate(folder: Path, name: str) -> Calibrated:
    case = CASES[name]
    with opened(folder, 2, through_ingest=case.through_ingest, wrong=case.wrong) as place:
        return calibrating.measure(place.encoder, place.served, case)


def _replay(place: Place, offset: int, scale: Scale) -> list[Frame]:
    place.desk.do("end")
    recording = f"{place.stream.origin}/{place.encoder.record()}"
    write(place.venue, partial(replay.publish, url=recording, shift_ms=offset))
    with chromium(*PLAYING) as browser:
        return replay.watch_again(browser, place.served, scale.unit)


def _others(runs: list[Run], beside: Beside) -> Figures:
    wrong = sum(not truth.is_right(frame, each.followed.cues) for each in runs for frame in each.replayed)
    return {
        "replay_wrong": wrong,
        "replay_frames": sum(len(each.replayed) for each in runs),
        "poll_window_spread_s": beside.held.spread,
        "poll_window_off_s": beside.held.off,
        "poll_votes_refused": beside.refused,
        "hidden_wrong": beside.hidden_wrong,
    }
