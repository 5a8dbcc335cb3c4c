"""What is wrong with a stream or a player, by what its host has answered."""

import pytest

from live.watch import findings
from live.watch.estimate import Estimate
from live.watch.fetch import Answer, Failed
from live.watch.playlist import Master, Variant
from tests.watch.streamer import START, Encoder, media, watched, written

ORIGIN = "https://live.example.org"
URL = "https://stream.example.org/hall/live.m3u8"
AGREES = {"access-control-allow-origin": "*"}


def got(url: str = URL, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(200, named or AGREES, b"", url)


def found(
    text: str, estimate: Estimate | None = None, *, steady: int = 0, answer: Answer | None = None
) -> object:
    return findings.stream(answer or got(), media(text), (), estimate or Estimate(), ORIGIN, steady)


def dated(number: int) -> int:
    return START + number * 2_000


FINE = written(range(5), 2_000, dated)


def test_a_stream_that_is_fine_has_nothing_wrong() -> None:
    assert found(FINE, watched(Encoder(), 30)) is None


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, "not_found"), (410, "not_found"), (403, "refused"), (418, "refused"), (500, "server_error"),
     (503, "server_error"), (204, "refused"), (304, "refused")],
)  # fmt: skip
def test_a_status_is_named(status: int, code: str) -> None:
    with pytest.raises(Failed) as caught:
        findings.status(Answer(status, {}, b"", URL))
    assert (caught.value.code, caught.value.detail) == (code, str(status))


def test_a_stream_that_has_ended_or_stands_still_is_told() -> None:
    assert found(FINE + "#EXT-X-ENDLIST\n") == ("ended", "")
    estimate = Estimate()
    estimate.take(media(FINE), START, 1_000)
    assert found(FINE, estimate, steady=11_000) is None
    assert found(FINE, estimate, steady=13_000) == ("stalled", "12")
    slow = written(range(5), 6_000, dated)
    assert found(slow, estimate, steady=19_000) is None, "its segments are longer"


def test_dates_that_are_missing_or_cannot_be_are_told() -> None:
    assert found("#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n1.ts\n") == ("no_dates", "")
    year = 31_536_000_000
    assert found(FINE, watched(Encoder(error_ms=-year, jitter_ms=0), 30)) == ("old_dates", "31536000")
    assert found(FINE, watched(Encoder(error_ms=year, jitter_ms=0), 30)) == ("future_dates", "31535999")
    assert found(FINE, watched(Encoder(error_ms=-3_700), 30)) is None, "that can be corrected"


def test_holes_are_told_and_discontinuities_are_none() -> None:
    assert found(FINE + "#EXT-X-GAP\n#EXTINF:2,\n5.ts\n") == ("gaps", "")

    def jumps(number: int) -> int:
        return dated(number) + (3_000 if number > 2 else 0)

    assert found(written(range(5), 2_000, jumps)) == ("gaps", "")
    assert found(written(range(5), 2_000, jumps, fresh=3)) is None


@pytest.mark.parametrize(
    ("codecs", "foreign"),
    [
        (("avc1.64001f", "mp4a.40.2"), None),
        (("avc1.42E01E", "mp4a.40.5", "wvtt"), None),
        (("av01.0.04M.08", "opus"), None),
        ((), None),
        (("hvc1.1.6.L93.90", "mp4a.40.2"), "hvc1.1.6.L93.90"),
        (("avc1.64001f", "ac-3"), "ac-3"),
        (("avc1.7a001f",), "avc1.7a001f"),
        (("dvh1.05.01",), "dvh1.05.01"),
    ],
)
def test_a_codec_that_browsers_lack_is_named(codecs: tuple[str, ...], foreign: str | None) -> None:
    assert findings.unplayable(codecs) == (("codec", foreign) if foreign else None)


def test_one_variant_that_can_be_played_is_enough() -> None:
    hevc, avc = Variant("a", ("hvc1.1.6.L93",)), Variant("b", ("avc1.64001f",))
    assert findings.variants(Master((hevc, avc))) == avc.codecs
    assert findings.variants(Master((hevc,))) == hevc.codecs


def test_whether_our_scripts_may_read_it_is_told() -> None:
    assert found(FINE, answer=got(access_control_allow_origin=ORIGIN)) is None
    assert found(FINE, answer=got(x_nothing="1")) == ("no_cors", "")
    other = "https://other.example.org"
    assert found(FINE, answer=got(access_control_allow_origin=other)) == ("no_cors", other)
    assert found(FINE, answer=got(f"{ORIGIN}/live.m3u8", x_nothing="1")) is None, "it is our own"


def test_segments_on_another_host_are_told() -> None:
    text = FINE.replace("4.ts", "https://cdn.example.net/4.ts")
    assert found(text) == ("elsewhere", "cdn.example.net")


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({}, False),
        ({"x-frame-options": "DENY"}, True),
        ({"x-frame-options": "SAMEORIGIN"}, True),
        ({"content-security-policy": "default-src 'self'; frame-ancestors 'none'"}, True),
        ({"content-security-policy": "frame-ancestors 'self' https://*.example.com"}, True),
        ({"content-security-policy": "frame-ancestors"}, True),
        ({"content-security-policy": "frame-ancestors *", "x-frame-options": "DENY"}, False),
        ({"content-security-policy": "frame-ancestors https:"}, False),
        ({"content-security-policy": "frame-ancestors https://*.example.org"}, False),
        ({"content-security-policy": "frame-ancestors live.example.org"}, False),
        ({"content-security-policy": "frame-ancestors http://live.example.org"}, False),
        ({"content-security-policy": "frame-ancestors https://live.example.org:8443"}, True),
        ({"content-security-policy": "frame-ancestors https:, frame-ancestors 'self'"}, True),
        ({"content-security-policy": "default-src 'self'"}, False),
    ],
)
def test_whether_a_page_lets_itself_be_framed(headers: dict[str, str], refused: bool) -> None:
    answer = Answer(200, headers, b"", "https://player.example.com/7")
    assert bool(findings.framed(answer, ORIGIN)) == refused
