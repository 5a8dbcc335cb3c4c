"""What each audience sees of a broadcast: which docs there are, and what may wait to be shown."""

from typing import get_args

import pytest

from live.domain import broadcast, known, sight
from live.domain.attendance import Arrived, Left, Looked, Renamed, Restarted
from live.domain.base import AUDIENCES, Audience
from live.domain.cues import Cued
from live.domain.life import Started
from live.domain.questions import QuestionAsked, QuestionUpvoted, QuestionWithdrawn
from live.domain.votes import Vote, Voted
from live.reference import DOCS
from tests.domain.scenes import ANN, BOB, deck, fresh, given, names, opened

ASKED = QuestionAsked(question="q", text="Why?", anonymous=False, pending=False)
CALM = {"voted", "question_upvoted", "question_asked", "arrived", "left", "looked", "restarted", "renamed"}


def test_what_counts_may_wait_for_a_tick_and_everything_else_goes_at_once() -> None:
    calm: set[broadcast.Event] = {
        Voted(poll=1, round=1, n=1, choice=(0,)),
        QuestionUpvoted(question="q", on=True),
        ASKED,
        Arrived(connection="c", role="attendee"),
        Left(connection="c"),
        Looked(connection="c", visible=True),
        Restarted(until=1),
        Renamed(participant="ann"),
    }
    assert all(sight.calm(event) for event in calm)
    assert set(names(calm)) == CALM
    urgent: tuple[broadcast.Event, ...] = (Started(), Cued(), QuestionWithdrawn(question="q", anonymous=True))
    assert not any(sight.calm(event) for event in urgent)


def test_every_kind_of_doc_is_written_down() -> None:
    assert set(DOCS.values()) == set(get_args(known.Doc))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_log_gives_the_same_docs_again(audience: Audience) -> None:
    scene = given(*opened(), deck("one", "two"), (ANN, ASKED), (BOB, QuestionUpvoted(question="q", on=True)))
    scene.when(Vote(poll=1, round=1, n=1, choice=(1,)), ANN)
    assert fresh(scene.folded(), audience) == fresh(scene.state, audience)
