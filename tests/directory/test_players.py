"""Share links become frames, and only sites on the list get into one."""

import sqlite3

import pytest

from live.directory import players, videos
from live.domain.base import Video
from tests.directory.test_broadcasts import db, made

__all__ = ["db"]


@pytest.mark.parametrize(
    ("shared", "frame"),
    [
        ("https://www.youtube.com/watch?v=aqz-KE-bpKQ&t=3s", "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"),
        ("https://m.youtube.com/watch?list=x&v=aqz-KE-bpKQ", "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"),
        ("https://www.youtube.com/live/aqz-KE-bpKQ?si=x", "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"),
        ("https://youtube.com/embed/aqz-KE-bpKQ", "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"),
        ("https://youtu.be/aqz-KE-bpKQ", "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ"),
        ("https://www.bilibili.com/video/BV1GJ411x7h7/", "https://player.bilibili.com/player.html?bvid=BV1GJ411x7h7"),
        ("https://live.bilibili.com/21452505?x=1", "https://www.bilibili.com/blackboard/live/live-activity-player.html?cid=21452505"),
        ("https://v.qq.com/x/cover/mzc00200/q0034mp5qkr.html", "https://v.qq.com/txp/iframe/player.html?vid=q0034mp5qkr"),
        ("https://v.qq.com/x/page/q0034mp5qkr.html", "https://v.qq.com/txp/iframe/player.html?vid=q0034mp5qkr"),
        ("https://m.v.qq.com/play.html?vid=q0034mp5qkr", "https://v.qq.com/txp/iframe/player.html?vid=q0034mp5qkr"),
    ],
)  # fmt: skip
def test_a_share_link_becomes_the_address_of_its_player(shared: str, frame: str) -> None:
    assert players.frame(shared).startswith(frame)
    assert players.is_share_link(shared)
    assert players.trusted(players.frame(shared), ["youtube-nocookie.com", "bilibili.com", "v.qq.com"])


@pytest.mark.parametrize(
    "url",
    [
        "https://player.bilibili.com/player.html?bvid=BV1GJ411x7h7",
        "https://v.qq.com/txp/iframe/player.html?vid=q0034mp5qkr",
        "https://h5.dingtalk.com/group-live-share/index.htm?encCid=x",
        "https://www.youtube.com/watch?v=no",
        "https://www.youtube.com/watch?v=%22onload=alert(1)",
        "https://www.youtube.com/",
        "https://live.bilibili.com/p/eden/area-tags",
        "https://player.example.org/watch?v=aqz-KE-bpKQ",
    ],
)
def test_what_is_no_share_link_stays_as_it_is(url: str) -> None:
    assert players.frame(url) == url


@pytest.mark.parametrize(
    ("url", "entry"),
    [
        ("https://h5.dingtalk.com/x", "dingtalk.com"),
        ("https://dingtalk.com/x", "dingtalk.com"),
        ("http://h5.dingtalk.com/x", None),
        ("https://dingtalk.com.example.org/x", None),
        ("https://evildingtalk.com/x", None),
        ("javascript:alert(1)", None),
        ("/own", None),
    ],
)
def test_a_site_is_trusted_with_its_subdomains_and_nothing_that_looks_like_it(
    url: str, entry: str | None
) -> None:
    assert players.trusted(url, ["bilibili.com", "dingtalk.com"]) == entry


def test_a_site_that_leaves_the_list_leaves_every_page(db: sqlite3.Connection) -> None:
    where = made(db)
    assert videos.of(db, where.id) == Video()
    url = "https://youtu.be/aqz-KE-bpKQ"
    videos.put(db, where.id, Video(kind="embed", url=url, delay_ms=10_000))
    known = videos.of(db, where.id)
    assert (known.site, known.url, known.delay_ms) == ("youtube-nocookie.com", url, 10_000)
    assert known.embed.startswith("https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?")
    players.put_hosts(db, ["bilibili.com"])
    assert videos.of(db, where.id) == Video(kind="embed", url=url, delay_ms=10_000)
    videos.put(db, where.id, Video(kind="hls", url="https://stream.example.org/a.m3u8"))
    assert videos.of(db, where.id) == Video(kind="hls", url="https://stream.example.org/a.m3u8")
