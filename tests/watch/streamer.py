"""A stream for the watch's tests: playlists as an encoder would write them, and a little HTTP server.

The encoder's clock, its way and its segments are given; nothing here waits. `Host` answers with the bytes
that a test has put there, so that it can be as wrong as hosts are.
"""

from __future__ import annotations

import asyncio
import random
from bisect import bisect_right
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from live.watch.estimate import Estimate
from live.watch.playlist import Media, read

START = 1_790_000_000_000  # ms
WINDOW = 6


def date(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1_000, UTC).isoformat(timespec="milliseconds")


def written(
    numbers: range,
    segment_ms: int,
    begins: Callable[[int], int],
    *,
    first_only: bool = False,
    fresh: int = -1,
) -> str:
    """A media playlist; `begins` dates a segment, `fresh` is one that a discontinuity stands before."""
    lines = ["#EXTM3U", "#EXT-X-VERSION:3", f"#EXT-X-TARGETDURATION:{segment_ms / 1_000:g}"]
    lines.append(f"#EXT-X-MEDIA-SEQUENCE:{numbers.start}")
    for number in numbers:
        if number == fresh:
            lines.append("#EXT-X-DISCONTINUITY")
        if number in {numbers.start, fresh} or not first_only:
            lines.append(f"#EXT-X-PROGRAM-DATE-TIME:{date(begins(number))}")
        lines += [f"#EXTINF:{segment_ms / 1_000:.3f},", f"{number}.ts"]
    return "\n".join(lines) + "\n"


@dataclass
class Encoder:
    """Began at START; its clock is `error_ms` ahead. Encoding and sending take `way_ms`, often more."""

    error_ms: int = 0
    way_ms: int = 400
    jitter_ms: int = 300
    segment_ms: int = 2_000
    chance: random.Random = field(default_factory=lambda: random.Random(4))
    before: int = 0  # segments of a run before this one
    _come: list[int] = field(default_factory=list)  # when each segment is there

    def begins(self, number: int) -> int:
        return START + (self.before + number) * self.segment_ms + self.error_ms

    def playlist(self, at: int) -> str:
        """What the host gives at `at`."""
        while not self._come or self._come[-1] <= at:
            whole = START + (self.before + len(self._come) + 1) * self.segment_ms
            late = round(self.chance.expovariate(1 / self.jitter_ms)) if self.jitter_ms else 0
            self._come.append(max([whole + self.way_ms + late, *self._come[-1:]]))
        newest = bisect_right(self._come, at) - 1
        return written(range(max(0, newest - WINDOW + 1), newest + 1), self.segment_ms, self.begins)


def media(text: str) -> Media:
    found = read(text.encode())
    assert isinstance(found, Media)
    return found


def watched(encoder: Encoder, seconds: float, *, phase_ms: int = 0) -> Estimate:
    """What is known after watching an encoder for so long."""
    estimate = Estimate()
    go_on(estimate, encoder, START + 20_000 + phase_ms, seconds)
    return estimate


def go_on(estimate: Estimate, encoder: Encoder, since: int, seconds: float, *, set_by: int = 0) -> None:
    """Watch as the watch does; `set_by` is what the server's clock was set by (ms)."""
    at = since
    while at < since + seconds * 1_000:
        estimate.take(media(encoder.playlist(at)), at + set_by, at - START)
        at += estimate.pause_ms(at + set_by)


Answers = dict[str, "bytes | Callable[[], bytes]"]


def answer(
    body: str | bytes = b"", status: str = "200 OK", *headers: str, length: int | None = None
) -> bytes:
    raw = body.encode() if isinstance(body, str) else body
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(raw) if length is None else length}", *headers]
    return "\r\n".join([*head, "", ""]).encode() + raw


@dataclass
class Host:
    port: int
    answers: Answers = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)  # request lines and headers, as they came
    connections: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                request = (await reader.readuntil(b"\r\n\r\n")).decode()
                self.asked.append(request)
                found = self.answers.get(request.split()[1], answer("Gone", "404 Not Found"))
                raw = found() if callable(found) else found
                writer.write(raw)
                await writer.drain()
                if b"Connection: close" in raw or b"HTTP/1.1" not in raw:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def hosting() -> AsyncIterator[Host]:
    host = Host(0)
    server = await asyncio.start_server(host.serve, "127.0.0.1", 0)
    host.port = server.sockets[0].getsockname()[1]
    try:
        yield host
    finally:
        server.close()
