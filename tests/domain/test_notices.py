"""The notice: one sentence from the desk, seen by everyone until it is cleared."""

import pytest

from live.domain.base import AUDIENCES, Audience
from live.domain.notices import ClearNotice, NoticeCleared, NoticeDoc, Notified, Notify
from tests.domain.scenes import MO, SECOND, START, given


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_notice_is_seen_by(audience: Audience) -> None:
    scene = given()
    assert scene.when(Notify(text="  Mind the gap "), MO) == (Notified(text="Mind the gap"),)
    assert scene.doc("notice", audience) == NoticeDoc(text="Mind the gap", at=START + SECOND)


def test_a_notice_takes_the_place_of_the_one_before() -> None:
    scene = given(Notified(text="One"))
    scene.when(Notify(text="Two"), MO)
    assert scene.doc("notice", "attendee") == NoticeDoc(text="Two", at=START + 2 * SECOND)


def test_a_cleared_notice_is_gone() -> None:
    scene = given(Notified(text="One"))
    assert scene.when(ClearNotice(), MO) == (NoticeCleared(),)
    assert scene.doc("notice", "screen") is None


def test_to_clear_no_notice_changes_nothing() -> None:
    assert given().when(ClearNotice(), MO) == ()


@pytest.mark.parametrize(("text", "code"), [(" \n", "empty"), ("x" * 501, "too_long")])
def test_a_notice_is_refused_that_is(text: str, code: str) -> None:
    assert given().refused(Notify(text=text), MO) == code
