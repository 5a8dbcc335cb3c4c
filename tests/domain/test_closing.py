"""Closing a poll: by hand, by the time, and fair to those who see the hall later than it is."""

import pytest

from live.domain import broadcast, life, viewers
from live.domain.base import Rejected
from live.domain.cues import Cued, PollOverlay
from live.domain.life import Started
from live.domain.permits import Command
from live.domain.polls import AddPoll, EditPoll, PollDoc
from live.domain.quiz import Quiz
from live.domain.results import ResultsPromised, ResultsShown, ShowResults
from live.domain.rounds import PollTurn
from live.domain.turns import (
    AWAY_MS,
    BACK_MS,
    ClosePoll,
    ExtendPoll,
    OpenPoll,
    PollClosed,
    PollExtended,
    PollOpened,
    PollReopened,
    ReopenPoll,
    RerunPoll,
)
from live.domain.votes import CLOCK_MS, TallyDoc, Vote, Voted
from tests.domain.scenes import ANN, BOB, COLOURS, MO, SECOND, Scene, given, opened

BEHIND = 8 * SECOND
WAIT = BEHIND + viewers.WAY_MS


def timed(seconds: int = 20, **rules: object) -> Scene:
    """A poll that has just been opened for so long."""
    scene = given(Started())
    scene.when(AddPoll(title="Which?", ballot=COLOURS, seconds=seconds, **rules), MO)  # type: ignore[arg-type]
    scene.when(OpenPoll(poll=1), MO)
    return scene


def watched(scene: Scene, behind: int = BEHIND, rung: viewers.Rung = "playlist") -> Scene:
    """Somebody follows by the stream."""
    scene.passing(viewers.Watch(connection=f"{rung}{behind}", rung=rung, behind_ms=behind))
    return scene


def doc(scene: Scene) -> PollDoc:
    found = scene.doc("poll/1", "attendee")
    assert isinstance(found, PollDoc)
    return found


def strike(scene: Scene) -> tuple[broadcast.Event, ...]:
    """The clock comes to what is due next."""
    due = broadcast.due(scene.state)
    assert due is not None
    scene.now = due
    return scene.notice(life.Due())


def vote(seen_at: int | None = None, n: int = 1, option: int = 0) -> Vote:
    return Vote(poll=1, round=1, n=n, choice=(option,), seen_at=seen_at)


# Turns ----------------------------------------------------------------------------------------


def test_the_life_of_a_poll_is_told_in_turns() -> None:
    scene = given(*opened(), ResultsShown(poll=1, shown=True), PollClosed(poll=1), PollReopened(poll=1))
    start = doc(scene).opened_at or 0
    assert doc(scene).turns == (
        PollTurn(at=start, state="open", round=1, shown=False),
        PollTurn(at=start + SECOND, state="open", round=1, shown=True),
        PollTurn(at=start + 2 * SECOND, state="closed", round=1, shown=True, told=True),
        PollTurn(at=start + 3 * SECOND, state="open", round=1, shown=True),
    )


def test_a_clock_that_was_set_back_does_not_reorder_the_turns() -> None:
    scene = given(*opened())
    scene.now -= 60 * SECOND
    scene.when(ClosePoll(poll=1), MO)
    assert [turn.at for turn in doc(scene).turns] == [doc(scene).opened_at] * 2


# By the time ----------------------------------------------------------------------------------


def test_a_poll_closes_by_itself_at_the_very_moment() -> None:
    scene = timed(20)
    opened_at = doc(scene).opened_at or 0
    assert broadcast.due(scene.state) == doc(scene).closes_at == opened_at + 20 * SECOND
    scene.now = opened_at + 20 * SECOND + AWAY_MS  # the alarm was late
    assert scene.notice(life.Due()) == (PollClosed(poll=1, closed_at=opened_at + 20 * SECOND),)
    assert (doc(scene).state, doc(scene).closed_at) == ("closed", opened_at + 20 * SECOND)
    assert broadcast.due(scene.state) is None
    assert scene.notice(life.Due()) == ()


def test_nothing_happens_before_it_is_due() -> None:
    scene = timed(20)
    scene.now = (doc(scene).closes_at or 0) - 1
    assert scene.notice(life.Due()) == ()
    assert doc(scene).state == "open"


def test_a_vote_after_the_time_is_late_though_nobody_has_noticed_it_yet() -> None:
    scene = timed(20)
    scene.now = doc(scene).closes_at or 0
    assert scene.when(vote(), ANN)
    scene.now = (doc(scene).closes_at or 0) + 1
    assert scene.refused(vote(n=2), ANN) == "poll_closed"
    assert scene.refused(ExtendPoll(poll=1, seconds=30), MO) == "poll_not_open"


def test_somebody_who_closes_too_late_closes_at_the_time() -> None:
    scene = timed(20)
    closes_at = doc(scene).closes_at
    scene.now = (closes_at or 0) + 1
    assert scene.when(ClosePoll(poll=1), MO) == (PollClosed(poll=1, closed_at=closes_at),)


def test_when_the_server_was_away_at_the_close_phones_may_come_back_with_their_votes() -> None:
    scene = timed(20)
    closes_at = doc(scene).closes_at or 0
    scene.now = closes_at + 60 * SECOND
    until = scene.now + BACK_MS
    assert scene.notice(life.Due()) == (PollClosed(poll=1, closed_at=closes_at, until=until),)
    scene.now = until
    assert scene.when(vote(seen_at=closes_at), ANN)
    assert scene.refused(vote(seen_at=closes_at + SECOND), BOB) == "poll_closed"


def test_more_time_is_given() -> None:
    scene = timed(20)
    closes_at = (doc(scene).closes_at or 0) + 30 * SECOND
    assert scene.when(ExtendPoll(poll=1, seconds=30), MO) == (PollExtended(poll=1, closes_at=closes_at),)
    assert broadcast.due(scene.state) == closes_at
    assert doc(scene).turns[-1] == PollTurn(
        at=scene.now, state="open", round=1, shown=False, closes_at=closes_at
    )


def test_a_poll_without_a_limit_gets_one() -> None:
    scene = given(*opened())
    closes_at = scene.now + 30 * SECOND
    assert scene.when(ExtendPoll(poll=1, seconds=30), MO) == (PollExtended(poll=1, closes_at=closes_at),)


def test_a_reopened_poll_waits_for_somebody_to_close_it() -> None:
    scene = timed(20)
    strike(scene)
    scene.when(ReopenPoll(poll=1), MO)
    assert (doc(scene).closes_at, broadcast.due(scene.state)) == (None, None)
    assert scene.refused(ReopenPoll(poll=9), MO) == "no_such_poll"


@pytest.mark.parametrize(("seconds", "taken"), [(None, 20), (0, None), (60, 60)])
def test_the_limit_may_be_another_at_the_opening(seconds: int | None, taken: int | None) -> None:
    scene = given(Started())
    scene.when(AddPoll(title="Which?", ballot=COLOURS, seconds=20), MO)
    on_stage = Cued(overlay=PollOverlay(poll=1))
    assert scene.when(OpenPoll(poll=1, seconds=seconds), MO) == (
        PollOpened(poll=1, round=1, seconds=taken),
        on_stage,
    )
    scene.when(ClosePoll(poll=1), MO)
    again = scene.when(RerunPoll(poll=1, seconds=seconds), MO)
    assert again == (PollOpened(poll=1, round=2, seconds=taken),)  # it is on stage already


@pytest.mark.parametrize(
    "command",
    [
        AddPoll(title="Which?", ballot=COLOURS, seconds=4),
        EditPoll(poll=1, title="Which?", ballot=COLOURS, seconds=3_601),
        OpenPoll(poll=1, seconds=-1),
        OpenPoll(poll=1, seconds=10**400),
    ],
)
def test_a_limit_is_refused(command: Command) -> None:
    scene = given(Started())
    scene.when(AddPoll(title="Which?", ballot=COLOURS), MO)
    assert scene.refused(command, MO) == "out_of_range"


def test_more_time_is_refused() -> None:
    scene = timed(20)
    for seconds in (0, -30, 3_601):
        assert scene.refused(ExtendPoll(poll=1, seconds=seconds), MO) == "out_of_range"
    strike(scene)
    assert scene.refused(ExtendPoll(poll=1, seconds=30), MO) == "poll_not_open"


# Fair to those who are behind ------------------------------------------------------------------


def test_nobody_is_waited_for_where_nobody_is_behind() -> None:
    paused, room = watched(given(*opened()), 90 * SECOND), watched(given(*opened()), 500, "now")
    for scene in (given(*opened()), paused, room):
        assert scene.when(ClosePoll(poll=1), MO) == (PollClosed(poll=1),)
        assert doc(scene).until is None
        assert scene.refused(vote(seen_at=scene.now), ANN) == "poll_closed"


def test_a_close_waits_for_the_slowest_viewer_and_no_longer_than_a_hall_would() -> None:
    scene = watched(watched(given(*opened())), 3 * SECOND, "site")
    assert scene.when(ClosePoll(poll=1), MO) == (PollClosed(poll=1, until=scene.now - SECOND + WAIT),)
    slow = watched(given(*opened()), viewers.LONGEST_MS)
    (closed,) = slow.when(ClosePoll(poll=1), MO)
    assert closed == PollClosed(poll=1, until=slow.now - SECOND + viewers.LONGEST_MS + viewers.WAY_MS)


def test_who_is_behind_votes_in_their_own_time() -> None:
    scene = watched(given(*opened()))
    scene.when(ClosePoll(poll=1), MO)
    closed_at, until = doc(scene).closed_at or 0, doc(scene).until or 0
    scene.now = until
    assert scene.when(vote(seen_at=closed_at + CLOCK_MS), ANN)
    assert scene.doc("tally/1") == TallyDoc(round=1, votes=1, counts=(1, 0, 0))
    assert scene.refused(vote(seen_at=closed_at + CLOCK_MS + 1), BOB) == "poll_closed"
    assert scene.refused(vote(), BOB) == "poll_closed"
    scene.now = until + 1
    assert scene.refused(vote(seen_at=closed_at), BOB) == "poll_closed"


def test_a_new_round_waits_for_the_votes_of_the_last() -> None:
    scene = watched(given(*opened()))
    scene.when(ClosePoll(poll=1), MO)
    with pytest.raises(Rejected) as caught:
        scene.when(RerunPoll(poll=1), MO)
    assert (caught.value.code, caught.value.retry_ms) == ("votes_coming", (doc(scene).until or 0) - scene.now)
    scene.now = doc(scene).until or 0
    assert PollOpened(poll=1, round=2) in scene.when(RerunPoll(poll=1), MO)


def test_a_close_is_undone_while_it_waits() -> None:
    scene = watched(timed(results="close"))
    scene.when(ClosePoll(poll=1), MO)
    scene.when(ReopenPoll(poll=1), MO)
    assert (doc(scene).state, doc(scene).until, doc(scene).promised) == ("open", None, False)
    assert broadcast.due(scene.state) is None


# Results --------------------------------------------------------------------------------------


def test_a_result_that_is_shown_too_early_comes_when_the_wait_is_over() -> None:
    scene = watched(given(*opened(), (BOB, Voted(poll=1, round=1, n=1, choice=(2,)))))
    scene.when(ClosePoll(poll=1), MO)
    until = doc(scene).until or 0
    assert scene.when(ShowResults(poll=1, shown=True), MO) == (ResultsPromised(poll=1, promised=True),)
    assert scene.when(ShowResults(poll=1, shown=True), MO) == ()
    for audience in ("attendee", "screen"):
        assert scene.doc("tally/1", audience) == TallyDoc(round=1, votes=1)
    scene.when(vote(seen_at=doc(scene).closed_at), ANN)
    assert strike(scene) == (ResultsShown(poll=1, shown=True, since=until),)
    assert doc(scene).turns[-1] == PollTurn(at=until, state="closed", round=1, shown=True, told=True)
    assert scene.doc("tally/1", "screen") == TallyDoc(round=1, votes=2, counts=(1, 0, 1))


def test_what_is_right_is_told_when_those_who_are_behind_have_voted_too() -> None:
    scene = watched(timed(quiz=Quiz(right=(0,))))
    scene.when(ShowResults(poll=1, shown=True), MO)
    assert doc(scene).shown
    assert doc(scene).quiz == Quiz()  # others' votes are seen, the answer is not
    strike(scene)
    assert (doc(scene).shown, doc(scene).promised, doc(scene).quiz) == (False, True, Quiz())
    strike(scene)
    assert (doc(scene).shown, doc(scene).quiz) == (True, Quiz(right=(0,)))
    assert [(turn.shown, turn.told) for turn in doc(scene).turns] == [
        (False, False),
        (True, False),  # people are asked, or seen to be asked by those who are behind
        (False, False),
        (True, True),
    ]


def test_the_answer_is_told_at_once_where_nobody_is_behind() -> None:
    scene = timed(quiz=Quiz(right=(0,)))
    scene.when(ShowResults(poll=1, shown=True), MO)
    strike(scene)
    assert (doc(scene).shown, doc(scene).quiz) == (True, Quiz(right=(0,)))


def test_a_promise_is_taken_back() -> None:
    scene = watched(given(*opened()))
    scene.when(ClosePoll(poll=1), MO)
    scene.when(ShowResults(poll=1, shown=True), MO)
    assert scene.when(ShowResults(poll=1, shown=False), MO) == (ResultsPromised(poll=1, promised=False),)
    assert scene.when(ShowResults(poll=1, shown=False), MO) == ()
    assert broadcast.due(scene.state) is None


def test_a_result_is_shown_all_the_time_if_that_was_chosen() -> None:
    scene = timed(results="live")
    scene.when(vote(), ANN)
    assert scene.doc("tally/1", "attendee") == TallyDoc(round=1, votes=1, counts=(1, 0, 0))
    assert strike(scene) == (PollClosed(poll=1, closed_at=doc(scene).closed_at),)
    assert doc(scene).shown


def test_a_result_is_shown_at_the_close_if_that_was_chosen() -> None:
    scene = timed(results="close")
    assert not doc(scene).shown
    assert scene.when(ClosePoll(poll=1), MO)[1:] == (ResultsShown(poll=1, shown=True),)


def test_a_result_at_the_close_comes_after_the_wait() -> None:
    scene = watched(timed(results="close"))
    strike(scene)
    assert (doc(scene).shown, doc(scene).promised) == (False, True)
    until = doc(scene).until
    assert strike(scene) == (ResultsShown(poll=1, shown=True, since=until),)
    assert doc(scene).turns[-1].at == until
    assert broadcast.due(scene.state) is None
