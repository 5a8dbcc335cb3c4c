"""Word cloud: up to three words or short phrases from each voter.

What differs only in case, width or spaces is the same word, shown as most people wrote it.
The desk may take a word away; nothing is taken away by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
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
        spellings: dict[str, list[tuple[int, str]]] = {}
        for spelling, votes in counts.items():
            spellings.setdefault(folded(str(spelling)), []).append((-votes, str(spelling)))
        words = [
            Said(text=min(each)[1], votes=-sum(votes for votes, _ in each), shown=judged.get(key, True))
            for key, each in spellings.items()
            if desk or judged.get(key, True)
        ]
        words.sort(key=lambda word: (-word.votes, word.text))
        return Tally(said=tuple(words[:SHOWN]))

    def guess(self, lean: Lean, chance: Chance) -> Choice:
        """`lean` is what people think of, the most frequent first."""
        known = [str(word) for word in lean] or [chr(0x41 + letter) for letter in range(26)]
        many = 1 + int(chance() * self.max)
        return self.taken(tuple(known[int(chance() ** 2 * len(known))] for _ in range(many)))
