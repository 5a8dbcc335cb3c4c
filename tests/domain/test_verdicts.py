"""Verdicts: how right one's own answer was, told to its voter alone and only once the result is shown."""

from __future__ import annotations

import pytest

from live.domain import broadcast, life, verdicts
from live.domain.ballots import Ballot, Choice, Multiple, Numeric, Ranking, Single, Spotting, Zone
from live.domain.base import Actor
from live.domain.polls import AddPoll
from live.domain.quiz import Quiz
from live.domain.results import ShowResults
from live.domain.rounds import MyVote
from live.domain.turns import ClosePoll, OpenPoll
from live.domain.verdicts import ReadVote
from live.domain.votes import Vote
from tests.domain.scenes import ANN, BOB, COLOURS, LI, MO, Scene, deck, given

RED = Quiz(right=(0,), points=10)
FOUR = ("A", "B", "C", "D")
HATCH, LADDER = Zone(name="Hatch", points=(0, 0, 10, 10)), Zone(name="Ladder", points=(50, 50, 60, 60))

# ballot, right, choice, verdict, points of ten
ANSWERS: tuple[tuple[Ballot, Choice, Choice, str, int], ...] = (
    (Single(options=FOUR), (1,), (1,), "right", 10),
    (Single(options=FOUR), (1,), (0,), "wrong", 0),
    (Multiple(options=FOUR, max=4), (0, 1), (0, 1), "right", 10),
    (Multiple(options=FOUR, max=4), (0, 1), (0,), "partly", 5),
    (Multiple(options=FOUR, max=4), (0, 1), (0, 2), "wrong", 0),
    (Ranking(options=FOUR), (0, 1, 2, 3), (0, 1, 2, 3), "right", 10),
    (Ranking(options=FOUR), (0, 1, 2, 3), (0, 1, 3, 2), "partly", 7),
    (Ranking(options=FOUR), (0, 1, 2, 3), (3, 2, 1, 0), "wrong", 0),
    (Numeric(min=0, max=100), ("50", "5"), ("46",), "right", 10),
    (Spotting(slide="s", max=2, zones=(HATCH, LADDER)), (), (5, 5, 55, 55), "right", 10),
    (Spotting(slide="s", max=2, zones=(HATCH, LADDER)), (), (5, 5, 30, 30), "partly", 5),
    (Spotting(slide="s", max=2, zones=(HATCH, LADDER)), (), (30, 30), "wrong", 0),
)


def asked(ballot: Ballot = COLOURS, quiz: Quiz | None = RED, *, secret: bool = False) -> Scene:
    scene = given(life.Started(), deck("s"))
    scene.when(AddPoll(title="Which?", ballot=ballot, quiz=quiz, secret=secret), LI)
    scene.when(OpenPoll(poll=1), LI)
    return scene


def vote(scene: Scene, choice: Choice = (0,)) -> None:
    scene.when(Vote(poll=1, round=1, n=1, choice=choice), ANN)


def told(scene: Scene, by: Actor = ANN) -> MyVote | None:
    """What somebody's page is told when it asks, and when it comes back: the same."""
    assert scene.when(ReadVote(poll=1), by) == ()
    answer = broadcast.told(scene.state, ReadVote(poll=1), by)
    assert not isinstance(answer, str)
    assert verdicts.mine(scene.state.polls, by.participant) == ({} if answer is None else {"1": answer})
    return answer


@pytest.mark.parametrize(("ballot", "right", "choice", "verdict", "points"), ANSWERS)
def test_a_voter_is_told_how_right_it_was_and_what_it_has_earned(
    ballot: Ballot, right: Choice, choice: Choice, verdict: str, points: int
) -> None:
    scene = asked(ballot, Quiz(right=right, points=10))
    vote(scene, choice)
    scene.when(ClosePoll(poll=1), MO)
    scene.when(ShowResults(poll=1, shown=True), MO)
    answer = told(scene)
    assert answer is not None
    assert (answer.verdict, answer.points) == (verdict, points)


def test_nobody_is_told_anything_of_it_before_the_result_is_shown() -> None:
    scene = asked()
    vote(scene)
    plain = MyVote(round=1, n=1, choice=(0,))
    assert told(scene) == plain
    scene.when(ShowResults(poll=1, shown=True), MO)
    assert told(scene) == plain, "others still vote"
    scene.when(ShowResults(poll=1, shown=False), MO)
    scene.when(ClosePoll(poll=1), MO)
    assert told(scene) == plain
    scene.when(ShowResults(poll=1, shown=True), MO)
    assert told(scene) == MyVote(round=1, n=1, choice=(0,), verdict="right", points=10)
    assert told(scene, BOB) is None, "Bob has not voted"
    scene.when(ShowResults(poll=1, shown=False), MO)
    assert told(scene) == plain


def test_one_point_for_half_of_it_is_still_only_partly_right() -> None:
    scene = asked(Multiple(options=FOUR, max=4), Quiz(right=(0, 1), points=1))
    vote(scene)
    scene.when(ClosePoll(poll=1), MO)
    scene.when(ShowResults(poll=1, shown=True), MO)
    assert told(scene) == MyVote(round=1, n=1, choice=(0,), verdict="partly", points=1)


@pytest.mark.parametrize(("quiz", "secret"), [(None, False), (RED, True)])
def test_without_a_right_answer_or_a_name_there_is_no_verdict(quiz: Quiz | None, secret: bool) -> None:
    scene = asked(quiz=quiz, secret=secret)
    vote(scene)
    scene.when(ClosePoll(poll=1), MO)
    scene.when(ShowResults(poll=1, shown=True), MO)
    answer = told(scene)
    assert answer is not None
    assert (answer.verdict, answer.points) == (None, None)


def test_a_draft_is_nobody_s_to_ask_for() -> None:
    scene = asked()
    scene.when(AddPoll(title="Next?", ballot=COLOURS), LI)
    assert scene.refused(ReadVote(poll=2), ANN) == "no_such_poll"
    assert scene.refused(ReadVote(poll=9), ANN) == "no_such_poll"
