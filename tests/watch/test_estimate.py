"""The estimate alone: for each kind of encoder, how near it comes by itself, and when it begins anew."""

import pytest

from live.domain import calibration
from live.domain.base import Video
from live.domain.calibration import Measure
from live.watch.estimate import Estimate
from tests.watch.streamer import START, Encoder, go_on, media, watched, written

HLS = Video(kind="hls", url="https://stream.example.org/live.m3u8")
STREAM = calibration.stream(HLS)


def corrected(offset_ms: int) -> int:
    """What the domain makes of a measurement."""
    made = calibration.measured(calibration.State(), Measure(stream=STREAM, offset_ms=offset_ms), HLS)
    return made[0].cal_ms if made and isinstance(made[0], calibration.Calibrated) else 0


@pytest.mark.parametrize("segment_ms", [1_000, 2_000, 4_000, 6_000])
@pytest.mark.parametrize("phase_ms", [0, 110, 250, 390])
@pytest.mark.parametrize(
    "encoder",
    [
        pytest.param(Encoder(error_ms=100, way_ms=350), id="direct"),
        pytest.param(Encoder(error_ms=5_600, way_ms=900), id="ingest-with-a-5-s-probe"),
        pytest.param(Encoder(error_ms=3_700, way_ms=400), id="clock-3.7-s-fast"),
        pytest.param(Encoder(error_ms=-3_700, way_ms=400), id="clock-3.7-s-slow"),
        pytest.param(Encoder(error_ms=-3_700, way_ms=2_500), id="clock-3.7-s-slow-and-a-long-way"),
        pytest.param(Encoder(error_ms=3_700, way_ms=2_500), id="clock-3.7-s-fast-and-a-long-way"),
    ],
)
def test_alone_it_errs_by_no_more_than_the_way_and_250_ms(
    encoder: Encoder, segment_ms: int, phase_ms: int
) -> None:
    encoder = Encoder(encoder.error_ms, encoder.way_ms, segment_ms=segment_ms)
    offset = watched(encoder, 60, phase_ms=phase_ms).offset_ms
    assert offset is not None
    assert -encoder.error_ms <= offset - encoder.way_ms <= -encoder.error_ms + 250
    assert abs(corrected(offset) + encoder.error_ms) <= encoder.way_ms + 250


@pytest.mark.parametrize(("segment_ms", "seconds"), [(1_000, 8), (2_000, 10), (4_000, 18), (6_000, 26)])
def test_it_is_there_soon_enough_for_viewers_who_are_behind(segment_ms: int, seconds: float) -> None:
    offset = watched(Encoder(error_ms=5_000, jitter_ms=0, segment_ms=segment_ms), seconds).offset_ms
    assert offset is not None
    assert -4_600 <= offset <= -4_350


def test_before_three_segments_have_come_it_says_nothing() -> None:
    assert watched(Encoder(), 5).offset_ms is None


def test_a_slow_minute_of_the_upload_is_not_another_clock() -> None:
    encoder = Encoder(jitter_ms=0)
    estimate = watched(encoder, 60)
    known = estimate.offset_ms
    encoder.way_ms += 1_500
    go_on(estimate, encoder, START + 80_000, 60)
    assert estimate.offset_ms == known


def test_an_encoder_that_was_restarted_is_measured_anew_from_its_first_segment() -> None:
    estimate = watched(Encoder(jitter_ms=0), 30)
    assert estimate.begun is None
    again = Encoder(error_ms=-4_000, jitter_ms=0)
    again.before = 20  # segments of the run before: its numbers begin at 0 again
    go_on(estimate, again, START + 50_000, 5)
    assert estimate.begun == START + 40_000 - 4_000
    assert estimate.offset_ms is None
    go_on(estimate, again, START + 55_000, 15)
    assert estimate.offset_ms is not None
    assert 4_400 <= estimate.offset_ms <= 4_650


@pytest.mark.parametrize("marked", [True, False])
def test_a_discontinuity_or_a_date_that_jumps_begins_anew(marked: bool) -> None:
    def dated(number: int) -> int:
        return START + number * 2_000 + (5_000 if number >= 7 else 0)

    estimate = Estimate()
    for newest in range(3, 12):
        text = written(range(newest - 2, newest + 1), 2_000, dated, fresh=7 if marked else -1)
        estimate.take(media(text), START + newest * 2_000 + 2_400, newest * 2_000)
        expected = None if newest < 7 else START + 19_000
        assert estimate.begun == expected
    assert estimate.offset_ms == -4_600


def test_a_server_clock_that_is_set_changes_the_offset_by_as_much_at_once() -> None:
    encoder = Encoder(jitter_ms=0)
    estimate = watched(encoder, 30)
    known = estimate.offset_ms
    assert known is not None
    go_on(estimate, encoder, START + 50_000, 3, set_by=-3_600_000)
    assert estimate.offset_ms == known - 3_600_000
    assert estimate.begun is None, "it is the same stream"


def test_segments_without_dates_measure_nothing() -> None:
    estimate = Estimate()
    for newest in range(20):
        text = (
            "#EXTM3U\n#EXT-X-TARGETDURATION:2\n"
            + f"#EXT-X-MEDIA-SEQUENCE:{newest}\n#EXTINF:2,\n{newest}.ts\n"
        )
        estimate.take(media(text), START + newest * 2_000, newest * 2_000)
    assert estimate.offset_ms is None
    assert estimate.changed == 38_000
