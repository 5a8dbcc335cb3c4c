"""Ballot kinds: the rows of each kind, and a contract that every kind must pass.

A new kind needs its rows here: a valid ballot, what cleaning makes of it, choices that are valid and those
that are not, and ballots that are refused.
"""

from typing import NamedTuple, get_args

import msgspec
import pytest

from live.domain.ballots import OPTIONS_MAX, Ballot, Choice, Multiple, Rating, Single, count
from live.domain.base import Code, Rejected

ABC = ("A", "B", "C")
DOZEN = tuple(str(number) for number in range(OPTIONS_MAX))


class Kind(NamedTuple):
    given: Ballot
    cleaned: Ballot
    size: int
    good: tuple[Choice, ...]
    bad: tuple[tuple[Choice, Code], ...]
    refused: tuple[tuple[Ballot, Code], ...]


KINDS = {
    "single": Kind(
        given=Single(options=(" A", "B\x00", "C\u202e")),
        cleaned=Single(options=ABC),
        size=3,
        good=((0,), (2,)),
        bad=(((0, 1), "too_many_choices"),),
        refused=(
            (Single(options=()), "bad_ballot"),
            (Single(options=("A",)), "bad_ballot"),
            (Single(options=(*DOZEN, "one more")), "bad_ballot"),
            (Single(options=("A", " A ")), "bad_ballot"),
            (Single(options=("é", "e\u0301")), "bad_ballot"),
            (Single(options=("A", "\u200b")), "empty"),
            (Single(options=("A", "b" * 201)), "too_long"),
        ),
    ),
    "multiple": Kind(
        given=Multiple(options=("A ", " B", "C"), max=2),
        cleaned=Multiple(options=ABC, max=2),
        size=3,
        good=((0,), (0, 1), (2, 0)),
        bad=(((0, 1, 2), "too_many_choices"), ((1, 1), "bad_choice")),
        refused=(
            (Multiple(options=ABC, max=0), "bad_ballot"),
            (Multiple(options=ABC, max=4), "bad_ballot"),
            (Multiple(options=ABC, max=10**400), "bad_ballot"),
            (Multiple(options=("A",), max=1), "bad_ballot"),
            (Multiple(options=("A", "A"), max=1), "bad_ballot"),
            (Multiple(options=("A", ""), max=1), "empty"),
        ),
    ),
    "rating": Kind(
        given=Rating(low=" Poor ", high=" \u3000"),
        cleaned=Rating(low="Poor"),
        size=5,
        good=((0,), (4,)),
        bad=(((0, 4), "too_many_choices"),),
        refused=((Rating(low="x" * 201), "too_long"), (Rating(high="\u200b"), "empty")),
    ),
}
CASES = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


def reason(ballot: Ballot, choice: Choice) -> Code:
    with pytest.raises(Rejected) as caught:
        ballot.check(choice)
    return caught.value.code


def test_every_kind_has_its_rows() -> None:
    assert list(KINDS) == [kind.__struct_config__.tag for kind in get_args(Ballot)]


@CASES
def test_a_ballot_is_cleaned_once_and_for_all(kind: Kind) -> None:
    assert kind.given.cleaned() == kind.cleaned == kind.cleaned.cleaned()


@CASES
def test_a_ballot_has_a_size(kind: Kind) -> None:
    assert kind.cleaned.size() == kind.size


@CASES
def test_a_ballot_that_makes_no_sense_is_refused(kind: Kind) -> None:
    for ballot, code in kind.refused:
        with pytest.raises(Rejected) as caught:
            ballot.cleaned()
        assert caught.value.code == code, ballot


@CASES
def test_a_valid_choice_is_accepted(kind: Kind) -> None:
    for choice in kind.good:
        kind.cleaned.check(choice)


@CASES
def test_a_choice_that_is_not_on_the_ballot_is_refused(kind: Kind) -> None:
    nowhere: tuple[Choice, ...] = ((), (-1,), (kind.size,), (0, 0), (10**400,), tuple(range(5_000)))
    for choice in nowhere:
        assert reason(kind.cleaned, choice) == "bad_choice"
    for choice, code in kind.bad:
        assert reason(kind.cleaned, choice) == code


@CASES
def test_what_is_counted_can_be_taken_back(kind: Kind) -> None:
    counts = [0] * kind.size
    for choice in kind.good:
        count(kind.cleaned, counts, choice, 1)
    assert sum(counts) == sum(len(choice) for choice in kind.good)
    for choice in kind.good:
        count(kind.cleaned, counts, choice, -1)
    assert counts == [0] * kind.size


@CASES
def test_a_ballot_survives_the_log(kind: Kind) -> None:
    assert msgspec.json.decode(msgspec.json.encode(kind.cleaned), type=Ballot) == kind.cleaned


def test_twelve_options_fit() -> None:
    assert Single(options=DOZEN).cleaned().size() == OPTIONS_MAX
