"""Word cloud: up to three words or short phrases from each voter.

What differs only in case, width or spaces is the same word, shown as most people wrote it.
The desk may take a word away; nothing is taken away by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from heapq import nsmallest
from typing import ClassVar

from ..base import Rejected
from .kind import N_, Chance, Choice, Counts, Kind, Lean, Said, Tally, folded, written

WORDS_MAX = 3  # of one voter
WORD_LIMIT = 30  # characters: more is a sentence, and does not fit a cloud on a phone
SHOWN = 60  # words: a cloud of more is a fog


class Cloud(Kind, tag="cloud"):
    """Write up to `max` words or short phrases. `said`: the most frequent ones."""

    name: ClassVar[str] = N_("Word cloud")
    numbered: ClassVar[bool] = False
    judged: ClassVar[bool] = True
    max: int = WORDS_MAX

    def cleaned(self) -> Cloud:
        if not 1 <= self.max <= WORDS_MAX:
            raise Rejected("bad_ballot")
        return self

    def taken(self, choice: Choice) -> Choice:
        if len(choice) > self.max:
            raise Rejected("too_many_choices")
        words = {folded(word): word for word in (written(each, WORD_LIMIT) for each in choice)}
        if not words:
            raise Rejected("empty")
        return tuple(words.values())

    def tally(self, counts: Counts, judged: Mapping[str, bool], *, desk: bool) -> Tally:
        votes: dict[str, int] = {}
        for spelling, by in counts.items():
            key = folded(str(spelling))
            votes[key] = votes.get(key, 0) + by
        told = ((key, by) for key, by in votes.items() if desk or judged.get(key, True))
        # Few are shown, so only those are spelled: thousands of words come five times a second.
        most = dict(nsmallest(SHOWN, told, key=lambda each: (-each[1], each[0])))
        usual: dict[str, tuple[int, str]] = {}
        for spelling, by in counts.items():
            if (key := folded(str(spelling))) in most:
                usual[key] = min(usual.get(key, (0, "")), (-by, str(spelling)))
        return Tally(
            said=tuple(
                Said(text=usual[key][1], votes=by, shown=judged.get(key, True)) for key, by in most.items()
            )
        )

    def guess(self, lean: Lean, chance: Chance) -> Choice:
        """`lean` is what people think of, the most frequent first."""
        known = [str(word) for word in lean] or [chr(0x41 + letter) for letter in range(26)]
        many = 1 + int(chance() * self.max)
        return self.taken(tuple(known[int(chance() ** 2 * len(known))] for _ in range(many)))
