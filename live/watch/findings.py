"""Findings: what is wrong with a stream, a file or a player, judged from what their hosts have answered.

Pure: given answers and times, it names the worst trouble with its details, or none. What the server cannot
see (whether a viewer's own network reaches the host, what is in the pictures) it does not guess.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from live.domain.video import Trouble

from .estimate import Estimate
from .fetch import Answer, Failed
from .playlist import Master, Media

Finding = tuple[Trouble, str]

STALE_TARGETS = 3  # target durations without a new segment, and ten seconds at least: then it stands
STALE_MS = 10_000
WRONG_MS = 3_600_000  # an hour: no encoder and no upload takes that, the date itself is wrong
HOLE_MS = 1_000  # between the end of a segment and the date of the next

# What browsers decode almost everywhere: H.264 without its studio profiles, VP8 and 9, AV1; AAC, MP3, Opus.
STUDIO = re.compile(r"avc[13]\.(6e|7a|f4|2c)", re.IGNORECASE)
DECODED = re.compile(r"(avc[13]|vp0?[89]|av01|mp4a\.(40|66|67|68|69|6b)|opus|flac|stpp|wvtt)", re.IGNORECASE)


def status(answer: Answer) -> None:
    """Raise `Failed` for an answer that is not what was asked for."""
    code = answer.status
    if code in {404, 410}:
        raise Failed("not_found", str(code))
    if code >= 500:
        raise Failed("server_error", str(code))
    if code not in {200, 206}:
        raise Failed("refused", str(code))


def stream(
    answer: Answer, media: Media, codecs: tuple[str, ...], estimate: Estimate, origin: str, steady: int
) -> Finding | None:
    """The worst of what is wrong with a playlist that could be read. `origin` is that of our pages."""
    return (
        _ended(media)
        or _stalled(media, estimate, steady)
        or unplayable(codecs)
        or unreadable(answer, origin)
        or _elsewhere(answer, media)
        or _dates(media, estimate)
        or _gaps(media)
    )


def _ended(media: Media) -> Finding | None:
    return ("ended", "") if media.ended else None


def _stalled(media: Media, estimate: Estimate, steady: int) -> Finding | None:
    quiet = steady - (estimate.changed if estimate.changed is not None else steady)
    if quiet <= max(STALE_MS, STALE_TARGETS * media.target_ms):
        return None
    return "stalled", str(quiet // 1_000)


def variants(master: Master) -> tuple[str, ...]:
    """The codecs of a master playlist: of a variant that can be played, if there is one."""
    said = [each.codecs for each in master.variants]
    return next((codecs for codecs in said if unplayable(codecs) is None), said[0] if said else ())


def unplayable(codecs: tuple[str, ...]) -> Finding | None:
    foreign = [each for each in codecs if STUDIO.match(each) or not DECODED.match(each)]
    return ("codec", foreign[0][:40]) if foreign else None


def unreadable(answer: Answer, origin: str) -> Finding | None:
    """Whether a script of our pages may read it: hls.js must."""
    parts = urlsplit(answer.url)
    allowed = answer.headers.get("access-control-allow-origin", "")
    if f"{parts.scheme}://{parts.netloc}" == origin or allowed in {"*", origin}:
        return None
    return "no_cors", allowed[:100]


def _elsewhere(answer: Answer, media: Media) -> Finding | None:
    here = urlsplit(answer.url).netloc
    for segment in media.segments[-1:]:
        host = urlsplit(urljoin(answer.url, segment.uri)).netloc
        if host != here:
            return "elsewhere", host[:100]
    return None


def _dates(media: Media, estimate: Estimate) -> Finding | None:
    if media.segments and media.segments[-1].pdt is None:
        return "no_dates", ""
    offset = estimate.offset_ms
    if offset is None or abs(offset) < WRONG_MS:
        return None
    return ("old_dates" if offset > 0 else "future_dates"), str(abs(offset) // 1_000)


def _gaps(media: Media) -> Finding | None:
    for before, segment in zip(media.segments, media.segments[1:], strict=False):
        hole = segment.dated and not segment.fresh and before.end is not None and segment.pdt is not None
        if segment.gap or (hole and (segment.pdt or 0) - (before.end or 0) > HOLE_MS):
            return "gaps", ""
    return None


def framed(answer: Answer, origin: str) -> Finding | None:
    """Whether a page may stand in a frame of ours: by its policy, or by the older header without one."""
    ancestors = [
        part.split()[1:]
        for part in re.split(r"[;,]", answer.headers.get("content-security-policy", ""))
        if part.split()[:1] and part.split()[0].lower() == "frame-ancestors"
    ]
    for allowed in ancestors:
        if not any(_covers(source, origin) for source in allowed):
            return "no_framing", "frame-ancestors"
    if not ancestors and answer.headers.get("x-frame-options", "").strip():
        return "no_framing", answer.headers["x-frame-options"][:40]
    return None


def _covers(source: str, origin: str) -> bool:
    """Whether a source of a policy means our pages (CSP 3, section 6.7.2)."""
    ours, theirs = urlsplit(origin), source.lower()
    if theirs == "*" or theirs == f"{ours.scheme}:":
        return True
    scheme, _, rest = theirs.rpartition("://")
    if scheme and scheme != ours.scheme and not (scheme == "http" and ours.scheme == "https"):
        return False
    host, _, port = rest.partition("/")[0].partition(":")
    if port not in {"", "*"} and port != str(ours.port or ""):
        return False
    name = ours.hostname or ""
    return name == host or (host.startswith("*.") and name.endswith(host[1:]))
