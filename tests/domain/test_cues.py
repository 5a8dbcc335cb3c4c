"""Cues: the whole stage at a moment; what is brought on it, laid over it, and hidden by a blank."""

import pytest

from live.domain import rundown
from live.domain.base import AUDIENCES, Audience
from live.domain.cues import (
    Blank,
    BlankOverlay,
    BreakOverlay,
    ClearOverlay,
    Cued,
    CueDoc,
    Goto,
    NoticeOverlay,
    Overlay,
    PollOverlay,
    ShowPoll,
)
from live.domain.driver import DriveTaken
from live.domain.life import Started
from live.domain.polls import PollRemoved
from tests.domain.scenes import LI, MO, SECOND, START, Scene, deck, drafted, given

ITEMS = (
    rundown.Placed(item=rundown.PollItem(id="p1", poll=1)),
    rundown.Placed(item=rundown.NoticeItem(id="n1", text="Fire drill at noon")),
    rundown.Placed(item=rundown.BreakItem(id="b1", text="Tea", minutes=10)),
)


def driven() -> Scene:
    """A live broadcast with two slides, a poll, a notice and a break, driven by the lecturer."""
    return given(Started(), DriveTaken(by="li"), deck("one", "two"), drafted(), *ITEMS)


def stage(scene: Scene) -> CueDoc:
    return scene.state.cues.now


def test_the_stage_is_bare_at_first() -> None:
    assert given().state.cues.now == CueDoc(at=0)


def test_a_slide_comes_on_stage() -> None:
    scene = driven()
    assert scene.when(Goto(item="s1"), LI) == (Cued(item="s1", slide="one"),)
    assert scene.doc("cue/1", "attendee") == CueDoc(at=scene.now, item="s1", slide="one")


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_cue_is_the_same_for(audience: Audience) -> None:
    scene = driven()
    scene.when(Goto(item="s2"), LI)
    assert scene.doc("cue/1", audience) == CueDoc(at=scene.now, item="s2", slide="two")


@pytest.mark.parametrize(
    ("item", "overlay"),
    [
        ("p1", PollOverlay(poll=1)),
        ("n1", NoticeOverlay(text="Fire drill at noon")),
        ("b1", BreakOverlay(text="Tea", minutes=10)),
    ],
)
def test_what_is_no_slide_lies_over_the_slide_that_is_there(item: str, overlay: Overlay) -> None:
    scene = driven()
    scene.when(Goto(item="s1"), LI)
    assert scene.when(Goto(item=item), LI) == (Cued(item=item, slide="one", overlay=overlay),)


def test_a_key_that_is_held_down_leaves_no_trail() -> None:
    scene = driven()
    scene.when(Goto(item="s1"), LI)
    assert scene.when(Goto(item="s1"), LI) == ()


def test_nothing_comes_on_stage_that_is_not_in_the_rundown() -> None:
    assert driven().refused(Goto(item="s9"), LI) == "no_such_item"


def test_an_item_whose_poll_was_put_away_does_not_come_on_stage() -> None:
    scene = driven()
    scene.happen(PollRemoved(poll=1), "mo")
    assert scene.refused(Goto(item="p1"), LI) == "no_such_poll"


def test_a_blank_hides_everything_and_gives_it_back() -> None:
    scene = driven()
    scene.when(Goto(item="s1"), LI)
    scene.when(ShowPoll(poll=1), MO)
    before = stage(scene)
    assert scene.when(Blank(on=True), LI) == (Cued(item="s1", slide="one", overlay=BlankOverlay()),)
    assert scene.when(Blank(on=False), LI) == (Cued(item="s1", slide="one", overlay=PollOverlay(poll=1)),)
    assert stage(scene) == CueDoc(at=scene.now, item=before.item, slide=before.slide, overlay=before.overlay)


def test_a_blank_over_a_blank_still_gives_back_what_was_there() -> None:
    scene = driven()
    scene.when(Goto(item="n1"), LI)
    scene.when(Blank(on=True), LI)
    assert scene.when(Blank(on=True), LI) == ()
    scene.when(Blank(on=False), LI)
    assert stage(scene).overlay == NoticeOverlay(text="Fire drill at noon")


def test_to_lift_no_blank_changes_nothing() -> None:
    scene = driven()
    scene.when(Goto(item="n1"), LI)
    assert scene.when(Blank(on=False), LI) == ()


def test_the_next_slide_ends_a_blank() -> None:
    scene = driven()
    scene.when(Blank(on=True), LI)
    assert scene.when(Goto(item="s2"), LI) == (Cued(item="s2", slide="two"),)


def test_a_poll_is_shown_without_driving_and_taken_off_again() -> None:
    scene = driven()
    scene.when(Goto(item="s1"), LI)
    assert scene.when(ShowPoll(poll=1), MO) == (Cued(item="s1", slide="one", overlay=PollOverlay(poll=1)),)
    assert scene.when(ShowPoll(poll=1), MO) == ()
    assert scene.when(ClearOverlay(), MO) == (Cued(item="s1", slide="one"),)
    assert scene.when(ClearOverlay(), MO) == ()


def test_a_poll_that_is_not_there_is_not_shown() -> None:
    assert driven().refused(ShowPoll(poll=2), MO) == "no_such_poll"


def test_a_clock_that_is_set_back_does_not_reorder_the_cues() -> None:
    scene = driven()
    scene.when(Goto(item="s1"), LI)
    first = scene.now
    scene.now = START - 3_600 * SECOND
    scene.when(Goto(item="s2"), LI)
    assert scene.doc("cue/2") == CueDoc(at=first, item="s2", slide="two")


def test_every_cue_is_kept_for_those_who_are_behind() -> None:
    scene = driven()
    for item in ("s1", "s2", "s1"):
        scene.when(Goto(item=item), LI)
    docs = [scene.doc(f"cue/{number}", "attendee") for number in (1, 2, 3)]
    assert [doc.slide for doc in docs if isinstance(doc, CueDoc)] == ["one", "two", "one"]
