"""The watch of one broadcast: a task that looks at its video again and again, and tells the stage.

Of a stream it reads the playlist twice a second and measures its clock; of a file and of another site's
player it asks now and then whether they are there and may be shown. What it finds goes to the stage as a
note, what it measures as a signal. It never plays anything, and its own failures are findings like any other.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from live.domain import calibration, video
from live.domain.base import Video
from live.stage import Stage
from live.steady import counter

from . import findings
from .estimate import Estimate
from .fetch import Answer, Door, Failed, Reader
from .playlist import Master, Media, NotAPlaylist, read

logger = logging.getLogger(__name__)

AGAIN_SECONDS = 2.0  # after a failure
SELDOM_SECONDS = 30.0  # files, players, and which variants a stream has
NEWS_MS = 50  # a measurement that differs by less is the same


@dataclass
class _Known:
    """What the watch knows of one video; of another it knows nothing yet."""

    setup: Video
    estimate: Estimate = field(default_factory=Estimate)
    told_ms: int | None = None  # what the stage was told of the estimate
    media_url: str | None = None
    codecs: tuple[str, ...] = ()
    chosen_at: int = 0  # when the variant was chosen, on the steady clock


class Watch:
    """`run` goes on until it is cancelled."""

    def __init__(
        self, stage: Stage, door: Door, clock: Callable[[], int], steady: Callable[[], int] = counter
    ) -> None:
        self._stage = stage
        self._door = door
        self._clock = clock
        self._steady = steady
        self._reader = Reader(door)
        self._watched = video.Watched()
        self._known = _Known(Video())

    async def run(self) -> None:
        try:
            pause = 0.0
            while True:
                await asyncio.sleep(pause)
                pause = await self.look()
        finally:
            self._stage.note(video.Watched())  # nobody looks any more: what was wrong may be right by now
            await self._reader.close()

    async def look(self) -> float:
        """Look once and tell; the answer is when to look again, in seconds."""
        setup = self._stage.state.life.setup.video
        if setup != self._known.setup:
            self._known = _Known(setup)
        try:
            found = await self._find(setup)
            pause = self._pause()
        except (Failed, NotAPlaylist) as failure:
            found = (failure.code, failure.detail) if isinstance(failure, Failed) else ("not_a_playlist", "")
            pause = AGAIN_SECONDS if setup.kind == "hls" else SELDOM_SECONDS
            self._known.media_url = None
        except Exception:  # a mistake of ours: the broadcast goes on, and somebody reads the log
            logger.exception("The watch has failed")
            return SELDOM_SECONDS
        self._tell(found)
        return pause

    def _pause(self) -> float:
        if self._known.setup.kind != "hls":
            return SELDOM_SECONDS
        return self._known.estimate.pause_ms(self._clock()) / 1_000

    async def _find(self, setup: Video) -> findings.Finding | None:
        match setup.kind:
            case "hls":
                return await self._stream(setup)
            case "embed" if setup.embed:
                return await self._player(setup)
            case "file":
                return await self._file(setup)
        return None

    # A stream ----------------------------------------------------------------------------------

    async def _stream(self, setup: Video) -> findings.Finding | None:
        answer, media = await self._playlist(setup)
        now, known = self._steady(), self._known
        known.estimate.take(media, self._clock(), now)
        origin = self._door.own if setup.url.startswith("/") else self._door.origin
        return findings.stream(answer, media, known.codecs, known.estimate, origin, now)

    async def _playlist(self, setup: Video) -> tuple[Answer, Media]:
        """The media playlist: what is set up, or the first variant of the master that is."""
        known = self._known
        if known.media_url is None or self._steady() - known.chosen_at > SELDOM_SECONDS * 1_000:
            known.media_url, known.chosen_at = self._door.absolute(setup.url), self._steady()
        answer, found = await self._read(known.media_url)
        if isinstance(found, Master):
            if not found.variants:
                raise NotAPlaylist
            known.codecs = findings.variants(found)
            known.media_url = self._beside(answer.url, found.variants[0].uri)
            answer, found = await self._read(known.media_url)
        if isinstance(found, Master):
            raise NotAPlaylist
        return answer, found

    async def _read(self, url: str) -> tuple[Answer, Master | Media]:
        answer = await self._reader.get(url)
        findings.status(answer)
        return answer, read(answer.body)

    def _beside(self, master: str, uri: str) -> str:
        """A variant: on the host that the organiser has named, or not asked for."""
        url = urljoin(master, uri)
        if urlsplit(url)[:2] != urlsplit(master)[:2]:
            raise Failed("elsewhere", urlsplit(url).netloc[:100])
        return url

    # Others ------------------------------------------------------------------------------------

    async def _player(self, setup: Video) -> findings.Finding | None:
        def follows(host: str) -> bool:
            return host == setup.site or host.endswith(f".{setup.site}")

        answer = await self._reader.get(setup.embed, whole=False, follows=follows)
        findings.status(answer)
        return findings.framed(answer, self._door.origin)

    async def _file(self, setup: Video) -> findings.Finding | None:
        answer = await self._reader.get(self._door.absolute(setup.url), whole=False)
        findings.status(answer)
        if answer.headers.get("content-type", "").lower().startswith("text/"):
            raise NotAPlaylist
        return None

    # What is told ------------------------------------------------------------------------------

    def _tell(self, found: findings.Finding | None) -> None:
        known, (trouble, detail) = self._known, found or (None, "")
        offset, before = known.estimate.offset_ms, known.told_ms
        if offset is None or before is None or abs(offset - before) > NEWS_MS:
            known.told_ms = offset
        stream = calibration.stream(known.setup)
        watched = video.Watched(stream=stream, trouble=trouble, detail=detail, offset_ms=known.told_ms)
        if watched != self._watched:
            self._watched = watched
            self._stage.note(watched)
        if known.told_ms is not None and (known.told_ms != before or known.estimate.begun is not None):
            begun, known.estimate.begun = known.estimate.begun, None
            measure = calibration.Measure(stream=stream, offset_ms=known.told_ms, from_pdt=begun)
            self._stage.notice(measure)
