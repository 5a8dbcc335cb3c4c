"""The demo's live stream: a film of 100 seconds that goes round for ever, in step with the wall clock.

`live.demo` mounts `routes`; the film is made by `demo/lecture.py`. Segment n of the stream is the two seconds
of the wall clock from 2n s on, and shows the same seconds of the film modulo its length, so the mark that
is burnt in is true. Each segment gets its place in time written into it, so no viewer notices where the
film begins again. Nothing is encoded here, and nothing remembered of any viewer.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

FILM = Path(__file__).parent / "lecture.mp4"
LOOP_SECONDS = 100  # the two digits in the picture
SEGMENT_SECONDS = 2
SEGMENT_MS = 1_000 * SEGMENT_SECONDS
BEAT_SECONDS = 10  # the lecturer in the film presses the clicker so often
TICKS = 15_360  # of the film, a second

DELAY_MS = 1_500  # as if it had to be encoded and sent: a player three segments back is about 8 s behind
WINDOW = 45  # segments in the playlist: one can go back a minute and a half
KEPT = 15  # a segment is given for so long after it has left the playlist

PREFIX = "/demo/stream"
PLAYLIST = f"{PREFIX}/live.m3u8"
PLAYLIST_TYPE = "application/vnd.apple.mpegurl"
FILM_TYPE = "video/mp4"
FOREVER = "public, max-age=86400, immutable"  # a segment never changes, and nobody asks for it tomorrow


@dataclass(frozen=True)
class Film:
    """A fragmented MP4 in its parts: what a decoder needs first, and two seconds each."""

    head: bytes
    pieces: tuple[bytes, ...]

    @classmethod
    def of(cls, content: bytes) -> Film:
        boxes = [(kind, content[start:end]) for kind, start, end in _boxes(content, 0, len(content))]
        head = b"".join(box for kind, box in boxes if kind in {b"ftyp", b"moov"})
        return cls(head, tuple(_join(boxes)))

    def segment(self, number: int) -> bytes:
        """The two seconds of the wall clock from 2 × `number` s on."""
        piece = bytearray(self.pieces[number % len(self.pieces)])
        start = _find(piece, b"moof", b"traf", b"tfdt")
        # version and flags are 4 bytes; the time is 8 in version 1, which is what ffmpeg writes
        struct.pack_into(">Q", piece, start + 4, number * SEGMENT_SECONDS * TICKS)
        struct.pack_into(">I", piece, _find(piece, b"moof", b"mfhd") + 4, number & 0xFFFFFFFF)
        return bytes(piece)


def newest(now: int) -> int:
    """The last segment that is whole and has arrived, at `now` (ms)."""
    return (now - DELAY_MS) // SEGMENT_MS - 1


def until_beat(at: int) -> int:
    """How long it is from `at` until the next picture comes up in the film, ms."""
    return -at % (BEAT_SECONDS * 1_000)


def playlist(now: int) -> str:
    """What a player is told at `now` (server ms): the newest segments, each with its moment."""
    last = newest(now)
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{SEGMENT_SECONDS}",
        f"#EXT-X-MEDIA-SEQUENCE:{last - WINDOW + 1}",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        '#EXT-X-MAP:URI="head.mp4"',
    ]
    for number in range(last - WINDOW + 1, last + 1):
        lines += [
            f"#EXT-X-PROGRAM-DATE-TIME:{_moment(number * SEGMENT_MS)}",
            f"#EXTINF:{SEGMENT_SECONDS:.3f},",
            f"{number}.m4s",
        ]
    return "\n".join([*lines, ""])


def routes(now: Callable[[], int]) -> list[BaseRoute]:
    """The stream under `PREFIX`, by this clock (ms)."""
    film = Film.of(FILM.read_bytes())

    async def give_playlist(_request: Request) -> Response:
        return _answer(playlist(now()).encode(), PLAYLIST_TYPE, "no-cache")

    async def give_head(_request: Request) -> Response:
        return _answer(film.head, FILM_TYPE, FOREVER)

    async def give_segment(request: Request) -> Response:
        number: int = request.path_params["number"]
        if not -WINDOW - KEPT < number - newest(now()) <= 0:
            raise HTTPException(404)
        return _answer(film.segment(number), FILM_TYPE, FOREVER)

    return [
        Route(PLAYLIST, give_playlist),
        Route(f"{PREFIX}/head.mp4", give_head),
        Route(f"{PREFIX}/{{number:int}}.m4s", give_segment),
    ]


def _answer(body: bytes, kind: str, caching: str) -> Response:
    # any page may play it: it is of nobody
    headers = {"Cache-Control": caching, "Access-Control-Allow-Origin": "*"}
    return Response(body, media_type=kind, headers=headers)


def _moment(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _join(boxes: list[tuple[bytes, bytes]]) -> Iterator[bytes]:
    """Each `moof` with the `mdat` behind it."""
    for (kind, box), (_next, content) in pairwise(boxes):
        if kind == b"moof":
            yield box + content


def _boxes(content: bytes | bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes of an MP4 between two places: kind, where it starts, where it ends."""
    while start < end:
        (length,) = struct.unpack_from(">I", content, start)
        yield bytes(content[start + 4 : start + 8]), start, start + length
        start += length


def _find(content: bytes | bytearray, *path: bytes) -> int:
    """Where the inside of a nested box begins."""
    start, end = 0, len(content)
    for wanted in path:
        start, end = next((a + 8, b) for kind, a, b in _boxes(content, start, end) if kind == wanted)
    return start
