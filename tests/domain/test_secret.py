"""Secret votes: who and what are two events, nobody votes twice, and nothing can be changed."""

import pytest

from live.domain import broadcast, sight, verdicts
from live.domain.ballots import Spotting, Wall, Zone
from live.domain.base import AUDIENCES
from live.domain.life import Started
from live.domain.polls import AddPoll, PollAdded
from live.domain.results import ResultsShown, ShowResults
from live.domain.rounds import FormerRound, MyVote
from live.domain.secret import BallotCast, VoterTicked
from live.domain.turns import ClosePoll, OpenPoll, ReopenPoll, RerunPoll
from live.domain.votes import TallyDoc, Vote
from tests.domain.scenes import ANN, BOB, COLOURS, MO, Scene, given


@pytest.fixture
def scene() -> Scene:
    scene = given(Started())
    scene.when(AddPoll(title="Which?", ballot=COLOURS, secret=True), MO)
    scene.when(OpenPoll(poll=1), MO)
    return scene


def vote(option: int, n: int = 1, number: int = 1) -> Vote:
    return Vote(poll=1, round=number, n=n, choice=(option,), seen_at=1_234)


def counted(scene: Scene) -> TallyDoc:
    """What the desk is told at the end."""
    scene.when(ClosePoll(poll=1), MO)
    scene.when(ShowResults(poll=1, shown=True), MO)
    doc = scene.doc("tally/1", "desk")
    assert isinstance(doc, TallyDoc)
    return doc


def test_who_and_what_are_two_events_with_nothing_in_common(scene: Scene) -> None:
    assert scene.when(vote(2), ANN) == (
        VoterTicked(poll=1, round=1, voter="ann"),
        BallotCast(poll=1, round=1, choice=(2,)),
    )
    assert [stamp.actor for event, stamp in scene.log if broadcast.unlinked(event)] == [None, None]
    assert counted(scene) == TallyDoc(round=1, votes=1, counts=(0, 0, 1))


def test_a_secret_vote_is_final(scene: Scene) -> None:
    scene.when(vote(2), ANN)
    for again in (vote(2), vote(0, n=2)):
        assert scene.refused(again, ANN) == "voted_already"
    assert counted(scene) == TallyDoc(round=1, votes=1, counts=(0, 0, 1))


def test_it_has_one_result_since_of_two_the_difference_is_somebodys_vote(scene: Scene) -> None:
    scene.when(vote(2), ANN)
    assert scene.refused(ShowResults(poll=1, shown=True), MO) == "poll_open"
    scene.when(ClosePoll(poll=1), MO)
    for audience in AUDIENCES:
        assert scene.doc("tally/1", audience) == TallyDoc(round=1, votes=1), "the desk could reopen it"
    scene.when(ReopenPoll(poll=1), MO)
    scene.when(vote(1), BOB)
    assert counted(scene) == TallyDoc(round=1, votes=2, counts=(0, 1, 1))
    scene.when(ShowResults(poll=1, shown=False), MO)
    assert scene.refused(ReopenPoll(poll=1), MO) == "round_over", "it has been seen"
    assert scene.doc("tally/1", "desk") == TallyDoc(round=1, votes=2, counts=(0, 1, 1))
    scene.when(RerunPoll(poll=1), MO)
    scene.when(vote(0, number=2), ANN)
    assert getattr(scene.doc("tally/1"), "counts", ()) is None, "and the next one has its own"


def test_it_is_not_drafted_to_show_votes_as_they_come() -> None:
    growing = AddPoll(title="Which?", ballot=COLOURS, secret=True, results="live")
    assert given(Started()).refused(growing, MO) == "bad_ballot"
    scene = given(Started(), PollAdded(poll=1, title="Which?", ballot=COLOURS, secret=True, results="live"))
    scene.when(OpenPoll(poll=1), MO)  # it was drafted when that was possible
    scene.when(vote(2), ANN)
    assert scene.doc("tally/1", "attendee") == TallyDoc(round=1, votes=1)
    assert ResultsShown(poll=1, shown=True) in scene.when(ClosePoll(poll=1), MO)


def test_what_is_written_in_secret_the_desk_reads_as_it_comes() -> None:
    scene = given(Started())
    scene.when(AddPoll(title="What did you see?", ballot=Wall(), secret=True), MO)
    scene.when(OpenPoll(poll=1), MO)
    scene.when(Vote(poll=1, round=1, n=1, choice=("A fork",)), ANN)
    assert [len(getattr(scene.doc("tally/1", each), "said", ())) for each in AUDIENCES] == [0, 0, 1]


def test_a_voter_is_told_that_they_voted_and_not_what(scene: Scene) -> None:
    scene.when(vote(2), ANN)
    assert verdicts.mine(scene.state.polls, "ann") == {"1": MyVote(round=1, n=0, choice=())}
    assert verdicts.mine(scene.state.polls, "bob") == {}


def test_a_new_round_is_another_vote_and_the_log_gives_the_same_whatever_comes_first(scene: Scene) -> None:
    for who in (ANN, BOB):
        scene.when(vote(1), who)
    scene.when(ClosePoll(poll=1), MO)
    scene.when(RerunPoll(poll=1), MO)
    scene.when(vote(0, number=2), ANN)
    told = TallyDoc(
        round=2, votes=1, counts=(1, 0, 0), former=(FormerRound(round=1, votes=2, counts=(0, 2, 0)),)
    )
    assert counted(scene) == told
    assert sight.view(scene.folded(), "tally/1", "desk") == told


def test_a_choice_counts_for_its_marks() -> None:
    scene = given(Started())
    fork = Zone(name="Fork", points=(0, 0, 5_000, 5_000))
    scene.when(AddPoll(title="Where?", ballot=Spotting(slide="s", max=2, zones=(fork,)), secret=True), MO)
    scene.when(OpenPoll(poll=1), MO)
    scene.when(Vote(poll=1, round=1, n=1, choice=(100, 100)), ANN)
    assert (counted(scene).counts or ())[0] == 1
