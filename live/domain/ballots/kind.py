"""What every kind of ballot can be asked, and the words for it.

`votes` and `polls` count with it, `exports` spell with it, and a rehearsal's crowd
guesses with it; none of them knows which kinds there are. A choice is what a voter
sends: numbers or texts, as the kind understands them. It counts for *marks*: mostly
the choice itself. A ballot never knows who voted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import log
from typing import ClassVar, Self
from unicodedata import normalize

from ..base import TITLE_LIMIT, Rejected, Struct, clean

Choice = tuple[int | str, ...]
Counts = dict[int | str, int]  # votes for each mark; none that is zero
Lean = Sequence[float | str]
Chance = Callable[[], float]  # a number from 0 up to 1, another one each time

OPTIONS_MIN = 2
PAGE = 20  # texts of a page of a wall: with the longest of them 25 kB
PAGES_MAX = 100  # 2,000 different texts: more nobody reads while a broadcast runs
OPTIONS_MAX = 12  # more do not fit a phone without scrolling, nor a screen in type for 20 m


def N_(msgid: str) -> str:
    """Marks a sentence for the catalogues; it is translated where it is written."""
    return msgid


class Said(Struct):
    """What voters said, and how many of them. `shown` is false for what the desk alone can see; `waits`:
    because it has not judged it yet."""

    text: str
    votes: int
    shown: bool = True
    waits: bool = False


class Tally(Struct):
    """A result: votes for each option, or what was said; absolute, and bounded whatever comes in."""

    counts: tuple[int, ...] = ()
    said: tuple[Said, ...] = ()
    median: str | None = None


class Kind(Struct, tag_field="kind"):
    """The answers that suit most kinds. A kind says its `name`, its `labels` and what it has `taken`."""

    name: ClassVar[str]
    numbered: ClassVar[bool] = True  # a choice is numbers of options, counted from 0
    ordered: ClassVar[bool] = False  # a choice is all options, the first place first
    judged: ClassVar[bool] = False  # the desk may take away what was said
    paged: ClassVar[bool] = False  # what was said is read page by page, besides the few in the tally
    veiled: ClassVar[tuple[str, ...]] = ()  # fields that others than the desk see with the result only

    def cleaned(self) -> Self:
        """The ballot as it is kept; raises `Rejected`."""
        return self

    def labels(self) -> tuple[str, ...]:
        """The options as they are called; none where voters say what they like."""
        return ()

    def taken(self, choice: Choice) -> Choice:
        """The choice as it is kept; raises `Rejected`."""
        raise NotImplementedError

    def marks(self, choice: Choice) -> tuple[int, ...] | None:
        """What a choice counts for; None: for itself."""
        return None

    def tally(self, counts: Counts, judged: Mapping[str, bool], *, desk: bool) -> Tally:
        """`judged` is what the desk has said of what was said: may everyone see it?"""
        return Tally(counts=tuple(counts.get(option, 0) for option in range(len(self.labels()))))

    def divisible(self) -> bool:
        """Whether the results of groups can be laid side by side: by options, or by a median."""
        return bool(self.labels())

    def page(self, counts: Counts, judged: Mapping[str, bool], number: int) -> tuple[Said, ...]:
        """A page of what was said, from 0, in the order in which it came."""
        raise NotImplementedError

    def spelled(self, choice: Choice) -> tuple[str, ...]:
        """A choice in words."""
        labels = self.labels()
        return tuple(labels[each] if isinstance(each, int) else each for each in choice)

    def public(self, *, shown: bool) -> Self:
        """As others than the desk see it, before and after its result is shown."""
        if shown or not self.veiled:
            return self
        seen = (name for name in self.__struct_fields__ if name not in self.veiled)
        return type(self)(**{name: getattr(self, name) for name in seen})

    def answer(self, right: Choice) -> Choice:
        """The right answer as it is kept; raises `Rejected` where it is none, or where there can be none."""
        raise Rejected("bad_ballot")

    def score(self, choice: Choice, right: Choice) -> float:
        """How right a choice is, from 0 to 1; `right` is an `answer`."""
        raise NotImplementedError

    def solved(self, right: Choice) -> tuple[str, ...]:
        """The right answer in words."""
        return self.spelled(right)

    def pictured(self) -> str | None:
        """The slide that a voter has to see."""
        return None

    def guess(self, lean: Lean, chance: Chance) -> Choice:
        """A valid choice, for rehearsals: by the crowd's leaning, bent by one's own."""
        raise NotImplementedError


def options_of(texts: tuple[str, ...]) -> tuple[str, ...]:
    if not OPTIONS_MIN <= len(texts) <= OPTIONS_MAX:
        raise Rejected("bad_ballot")
    cleaned = tuple(clean(text, TITLE_LIMIT) for text in texts)
    if len(set(cleaned)) < len(cleaned):
        raise Rejected("bad_ballot")
    return cleaned


def line(text: str) -> str:
    """A text that may be left out."""
    return clean(text, TITLE_LIMIT) if text.strip() else ""


def chosen(choice: Choice, size: int, least: int = 1, most: int = 1) -> tuple[int, ...]:
    """Different options, as many as there may be, in the order in which they came."""
    if len(choice) == 1 and least == 1:  # nearly all are so: one look and no set, for each vote
        (one,) = choice
        if isinstance(one, int) and 0 <= one < size:
            return (one,)
    options = tuple([each for each in choice if isinstance(each, int) and 0 <= each < size])
    if not options or len(options) < len(choice) or len(set(options)) < len(options):
        raise Rejected("bad_choice")
    if len(options) > most:
        raise Rejected("too_many_choices")
    if len(options) < least:
        raise Rejected("too_few_choices")
    return options


def lot(lean: Lean, size: int, chance: Chance) -> list[int]:
    """All options, the likelier ones first: of exponential draws the smallest is each's by its weight."""
    weights = [float(weight) for weight in lean] if len(lean) == size else [1.0] * size
    drawn = [-log(1.0 - chance()) / weight for weight in weights]
    return sorted(range(size), key=drawn.__getitem__)


def written(text: int | str, limit: int) -> str:
    """What a voter wrote, on one line and in one width; raises `Rejected`."""
    if not isinstance(text, str):
        raise Rejected("bad_choice")
    return clean(" ".join(normalize("NFKC", clean(text, limit)).split()), limit)


def folded(text: str) -> str:
    """By this two texts are the same."""
    return text.casefold()
