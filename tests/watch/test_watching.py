"""The watch of a broadcast, from a real little HTTP server to what the desk and the pages are told.

Time is an argument: `at` is the server's clock, and each look is one call. Whatever the host does, there is a
code for it, and the broadcast goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import msgspec
import pytest

from live import protocol
from live.domain import sight
from live.domain.base import Audience, Setup, Video
from live.domain.calibration import Clap
from live.domain.life import EditSetup, End, Start
from live.stage import Stage
from live.watch import Door, Watches, fetch
from live.watch.watching import AGAIN_SECONDS, SELDOM_SECONDS, Watch
from tests.backstage import Backstage, behind
from tests.watch.streamer import START, Encoder, Host, answer, hosting

ORIGIN = "https://live.example.org"
CORS = f"Access-Control-Allow-Origin: {ORIGIN}"
MASTER = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS="{codecs}"\n{uri}\n'


class Theatre:
    """A broadcast, its stream and the watch between them."""

    def __init__(self, where: Backstage, host: Host) -> None:
        self.where = where
        self.host = host
        self.at = START + 30_000
        self.door = Door("http://127.0.0.1:1", ORIGIN, (ip_network("127.0.0.0/8"),))
        self.watch = Watch(where.stage, self.door, lambda: self.at, lambda: self.at - START)

    async def show(self, kind: Any = "hls", path: str = "/live.m3u8", **more: Any) -> None:
        self.where.roster.video = Video(kind=kind, url=f"{self.host.url}{path}", delay_ms=8_000, **more)
        await self.where.stage.signal(EditSetup())

    async def look(self) -> float:
        pause = await self.watch.look()
        await self.where.settle()
        return pause

    async def look_for(self, seconds: float) -> None:
        end = self.at + seconds * 1_000
        while self.at < end:
            self.at += round(await self.look() * 1_000)

    def streams(self, encoder: Encoder, *headers: str) -> None:
        said = headers or (CORS,)
        self.host.answers["/live.m3u8"] = lambda: answer(encoder.playlist(self.at), "200 OK", *said)

    async def told(self, key: str = "video", audience: Audience = "desk") -> Any:
        """A doc as that audience gets it, with the next tick."""
        doc = sight.view(self.where.stage.state, key, audience)
        return None if doc is None else msgspec.json.decode(protocol.encode(doc))


@pytest.fixture
async def theatre(tmp_path: Path) -> AsyncIterator[Theatre]:
    async with hosting() as host, behind(tmp_path) as where:
        theatre = Theatre(where, host)
        await theatre.show()
        yield theatre
        await theatre.watch._reader.close()


# A stream that is fine


async def test_a_clock_that_is_wrong_is_corrected_and_everybody_is_told(theatre: Theatre) -> None:
    theatre.streams(Encoder(error_ms=5_500, way_ms=400, jitter_ms=0))
    await theatre.look_for(20)
    doc = await theatre.told("video", "attendee")
    (turn,) = doc["turns"]
    assert turn["method"] == "watch"
    assert -5_100 <= turn["cal_ms"] <= -4_900
    assert "trouble" not in doc
    watch = await theatre.told("watch")
    assert abs(watch["offset_ms"] - turn["cal_ms"]) <= 250
    assert await theatre.told("watch", "attendee") is None
    assert len(await theatre.where.rows('{"type":"calibrated"%')) == 1, "the log is not filled"


async def test_a_clock_that_may_be_right_is_left_alone_and_the_desk_sees_what_is_known(
    theatre: Theatre,
) -> None:
    theatre.streams(Encoder(error_ms=100, way_ms=900))
    await theatre.look_for(20)
    assert "turns" not in await theatre.told()
    assert 800 <= (await theatre.told("watch"))["offset_ms"] <= 1_100
    lecturer = theatre.where.actor("chen", "lecturer")
    theatre.where.now = theatre.at
    await theatre.where.do(
        lecturer, Clap(clapped_at=theatre.at - 8_000, seen_at=theatre.at, frame_at=theatre.at - 8_000 + 100)
    )
    assert 700 <= (await theatre.told("watch"))["path_ms"] - 100 <= 1_100


async def test_an_encoder_that_is_restarted_is_measured_anew(theatre: Theatre) -> None:
    theatre.streams(Encoder(way_ms=400, jitter_ms=0))
    await theatre.look_for(12)
    theatre.streams(Encoder(error_ms=-6_000, way_ms=400, jitter_ms=0, before=21))
    theatre.at = START + 50_000
    await theatre.look_for(12)
    (turn,) = (await theatre.told())["turns"]
    assert 6_400 <= turn["cal_ms"] <= 6_600
    assert turn["from_pdt"] == START + 42_000 - 6_000


async def test_of_a_master_the_first_variant_is_watched(theatre: Theatre) -> None:
    encoder = Encoder(error_ms=5_500)
    master = MASTER.format(codecs="avc1.64001f,mp4a.40.2", uri="low/live.m3u8?x=1")
    theatre.host.answers["/live.m3u8"] = answer(master)
    theatre.host.answers["/low/live.m3u8?x=1"] = lambda: answer(encoder.playlist(theatre.at), "200 OK", CORS)
    await theatre.look_for(15)
    assert (await theatre.told())["turns"]
    masters = [asked for asked in theatre.host.asked if asked.startswith("GET /live.m3u8 ")]
    assert len(masters) == 1, "it is not asked for each time"
    assert theatre.host.connections == 1


async def test_a_stream_of_this_very_server_is_watched_where_it_listens(theatre: Theatre) -> None:
    theatre.watch._door = theatre.watch._reader.door = replace(
        theatre.door, own=theatre.host.url, networks=()
    )
    theatre.where.roster.video = Video(kind="hls", url="/live.m3u8")
    await theatre.where.stage.signal(EditSetup())
    theatre.streams(Encoder(), "X-Cors: none")
    await theatre.look_for(12)
    assert "trouble" not in await theatre.told()
    assert (await theatre.told("watch"))["offset_ms"]


# What can be wrong


@pytest.mark.parametrize(
    ("raw", "code", "detail"),
    [
        (answer("Gone", "404 Not Found"), "not_found", "404"),
        (answer("Sign in", "403 Forbidden"), "refused", "403"),
        (answer("Oops", "500 Internal Server Error"), "server_error", "500"),
        (
            answer("<!doctype html><h1>Welcome</h1>", "200 OK", "Content-Type: text/html"),
            "not_a_playlist",
            "",
        ),
        (answer(b"#EXTM3U\n" + b"#" * 10_000_000), "too_large", ""),
        (answer("", "302 Found", "Location: http://169.254.169.254/"), "moved", "169.254.169.254"),
        (
            answer(MASTER.format(codecs="", uri="//other.example.org/a.m3u8")),
            "elsewhere",
            "other.example.org",
        ),
        (answer("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n"), "not_a_playlist", ""),
        (b"nonsense", "unreachable", "connection"),
    ],
)
async def test_whatever_a_host_answers_has_a_name(
    theatre: Theatre, raw: bytes, code: str, detail: str
) -> None:
    theatre.host.answers["/live.m3u8"] = raw
    assert await theatre.look() == AGAIN_SECONDS
    watch = await theatre.told("watch")
    assert (watch["trouble"], watch.get("detail", "")) == (code, detail)
    assert (await theatre.told("video", "attendee"))["trouble"] == code
    theatre.streams(Encoder())
    await theatre.look()
    assert "trouble" not in await theatre.told(), "it comes back by itself"


async def test_a_host_in_a_private_network_is_not_asked(theatre: Theatre) -> None:
    theatre.watch._reader.door = replace(theatre.door, networks=())
    await theatre.look()
    watch = await theatre.told("watch")
    assert (watch["trouble"], watch["detail"]) == ("private_address", "127.0.0.1")
    assert theatre.host.connections == 0


async def test_a_host_that_is_silent_is_given_up(theatre: Theatre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "SECONDS", 0.05)
    theatre.host.answers["/live.m3u8"] = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"
    await theatre.look()
    assert (await theatre.told("watch"))["detail"] == "timeout"


@pytest.mark.parametrize(
    ("encoder", "headers", "code"),
    [
        (Encoder(), ["X-Cors: none"], "no_cors"),
        (Encoder(error_ms=-86_400_000), [CORS], "old_dates"),
        (Encoder(error_ms=86_400_000), [CORS], "future_dates"),
    ],
)
async def test_a_stream_that_can_be_read_is_judged_by_what_it_says(
    theatre: Theatre, encoder: Encoder, headers: list[str], code: str
) -> None:
    theatre.streams(encoder, *headers)
    await theatre.look_for(15)
    assert (await theatre.told())["trouble"] == code
    corrected = (await theatre.told()).get("turns", [])
    assert bool(corrected) == (code != "no_cors"), "dates of another day are corrected all the same"


async def test_a_stream_that_stands_still_is_told_and_comes_back(theatre: Theatre) -> None:
    theatre.streams(Encoder(jitter_ms=0))
    await theatre.look_for(10)
    stands = Encoder(jitter_ms=0).playlist(theatre.at)
    theatre.host.answers["/live.m3u8"] = answer(stands, "200 OK", CORS)
    await theatre.look_for(13)
    assert (await theatre.told())["trouble"] == "stalled"
    theatre.streams(Encoder(jitter_ms=0))
    await theatre.look()
    assert "trouble" not in await theatre.told()


async def test_a_player_that_lets_nobody_frame_it_is_told(theatre: Theatre) -> None:
    theatre.host.answers["/7"] = answer("<p>", "200 OK", "X-Frame-Options: SAMEORIGIN")
    embed = f"{theatre.host.url}/7"
    await theatre.show("embed", "/7", embed=embed, site="player.example.org")
    assert await theatre.look() == SELDOM_SECONDS
    assert (await theatre.told())["trouble"] == "no_framing"
    theatre.host.answers["/7"] = answer("<p>")
    await theatre.look()
    assert "trouble" not in await theatre.told()


async def test_a_file_that_is_not_there_is_told(theatre: Theatre) -> None:
    await theatre.show("file", "/talk.mp4")
    await theatre.look()
    assert (await theatre.told())["trouble"] == "not_found"
    theatre.host.answers["/talk.mp4"] = answer("<p>", "200 OK", "Content-Type: text/html; charset=utf-8")
    await theatre.look()
    assert (await theatre.told())["trouble"] == "not_a_playlist"
    theatre.host.answers["/talk.mp4"] = answer(b"x" * 3_000_000, "200 OK", "Content-Type: video/mp4")
    await theatre.look()
    assert "trouble" not in await theatre.told()


async def test_a_mistake_of_ours_ends_nothing(
    theatre: Theatre, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("live.watch.watching.read", lambda _body: 1 / 0)
    theatre.host.answers["/live.m3u8"] = answer("#EXTM3U")
    assert await theatre.look() == SELDOM_SECONDS
    assert "The watch has failed" in caplog.text


# When it looks


async def test_it_looks_while_the_broadcast_is_live_or_somebody_is_at_the_desk(theatre: Theatre) -> None:
    stages: list[Stage] = [theatre.where.stage]
    watches = Watches(lambda: stages, theatre.door)

    def watching() -> bool:
        watches.look()
        return bool(watches._tasks)

    theatre.streams(Encoder())
    assert not watching(), "nobody is there"
    desk = await theatre.where.ear("mo", "moderator")
    assert watching()
    await desk.until(lambda: "offset_ms" not in desk.docs["watch"] and bool(theatre.host.asked))
    desk.go()
    await theatre.where.settle()
    assert not watching()
    lecturer = theatre.where.actor("chen", "lecturer")
    await theatre.where.do(lecturer, Start())
    assert watching()
    await theatre.where.do(lecturer, End())
    assert not watching()
    await watches.close()


async def test_what_was_wrong_is_forgotten_when_nobody_looks_any_more(theatre: Theatre) -> None:
    task = asyncio.create_task(theatre.watch.run())
    desk = await theatre.where.ear("mo", "moderator")
    await desk.until(lambda: desk.docs["watch"].get("trouble") == "not_found")
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await desk.until(lambda: "trouble" not in desk.docs["watch"])
    assert (await theatre.where.roster.setup()).video != Setup().video
