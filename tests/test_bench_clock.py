"""The clock's benchmark: its picture tells the time, and its judgement of what was shown is right."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.clock import picture, truth
from bench.clock.picture import FRAME_MS
from bench.clock.stream import shifted
from bench.clock.truth import Cue, Frame

NOON = 1_795_608_000_000
CUES = [Cue(NOON + 1_010, "a"), Cue(NOON + 3_000, "b"), Cue(NOON + 4_990, "a")]


@given(st.integers(NOON, NOON + 10**9), st.integers(0, 10**6))
def test_a_frame_tells_when_it_was_taken(at: int, later: int) -> None:
    assert picture.moment(picture.read(picture.draw(at)), at + later) == at


@pytest.mark.parametrize("grey", [0, 255])
def test_a_frame_of_one_grey_tells_no_time(grey: int) -> None:
    coded = picture.read(bytes([grey]) * picture.WIDTH * picture.HEIGHT)
    assert picture.moment(coded, NOON) is None


def test_a_wrong_clock_is_wrong_in_every_date() -> None:
    text = "#EXTM3U\n#EXT-X-PROGRAM-DATE-TIME:2026-11-25T18:26:58.916+0000\nlive0.ts\n"
    assert "DATE-TIME:2026-11-25T18:27:02.616+00:00\nlive0.ts" in shifted(text, 3_700)
    assert shifted(text, 0) == text


# What was shown ----------------------------------------------------------------------------------


def shown(late: int = 0) -> list[Frame]:
    """Seven seconds of a page whose slides are so many frames late."""
    moments = range(NOON, NOON + 7_000, FRAME_MS)
    return [Frame("steady", at, at + 8_000, truth.slide_at(CUES, at - late * FRAME_MS)) for at in moments]


def test_a_page_in_step_is_right_in_every_frame() -> None:
    assert truth.fraction(shown(), CUES) == 1
    assert truth.errors(shown(), CUES) == [0, 0, 0]


@pytest.mark.parametrize("late", [-3, 1, 20])
def test_a_page_out_of_step_is_wrong_at_each_cue_by_so_many_frames(late: int) -> None:
    frames = shown(late)
    assert truth.errors(frames, CUES) == [abs(late)] * 3
    assert truth.fraction(frames, CUES) == pytest.approx(1 - 3 * abs(late) / len(frames))


def test_a_frame_that_was_read_before_the_page_was_told_of_it_is_not_the_pages_fault() -> None:
    """It was told of the frame before, and shows what goes with that."""
    early = [
        replace(told, at=told.at + FRAME_MS, ahead_ms=FRAME_MS) if now.slide != told.slide else told
        for told, now in itertools.pairwise(shown())
    ]
    assert truth.fraction(early, CUES) < 1
    assert truth.fraction(truth.told(early), CUES) == 1
    assert len(truth.told(early)) == len(early) - len(CUES)


def test_a_page_that_is_late_by_what_it_was_told_is_wrong() -> None:
    late = [replace(each, ahead_ms=each.at % 3) for each in shown(late=1)]
    assert truth.told(late) == late
    assert truth.fraction(truth.told(late), CUES) < 1


def test_a_slide_that_never_comes_is_far_off() -> None:
    frames = [replace(each, slide="z") for each in shown()]
    assert truth.errors(frames, CUES) == [truth.FAR] * 3
    assert truth.fraction(frames, CUES) == 0


def test_a_cue_that_fell_into_a_gap_of_the_video_is_not_measured() -> None:
    gap = [each for each in shown() if not NOON + 2_500 < each.at < NOON + 3_500]
    assert truth.errors(gap, CUES) == [0, 0]


def test_cues_on_receipt_run_ahead_of_the_video() -> None:
    naive = truth.on_receipt(shown(), CUES)
    assert {each.slide for each in naive} == {"a"}, "the last cue, before the first frame was seen"
    assert truth.fraction(naive, CUES) == pytest.approx((1_990 + 2_010) / 7_000, abs=0.01)


def test_phases_are_kept_apart() -> None:
    frames = [*shown(), *(replace(each, phase="paused") for each in shown(5))]
    apart = truth.by_phase(frames)
    assert list(apart) == ["steady", "paused"]
    assert truth.fraction(apart["steady"], CUES) > truth.fraction(apart["paused"], CUES)


@given(st.lists(st.integers(0, 1_000), min_size=1))
def test_nineteen_of_twenty_do_not_exceed_p95(values: list[int]) -> None:
    found = truth.p95(values)
    assert sum(each <= found for each in values) >= 0.95 * len(values)
    assert sum(each < found for each in values) < 0.95 * len(values)


def test_moments_come_again_after_hours_only() -> None:
    steps = (picture.code(NOON + hour * 3_600_000) for hour in range(4))
    assert all(a != b for a, b in itertools.combinations(steps, 2))
