"""Ballot kinds: what can be asked in a poll, which choices are valid, and how they are counted.

A kind is one class here, one file in `static/ballots/` and its rows in
`tests/domain/test_ballots.py`; nothing else knows how many kinds there are. A
choice is a tuple of option numbers counted from 0. A ballot never knows who voted.
"""

from __future__ import annotations

from .base import TITLE_LIMIT, Rejected, Struct, clean

Choice = tuple[int, ...]

OPTIONS_MIN = 2
OPTIONS_MAX = 12  # more do not fit a phone without scrolling, nor a screen in type for 20 m
RATING_STEPS = 5


class Single(Struct, tag="single", tag_field="kind"):
    """Choose exactly one option."""

    options: tuple[str, ...]

    def cleaned(self) -> Single:
        return Single(options=_options(self.options))

    def size(self) -> int:
        return len(self.options)

    def check(self, choice: Choice) -> None:
        _within(choice, self.size(), 1)


class Multiple(Struct, tag="multiple", tag_field="kind"):
    """Choose up to `max` options."""

    options: tuple[str, ...]
    max: int

    def cleaned(self) -> Multiple:
        options = _options(self.options)
        if not 1 <= self.max <= len(options):
            raise Rejected("bad_ballot")
        return Multiple(options=options, max=self.max)

    def size(self) -> int:
        return len(self.options)

    def check(self, choice: Choice) -> None:
        _within(choice, self.size(), self.max)


class Rating(Struct, tag="rating", tag_field="kind"):
    """Rate from 1 to 5; option 0 stands for 1. `low` and `high` label the ends."""

    low: str = ""
    high: str = ""

    def cleaned(self) -> Rating:
        return Rating(low=_label(self.low), high=_label(self.high))

    def size(self) -> int:
        return RATING_STEPS

    def check(self, choice: Choice) -> None:
        _within(choice, self.size(), 1)


Ballot = Single | Multiple | Rating


def count(ballot: Ballot, counts: list[int], choice: Choice, by: int) -> None:
    """Add a choice to the counts (by = 1) or take it back (by = -1)."""
    for option in choice:
        counts[option] += by


def _options(options: tuple[str, ...]) -> tuple[str, ...]:
    if not OPTIONS_MIN <= len(options) <= OPTIONS_MAX:
        raise Rejected("bad_ballot")
    cleaned = tuple(clean(option, TITLE_LIMIT) for option in options)
    if len(set(cleaned)) < len(cleaned):
        raise Rejected("bad_ballot")
    return cleaned


def _label(text: str) -> str:
    return clean(text, TITLE_LIMIT) if text.strip() else ""


def _within(choice: Choice, size: int, most: int) -> None:
    if not choice or len(set(choice)) < len(choice) or not all(0 <= option < size for option in choice):
        raise Rejected("bad_choice")
    if len(choice) > most:
        raise Rejected("too_many_choices")
