"""The demo's stream: its playlist rolls with the clock, and its film goes round without a seam."""

import itertools
import struct
from collections.abc import AsyncIterator, Callable
from datetime import datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from live.demo import stream
from live.demo.stream import DELAY_MS, FILM, LOOP_SECONDS, SEGMENT_MS, TICKS, Film, newest, playlist

NOON = 1_795_608_000_000
moments = st.integers(NOON, NOON + 400_000)


def listed(at: int) -> dict[int, int]:
    """The segments of the playlist at this time, with their moments (ms)."""
    lines = playlist(at).splitlines()
    moments = [line.partition(":")[2] for line in lines if line.startswith("#EXT-X-PROGRAM-DATE-TIME")]
    numbers = [int(line.removesuffix(".m4s")) for line in lines if line.endswith(".m4s")]
    starts = (round(datetime.fromisoformat(each).timestamp() * 1_000) for each in moments)
    return dict(zip(numbers, starts, strict=True))


def starting_at(segment: bytes) -> float:
    """Its place in time as a decoder reads it, seconds."""
    (ticks,) = struct.unpack_from(">Q", segment, segment.index(b"tfdt") + 8)
    return float(ticks / TICKS)


@pytest.fixture(scope="module")
def film() -> Film:
    return Film.of(FILM.read_bytes())


def test_the_film_has_a_piece_for_each_two_seconds_and_is_small(film: Film) -> None:
    assert len(film.pieces) * SEGMENT_MS == LOOP_SECONDS * 1_000
    assert [starting_at(each) for each in film.pieces] == list(range(0, LOOP_SECONDS, 2))
    assert b"avc1" in film.head
    assert FILM.stat().st_size < 1_000_000


@given(moments)
def test_what_is_listed_has_happened_and_is_numbered_without_a_gap(at: int) -> None:
    segments = listed(at)
    numbers = list(segments)
    assert numbers == list(range(numbers[0], numbers[0] + stream.WINDOW))
    assert f"#EXT-X-MEDIA-SEQUENCE:{numbers[0]}\n" in playlist(at)
    assert DELAY_MS <= at - (segments[numbers[-1]] + SEGMENT_MS) < DELAY_MS + SEGMENT_MS


@given(moments, st.integers(0, 10_000))
def test_a_segment_never_changes_its_moment(at: int, later: int) -> None:
    before, after = listed(at), listed(at + later)
    assert all(before[number] == after[number] for number in before.keys() & after.keys())
    assert min(after) >= min(before)


def test_the_film_goes_round_without_a_seam(film: Film) -> None:
    first = NOON // SEGMENT_MS
    starts = [starting_at(film.segment(number)) for number in range(first, first + 120)]
    assert all(b - a == SEGMENT_MS / 1_000 for a, b in itertools.pairwise(starts))
    assert "DISCONTINUITY" not in playlist(NOON)


def test_the_mark_in_the_picture_is_the_second_of_the_clock(film: Film) -> None:
    for at in range(NOON, NOON + LOOP_SECONDS * 1_000, SEGMENT_MS):
        shown = film.pieces[at // SEGMENT_MS % len(film.pieces)]
        assert starting_at(shown) == at // 1_000 % LOOP_SECONDS


def test_a_beat_is_waited_for_and_not_longer() -> None:
    assert stream.until_beat(NOON) == 0
    assert stream.until_beat(NOON + 1) == 9_999


# Over the wire -----------------------------------------------------------------------------------

Watching = tuple[httpx.AsyncClient, Callable[[int], None]]


@pytest.fixture
async def watching() -> AsyncIterator[Watching]:
    """A viewer, and the hand on the clock."""
    clock = [NOON]
    app = Starlette(routes=stream.routes(lambda: clock[0]))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://demo" + stream.PREFIX) as client:
        yield client, lambda at: clock.__setitem__(0, at)


async def test_a_player_gets_the_playlist_fresh_and_the_segments_to_keep(watching: Watching) -> None:
    client, _set = watching
    answer = await client.get("/live.m3u8")
    assert answer.text == playlist(NOON)
    assert answer.headers["content-type"] == stream.PLAYLIST_TYPE
    assert answer.headers["cache-control"] == "no-cache"
    for name in ("head.mp4", f"{newest(NOON)}.m4s", answer.text.split()[-1]):
        piece = await client.get(f"/{name}")
        assert piece.status_code == 200
        assert piece.headers["content-type"] == "video/mp4"
        assert "immutable" in piece.headers["cache-control"]


async def test_a_segment_is_there_from_its_listing_until_a_while_after(watching: Watching) -> None:
    client, set_clock = watching
    name = f"/{newest(NOON) + 1}.m4s"
    assert (await client.get(name)).status_code == 404
    set_clock(NOON + SEGMENT_MS)
    kept = (await client.get(name)).content
    set_clock(NOON + (stream.WINDOW + 5) * SEGMENT_MS)
    assert (await client.get(name)).content == kept
    set_clock(NOON + (stream.WINDOW + stream.KEPT + 5) * SEGMENT_MS)
    assert (await client.get(name)).status_code == 404
