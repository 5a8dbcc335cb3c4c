"""Calibration: what the watch measures, what the desk claps and nudges, and what pages then look up."""

import pytest

from live.domain import calibration, life, video
from live.domain.base import Setup, Video
from live.domain.calibration import CalibrateByItself, Clap, Measure, Nudge
from tests.domain.scenes import ANN, MO, START, Scene, names, set_up

HLS = Video(kind="hls", url="https://stream.example.org/live.m3u8", delay_ms=8_000)
EMBED = Video(kind="embed", url="https://live.bilibili.com/1", delay_ms=8_000)
STREAM = calibration.stream(HLS)
PDT = START - 9_000  # the date of some frame
CLAPPED = START - 20_000


def showing(setup: Video) -> Scene:
    scene = Scene()
    set_up(scene, Setup(video=setup))
    return scene


def measures(scene: Scene, offset_ms: int, from_pdt: int | None = None) -> list[str]:
    """The watch measures, as it does all the time; what that gives."""
    watched = video.Watched(stream=STREAM, offset_ms=offset_ms)
    video.note(scene.state.ephemeral.video, watched)
    return names(scene.notice(Measure(stream=STREAM, offset_ms=offset_ms, from_pdt=from_pdt)))


def turns(scene: Scene) -> list[tuple[int, str, int | None]]:
    doc = scene.doc("video", "attendee")
    assert isinstance(doc, video.VideoDoc)
    return [(turn.cal_ms, turn.method, turn.from_pdt) for turn in doc.turns]


# What is measured


@pytest.mark.parametrize("offset_ms", [0, 120, 2_999, 3_000])
def test_a_clock_that_encoder_and_upload_explain_is_believed(offset_ms: int) -> None:
    scene = showing(HLS)
    assert measures(scene, offset_ms) == []
    assert turns(scene) == []


@pytest.mark.parametrize("offset_ms", [-5_400, -251, 3_001, 3_700, 7_200_000])
def test_a_clock_that_nothing_explains_is_corrected(offset_ms: int) -> None:
    scene = showing(HLS)
    assert measures(scene, offset_ms) == ["calibrated"]
    assert turns(scene) == [(offset_ms, "watch", None)]
    assert measures(scene, offset_ms + 200) == [], "it is not worth a turn"
    assert measures(scene, offset_ms - 251) == ["calibrated"]


def test_after_an_encoder_restart_older_frames_keep_their_own_correction() -> None:
    scene = showing(HLS)
    measures(scene, 4_000)
    measures(scene, -2_000, from_pdt=PDT)
    measures(scene, -2_400)
    measures(scene, 500, from_pdt=PDT + 60_000)
    assert turns(scene) == [
        (4_000, "watch", None),
        (-2_000, "watch", PDT),
        (-2_400, "watch", PDT),
        (0, "watch", PDT + 60_000),
    ]


def test_what_is_measured_of_another_stream_says_nothing() -> None:
    scene = showing(HLS)
    assert scene.notice(Measure(stream="another", offset_ms=9_000)) == ()


# What the desk says


def test_a_clap_tells_what_a_frame_is_off_by() -> None:
    scene = showing(HLS)
    clap = Clap(clapped_at=CLAPPED, seen_at=START, frame_at=CLAPPED - 1_500)
    assert names(scene.when(clap, MO)) == ["calibrated"]
    assert turns(scene) == [(1_500, "clap", None)]
    assert measures(scene, 9_000) == [], "nothing was measured when it was made, so it stays"
    scene.when(Nudge(by_ms=-100), MO)
    assert turns(scene)[-1] == (1_400, "nudge", None)


def test_a_clap_teaches_what_encoder_and_upload_take_and_so_holds_over_a_restart() -> None:
    scene = showing(HLS)
    measures(scene, 2_200)
    scene.when(Clap(clapped_at=CLAPPED, seen_at=START, frame_at=CLAPPED - 500), MO)
    assert turns(scene) == [(500, "clap", None)], "so the way takes 1.7 s"
    assert measures(scene, 2_300) == [], "and this is no other clock"
    assert measures(scene, 2_600) == ["calibrated"], "a clock that drifts is followed"
    measures(scene, -4_000, from_pdt=PDT)
    assert turns(scene)[1:] == [(900, "watch", None), (-5_700, "watch", PDT)]
    scene.when(Nudge(by_ms=100), MO)
    assert measures(scene, -4_000) == [], "a nudge is part of what the desk knows"
    doc = scene.doc("watch")
    assert isinstance(doc, video.WatchDoc)
    assert doc.path_ms == 1_600


def test_by_itself_again_forgets_what_the_desk_has_said() -> None:
    scene = showing(HLS)
    assert scene.when(CalibrateByItself(), MO) == ()
    measures(scene, 3_700)
    scene.when(Nudge(by_ms=500), MO)
    assert names(scene.when(CalibrateByItself(), MO)) == ["uncalibrated", "calibrated"]
    assert turns(scene) == [(3_700, "watch", None)]
    measures(scene, 1_000)
    assert names(scene.when(CalibrateByItself(), MO)) == ["uncalibrated"]
    assert turns(scene) == []


def test_of_a_player_without_a_clock_the_clap_tells_the_delay() -> None:
    scene = showing(EMBED)
    scene.when(Nudge(by_ms=-500), MO)
    assert turns(scene) == [(-8_500, "nudge", None)]
    scene.when(Clap(clapped_at=CLAPPED, seen_at=CLAPPED + 11_200), MO)
    doc = scene.doc("video")
    assert isinstance(doc, video.VideoDoc)
    assert (doc.turns[-1].cal_ms, doc.turns[-1].by_now) == (-11_200, True)


def test_a_stream_without_dates_can_be_clapped_like_a_player() -> None:
    scene = showing(HLS)
    scene.when(Clap(clapped_at=CLAPPED, seen_at=CLAPPED + 12_000), MO)
    assert measures(scene, 3_700) == ["calibrated"], "it has got dates: they are another matter"


@pytest.mark.parametrize(
    ("clapped_at", "seen_at"),
    [(START, START - 1), (START, START + 60_000), (START - 700_000, START), (0, START)],
)
def test_a_clap_that_cannot_have_been_is_refused(clapped_at: int, seen_at: int) -> None:
    scene = showing(EMBED)
    assert scene.refused(Clap(clapped_at=clapped_at, seen_at=seen_at), MO) == "out_of_range"


def test_only_the_desk_says_what_everybody_sees() -> None:
    assert showing(HLS).refused(Nudge(by_ms=100), ANN) == "not_allowed"


# What is kept


def test_each_stream_keeps_its_own_history() -> None:
    scene = showing(HLS)
    measures(scene, 3_700)
    set_up(scene, Setup(video=EMBED))
    assert turns(scene) == []
    set_up(scene, Setup(video=HLS))
    assert turns(scene) == [(3_700, "watch", None)]
    kept = scene.folded().video.calibration
    assert kept == scene.state.video.calibration
    assert "example.org" not in repr(scene.log), "an address may hold a secret"


def test_a_clock_that_was_set_back_does_not_reorder_the_turns() -> None:
    scene = showing(HLS)
    measures(scene, 3_700)
    scene.now -= 3_600_000
    measures(scene, 9_000)
    scene.happen(life.Started(), None)
    doc = scene.doc("video")
    assert isinstance(doc, video.VideoDoc)
    first, second = doc.turns
    assert first.at <= second.at
