"""The video: what viewers elsewhere watch, what is wrong with it now, and the mark that tells its delay.

What is set up comes in as `Setup.video`; how its clock differs from the hall's is `calibration`'s, a part
of this feature. Trouble only passes: the watch notes it, pages show it, no log keeps it, and the
broadcast goes on whatever it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from . import calibration
from .base import Audience, Stamp, Struct, Video

Trouble = Literal[
    "unreachable",  # no such host, no connection, no answer in time
    "private_address",  # the host's address is in a network that the server must not ask
    "not_found",  # 404 or 410
    "refused",  # any other 4xx
    "server_error",  # 5xx
    "moved",  # redirected to another host
    "too_large",
    "not_a_playlist",  # HTML, most often
    "ended",  # the playlist says that nothing more comes
    "stalled",  # nothing new for a while
    "gaps",  # segments are missing
    "no_dates",  # no PROGRAM-DATE-TIME
    "old_dates",  # an hour or more in the past
    "future_dates",  # an hour or more in the future
    "elsewhere",  # its segments lie on another host, which pages may not load from
    "no_cors",  # scripts on our pages may not read it
    "codec",  # no browser plays it
    "no_framing",  # its site lets nobody put it in a frame
]


class ShowMark(Struct, tag="show_mark", tag_field="do"):
    """Show or hide the running two-digit mark on the hall's screen."""

    on: bool


Command = ShowMark | calibration.Command
Signal = calibration.Measure


class MarkShown(Struct, tag="mark_shown", tag_field="type"):
    on: bool


Event = MarkShown | calibration.Event


class Watched(Struct):
    """Note: what the watch knows of the `stream` now. `detail` belongs to the trouble: a status, a host …"""

    stream: str = ""
    trouble: Trouble | None = None
    detail: str = ""
    offset_ms: int | None = None


Note = Watched


class VideoDoc(Struct):
    """`video`: `delay_ms` is the site's default; `live`: the show goes on, so it is no recording."""

    kind: Literal["none", "hls", "embed", "file"]
    delay_ms: int
    live: bool
    url: str = ""
    embed: str = ""
    turns: tuple[calibration.Turn, ...] = ()
    trouble: Trouble | None = None
    mark: bool = False


class WatchDoc(Struct):
    """`watch`, for the desk: what the server's own look at the stream has found. `offset_ms` and `path_ms`
    are as in a measurement and in a clap (`calibration`)."""

    trouble: Trouble | None = None
    detail: str = ""
    offset_ms: int | None = None
    path_ms: int | None = None


Doc = VideoDoc | WatchDoc


@dataclass
class State:
    mark: bool = False
    calibration: calibration.State = field(default_factory=calibration.State)


@dataclass
class Passing:
    """What the log does not keep."""

    watched: Watched = field(default_factory=Watched)

    def of(self, video: Video) -> Watched:
        """Of this video: what was noted of another one says nothing."""
        return self.watched if self.watched.stream == calibration.stream(video) else Watched()


def decide(state: State, command: Command, setup: Video, passing: Passing, at: int) -> tuple[Event, ...]:
    if isinstance(command, ShowMark):
        return () if command.on == state.mark else (MarkShown(on=command.on),)
    return calibration.decide(state.calibration, command, setup, at, offset_ms=passing.of(setup).offset_ms)


def measured(state: State, signal: Signal, setup: Video) -> tuple[Event, ...]:
    return calibration.measured(state.calibration, signal, setup)


def evolve(state: State, event: Event, stamp: Stamp) -> set[str]:
    if isinstance(event, MarkShown):
        state.mark = event.on
        return {"video"}
    return calibration.evolve(state.calibration, event, stamp)


def note(passing: Passing, note: Note) -> set[str]:
    if passing.watched == note:
        return set()
    passing.watched = note
    return {"video", "watch"}


def keys(_state: State) -> Iterator[str]:
    yield from ("video", "watch")


def view(
    state: State, key: str, audience: Audience, setup: Video, passing: Passing, *, running: bool
) -> Doc | None:
    known, watched = state.calibration.of(setup), passing.of(setup)
    if key == "video":
        return VideoDoc(
            kind=setup.kind,
            delay_ms=setup.delay_ms,
            live=running,
            url=setup.url,
            embed=setup.embed,
            turns=tuple(known.turns),
            trouble=watched.trouble,
            mark=state.mark,
        )
    if audience != "desk" or setup.kind == "none":
        return None
    return WatchDoc(
        trouble=watched.trouble,
        detail=watched.detail,
        offset_ms=watched.offset_ms,
        path_ms=known.path_ms,
    )
