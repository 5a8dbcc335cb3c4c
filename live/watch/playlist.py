"""HLS playlists (RFC 8216), as far as a clock needs them: segments with numbers, lengths and dates.

`read` gives a `Master` or a `Media`, or raises `NotAPlaylist`; nothing in a playlist can make it do anything
else. Dates go on from segment to segment by the lengths, as in every player, and not over a discontinuity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

ATTRIBUTE = re.compile(r'([A-Z0-9-]+)=("[^"]*"|[^",]*)')
LONGEST_SECONDS = 3_600.0  # a segment of more is a mistake


class NotAPlaylist(ValueError):
    """It is something else."""


@dataclass(frozen=True)
class Segment:
    """`pdt` is the date of its first frame (ms since 1970); `fresh`: a discontinuity stands before it."""

    uri: str
    number: int
    ms: int
    pdt: int | None
    dated: bool = False  # the date is its own, not gone on from the one before
    fresh: bool = False
    gap: bool = False

    @property
    def end(self) -> int | None:
        return None if self.pdt is None else self.pdt + self.ms


@dataclass(frozen=True)
class Media:
    segments: tuple[Segment, ...]
    target_ms: int
    ended: bool = False


@dataclass(frozen=True)
class Variant:
    uri: str
    codecs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Master:
    variants: tuple[Variant, ...]


def read(body: bytes) -> Master | Media:
    lines = [line.strip() for line in body.decode("utf-8-sig", "replace").splitlines()]
    if not lines or lines[0] != "#EXTM3U":
        raise NotAPlaylist
    try:
        if any(line.startswith("#EXT-X-STREAM-INF:") for line in lines):
            return _master(lines)
        return _media(lines)
    except (ValueError, OverflowError):
        raise NotAPlaylist from None


def _master(lines: list[str]) -> Master:
    variants: list[Variant] = []
    codecs: tuple[str, ...] | None = None
    for line in lines:
        if line.startswith("#EXT-X-STREAM-INF:"):
            given = dict(ATTRIBUTE.findall(line)).get("CODECS", "").strip('"')
            codecs = tuple(each.strip() for each in given.split(",") if each.strip())
        elif line and not line.startswith("#") and codecs is not None:
            variants.append(Variant(line, codecs))
            codecs = None
    return Master(tuple(variants))


def _media(lines: list[str]) -> Media:
    reader = _Reader()
    for line in lines[1:]:
        reader.take(line)
    if reader.target_ms is None:  # each one must say it: without, it is some other M3U
        raise NotAPlaylist
    return Media(tuple(reader.segments), reader.target_ms, reader.ended)


class _Reader:
    """What the tags before a segment say of it."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.target_ms: int | None = None
        self.ended = False
        self._number = 0
        self._date: int | None = None  # of the next segment
        self._next: dict[str, Any] = {}

    def take(self, line: str) -> None:
        tag, _, value = line.partition(":")
        match tag:
            case "#EXTINF":
                self._next["ms"] = _milliseconds(value.partition(",")[0])
            case "#EXT-X-PROGRAM-DATE-TIME":
                self._date = _date(value)
                self._next["dated"] = self._date is not None
            case "#EXT-X-DISCONTINUITY":
                self._date = None
                self._next["fresh"] = True
            case "#EXT-X-GAP":
                self._next["gap"] = True
            case "#EXT-X-MEDIA-SEQUENCE":
                self._number = int(value)
            case "#EXT-X-TARGETDURATION":
                self.target_ms = _milliseconds(value)
            case "#EXT-X-ENDLIST":
                self.ended = True
            case _ if line and not line.startswith("#") and "ms" in self._next:
                self._end(line)

    def _end(self, uri: str) -> None:
        segment = Segment(uri, self._number, pdt=self._date, **self._next)
        self.segments.append(segment)
        self._number, self._date, self._next = self._number + 1, segment.end, {}


def _milliseconds(text: str) -> int:
    seconds = float(text)
    if not 0 <= seconds <= LONGEST_SECONDS:  # NaN is neither
        raise NotAPlaylist
    return round(seconds * 1_000)


def _date(text: str) -> int | None:
    """A date without its offset from UTC would be another moment in each viewer's time zone: that is none."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return round(moment.timestamp() * 1_000) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None
