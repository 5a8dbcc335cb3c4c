"""The turnstile: who comes in while more want to than can be served, and when the others have their turn.

Sending somebody back costs half of what serving them does, so it should happen once. Whoever is sent back
gets a place in a queue that moves as fast as people are served, and goes before newcomers when their turn
has come. The inbox has one for each of its lines. Times are seconds, on the caller's clock.
"""

from __future__ import annotations

# For the first of those inside: behind it nobody comes in, and they feel that it takes time. With 0.25, 0.5
# and 1 no fewer votes came through at twice what a core does (a busy machine, so within a tenth or two), and
# 5,040, 4,410 and 3,750 were sent back in four seconds: the shortest sends more people round for nothing.
LONGEST = 0.5
NEWCOMERS = LONGEST / 2  # … and behind this nobody whose turn it is not
FARTHEST = 10.0  # from now to anybody's turn: what slows us down so much passes, or is no matter of waiting
RATE_AT_FIRST = 5_000  # served in a second, before it is known: half of what a small machine does
LEARNING = 0.2  # of what was last seen


class Turnstile:
    def __init__(self) -> None:
        self._turns: dict[str, float] = {}  # who was sent back → when they have their turn
        self._end = 0.0  # … and when the next one has
        self._rate: float = RATE_AT_FIRST

    def chooses(self, waited: float) -> bool:
        """Whether it asks who comes."""
        return waited > NEWCOMERS

    def wait(self, who: str, waited: float, now: float) -> float:
        """How long somebody must stay outside, 0: not at all. `waited`: the first of those who are inside."""
        if not self.chooses(waited):
            return 0.0
        turn = self._turns.get(who)
        if turn is not None and turn > now:
            return turn - now  # however often they ask: a page brings one, and the next when it is served
        if turn is not None and waited <= LONGEST:
            return 0.0
        self._turns[who] = turn = max(self._end, now + LONGEST)  # who is inside goes first
        self._end = min(turn + 1 / max(1.0, self._rate), now + FARTHEST)
        return turn - now

    def enter(self, who: str, now: float) -> None:
        """They are inside: their turn is used."""
        if not self._turns:
            return
        if now > self._end + FARTHEST:
            self._turns.clear()  # of those who never came again
        self._turns.pop(who, None)

    def served(self, many: int, seconds: float) -> None:
        """So many were served in that time, while others waited inside."""
        if seconds > 0:
            self._rate += LEARNING * (many / seconds - self._rate)
