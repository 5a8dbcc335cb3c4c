"""Playlists as encoders write them, and everything that is none."""

import pytest

from live.watch.playlist import Master, NotAPlaylist, Variant, read
from tests.watch.streamer import START, media, written

MASTER = """#EXTM3U
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="zh"
#EXT-X-STREAM-INF:BANDWIDTH=800000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=640x360
low/live.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=3000000
high/live.m3u8
"""


def test_segments_have_numbers_lengths_and_dates() -> None:
    found = media(written(range(7, 10), 2_002, lambda number: START + number * 2_002))
    assert [(each.number, each.ms, each.uri) for each in found.segments] == [
        (7, 2_002, "7.ts"),
        (8, 2_002, "8.ts"),
        (9, 2_002, "9.ts"),
    ]
    assert found.segments[-1].end == START + 10 * 2_002
    assert (found.target_ms, found.ended) == (2_002, False)


def test_one_date_dates_all_that_follow_up_to_a_discontinuity() -> None:
    text = written(range(3), 4_000, lambda number: START + number * 4_000, first_only=True)
    assert [each.pdt for each in media(text).segments] == [START, START + 4_000, START + 8_000]
    text += "#EXT-X-DISCONTINUITY\n#EXTINF:4,\n3.ts\n"
    last = media(text).segments[-1]
    assert (last.pdt, last.fresh, last.end) == (None, True, None)


@pytest.mark.parametrize(
    "said", ["2026-11-25T18:00:00Z", "2026-11-26T02:00:00+08:00", "2026-11-25T18:00:00.000000000+0000"]
)
def test_a_date_is_read_with_any_offset_and_precision(said: str) -> None:
    text = f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-PROGRAM-DATE-TIME:{said}\n#EXTINF:2,\n1.ts\n"
    assert media(text).segments[0].pdt == 1_795_629_600_000


@pytest.mark.parametrize("said", ["", "yesterday", "2026-11-25T18:00:00", "9999-12-31T23:59:59-12:00"])
def test_what_is_no_moment_for_everybody_is_no_date(said: str) -> None:
    text = f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-PROGRAM-DATE-TIME:{said}\n#EXTINF:2,\n1.ts\n"
    assert media(text).segments[0].pdt is None or said.startswith("9999")


def test_a_master_lists_its_variants_and_what_they_are_coded_in() -> None:
    assert read(MASTER.encode()) == Master(
        (Variant("low/live.m3u8", ("avc1.64001f", "mp4a.40.2")), Variant("high/live.m3u8"))
    )


def test_marks_of_gaps_and_of_the_end_are_seen() -> None:
    text = written(range(2), 2_000, lambda number: START) + "#EXT-X-GAP\n#EXTINF:2,\n2.ts\n#EXT-X-ENDLIST\n"
    found = media(text)
    assert found.ended
    assert [each.gap for each in found.segments] == [False, False, True]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!doctype html><title>Not found</title>",
        b"\xff\xfe\x00",
        b"#EXTM3U\n#EXTINF:123,A song\nsong.mp3\n",
        b"#EXTM3U\n#EXT-X-TARGETDURATION:soon\n",
        b"#EXTM3U\n#EXT-X-TARGETDURATION:nan\n",
        b"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1e9,\n1.ts\n",
        b"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:" + b"9" * 5_000 + b"\n",
        b"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:-1,\n1.ts\n",
    ],
)
def test_everything_else_is_not_a_playlist(body: bytes) -> None:
    with pytest.raises(NotAPlaylist):
        read(body)


def test_a_byte_order_mark_and_windows_lines_do_no_harm() -> None:
    text = written(range(2), 2_000, lambda number: START).replace("\n", "\r\n")
    assert len(media("\ufeff" + text).segments) == 2
