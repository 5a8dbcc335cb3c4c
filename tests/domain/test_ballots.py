"""Ballot kinds: a contract that every kind must pass, and what is special to one."""

import random
from typing import get_args

import msgspec
import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from live.domain.ballots import (
    OPTIONS_MAX,
    Ballot,
    Choice,
    Cloud,
    Numeric,
    Rating,
    Said,
    Single,
    Spotting,
    Wall,
    Zone,
)
from live.domain.ballots.numeric import BINS_MAX
from live.domain.base import Code, Rejected
from live.domain.votes import Vote
from tests.domain.ballot_rows import ABC, DOZEN, KINDS, Row
from tests.domain.scenes import ANN, given, opened

NONSENSE: Choice = (0,) * 5_000
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


def test_a_cloud_stays_small_whatever_is_said() -> None:
    counts: dict[int | str, int] = {f"word {number}": number + 1 for number in range(1_000)}
    said = Cloud().tally(counts, {}, desk=True).said
    assert [each.votes for each in said] == list(range(1_000, 940, -1))


def test_a_word_that_was_taken_away_is_seen_by_the_desk_alone() -> None:
    counts: dict[int | str, int] = {"Damn": 2, "damn": 1, "Safety": 1}
    judged = {"damn": False}
    assert Cloud().tally(counts, judged, desk=False).said == (Said(text="Safety", votes=1),)
    assert Cloud().tally(counts, judged, desk=True).said[0] == Said(text="Damn", votes=3, shown=False)


def test_a_moderated_wall_shows_what_the_desk_let_through_and_the_desk_what_waits() -> None:
    counts: dict[int | str, int] = {"One": 1, "Two": 1, "Three": 1, "Four": 2}
    judged = {"two": True, "four": False}
    assert [each.text for each in Wall().tally(counts, judged, desk=False).said] == ["Two"]
    desk = Wall().tally(counts, judged, desk=True).said
    assert [(each.text, each.shown, each.waits) for each in desk] == [
        ("Four", False, False),
        ("Three", False, True),
        ("Two", True, False),
        ("One", False, True),
    ]


def test_a_wall_stays_small_whatever_is_said() -> None:
    counts: dict[int | str, int] = dict.fromkeys((f"text {number}" for number in range(1_000)), 1)
    said = Wall(moderated=False).tally(counts, {}, desk=False).said
    assert [each.text for each in said] == [f"text {number}" for number in range(999, 979, -1)]


@pytest.mark.parametrize(
    ("x", "y", "holds"),
    [(5_000, 5_000, True), (1, 9_999, True), (0, 0, True), (9_000, 9_100, False), (5_000, 9_000, False)],
)
def test_a_zone_with_a_dent_is_found_where_it_is(x: int, y: int, holds: bool) -> None:
    dented = Zone(name="Dent", points=(0, 0, 10_000, 0, 10_000, 9_000, 5_000, 6_000, 0, 10_000))
    assert dented.holds(x, y) == holds


def test_zones_are_a_secret_until_the_result_is_shown() -> None:
    ballot = Spotting(slide="s", max=2, zones=(Zone(name="Here", points=(0, 0, 9, 9)),))
    assert ballot.public(shown=False) == Spotting(slide="s", max=2)
    assert ballot.public(shown=True) == ballot


@settings(max_examples=60)
@examples(st.lists(st.integers(-500, 3_000), min_size=1, max_size=60))
def test_the_axis_of_a_histogram_changes_in_few_steps_and_no_column_shrinks_between_them(
    numbers: list[int],
) -> None:
    ballot = Numeric(min=-500, max=3_000)
    counts: dict[int | str, int] = {}
    axes: list[tuple[str, ...]] = []
    before: tuple[int, ...] = ()
    for votes, number in enumerate(numbers, 1):
        counts[str(number)] = counts.get(str(number), 0) + 1
        said = ballot.tally(counts, {}, desk=True).said
        axis, now = tuple(each.text for each in said), tuple(each.votes for each in said)
        assert len(said) <= BINS_MAX
        assert sum(now) == votes
        if axes and axis == axes[-1]:
            assert all(more >= less for more, less in zip(now, before, strict=True))
        elif axis not in axes:
            axes.append(axis)
        else:
            pytest.fail("an axis that was left comes back")
        before = now
    assert len(axes) <= 15
