"""The rows of each kind of ballot, for the contract in `test_ballots`.

A new kind needs its rows here: a valid ballot, what cleaning makes of it, choices that are valid and those
that are not, ballots that are refused, and the result of all that is valid.
"""

from typing import NamedTuple

from live.domain.ballots import (
    OPTIONS_MAX,
    Ballot,
    Choice,
    Cloud,
    Lean,
    Multiple,
    Numeric,
    Ranking,
    Rating,
    Said,
    Single,
    Spotting,
    Tally,
    Wall,
    Zone,
)
from live.domain.base import Code

ABC = ("A", "B", "C")
LADDER = Zone(name="Ladder", points=(5_000, 5_000, 7_000, 5_000, 6_000, 7_000))
# Taps at the top left by two, at 20 % and 60 % by one each, at the bottom right by one: 32 × 18 cells.
HEAT = tuple({0: 2, 3 * 32 + 6: 1, 9 * 32 + 19: 1, 17 * 32 + 31: 1}.get(cell, 0) for cell in range(32 * 18))
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
                *(Said(text=f"{ten}0.0 – {ten}9.9", votes=0) for ten in (7, 8, 9)),
            ),
            median="29.8",
        ),
        lean=(50, 10),
    ),
    "cloud": Row(
        given=Cloud(),
        cleaned=Cloud(max=3),
        labels=(),
        good=(
            (("安全", " PPE\n"), ("安全", "PPE")),
            (("ppe", "ＰＰＥ"), ("PPE",)),
            (("ppe", "stop  work"), ("ppe", "stop work")),
        ),
        spelled=("安全", "PPE"),
        bad=(
            (("a", "b", "c", "d"), "too_many_choices"),
            (("a", " "), "empty"),
            ((), "empty"),
            (("x" * 31,), "too_long"),
            ((1,), "bad_choice"),
        ),
        refused=((Cloud(max=0), "bad_ballot"), (Cloud(max=4), "bad_ballot")),
        tally=Tally(
            said=(
                Said(text="PPE", votes=3),
                Said(text="stop work", votes=1),
                Said(text="安全", votes=1),
            )
        ),
        lean=("安全", "培训", "PPE", "ppe"),
    ),
    "wall": Row(
        given=Wall(moderated=False),
        cleaned=Wall(moderated=False),
        labels=(),
        good=(
            ((" 多培训\n\n少开会 ",), ("多培训 少开会",)),
            (("More light",), ("More light",)),
            (("ＯＫ",), ("OK",)),
        ),
        spelled=("多培训 少开会",),
        bad=(
            (("a", "b"), "too_many_choices"),
            (("\u202e",), "empty"),
            (("x" * 301,), "too_long"),
            ((0,), "bad_choice"),
        ),
        refused=(),
        tally=Tally(
            said=(
                Said(text="OK", votes=1),
                Said(text="More light", votes=1),
                Said(text="多培训 少开会", votes=1),
            )
        ),
        lean=("More light", "Fewer forms"),
    ),
    "spotting": Row(
        given=Spotting(slide="d1p1", max=2, zones=(Zone(name=" Fork ", points=(0, 0, 2_000, 2_000)), LADDER)),
        cleaned=Spotting(slide="d1p1", max=2, zones=(Zone(name="Fork", points=(0, 0, 2_000, 2_000)), LADDER)),
        labels=("Fork", "Ladder"),
        good=(
            ((100, 100, 10_000, 10_000), (100, 100, 10_000, 10_000)),
            ((2_000, 2_000), (2_000, 2_000)),
            ((6_000, 5_500, 101, 101), (6_000, 5_500, 101, 101)),
        ),
        spelled=("1% / 1%", "100% / 100%"),
        bad=(
            ((1,), "bad_choice"),
            ((10_001, 5), "out_of_range"),
            ((-1, 5), "out_of_range"),
            ((1, 1, 2, 2, 3, 3), "too_many_choices"),
            ((1, "1"), "bad_choice"),
        ),
        refused=(
            (Spotting(slide="", max=1), "bad_ballot"),
            (Spotting(slide="s", max=0), "bad_ballot"),
            (Spotting(slide="s", max=11), "bad_ballot"),
            (Spotting(slide="s", max=1, zones=(LADDER, LADDER)), "bad_ballot"),
            (Spotting(slide="s", max=1, zones=(Zone(name="A", points=(1, 2, 3)),)), "bad_ballot"),
            (Spotting(slide="s", max=1, zones=(Zone(name="A", points=(1, 2)),)), "bad_ballot"),
            (Spotting(slide="s", max=1, zones=(Zone(name="A", points=(1, 1, 1, 1)),)), "bad_ballot"),
            (Spotting(slide="s", max=1, zones=(Zone(name="A", points=(0, 0, 1, 10_001)),)), "bad_ballot"),
            (Spotting(slide="s", max=1, zones=(Zone(name=" ", points=(0, 0, 1, 1)),)), "empty"),
        ),
        tally=Tally(counts=(3, 1, *HEAT)),
        lean=(1_000, 1_000, 6_000, 5_500),
    ),
}
