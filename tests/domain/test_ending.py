"""An end closes open polls, in everyone's own time, and the question on screen; and it may be a mistake."""

from __future__ import annotations

from live.domain import broadcast
from live.domain.base import Rejected
from live.domain.life import End, Ended, Start, Started
from live.domain.moderation import QuestionMoved
from live.domain.polls import AddPoll, PollDoc
from live.domain.question_docs import QuestionDoc
from live.domain.quiz import Quiz
from live.domain.results import ResultsShown
from live.domain.rounds import MISTAKE_MS
from live.domain.turns import OpenPoll, PollClosed, PollReopened
from live.domain.votes import TallyDoc, Vote
from tests.domain.scenes import ANN, BOB, COLOURS, LI, MO, SECOND, Scene, drafted, given, names, opened
from tests.domain.test_closing import BEHIND, strike, watched
from tests.domain.test_moderation import on_screen


def poll(scene: Scene, number: int = 1) -> PollDoc:
    found = scene.doc(f"poll/{number}", "attendee")
    assert isinstance(found, PollDoc)
    return found


def vote(seen_at: int | None = None) -> Vote:
    return Vote(poll=1, round=1, n=1, choice=(0,), seen_at=seen_at)


def refused(scene: Scene, command: Vote) -> str:
    try:
        broadcast.decide(scene.state, command, BOB, scene.now)
    except Rejected as refusal:
        return refusal.code
    return ""


def test_an_end_closes_what_is_open_and_leaves_drafts_alone() -> None:
    scene = given(*opened(), drafted(2))
    assert scene.when(End(), LI) == (Ended(), PollClosed(poll=1, ending=True))
    assert (poll(scene).state, scene.doc("poll/2", "attendee")) == ("closed", None)
    assert refused(scene, vote()) == "poll_closed"


def test_viewers_who_are_behind_have_the_same_window_at_the_end() -> None:
    scene = watched(given(*opened()))
    scene.when(End(), LI)
    closed = poll(scene)
    assert closed.closed_at is not None
    scene.now = closed.closed_at + BEHIND
    assert scene.when(vote(seen_at=closed.closed_at - SECOND), ANN), "still the hour of who sees it later"
    assert refused(scene, vote(seen_at=closed.closed_at + SECOND * 5)) == "poll_closed"


def test_a_result_that_comes_with_the_close_comes_with_the_end() -> None:
    scene = watched(given(Started()))
    scene.when(AddPoll(title="Which?", ballot=COLOURS, results="close"), MO)
    scene.when(OpenPoll(poll=1), MO)
    scene.when(End(), LI)
    assert poll(scene).promised
    assert strike(scene) == (ResultsShown(poll=1, shown=True, since=poll(scene).until),)
    shown = scene.doc("tally/1", "attendee")
    assert isinstance(shown, TallyDoc)
    assert shown.counts == (0, 0, 0)


def test_a_poll_whose_time_was_up_is_closed_by_the_time_and_not_by_the_end() -> None:
    scene = given(Started())
    scene.when(AddPoll(title="Which?", ballot=COLOURS, seconds=20), MO)
    scene.when(OpenPoll(poll=1), MO)
    due = poll(scene).closes_at
    scene.now += 21 * SECOND
    assert scene.when(End(), LI)[1:] == (PollClosed(poll=1, closed_at=due),)
    assert names(scene.when(Start(), LI)) == ["started"]


def test_who_goes_on_at_once_has_not_meant_to_end_and_what_was_open_is_open_again() -> None:
    scene = given(*opened())
    scene.when(vote(), ANN)
    scene.when(End(), LI)
    assert scene.when(Start(), LI) == (Started(), PollReopened(poll=1))
    assert scene.when(vote(), BOB)
    tally = scene.doc("tally/1")
    assert isinstance(tally, TallyDoc)
    assert tally.votes == 2
    states = [turn.state for turn in poll(scene).turns]
    assert states == ["open", "closed", "open"]


def test_who_goes_on_later_finds_it_closed() -> None:
    scene = given(*opened())
    scene.when(End(), LI)
    scene.now += MISTAKE_MS + SECOND
    assert scene.when(Start(), LI) == (Started(),)


def test_what_was_closed_by_hand_stays_closed_when_it_goes_on() -> None:
    scene = given(*opened(), PollClosed(poll=1))
    assert names(scene.when(End(), LI)) == ["ended"]
    assert names(scene.when(Start(), LI)) == ["started"]


def test_a_secret_result_that_came_with_the_end_is_not_opened_again() -> None:
    scene = given(Started())
    scene.when(AddPoll(title="Which?", ballot=COLOURS, secret=True, results="close"), MO)
    scene.when(OpenPoll(poll=1), MO)
    assert names(scene.when(End(), LI)) == ["ended", "poll_closed", "results_shown"]
    assert names(scene.when(Start(), LI)) == ["started"]


def test_a_question_of_the_quiz_is_not_asked_again_when_the_end_has_told_what_is_right() -> None:
    scene = given(Started())
    scene.when(AddPoll(title="Which?", ballot=COLOURS, quiz=Quiz(right=(0,)), results="close"), MO)
    scene.when(OpenPoll(poll=1), MO)
    assert names(scene.when(End(), LI)) == ["ended", "poll_closed", "results_shown"]
    assert names(scene.when(Start(), LI)) == ["started"]


def test_a_question_on_screen_at_the_end_has_been_answered() -> None:
    scene = on_screen()
    assert QuestionMoved(question="q", to="answered") in scene.when(End(), LI)
    doc = scene.doc("question/q")
    assert isinstance(doc, QuestionDoc)
    assert (doc.state, scene.state.cues.now.overlay) == ("answered", None)


def test_an_end_of_which_nothing_was_open_is_an_end() -> None:
    assert given(Started()).when(End(), LI) == (Ended(),)
