"""Secret votes: who and what are two events, nobody votes twice, and nothing can be changed."""

import pytest

from live.domain import broadcast, verdicts
from live.domain.ballots import Spotting, Zone
from live.domain.life import Started
from live.domain.polls import AddPoll
from live.domain.rounds import FormerRound, MyVote
from live.domain.secret import BallotCast, VoterTicked
from live.domain.turns import ClosePoll, OpenPoll, RerunPoll
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


def test_who_and_what_are_two_events_with_nothing_in_common(scene: Scene) -> None:
    assert scene.when(vote(2), ANN) == (
        VoterTicked(poll=1, round=1, voter="ann"),
        BallotCast(poll=1, round=1, choice=(2,)),
    )
    assert [stamp.actor for event, stamp in scene.log if broadcast.unlinked(event)] == [None, None]
    assert scene.doc("tally/1") == TallyDoc(round=1, votes=1, counts=(0, 0, 1))


def test_a_secret_vote_is_final(scene: Scene) -> None:
    scene.when(vote(2), ANN)
    for again in (vote(2), vote(0, n=2)):
        assert scene.refused(again, ANN) == "voted_already"
    assert scene.doc("tally/1") == TallyDoc(round=1, votes=1, counts=(0, 0, 1))


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
    assert scene.doc("tally/1") == told
    assert broadcast.view(scene.folded(), "tally/1", "desk") == told


def test_a_choice_counts_for_its_marks() -> None:
    scene = given(Started())
    fork = Zone(name="Fork", points=(0, 0, 5_000, 5_000))
    scene.when(AddPoll(title="Where?", ballot=Spotting(slide="s", max=2, zones=(fork,)), secret=True), MO)
    scene.when(OpenPoll(poll=1), MO)
    scene.when(Vote(poll=1, round=1, n=1, choice=(100, 100)), ANN)
    doc = scene.doc("tally/1")
    assert isinstance(doc, TallyDoc)
    assert (doc.counts or ())[0] == 1
