"""Players of other sites: their share links turned into frames, and which sites organisers trust.

Nothing that an organiser pastes is ever used as markup: an address goes in, and the address of a frame comes
out, or "" where its site is not on the list. The list is one for all broadcasts. Used by `videos` and by
the form; nothing here asks the network.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from urllib.parse import parse_qs, urlencode, urlsplit

YOUTUBE = re.compile(r"[\w-]{11}")
BILIBILI_VIDEO = re.compile(r"BV[0-9A-Za-z]{10}")
BILIBILI_ROOM = re.compile(r"\d{1,12}")
TENCENT = re.compile(r"[a-z0-9]{11}")

Made = str | None


def frame(url: str) -> str:
    """The address that a frame shows: of a share link that is known the player, else the same."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    maker = SHARED.get(host)
    path = [each for each in parts.path.split("/") if each]
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return (maker and maker(path, asked)) or url


def is_share_link(url: str) -> bool:
    return frame(url) != url


def trusted(url: str, hosts: Iterable[str]) -> str | None:
    """The entry of the list that lets this address in: the host itself, or one that it belongs to."""
    parts = urlsplit(url)
    if parts.scheme != "https" or parts.hostname is None:
        return None
    host = parts.hostname
    return next((each for each in hosts if host == each or host.endswith(f".{each}")), None)


def hosts(db: sqlite3.Connection) -> list[str]:
    return [row["host"] for row in db.execute("SELECT host FROM player ORDER BY host")]


def put_hosts(db: sqlite3.Connection, hosts: Iterable[str]) -> None:
    """These and no others."""
    db.execute("DELETE FROM player")
    db.executemany("INSERT OR IGNORE INTO player (host) VALUES (?)", [(host,) for host in hosts])


# Share links, by the site that gives them ------------------------------------------------------


def _youtube(path: list[str], asked: dict[str, str]) -> Made:
    kind = path[0] if path else ""
    if kind == "watch":
        return _youtube_frame(asked.get("v", ""))
    return _youtube_frame(path[1]) if kind in {"live", "shorts", "embed"} and len(path) > 1 else None


def _youtu_be(path: list[str], _asked: dict[str, str]) -> Made:
    return _youtube_frame(path[0] if path else "")


def _youtube_frame(video: str) -> Made:
    """The player that sets no cookie before somebody presses play."""
    if not YOUTUBE.fullmatch(video):
        return None
    return f"https://www.youtube-nocookie.com/embed/{video}?{urlencode({'playsinline': 1, 'rel': 0})}"


def _bilibili(path: list[str], _asked: dict[str, str]) -> Made:
    video = path[1] if len(path) > 1 and path[0] == "video" else ""
    if not BILIBILI_VIDEO.fullmatch(video):
        return None
    chosen = urlencode({"bvid": video, "danmaku": 0, "autoplay": 0})
    return f"https://player.bilibili.com/player.html?{chosen}"


def _bilibili_live(path: list[str], _asked: dict[str, str]) -> Made:
    room = path[-1] if path else ""
    if not BILIBILI_ROOM.fullmatch(room):
        return None
    chosen = urlencode({"cid": room, "quality": 0})
    return f"https://www.bilibili.com/blackboard/live/live-activity-player.html?{chosen}"


def _tencent(path: list[str], asked: dict[str, str]) -> Made:
    video = asked.get("vid") or (path[-1].removesuffix(".html") if path[:1] == ["x"] else "")
    if path[:1] == ["txp"] or not TENCENT.fullmatch(video):
        return None
    return f"https://v.qq.com/txp/iframe/player.html?{urlencode({'vid': video})}"


SHARED: dict[str, Callable[[list[str], dict[str, str]], Made]] = {
    "youtube.com": _youtube,
    "youtube-nocookie.com": _youtube,
    "youtu.be": _youtu_be,
    "bilibili.com": _bilibili,
    "live.bilibili.com": _bilibili_live,
    "v.qq.com": _tencent,
}
