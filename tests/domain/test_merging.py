"""Questions that ask the same are merged: votes united, each person once; and parted exactly as they were."""

import re

import pytest

from live.domain import broadcast, questions
from live.domain.base import Code
from live.domain.cues import Cued, QuestionOverlay
from live.domain.life import Started
from live.domain.moderation import (
    Answer,
    Approve,
    Dismiss,
    Edit,
    Merge,
    Pin,
    Present,
    QuestionMerged,
    QuestionMoved,
    QuestionPinned,
    QuestionRestored,
    Undo,
)
from live.domain.permits import Command
from live.domain.question_docs import QuestionDoc
from live.domain.questions import (
    QuestionAsked,
    QuestionUpvoted,
    QuestionWithdrawn,
    Upvote,
    Withdraw,
    question_id,
)
from tests.domain.scenes import ANN, BOB, CAT, MO, By, Scene, fresh, given

KEY = "k" * 22
MERGE = Merge(question="q", into="r")


def ask(name: str, *, pending: bool = False) -> By:
    return ANN, QuestionAsked(question=name, text=f"{name}?", anonymous=False, pending=pending)


def live(*more: broadcast.Event | By) -> Scene:
    return given(Started(), ask("q"), ask("r"), ask("s"), *more)


def wanted() -> Scene:
    """Ann and Bob want q, Bob and Cat want r."""
    up = {name: QuestionUpvoted(question=name, on=True) for name in "qr"}
    return live((ANN, up["q"]), (BOB, up["q"]), (BOB, up["r"]), (CAT, up["r"]))


def question(scene: Scene, name: str) -> QuestionDoc:
    doc = scene.doc(f"question/{name}")
    assert isinstance(doc, QuestionDoc)
    return doc


def votes(scene: Scene, name: str) -> int:
    return question(scene, name).votes


def test_votes_are_united_and_each_person_counts_once() -> None:
    scene = wanted()
    assert scene.when(MERGE, MO) == (QuestionMerged(question="q", into="r"),)
    assert votes(scene, "r") == 3
    assert scene.when(MERGE, MO) == ()


def test_the_asker_sees_with_what_it_was_merged_and_nobody_sees_it_twice() -> None:
    scene = wanted()
    scene.when(MERGE, MO)
    assert scene.doc("question/q", "attendee") == QuestionDoc(state="merged", into="r")


def dated(docs: dict[str, bytes], since: int) -> dict[str, bytes]:
    """The same docs, with their questions in their state since then."""
    return {key: re.sub(rb'"since":\d+', b'"since":%d' % since, doc) for key, doc in docs.items()}


def test_an_undo_parts_them_exactly() -> None:
    scene = wanted()
    before = fresh(scene.state, "desk")
    scene.when(MERGE, MO)
    assert scene.when(Undo(question="q"), MO) == (QuestionRestored(question="q", to="live", text="q?"),)
    assert dated(fresh(scene.state, "desk"), 0) == dated(before, 0)
    now = fresh(scene.state, "desk")["question/q"]
    assert dated(before, scene.now)["question/q"] == now, "it is live since now"


def test_a_vote_given_to_the_merged_one_goes_to_the_one_that_stands() -> None:
    scene = live(QuestionMerged(question="q", into="r"))
    assert scene.when(Upvote(question="q", on=True), BOB) == (QuestionUpvoted(question="r", on=True),)


def test_who_wanted_the_merged_one_has_voted_already() -> None:
    scene = wanted()
    scene.when(MERGE, MO)
    assert scene.when(Upvote(question="r", on=True), ANN) == ()


def test_taking_a_vote_back_takes_it_from_both() -> None:
    scene = wanted()
    scene.when(MERGE, MO)
    taken = scene.when(Upvote(question="r", on=False), BOB)
    assert taken == tuple(QuestionUpvoted(question=each, on=False) for each in "rq")
    assert votes(scene, "r") == 2


def test_merges_of_merges_are_counted_and_parted() -> None:
    scene = wanted()
    scene.when(MERGE, MO)
    scene.when(Merge(question="r", into="s"), MO)
    assert votes(scene, "s") == 3
    scene.when(Undo(question="q"), MO)
    assert (votes(scene, "s"), votes(scene, "q")) == (2, 2)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (Merge(question="r", into="r"), "same_question"),
        (Merge(question="r", into="q"), "question_merged"),
        (Merge(question="q", into="s"), "question_merged"),
        (Merge(question="nowhere", into="r"), "no_such_question"),
        (Merge(question="r", into="nowhere"), "no_such_question"),
        (Approve(question="q"), "question_merged"),
        (Present(question="q"), "question_merged"),
        (Answer(question="q"), "question_merged"),
        (Dismiss(question="q"), "question_merged"),
        (Edit(question="q", text="New"), "question_merged"),
        (Pin(question="q", on=True), "question_merged"),
    ],
)
def test_a_merged_question_can_only_be_parted(command: Command, code: Code) -> None:
    scene = live(QuestionMerged(question="q", into="r"))
    assert scene.refused(command, MO) == code


@pytest.mark.parametrize("command", [Merge(question="q", into="r"), Merge(question="r", into="q")])
def test_what_its_asker_has_withdrawn_is_not_merged(command: Command) -> None:
    scene = live(QuestionWithdrawn(question="q", anonymous=False))
    assert scene.refused(command, MO) == "question_closed"


def test_a_question_that_is_merged_leaves_the_screen() -> None:
    scene = live(QuestionMoved(question="q", to="on_screen"), Cued(overlay=QuestionOverlay(question="q")))
    assert scene.when(MERGE, MO) == (QuestionMerged(question="q", into="r"), Cued())


def test_when_the_one_that_stands_is_withdrawn_the_others_stand_alone_again() -> None:
    name = question_id(KEY)
    scene = live((ANN, QuestionAsked(question=name, text="Why?", anonymous=True, pending=False)))
    scene.when(Merge(question="q", into=name), MO)
    events = scene.when(Withdraw(question=name, key=KEY), ANN)
    assert events[1:] == (QuestionRestored(question="q", to="live", text="q?"),)
    assert question(scene, "q").into is None


def test_a_merged_question_that_is_withdrawn_takes_its_votes_along() -> None:
    scene = wanted()
    scene.when(MERGE, MO)
    scene.happen(QuestionWithdrawn(question="q", anonymous=False), "ann")
    assert votes(scene, "r") == 2
    assert question(scene, "q").into is None
    assert scene.refused(Undo(question="q"), MO) == "question_closed"


def test_everyone_keeps_the_own_upvotes_through_a_merge() -> None:
    scene = wanted()
    scene.when(MERGE, MO)
    assert questions.mine(scene.state.questions, "bob") == (["q", "r"], [])


# Pinning --------------------------------------------------------------------------------------


def test_a_question_is_pinned_and_unpinned_for_everyone() -> None:
    scene = live()
    assert scene.when(Pin(question="q", on=True), MO) == (QuestionPinned(question="q", on=True),)
    assert scene.when(Pin(question="q", on=True), MO) == ()
    doc = scene.doc("question/q", "attendee")
    assert isinstance(doc, QuestionDoc)
    assert doc.pinned
    scene.when(Pin(question="q", on=False), MO)
    assert not question(scene, "q").pinned


# Treading on each other -----------------------------------------------------------------------


def test_what_another_moderator_has_just_dismissed_is_not_edited() -> None:
    scene = live(QuestionMoved(question="q", to="dismissed"))
    assert scene.refused(Edit(question="q", text="New"), MO) == "question_closed"
