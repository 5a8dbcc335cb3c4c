"""Ballot kinds: the rows of each kind, and a contract that every kind must pass.

A new kind needs its rows here: a valid ballot, what cleaning makes of it, choices that are valid and those
that are not, ballots that are refused, and the result of all that is valid.
"""

import random
from typing import NamedTuple, get_args

import msgspec
import pytest

from live.domain.ballots import (
    OPTIONS_MAX,
    Ballot,
    Choice,
    Lean,
    Multiple,
    Numeric,
    Ranking,
    Rating,
    Said,
    Single,
    Tally,
)
from live.domain.base import Code, Rejected
from live.domain.votes import Vote
from tests.domain.scenes import ANN, given, opened

ABC = ("A", "B", "C")
NONSENSE: Choice = (0,) * 5_000
DOZEN = tuple(str(number) for number in range(OPTIONS_MAX))


class Row(NamedTuple):
    given: Ballot
    cleaned: Ballot
    labels: tuple[str, ...]
    good: tuple[tuple[Choice, Choice], ...]  # what is sent, and what is kept of it
    spelled: tuple[str, ...]  # the first of these in words
    bad: tuple[tuple[Choice, Code], ...]
    refused: tuple[tuple[Ballot, Code], ...]
    tally: Tally  # of all these, for everyone
    lean: Lean = ()


KINDS = {
    "single": Row(
        given=Single(options=(" A", "B\x00", "C\u202e")),
        cleaned=Single(options=ABC),
        labels=ABC,
        good=(((0,), (0,)), ((2,), (2,)), ((2,), (2,))),
        spelled=("A",),
        bad=(
            ((0, 1), "too_many_choices"),
            ((-1,), "bad_choice"),
            ((3,), "bad_choice"),
            (("A",), "bad_choice"),
        ),
        refused=(
            (Single(options=()), "bad_ballot"),
            (Single(options=("A",)), "bad_ballot"),
            (Single(options=(*DOZEN, "one more")), "bad_ballot"),
            (Single(options=("A", " A ")), "bad_ballot"),
            (Single(options=("é", "e\u0301")), "bad_ballot"),
            (Single(options=("A", "\u200b")), "empty"),
            (Single(options=("A", "b" * 201)), "too_long"),
        ),
        tally=Tally(counts=(1, 0, 2)),
        lean=(1, 100, 1),
    ),
    "multiple": Row(
        given=Multiple(options=("A ", " B", "C", "D"), max=3, min=2),
        cleaned=Multiple(options=(*ABC, "D"), max=3, min=2),
        labels=(*ABC, "D"),
        good=(((2, 0), (0, 2)), ((0, 1, 3), (0, 1, 3))),
        spelled=("A", "C"),
        bad=(
            ((0, 1, 2, 3), "too_many_choices"),
            ((1,), "too_few_choices"),
            ((1, 1), "bad_choice"),
            ((0, 4), "bad_choice"),
        ),
        refused=(
            (Multiple(options=ABC, max=0), "bad_ballot"),
            (Multiple(options=ABC, max=4), "bad_ballot"),
            (Multiple(options=ABC, max=10**400), "bad_ballot"),
            (Multiple(options=ABC, max=2, min=3), "bad_ballot"),
            (Multiple(options=ABC, max=2, min=0), "bad_ballot"),
            (Multiple(options=("A",), max=1), "bad_ballot"),
            (Multiple(options=("A", "A"), max=1), "bad_ballot"),
            (Multiple(options=("A", ""), max=1), "empty"),
        ),
        tally=Tally(counts=(2, 1, 1, 1)),
    ),
    "rating": Row(
        given=Rating(low=" Poor ", high=" \u3000", steps=4),
        cleaned=Rating(low="Poor", steps=4),
        labels=("1 (Poor)", "2", "3", "4"),
        good=(((0,), (0,)), ((3,), (3,))),
        spelled=("1 (Poor)",),
        bad=(((0, 3), "too_many_choices"), ((4,), "bad_choice"), ((10**400,), "bad_choice")),
        refused=(
            (Rating(low="x" * 201), "too_long"),
            (Rating(high="\u200b"), "empty"),
            (Rating(steps=2), "bad_ballot"),
            (Rating(steps=11), "bad_ballot"),
        ),
        tally=Tally(counts=(1, 0, 0, 1)),
    ),
    "ranking": Row(
        given=Ranking(options=("A ", " B", "C")),
        cleaned=Ranking(options=ABC),
        labels=ABC,
        good=(((2, 0, 1), (2, 0, 1)), ((2, 1, 0), (2, 1, 0)), ((0, 1, 2), (0, 1, 2))),
        spelled=("C", "A", "B"),
        bad=(
            ((0, 1), "bad_choice"),
            ((0, 0, 1), "bad_choice"),
            ((0, 1, 3), "bad_choice"),
            ((0, 1, 2, 0), "bad_choice"),
        ),
        refused=((Ranking(options=("A",)), "bad_ballot"), (Ranking(options=("A", "A")), "bad_ballot")),
        tally=Tally(counts=(1, 0, 2, 6, 7, 5)),
        lean=(1, 5, 9),
    ),
    "numeric": Row(
        given=Numeric(min=-10, max=1_000, unit=" m ", decimals=1),
        cleaned=Numeric(min=-10, max=1_000, unit="m", decimals=1),
        labels=(),
        good=((("52.50",), ("52.5",)), (("-3",), ("-3.0",)), (("+7.1",), ("7.1",)), (("60",), ("60.0",))),
        spelled=("52.5",),
        bad=(
            (("52.55",), "bad_choice"),
            (("1000.1",), "out_of_range"),
            (("-11",), "out_of_range"),
            (("NaN",), "bad_choice"),
            (("inf",), "bad_choice"),
            (("1e3",), "bad_choice"),
            (("1_0",), "bad_choice"),
            (("１",), "bad_choice"),
            (("1", "2"), "bad_choice"),
            ((5,), "bad_choice"),
        ),
        refused=(
            (Numeric(min=1, max=1), "bad_ballot"),
            (Numeric(min=2, max=1), "bad_ballot"),
            (Numeric(min=float("nan"), max=1), "bad_ballot"),
            (Numeric(min=0, max=float("inf")), "bad_ballot"),
            (Numeric(min=0, max=1, decimals=4), "bad_ballot"),
            (Numeric(min=0.5, max=3), "bad_ballot"),
            (Numeric(min=0, max=1, unit="m" * 201), "too_long"),
        ),
        tally=Tally(
            said=(
                Said(text="-10.0 – -0.1", votes=1),
                Said(text="0.0 – 9.9", votes=1),
                *(Said(text=f"{ten}0.0 – {ten}9.9", votes=0) for ten in (1, 2, 3, 4)),
                Said(text="50.0 – 59.9", votes=1),
                Said(text="60.0 – 69.9", votes=1),
            ),
            median="29.8",
        ),
        lean=(50, 10),
    ),
}
CASES = pytest.mark.parametrize("row", KINDS.values(), ids=list(KINDS))


def reason(ballot: Ballot, choice: Choice) -> Code:
    with pytest.raises(Rejected) as caught:
        ballot.taken(choice)
    return caught.value.code


def test_every_kind_has_its_rows() -> None:
    assert list(KINDS) == [kind.__struct_config__.tag for kind in get_args(Ballot)]


@CASES
def test_a_ballot_is_cleaned_once_and_for_all(row: Row) -> None:
    assert row.given.cleaned() == row.cleaned == row.cleaned.cleaned()


@CASES
def test_a_ballot_names_its_options(row: Row) -> None:
    assert row.cleaned.labels() == row.labels
    assert row.cleaned.spelled(row.good[0][1]) == row.spelled


@CASES
def test_a_ballot_that_makes_no_sense_is_refused(row: Row) -> None:
    for ballot, code in row.refused:
        with pytest.raises(Rejected) as caught:
            ballot.cleaned()
        assert caught.value.code == code, ballot


@CASES
def test_a_valid_choice_is_kept_in_one_form(row: Row) -> None:
    for sent, kept in row.good:
        assert row.cleaned.taken(sent) == kept == row.cleaned.taken(kept)


@CASES
def test_a_choice_that_is_not_on_the_ballot_is_refused(row: Row) -> None:
    nowhere: tuple[Choice, ...] = ((), (-(10**400),), NONSENSE, ("",), (0, ""), ("x" * 5_000,))
    for choice in nowhere:
        assert reason(row.cleaned, choice) in {"bad_choice", "empty", "too_long", "too_many_choices"}
    for choice, code in row.bad:
        assert reason(row.cleaned, choice) == code, choice


@CASES
def test_what_is_counted_can_be_taken_back(row: Row) -> None:
    scene = given(*opened(ballot=row.cleaned))
    poll = scene.state.polls.polls[1]
    for n, (sent, _) in enumerate(row.good, start=1):
        scene.when(Vote(poll=1, round=1, n=n, choice=sent), ANN)
    alone = poll.tally(desk=True)
    again = given(*opened(ballot=row.cleaned))
    again.when(Vote(poll=1, round=1, n=1, choice=row.good[-1][0]), ANN)
    assert again.state.polls.polls[1].tally(desk=True) == alone


@CASES
def test_votes_make_a_result(row: Row) -> None:
    counts: dict[int | str, int] = {}
    for _, kept in row.good:
        for mark in row.cleaned.marks(kept) or kept:
            counts[mark] = counts.get(mark, 0) + 1
    assert row.cleaned.tally(counts, {}, desk=False) == row.tally


@CASES
def test_nobody_voted_yet(row: Row) -> None:
    tally = row.cleaned.tally({}, {}, desk=True)
    assert not any(tally.counts)
    assert tally.said == ()
    assert tally.median is None


@CASES
def test_a_ballot_survives_the_log(row: Row) -> None:
    assert msgspec.json.decode(msgspec.json.encode(row.cleaned), type=Ballot) == row.cleaned


@CASES
@pytest.mark.parametrize("leaning", [True, False])
def test_a_guess_is_valid(row: Row, leaning: bool) -> None:
    chance = random.Random(1).random
    for _ in range(200):
        guess = row.cleaned.guess(row.lean if leaning else (), chance)
        assert row.cleaned.taken(guess) == guess


def test_twelve_options_fit() -> None:
    assert len(Single(options=DOZEN).cleaned().labels()) == OPTIONS_MAX


def test_a_guess_leans_the_way_it_is_told() -> None:
    chance = random.Random(2).random
    guesses = [Single(options=ABC).guess((1, 8, 1), chance) for _ in range(1_000)]
    assert 740 < guesses.count((1,)) < 860


def test_a_rating_of_before_has_five_steps() -> None:
    assert msgspec.json.decode(b'{"kind":"rating","low":"Poor"}', type=Ballot) == Rating(low="Poor", steps=5)


@pytest.mark.parametrize(
    ("given", "median"),
    [((1, 2), "1.5"), ((1, 2, 9), "2"), ((-1, -2), "-1.5"), ((3,), "3"), ((-1, 1), "0"), ((0, 0, 0, 9), "0")],
)
def test_half_of_the_numbers_are_below_the_median(given: tuple[int, ...], median: str) -> None:
    counts: dict[int | str, int] = {}
    for each in given:
        counts[str(each)] = counts.get(str(each), 0) + 1
    assert Numeric(min=-10, max=10).tally(counts, {}, desk=False).median == median


@pytest.mark.parametrize("most", [0, 1, 11, 12, 99, 12_345, 10**12])
def test_a_histogram_has_a_few_columns_of_one_width(most: int) -> None:
    said = Numeric(min=0, max=10**12).tally({"0": 1, str(most): 3} if most else {"0": 4}, {}, desk=False).said
    assert len(said) <= 12
    assert sum(each.votes for each in said) == 4
