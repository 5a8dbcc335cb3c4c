"""The form of a broadcast's video: what viewers elsewhere watch, and the sites whose players are trusted.

Used by the page of a broadcast. It reads an address as strictly as a browser would and says in a sentence
what is wrong with it; whether anything answers there is for the watch to find out. It writes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import SplitResult, urlsplit

from starlette.requests import Request

from live import security
from live.directory import players
from live.domain.base import Video
from live.pages import state
from live.pages.forms import Form
from live.pages.render import N_, sentence

Kind = Literal["none", "hls", "embed", "file"]
KINDS: dict[Kind, str] = {
    "none": N_("No video on the page"),
    "hls": N_("A live stream (HLS)"),
    "embed": N_("The player of another site"),
    "file": N_("A video file"),
}
HINTS: dict[Kind, str] = {
    "none": N_("People elsewhere watch in another program, or not at all."),
    "hls": N_("Its address ends in .m3u8. The slides then follow the stream's own clock."),
    "embed": N_("Paste the link of a YouTube, Bilibili, Tencent or DingTalk live page."),
    "file": N_("An MP4 that browsers can play."),
}
URL_LIMIT = 2_000  # characters: stream addresses with a signature have some hundreds
DELAY_LIMIT = 3_600  # seconds
DELAY_STREAM = 10  # seconds: what most live players are behind
HOSTS_LIMIT = 50
HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*")
UNPLAYABLE = {"rtmp", "rtmps", "rtmpt", "rtsp", "srt", "udp", "rtp", "webrtc", "whep", "artc"}
ENDINGS = {".m3u8": "hls", ".mp4": "file", ".m4v": "file", ".webm": "file", ".mov": "file"}
DEAD_ENDINGS = (".flv", ".mpd", ".ts", ".sdp")

EMPTY = N_("Please give the address.")
TOO_LONG = N_("This address is too long: at most %(limit)d characters.")
NO_ADDRESS = N_("This is not an address like https://stream.example.org/live.m3u8.")
NO_PASSWORD = N_("Take the name and password out of the address: everybody on the page could read them.")
UNPLAYABLE_SCHEME = N_(
    "Browsers cannot play this kind of stream. Ask for its HLS address, which ends in .m3u8."
)
INSECURE = N_("This site is served by https, and browsers then load no video by http. Give an https address.")
FRAME_INSECURE = N_("A player of another site must be loaded by https.")
IS_PLAYER = N_("This is the page of a player, not a stream. Choose “The player of another site” above.")
IS_STREAM = N_("This looks like a stream. Choose “A live stream (HLS)” above.")
IS_FILE = N_("This looks like a file. Choose “A video file” above.")
NOT_TRUSTED = N_("%(host)s is not on the list of trusted sites. Add it there first, if you trust it.")
NO_DELAY = N_("Please give seconds from 0 to %(limit)d.")
NO_HOST = N_("“%(host)s” is not the name of a site, like player.example.org.")
TOO_MANY_HOSTS = N_("At most %(limit)d sites.")


class BadAddress(ValueError):
    """The message is a sentence of this module; `host` is whose it is about."""

    def __init__(self, said: str, host: str = "") -> None:
        super().__init__(said)
        self.host = host


def of(video: Video) -> Form:
    delay = "" if video.kind == "none" and not video.delay_ms else f"{video.delay_ms / 1_000:g}"
    return Form({"kind": video.kind, "url": video.url, "delay": delay})


def read(request: Request, form: Form, hosts: list[str]) -> Video:
    """What the form says; look at its errors before using it."""
    kind: Kind = next((each for each in get_args(Kind) if each == form["kind"]), "none")
    delay_ms = _delay(request, form, kind)
    if kind == "none":
        return Video(delay_ms=delay_ms)
    secure = security.is_secure(request.scope, state.settings(request).origin)
    try:
        url = address(form["url"], secure=secure)
        _fits(kind, url, hosts)
    except BadAddress as problem:
        form.errors["url"] = sentence(request, str(problem), limit=URL_LIMIT, host=problem.host)
        return Video()
    return Video(kind=kind, url=url, delay_ms=delay_ms)


def address(typed: str, *, secure: bool) -> str:
    """An address that a browser loads a video from; `/…` is one of this very server. Raises `BadAddress`."""
    text = typed.strip()
    if not text:
        raise BadAddress(EMPTY)
    if len(text) > URL_LIMIT:
        raise BadAddress(TOO_LONG)
    if not text.isprintable() or re.search(r'[\s\\"<>]', text):
        raise BadAddress(NO_ADDRESS)
    if re.match(r"/(?!/)", text):
        return text
    parts = _parts(text if "://" in text else f"https://{text}")
    if parts.scheme in UNPLAYABLE or parts.path.lower().endswith(DEAD_ENDINGS):
        raise BadAddress(UNPLAYABLE_SCHEME)
    if parts.scheme not in {"http", "https"}:
        raise BadAddress(NO_ADDRESS)
    if parts.username or parts.password:
        raise BadAddress(NO_PASSWORD)
    if parts.scheme == "http" and secure:
        raise BadAddress(INSECURE)
    port = f":{parts.port}" if parts.port is not None else ""
    return parts._replace(netloc=host_name(parts.hostname or "") + port).geturl()


def _parts(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises when it is no number
    except ValueError:
        raise BadAddress(NO_ADDRESS) from None
    return parts


def host_name(typed: str) -> str:
    """A host as it stands in headers: in ASCII. Raises `BadAddress`."""
    try:
        host = typed.strip().rstrip(".").lower().encode("idna").decode("ascii")
    except UnicodeError:
        raise BadAddress(NO_ADDRESS) from None
    if not HOST.fullmatch(host):
        raise BadAddress(NO_ADDRESS)
    return host


def _fits(kind: Kind, url: str, hosts: list[str]) -> None:
    """Refuse an address that is plainly of another kind, and a player that nobody has said to trust."""
    path = urlsplit(url).path.lower()
    looks = next((each for ending, each in ENDINGS.items() if path.endswith(ending)), kind)
    if players.is_share_link(url):
        looks = "embed"
    if looks != kind:
        raise BadAddress({"hls": IS_STREAM, "file": IS_FILE, "embed": IS_PLAYER}[looks])
    if kind == "embed":
        frame = players.frame(url)
        if not frame.startswith("https:"):
            raise BadAddress(FRAME_INSECURE)
        if players.trusted(frame, hosts) is None:
            raise BadAddress(NOT_TRUSTED, urlsplit(frame).hostname or "")


def _delay(request: Request, form: Form, kind: Kind) -> int:
    """Milliseconds; what is left empty is what is usual."""
    text = form["delay"].strip().replace(",", ".")
    if not text:
        return 0 if kind == "none" else DELAY_STREAM * 1_000
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= DELAY_LIMIT:
        form.errors["delay"] = sentence(request, NO_DELAY, limit=DELAY_LIMIT)
        return 0
    return round(seconds * 1_000)


@dataclass(frozen=True)
class Hosts:
    """The list of trusted sites as it was typed, one a line, and what is wrong with it."""

    typed: str
    hosts: tuple[str, ...]
    error: str = ""


def read_hosts(request: Request, form: Form) -> Hosts:
    """Whole addresses may be pasted: their host is what counts."""
    typed, found = form["players"], list[str]()
    for line in re.split(r"[\s,;，；、]+", typed):
        if not line:
            continue
        try:
            host = host_name((urlsplit(line).hostname or "") if "://" in line else line.partition("/")[0])
        except (BadAddress, ValueError):
            return Hosts(typed, (), sentence(request, NO_HOST, host=line[:80]))
        if "." not in host:  # `com` would be half the world, and `localhost` is no site
            return Hosts(typed, (), sentence(request, NO_HOST, host=line[:80]))
        found.append(host)
    if len(set(found)) > HOSTS_LIMIT:
        return Hosts(typed, (), sentence(request, TOO_MANY_HOSTS, limit=HOSTS_LIMIT))
    return Hosts(typed, tuple(dict.fromkeys(found)))
