"""The video: what viewers elsewhere watch, and how its clock differs from the hall's.

What is set up comes in as `Setup.video`. Media time is the wall time in the hall of the frame that
somebody sees: PROGRAM-DATE-TIME of the frame + `cal_ms` with a stream that says it, now + `cal_ms` with a
player that does not. Pages look their frames up in the whole history, so nothing is ever re-timed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from .base import Struct, Video

Method = Literal["watch", "clap", "nudge"]


class Turn(Struct):
    """Known since `at` (server ms): this holds for all frames, or for those from `from_pdt` on (ms)."""

    at: int
    cal_ms: int
    method: Method
    from_pdt: int | None = None


class VideoDoc(Struct):
    """`video`: `delay_ms` is the site's default; `live`: the show goes on, so it is no recording."""

    kind: Literal["none", "hls", "embed", "file"]
    delay_ms: int
    live: bool
    url: str = ""
    embed: str = ""
    turns: tuple[Turn, ...] = ()


Doc = VideoDoc


@dataclass
class State:
    turns: list[Turn] = field(default_factory=list)


def keys(_state: State) -> Iterator[str]:
    yield "video"


def view(state: State, setup: Video, *, running: bool) -> Doc:
    return VideoDoc(
        kind=setup.kind,
        delay_ms=setup.delay_ms,
        live=running,
        url=setup.url,
        embed=setup.embed,
        turns=tuple(state.turns),
    )
