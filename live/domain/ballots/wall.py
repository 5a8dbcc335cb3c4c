"""Open text: a sentence or two from each voter, on a wall with the newest first.

With `moderated` the desk lets each text through before others see it; without, the desk may take one away.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import ClassVar

from ..base import Rejected
from .kind import N_, Chance, Choice, Counts, Kind, Lean, Said, Tally, folded, written

ANSWER_LIMIT = 300  # characters: what is read off a screen in one go
SHOWN = 20  # texts on a wall, the newest
SHOWN_AT_DESK = 60  # of them those first that wait to be let through


class Wall(Kind, tag="wall"):
    """Write a short text. `said`: the newest ones."""

    name: ClassVar[str] = N_("Open text")
    numbered: ClassVar[bool] = False
    judged: ClassVar[bool] = True
    moderated: bool = True

    def taken(self, choice: Choice) -> Choice:
        if len(choice) > 1:
            raise Rejected("too_many_choices")
        if not choice:
            raise Rejected("empty")
        return (written(choice[0], ANSWER_LIMIT),)

    def tally(self, counts: Counts, judged: Mapping[str, bool], *, desk: bool) -> Tally:
        newest = [(str(text), folded(str(text)), votes) for text, votes in reversed(counts.items())]
        if desk and self.moderated:
            newest.sort(key=lambda each: each[1] in judged)
        texts = (
            Said(text=text, votes=votes, shown=judged.get(key, not self.moderated))
            for text, key, votes in newest
            if desk or judged.get(key, not self.moderated)
        )
        return Tally(said=tuple(islice(texts, SHOWN_AT_DESK if desk else SHOWN)))

    def guess(self, lean: Lean, chance: Chance) -> Choice:
        """`lean` is what people may write."""
        known = [str(text) for text in lean] or [f"{number} × OK" for number in range(1, 10)]
        return self.taken((known[int(chance() * len(known))],))
