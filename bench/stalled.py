"""Stalled viewers: a hundred who read nothing any more, beside a thousand who do.

What each of them costs in memory, and whether the others notice: the 99th percentile of arrival with them
over that without. Cues go out until the kernel takes nothing more for the stalled.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.fanout import SETTLE_SECONDS
from bench.load import Load
from bench.measuring import Figures, medians, table
from bench.peers.subjects import Live
from bench.venue import prepare

CUES = 30  # measured before and after
FILLING = 300  # cues until the stalled are full: of 200 bytes each
RESTED_SECONDS = 4.0  # until the desk may give so many commands at once again

Say = Callable[[str], None]


@dataclass(frozen=True)
class Scale:
    good: int = 1_000
    stalled: int = 100
    rounds: int = 5


QUICK = Scale(good=50, stalled=10, rounds=1)


def run(scale: Scale, say: Say) -> Figures:
    """`stalled_kib` for each of the stalled, `stalled_p99_ratio` for the others."""
    rounds = []
    with tempfile.TemporaryDirectory(prefix="live-bench-") as folder:
        for number in range(scale.rounds):
            rounds.append(_round(Path(folder) / str(number), scale))
    figures = medians(rounds)
    columns = ("p99_ms_before", "p99_ms_with", "stalled_p99_ratio", "stalled_kib")
    say(table({f"{scale.stalled} stalled beside {scale.good:,}": figures}, columns))
    return {name: figures[name] for name in ("stalled_kib", "stalled_p99_ratio")}


def _round(folder: Path, scale: Scale) -> Figures:
    subject = Live(prepare(folder, scale.good + scale.stalled))
    load = Load(subject.port, subject.path, scale.good + scale.stalled, subject.tokens)
    try:
        load.open()
        load.greet()
        time.sleep(SETTLE_SECONDS)
        before = _p99(subject, load)
        memory = subject.process.memory()
        load.tell(f"stall {scale.stalled}")
        for _ in range(FILLING):
            subject.cue()
        time.sleep(RESTED_SECONDS)
        grown = subject.process.memory() - memory
        with_them = _p99(subject, load)
        return {
            "p99_ms_before": before,
            "p99_ms_with": with_them,
            "stalled_p99_ratio": with_them / before,
            "stalled_kib": grown / scale.stalled,
        }
    finally:
        load.end()
        subject.end()


def _p99(subject: Live, load: Load) -> float:
    """Milliseconds from a cue to its arrival at all but a hundredth of those who read; median of some."""
    arrivals = []
    for _ in range(CUES):
        load.tell(f"expect {subject.mark}")
        said = time.monotonic_ns()
        subject.cue()
        came = load.arrivals()
        if came["reached"] != came["wanted"]:
            raise RuntimeError(f"a cue has come to {came['reached']} of {came['wanted']}")
        arrivals.append({"p99": (came["p99"] - said) / 1e6})
    return medians(arrivals)["p99"]
