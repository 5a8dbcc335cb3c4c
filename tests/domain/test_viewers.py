"""Viewers: what the desk sees of the clocks that pages follow by."""

from __future__ import annotations

from live.domain import broadcast, sight
from live.domain.attendance import Arrive, Leave
from live.domain.base import Actor
from live.domain.viewers import Rung, ViewersDoc, Watch
from tests.domain.scenes import ANN, BOB, CAT, given


def watching(rung: Rung, behind_ms: int, who: Actor) -> Watch:
    return Watch(connection=f"of {who.participant}", rung=rung, behind_ms=behind_ms)


def test_the_desk_sees_how_many_stand_on_each_rung_and_how_far_behind_those_of_the_stream_are() -> None:
    scene = given()
    near, far = watching("playlist", 8_000, ANN), watching("playlist", 12_000, BOB)
    for note in (near, far, watching("now", 0, CAT)):
        assert broadcast.note(scene.state, note) == {"viewers"}
    rungs: dict[Rung, int] = {"playlist": 2, "calibrated": 0, "site": 0, "now": 1}
    seen = sight.view(scene.state, "viewers", "desk")
    assert seen == ViewersDoc(rungs=rungs, median_ms=12_000, slowest_ms=12_000)
    assert sight.view(scene.state, "viewers", "attendee") is None


def test_what_a_page_has_said_already_changes_nothing() -> None:
    scene = given()
    broadcast.note(scene.state, watching("site", 9_000, ANN))
    assert broadcast.note(scene.state, watching("site", 9_000, ANN)) == set()


def test_who_has_gone_is_not_counted() -> None:
    scene = given()
    scene.notice(Arrive(connection="of ann"), ANN)
    broadcast.note(scene.state, watching("playlist", 8_000, ANN))
    scene.notice(Leave(connection="of ann"), ANN)
    assert scene.state.ephemeral.viewers.watching == {}
