"""Admission: what must hold before somebody's command comes before the stage, asked when it has come.

Room on the disk, room in the inbox, and that its giver is not too fast. Each refusal says when to come again.
No rule of the domain is asked here: those are for the stage, in its turn.
"""

from __future__ import annotations

from live.domain.base import Actor, Rejected
from live.domain.permits import Command
from live.limits import Limits
from live.stage.inbox import Inbox

FULL_RETRY_MS = 5_000  # a full disk is looked at again after that


class Admission:
    """`now`: seconds on the clock that the inbox counts with."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._limits = Limits()
        self._full_until = 0.0

    def admit(self, actor: Actor, command: Command, now: float, at: int, cooldown_ms: int) -> None:
        """Raises `Rejected`. `at`: the server's clock, ms; `cooldown_ms`: between two questions of one."""
        if now < self._full_until:
            raise full()
        if wait_ms := self._inbox.wait_ms(actor, type(command), now):
            raise Rejected("busy", wait_ms)
        self._limits.spend(actor, command, at, cooldown_ms)

    def no_room(self, until: float) -> None:
        """The disk is full: commands are not tried before then."""
        self._full_until = until

    def room(self) -> None:
        """Something could be saved."""
        self._full_until = 0.0


def full() -> Rejected:
    return Rejected("read_only", FULL_RETRY_MS)
