"""Votes in the open round of a poll: changed while it is open, never overwritten by a late retry, counted."""

import pytest

from live.domain import verdicts
from live.domain.ballots import Multiple
from live.domain.life import Started
from live.domain.rounds import MyVote
from live.domain.turns import PollClosed, PollOpened
from live.domain.votes import TallyDoc, Vote, Voted
from tests.domain.scenes import ANN, BOB, CAT, Scene, drafted, given, opened


def vote(n: int, *choice: int, of: int = 1, in_round: int = 1) -> Vote:
    return Vote(poll=of, round=in_round, n=n, choice=choice)


def counts(scene: Scene) -> tuple[int, ...] | None:
    doc = scene.doc("tally/1")
    assert isinstance(doc, TallyDoc)
    return doc.counts


def test_a_vote_is_counted() -> None:
    scene = given(*opened())
    cast = Vote(poll=1, round=1, n=1, choice=(2,), seen_at=1_234)
    assert scene.when(cast, ANN) == (Voted(poll=1, round=1, n=1, choice=(2,), seen_at=1_234),)
    assert scene.doc("tally/1") == TallyDoc(round=1, votes=1, counts=(0, 0, 1))


def test_a_vote_may_be_changed_while_the_round_is_open() -> None:
    scene = given(*opened())
    scene.when(vote(1, 0), ANN)
    scene.when(vote(1, 0), BOB)
    scene.when(vote(2, 2), ANN)
    assert scene.doc("tally/1") == TallyDoc(round=1, votes=2, counts=(1, 0, 1))


@pytest.mark.parametrize("late", [vote(1, 0), vote(2, 0), vote(0, 0), vote(-5, 0)])
def test_a_late_retry_never_overwrites_a_newer_vote(late: Vote) -> None:
    scene = given(*opened())
    scene.when(vote(2, 1), ANN)
    assert scene.when(late, ANN) == ()
    assert counts(scene) == (0, 1, 0)


def test_the_number_of_a_vote_is_each_persons_own() -> None:
    scene = given(*opened())
    scene.when(vote(9, 1), ANN)
    assert scene.when(vote(1, 0), BOB) == (Voted(poll=1, round=1, n=1, choice=(0,)),)


def test_numbers_start_anew_in_a_new_round() -> None:
    scene = given(*opened())
    scene.when(vote(9, 1), ANN)
    scene.happen(PollClosed(poll=1), "mo")
    scene.happen(PollOpened(poll=1, round=2), "mo")
    assert scene.when(vote(1, 0, in_round=2), ANN) == (Voted(poll=1, round=2, n=1, choice=(0,)),)


def test_choices_are_kept_in_order() -> None:
    scene = given(*opened(ballot=Multiple(options=("A", "B", "C"), max=2)))
    assert scene.when(vote(1, 2, 0), ANN) == (Voted(poll=1, round=1, n=1, choice=(0, 2)),)
    assert scene.doc("tally/1") == TallyDoc(round=1, votes=1, counts=(1, 0, 1))


@pytest.mark.parametrize(
    ("cast", "code"),
    [
        (vote(1, 0, of=3), "no_such_poll"),
        (vote(1, 0, of=2), "no_such_poll"),  # a draft: nobody outside the desk may know of it
        (vote(1, 0, of=10**400), "no_such_poll"),
        (vote(1, 0, in_round=2), "other_round"),
        (vote(1, 0, in_round=0), "other_round"),
        (vote(1, 3), "bad_choice"),
        (vote(1, -1), "bad_choice"),
        (vote(1, 10**400), "bad_choice"),
        (vote(1), "bad_choice"),
        (vote(1, 0, 0), "bad_choice"),
        (vote(1, 0, 1), "too_many_choices"),
    ],
)
def test_a_vote_is_refused(cast: Vote, code: str) -> None:
    assert given(*opened(), drafted(2)).refused(cast, ANN) == code


def test_a_vote_for_a_closed_poll_is_refused() -> None:
    assert given(*opened(), PollClosed(poll=1)).refused(vote(1, 0), ANN) == "poll_closed"


def test_a_retry_from_the_round_before_does_not_count_in_this_one() -> None:
    scene = given(*opened(), PollClosed(poll=1), PollOpened(poll=1, round=2))
    assert scene.refused(vote(1, 0), ANN) == "other_round"


def test_everyone_knows_the_own_votes_and_no_others() -> None:
    scene = given(Started(), drafted(1), drafted(2), PollOpened(poll=1, round=1))
    scene.happen(PollOpened(poll=2, round=1), "mo")
    scene.when(vote(1, 2), ANN)
    scene.when(vote(3, 0, of=2), ANN)
    scene.when(vote(1, 1), BOB)
    first = MyVote(round=1, n=1, choice=(2,))
    assert verdicts.mine(scene.state.polls, "ann") == {"1": first, "2": MyVote(round=1, n=3, choice=(0,))}
    assert verdicts.mine(scene.state.polls, CAT.participant) == {}
