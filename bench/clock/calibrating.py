"""Calibration without anybody's hand: what the server finds out by watching the playlist, against the pixels.

Three streams: an encoder that writes HLS itself, an ingest that probes for five seconds before it packages,
and an encoder whose clock is 3.7 s fast. The watch cannot know how long encoder and upload take, so that much
it may be off, and 250 ms for its own polling.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from bench.clock.stream import Encoder
from bench.venue import Served

OWN_MS = 250  # of the watch itself
PATIENCE_SECONDS = 20.0  # until a correction is due
CHANGES = 3  # of the playlist, to see how long a segment takes
STEP_SECONDS = 0.02


@dataclass(frozen=True)
class Case:
    """A stream that is set up so; `wrong` is how fast the encoder's clock is, ms."""

    through_ingest: bool = False
    wrong: int = 0


CASES = {
    "direct": Case(),
    "ingest": Case(through_ingest=True),
    "wrong clock": Case(wrong=3_700),
}


@dataclass(frozen=True)
class Calibrated:
    """All in ms: what the dates are off by, what was done about it, and what encoder and upload take."""

    off: float
    corrected: float
    path: float

    @property
    def error(self) -> float:
        return abs(self.corrected - self.off)

    @property
    def allowed(self) -> float:
        return self.path + OWN_MS


def measure(encoder: Encoder, served: Served, case: Case) -> Calibrated:
    path = min(_path(encoder) for _ in range(CHANGES))
    return Calibrated(encoder.true_offset() - case.wrong, _correction(served), path)


def _path(encoder: Encoder) -> float:
    """From the end of what a segment shows to when it is in the playlist, ms."""
    before = encoder.playlist.stat().st_mtime_ns
    while encoder.playlist.stat().st_mtime_ns == before:
        time.sleep(STEP_SECONDS)
    arrived = encoder.playlist.stat().st_mtime_ns / 1e6
    return arrived - encoder.true_end()


def _correction(served: Served) -> float:
    """What viewers are told to add; nothing, where the watch finds nothing wrong."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        turns = _turns(served)
        if turns:
            return float(turns[-1]["cal_ms"])
        time.sleep(1.0)
    return 0.0


def _turns(served: Served) -> list[dict[str, Any]]:
    desk = served.desk()
    desk.leave()
    return list(desk.welcome["docs"]["video"].get("turns", ()))
