"""Calibration: by how much what viewers see differs from what its stream says, as a history.

Media time is the wall time in the hall of the frame that somebody sees: PROGRAM-DATE-TIME of the frame +
`cal_ms` with a stream that says it, now + `cal_ms` with a player that does not. The watch measures, the
desk claps and nudges. Turns are never changed: pages look up which one holds for the frame they show.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Annotated, Literal

import msgspec

from .base import Natural, Rejected, Stamp, Struct, Video

Method = Literal["watch", "clap", "nudge"]

PLAUSIBLE_MS = 3_000  # encoder and upload take up to that: a stream's clock is believed within it
DRIFT_MS = 250  # a correction that is worth a new turn; upwards it may be a slow upload only,
SURE_MS = 100  # downwards it is certain: nothing comes before it was sent
NUDGE_MS = 5_000
CLAP_LIMIT_MS = 600_000  # ten minutes behind is no live stream
AHEAD_MS = 5_000  # how far the desk's idea of the server's clock may be off


class Clap(Struct, tag="clap", tag_field="do"):
    """A clap in the hall at `clapped_at` was seen on a monitor of the stream at `seen_at` (server ms).

    `frame_at` is the PROGRAM-DATE-TIME (ms) of the frame that showed it, where the stream has one.
    """

    clapped_at: Natural
    seen_at: Natural
    frame_at: Natural | None = None


class Nudge(Struct, tag="nudge", tag_field="do"):
    """What viewers see is from `by_ms` later than thought; below zero: earlier."""

    by_ms: Annotated[int, msgspec.Meta(ge=-NUDGE_MS, le=NUDGE_MS)]


class CalibrateByItself(Struct, tag="calibrate_by_itself", tag_field="do"):
    """Forget claps and nudges: go by the stream's clock, and by what the watch measures of it."""


Command = Clap | Nudge | CalibrateByItself


class Measure(Struct):
    """Signal: new segments of `stream` come `offset_ms` after the end that their dates say, at the earliest.

    It is the error of the stream's clock and the delay of encoder and upload together. `from_pdt`: the
    stream has begun anew, with the segment of that date (ms).
    """

    stream: str
    offset_ms: int
    from_pdt: int | None = None


class Calibrated(Struct, tag="calibrated", tag_field="type"):
    """`path_ms` is what encoder and upload take, where a clap has told it."""

    stream: str
    cal_ms: int
    method: Method
    from_pdt: int | None = None
    by_now: bool = False
    path_ms: int | None = None


class Uncalibrated(Struct, tag="uncalibrated", tag_field="type"):
    stream: str


Event = Calibrated | Uncalibrated


class Turn(Struct):
    """Known since `at` (server ms): this holds for all frames, or for those from `from_pdt` on (ms).

    `by_now`: it is added to the server's clock, not to a frame's date.
    """

    at: int
    cal_ms: int
    method: Method
    from_pdt: int | None = None
    by_now: bool = False


@dataclass
class Calibration:
    """What is known of one stream's clock."""

    turns: list[Turn] = field(default_factory=list)
    path_ms: int | None = None

    @property
    def last(self) -> Turn | None:
        return self.turns[-1] if self.turns else None

    @property
    def dated(self) -> Turn | None:
        """The last one that is added to dates."""
        return next((each for each in reversed(self.turns) if not each.by_now), None)


@dataclass
class State:
    streams: dict[str, Calibration] = field(default_factory=dict)

    def of(self, video: Video) -> Calibration:
        return self.streams.get(stream(video)) or Calibration()


def stream(video: Video) -> str:
    """A short name for what is watched: its address may hold a secret, and the log is kept for ever."""
    return sha256(f"{video.kind} {video.url}".encode()).hexdigest()[:12]


def decide(
    state: State, command: Command, video: Video, at: int, *, offset_ms: int | None
) -> tuple[Event, ...]:
    """`offset_ms` is what the watch measures of this video now, if it does."""
    known = state.of(video)
    match command:
        case Clap():
            return (_clap(command, video, known, at, offset_ms),)
        case Nudge():
            return (_nudge(command, video, known),)
        case CalibrateByItself() if known.turns:
            forgotten = Uncalibrated(stream=stream(video))
            if offset_ms is None or _believable(offset_ms):
                return (forgotten,)
            return forgotten, Calibrated(stream=stream(video), cal_ms=offset_ms, method="watch")
    return ()


def _clap(clap: Clap, video: Video, known: Calibration, at: int, offset_ms: int | None) -> Event:
    lag = clap.seen_at - clap.clapped_at
    if not 0 <= lag <= CLAP_LIMIT_MS or clap.seen_at > at + AHEAD_MS:
        raise Rejected("out_of_range")
    if clap.frame_at is None or video.kind != "hls":
        return Calibrated(
            stream=stream(video), cal_ms=-lag, method="clap", by_now=True, path_ms=known.path_ms
        )
    cal_ms = clap.clapped_at - clap.frame_at
    return Calibrated(
        stream=stream(video),
        cal_ms=cal_ms,
        method="clap",
        from_pdt=known.dated.from_pdt if known.dated else None,
        path_ms=None if offset_ms is None else offset_ms - cal_ms,
    )


def _nudge(nudge: Nudge, video: Video, known: Calibration) -> Event:
    """From what holds now; a player without a clock is as far behind as is set up, until it is measured."""
    before = known.last
    if before is None:
        dated = video.kind == "hls"
        before = Turn(at=0, cal_ms=0 if dated else -video.delay_ms, method="nudge", by_now=not dated)
    path_ms = known.path_ms
    if path_ms is not None and not before.by_now:
        path_ms -= nudge.by_ms
    return Calibrated(
        stream=stream(video),
        cal_ms=before.cal_ms + nudge.by_ms,
        method="nudge",
        from_pdt=before.from_pdt,
        by_now=before.by_now,
        path_ms=path_ms,
    )


def measured(state: State, signal: Measure, video: Video) -> tuple[Event, ...]:
    """Correct the stream's clock where it cannot be right, or is no longer what the clap has shown."""
    if signal.stream != stream(video):
        return ()
    known = state.of(video)
    last, begun = known.dated, signal.from_pdt is not None
    by_hand = last is not None and last.method != "watch"
    if known.path_ms is not None:
        cal_ms = signal.offset_ms - known.path_ms
    elif by_hand and not begun:
        return ()  # a clap made before there was anything to compare it with
    else:
        cal_ms = 0 if _believable(signal.offset_ms) else signal.offset_ms
    if -SURE_MS <= cal_ms - (last.cal_ms if last else 0) <= DRIFT_MS:
        return ()
    from_pdt = signal.from_pdt if begun or last is None else last.from_pdt
    turn = Calibrated(
        stream=signal.stream, cal_ms=cal_ms, method="watch", from_pdt=from_pdt, path_ms=known.path_ms
    )
    return (turn,)


def _believable(offset_ms: int) -> bool:
    return 0 <= offset_ms <= PLAUSIBLE_MS


def evolve(state: State, event: Event, stamp: Stamp) -> set[str]:
    match event:
        case Calibrated():
            known = state.streams.setdefault(event.stream, Calibration())
            turn = Turn(
                # A clock that was set back must not reorder the turns: their order is the log's.
                at=max(stamp.at, known.last.at if known.last else 0),
                cal_ms=event.cal_ms,
                method=event.method,
                from_pdt=event.from_pdt,
                by_now=event.by_now,
            )
            known.turns.append(turn)
            known.path_ms = event.path_ms
        case Uncalibrated():
            state.streams.pop(event.stream, None)
    return {"video", "watch"}
