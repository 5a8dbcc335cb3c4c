"""Open text: a sentence or two from each voter, on a wall.

The tally has the newest few; all of it stands on pages (`answers`), for the desk and the screen. With
`moderated` the desk lets each text through before others see it; without, the desk may take one away.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import ClassVar

from ..base import Rejected
from .kind import N_, PAGE, Chance, Choice, Counts, Kind, Lean, Said, Tally, folded, written

ANSWER_LIMIT = 300  # characters: what is read off a screen in one go
SHOWN = 20  # texts in the tally, the newest


class Wall(Kind, tag="wall"):
    """Write a short text. `said`: the newest ones."""

    name: ClassVar[str] = N_("Open text")
    numbered: ClassVar[bool] = False
    judged: ClassVar[bool] = True
    paged: ClassVar[bool] = True
    moderated: bool = True

    def taken(self, choice: Choice) -> Choice:
        if len(choice) > 1:
            raise Rejected("too_many_choices")
        if not choice:
            raise Rejected("empty")
        return (written(choice[0], ANSWER_LIMIT),)

    def tally(self, counts: Counts, judged: Mapping[str, bool], *, desk: bool) -> Tally:
        newest = (self._said(text, votes, judged) for text, votes in reversed(counts.items()))
        return Tally(said=tuple(islice((each for each in newest if desk or each.shown), SHOWN)))

    def page(self, counts: Counts, judged: Mapping[str, bool], number: int) -> tuple[Said, ...]:
        lines = islice(counts.items(), number * PAGE, (number + 1) * PAGE)
        return tuple(self._said(text, votes, judged) for text, votes in lines)

    def _said(self, text: int | str, votes: int, judged: Mapping[str, bool]) -> Said:
        judgement = judged.get(folded(str(text)))
        waits = self.moderated and judgement is None
        return Said(text=str(text), votes=votes, shown=not waits and judgement is not False, waits=waits)

    def guess(self, lean: Lean, chance: Chance) -> Choice:
        """`lean` is what people may write."""
        known = [str(text) for text in lean] or [f"{number} × OK" for number in range(1, 10)]
        return self.taken((known[int(chance() * len(known))],))
