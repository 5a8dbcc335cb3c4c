"""Quiz: what makes a question of a poll: its right answer, what that is worth, and why it is right.

A choice is as right as its ballot says. The right answer and the explanation are the desk's until the result
is shown. Who has earned what is `scores`.
"""

from __future__ import annotations

from typing import Literal

from .ballots import Ballot, Choice
from .base import Rejected, Struct, clean

Verdict = Literal["right", "partly", "wrong"]

POINTS_MAX = 100
EXPLANATION_LIMIT = 500  # characters: more is not read off a phone while the lecture goes on


class Quiz(Struct):
    """`right`: the answer, in the language of the ballot's choices; None where it may not be seen yet."""

    right: Choice | None = None
    points: int = 10
    explanation: str = ""

    def cleaned(self, ballot: Ballot) -> Quiz:
        """As it is kept; raises `Rejected`."""
        if self.right is None or not 1 <= self.points <= POINTS_MAX:
            raise Rejected("bad_ballot")
        explanation = clean(self.explanation, EXPLANATION_LIMIT) if self.explanation.strip() else ""
        return Quiz(right=ballot.answer(self.right), points=self.points, explanation=explanation)

    def public(self, *, shown: bool) -> Quiz:
        """As others than the desk see it, before and after the result is shown."""
        return self if shown else Quiz(points=self.points)

    def verdict(self, ballot: Ballot, choice: Choice) -> Verdict | None:
        """Not read off the points: those are rounded."""
        if self.right is None:
            return None
        score = ballot.score(choice, self.right)
        return "right" if score == 1 else "partly" if score else "wrong"

    def earned(self, ballot: Ballot, choice: Choice) -> int:
        """The points of a choice. Halves go up, as they do in the record's SQL."""
        return 0 if self.right is None else int(self.points * ballot.score(choice, self.right) + 0.5)
