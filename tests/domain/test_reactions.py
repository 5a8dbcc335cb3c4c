"""Reactions and the pace: counted, never kept, and nobody's name with them."""

from __future__ import annotations

import pytest

from live import protocol
from live.domain import broadcast
from live.domain.attendance import Arrive, Leave
from live.domain.base import AUDIENCES, Actor
from live.domain.life import Started
from live.domain.reactions import (
    PACE_MS,
    SIGN_MS,
    Pace,
    Passing,
    React,
    ReactionsDoc,
    ReactionsSet,
    SetPace,
    SetReactions,
    Sign,
)
from tests.domain.scenes import ANN, BOB, CAT, MO, START, Scene, given, names

ALL_ON = ReactionsSet(signs=True, pace=True, on_screen=True)


def show(scene: Scene, command: Passing, by: Actor, at: int = START) -> None:
    assert broadcast.decide(scene.state, command, by, at) == ()
    scene.changed(broadcast.feel(scene.state, command, by, at))


def on() -> Scene:
    return given(Started(), ALL_ON)


def counts(scene: Scene) -> tuple[dict[Sign, int], dict[Pace, int]]:
    doc = scene.doc("reactions")
    assert isinstance(doc, ReactionsDoc)
    return doc.shown, doc.felt


def test_at_first_the_pace_may_be_told_and_no_sign_given() -> None:
    scene = given(Started())
    assert scene.doc("reactions", "attendee") == ReactionsDoc(signs=False, pace=True)
    assert scene.refused(React(sign="applause"), ANN) == "reactions_off"
    show(scene, SetPace(pace="slower"), ANN)
    assert counts(scene) == ({}, {"slower": 1})


def test_the_desk_switches_them_on_and_off() -> None:
    scene = given(Started())
    assert names(scene.when(SetReactions(signs=True, pace=False, on_screen=False), MO)) == ["reactions_set"]
    assert scene.refused(SetPace(pace="slower"), ANN) == "reactions_off"
    show(scene, React(sign="agree"), ANN)
    assert scene.when(SetReactions(signs=True, pace=False, on_screen=False), MO) == ()
    scene.when(SetReactions(signs=False, pace=True, on_screen=False), MO)
    assert counts(scene) == ({}, {})


def test_people_are_counted_not_presses() -> None:
    scene = on()
    for each in (ANN, ANN, BOB):
        show(scene, React(sign="thanks"), each)
    show(scene, React(sign="unclear"), ANN)
    for pace in ("slower", "slower", "faster"):
        show(scene, SetPace(pace=pace), ANN)  # the last one counts
    assert counts(scene) == ({"thanks": 2, "unclear": 1}, {"faster": 1})
    show(scene, SetPace(pace=None), ANN)
    assert counts(scene) == ({"thanks": 2, "unclear": 1}, {})


def test_they_pass_and_the_clock_says_when() -> None:
    scene = on()
    assert broadcast.due(scene.state) is None
    show(scene, SetPace(pace="clear"), BOB)
    show(scene, React(sign="agree"), ANN)
    stages: tuple[tuple[int, tuple[dict[Sign, int], dict[Pace, int]]], ...]
    stages = ((SIGN_MS, ({}, {"clear": 1})), (PACE_MS, ({}, {})))
    for over, left in stages:
        due = broadcast.due(scene.state)
        assert due is not None
        assert START + over <= due <= START + over + 1_000
        assert broadcast.fade(scene.state, due - 1_001) == set()
        assert broadcast.fade(scene.state, due) == {"reactions"}
        assert counts(scene) == left
    assert broadcast.due(scene.state) is None


def test_the_same_again_lasts_longer() -> None:
    scene = on()
    show(scene, SetPace(pace="slower"), ANN)
    show(scene, SetPace(pace="slower"), ANN, START + 60_000)
    broadcast.fade(scene.state, START + PACE_MS + 1)
    assert counts(scene) == ({}, {"slower": 1})


def test_what_somebody_felt_goes_with_their_last_page() -> None:
    scene = on()
    for connection in ("one", "two"):
        scene.notice(Arrive(connection=connection), ANN)
    show(scene, SetPace(pace="slower"), ANN)
    show(scene, React(sign="agree"), ANN)
    show(scene, SetPace(pace="slower"), CAT)
    scene.notice(Leave(connection="one"), ANN)
    assert counts(scene) == ({"agree": 1}, {"slower": 2})
    scene.notice(Leave(connection="two"), ANN)
    assert counts(scene) == ({}, {"slower": 1})


def test_the_screen_sees_signs_only_where_the_desk_wants_it_and_the_pace_never() -> None:
    scene = on()
    show(scene, React(sign="agree"), ANN)
    show(scene, SetPace(pace="slower"), ANN)
    seen = scene.doc("reactions", "screen")
    assert seen == ReactionsDoc(signs=True, pace=True, on_screen=True, shown={"agree": 1})
    scene.when(SetReactions(signs=True, pace=True, on_screen=False), MO)
    assert scene.doc("reactions", "screen") is None


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_doc_says_whose_they_are(audience: str) -> None:
    scene = on()
    show(scene, React(sign="agree"), ANN)
    show(scene, SetPace(pace="slower"), ANN)
    told = [protocol.encode(scene.doc("reactions", each)) for each in AUDIENCES if each == audience]
    assert ANN.participant.encode() not in b"".join(told)
