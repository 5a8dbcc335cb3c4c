"""The video's docs: what everybody is told of it, and what only the desk is."""

from live.domain import broadcast, calibration, life, video
from live.domain.base import Setup, Video
from live.domain.video import ShowMark, VideoDoc, WatchDoc, Watched
from tests.domain.scenes import HALL, MO, Scene, given, names, set_up

HLS = Video(kind="hls", url="https://stream.example.org/live.m3u8", delay_ms=8_000)


def showing(setup: Video = HLS) -> Scene:
    scene = Scene()
    set_up(scene, Setup(video=setup))
    return scene


def test_without_a_video_every_page_is_told_so() -> None:
    scene = given(life.Started())
    assert scene.doc("video", "attendee") == VideoDoc(kind="none", delay_ms=0, live=True)
    assert scene.doc("watch") is None


def test_after_the_end_it_is_no_live_stream() -> None:
    scene = showing()
    scene.happen(life.Started(), None)
    scene.happen(life.Ended(), None)
    assert scene.doc("video", "attendee") == VideoDoc(kind="hls", delay_ms=8_000, live=False, url=HLS.url)


def test_trouble_is_told_to_all_and_its_details_to_the_desk() -> None:
    scene = showing()
    watched = Watched(stream=calibration.stream(HLS), trouble="server_error", detail="503", offset_ms=1_200)
    assert broadcast.note(scene.state, watched) == {"video", "watch"}
    assert broadcast.note(scene.state, watched) == set()
    doc = scene.doc("video", "attendee")
    assert isinstance(doc, VideoDoc)
    assert doc.trouble == "server_error"
    assert scene.doc("watch", "attendee") is None
    assert scene.doc("watch", "screen") is None
    assert scene.doc("watch") == WatchDoc(trouble="server_error", detail="503", offset_ms=1_200)


def test_trouble_of_a_stream_that_is_no_longer_shown_is_no_trouble() -> None:
    scene = showing()
    broadcast.note(scene.state, Watched(stream=calibration.stream(HLS), trouble="not_found"))
    set_up(scene, Setup(video=Video(kind="hls", url="https://stream.example.org/other.m3u8")))
    doc = scene.doc("video")
    assert isinstance(doc, VideoDoc)
    assert doc.trouble is None


def test_the_mark_is_switched_at_the_desk_and_seen_by_all() -> None:
    scene = showing()
    assert scene.when(ShowMark(on=False), MO) == ()
    assert names(scene.when(ShowMark(on=True), MO)) == ["mark_shown"]
    assert scene.when(ShowMark(on=True), MO) == ()
    for audience in ("attendee", "screen", "desk"):
        doc = scene.doc("video", audience)
        assert isinstance(doc, VideoDoc)
        assert doc.mark
    assert scene.refused(ShowMark(on=False), HALL) == "not_allowed"
    assert video.State(mark=True).mark == scene.folded().video.mark
