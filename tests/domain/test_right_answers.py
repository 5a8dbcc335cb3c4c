"""Right answers: what each kind takes as one, and how right a choice is."""

from __future__ import annotations

from typing import get_args

import pytest

from live.domain.ballots import (
    Ballot,
    Choice,
    Cloud,
    Multiple,
    Numeric,
    Ranking,
    Rating,
    Single,
    Spotting,
    Wall,
    Zone,
)
from live.domain.base import Rejected

ABC = ("A", "B", "C")
SINGLE, MULTIPLE, RANKING = Single(options=ABC), Multiple(options=(*ABC, "D"), max=3), Ranking(options=ABC)
METRES = Numeric(min=0, max=200, unit="m", decimals=1)
LEFT = Zone(name="Left", points=(0, 0, 4_000, 10_000))
RIGHT = Zone(name="Right", points=(6_000, 0, 10_000, 10_000))
ZONES = (LEFT, RIGHT)
PICTURE = Spotting(slide="s", max=3, zones=ZONES)
QUIZZED = (SINGLE, MULTIPLE, RANKING, METRES, PICTURE)
OPINIONS = (Rating(), Cloud(max=3), Wall())


def test_every_kind_can_be_right_or_is_an_opinion() -> None:
    assert {type(each) for each in (*QUIZZED, *OPINIONS)} == set(get_args(Ballot))


@pytest.mark.parametrize(
    ("ballot", "said", "kept"),
    [
        (SINGLE, (1,), (1,)),
        (MULTIPLE, (2, 0), (0, 2)),
        (RANKING, (2, 0, 1), (2, 0, 1)),
        (METRES, ("52.50",), ("52.5", "0.0")),
        (METRES, ("52.5", "3"), ("52.5", "3.0")),
        (PICTURE, (), ()),
    ],
)
def test_a_right_answer_is_kept_as_a_choice_would_be(ballot: Ballot, said: Choice, kept: Choice) -> None:
    assert ballot.answer(said) == kept == ballot.answer(kept)


@pytest.mark.parametrize(
    ("ballot", "said"),
    [
        (SINGLE, ()),
        (SINGLE, (3,)),
        (SINGLE, (0, 1)),
        (MULTIPLE, ()),
        (MULTIPLE, (0, 1, 2, 3)),
        (RANKING, (0, 1)),
        (METRES, ("far",)),
        (METRES, ("52", "-3")),
        (METRES, ("52", "3", "1")),
        (METRES, ("201",)),
        (PICTURE, (1,)),
        (Spotting(slide="s", max=3), ()),
        *((opinion, (0,)) for opinion in OPINIONS),
    ],
)
def test_what_is_no_answer_is_refused(ballot: Ballot, said: Choice) -> None:
    with pytest.raises(Rejected):
        ballot.answer(said)


@pytest.mark.parametrize(
    ("ballot", "choice", "right", "score"),
    [
        (SINGLE, (1,), (1,), 1),
        (SINGLE, (0,), (1,), 0),
        (MULTIPLE, (0, 2), (0, 2), 1),
        (MULTIPLE, (0,), (0, 2), 0.5),
        (MULTIPLE, (0, 1, 2), (0, 2), 0.5),
        (MULTIPLE, (1, 3), (0, 2), 0),
        (RANKING, (2, 0, 1), (2, 0, 1), 1),
        (RANKING, (2, 1, 0), (2, 0, 1), pytest.approx(1 / 3)),
        (RANKING, (1, 0, 2), (2, 0, 1), 0),
        (METRES, ("55.5",), ("52.5", "3.0"), 1),
        (METRES, ("55.6",), ("52.5", "3.0"), 0),
        (PICTURE, (100, 100, 9_000, 9_000), (), 1),
        (PICTURE, (100, 100, 200, 200), (), 0.5),
        (PICTURE, (5_000, 5_000), (), 0),
    ],
)
def test_a_choice_is_as_right_as_it_is(ballot: Ballot, choice: Choice, right: Choice, score: float) -> None:
    assert ballot.score(ballot.taken(choice), right) == score


def test_who_may_tap_less_often_than_there_are_zones_can_still_find_all_that_is_asked() -> None:
    assert Spotting(slide="s", max=1, zones=ZONES).score((100, 100), ()) == 1
