"""Errands: what can be asked of the stage, each knowing how it is decided and how it is answered.

An order is somebody's command, a signal is what the server has noticed, a note is what only passes, a
join wants the docs as they are once everything before it is committed. The stage does them in turn and
answers after the commit.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import get_args

from live import protocol
from live.domain import broadcast, life, passing, questions, replies, verdicts
from live.domain.base import Actor, Rejected
from live.domain.permits import Command
from live.domain.rounds import MyVote
from live.log.eventlog import Receipt
from live.log.fold import Fold
from live.log.receipts import digest

# These can be given again without harm, and may be anonymous: not even memory knows who gave them.
NOTED_NOWHERE = {*passing.FELT, *get_args(questions.Command), replies.ReadReply, verdicts.ReadVote}
Events = tuple[broadcast.Event, ...]
Answer = protocol.Done | protocol.Refused


class Errand:
    """`kind`: of a command. `keep`: to be tried again after a full disk, with `noticed_at` as its ms."""

    kind: type[Command] | None = None
    actor_id: str | None = None
    receipt: Receipt | None = None
    keep = False
    noticed_at: int | None = None
    waiting_since = 0.0  # seconds, on the loop's clock
    dirty: Set[str] = frozenset()  # keys of docs that it has changed without an event

    def decide(self, fold: Fold, at: int) -> Events:
        """What it gives at `at` (server ms); raises `Rejected`."""
        raise NotImplementedError

    def done(self) -> None:
        """It is committed."""

    def reject(self, refusal: Rejected) -> None:
        """It was refused."""

    def void(self, refusal: Rejected) -> None:
        """What it gave could not be saved, and is forgotten."""
        self.reject(refusal)


class Order(Errand):
    """Somebody's command. One that has been done before gets the same answer and is not done again."""

    def __init__(
        self, actor: Actor, command_id: str, command: Command, reply: Callable[[Answer], None]
    ) -> None:
        self.kind = type(command)
        self.actor_id = actor.participant
        self.receipt: Receipt = Receipt(command_id, digest(command))
        self._actor = actor
        self._command = command
        self._reply = reply
        self._made: str | None = None
        self._told: str | MyVote | None = None

    def decide(self, fold: Fold, at: int) -> Events:
        actor, receipt = self._actor, self.receipt
        known = fold.receipts.find(actor.participant, receipt.command_id, receipt.digest)
        if known is not None:
            (self._made,) = known
            return ()
        events = broadcast.decide(fold.state, self._command, actor, at)
        self._made = broadcast.made_by(self._command, events)
        self._told = broadcast.told(fold.state, self._command, actor)
        self.dirty = broadcast.feel(fold.state, self._command, actor, at)
        if not events and self.kind not in NOTED_NOWHERE:
            # It is so already. Asked again after a change it must not be done after all.
            fold.receipts.note(actor.participant, receipt.command_id, receipt.digest)
        return events

    def done(self) -> None:
        told = self._told
        reply, vote = (told, None) if isinstance(told, str) else (None, told)
        self._reply(protocol.Done(id=self.receipt.command_id, made=self._made, reply=reply, vote=vote))

    def reject(self, refusal: Rejected) -> None:
        self._reply(protocol.rejection(self.receipt.command_id, refusal))


class Signal(Errand):
    """What the server has noticed. It is never refused, and kept until it can be saved."""

    keep = True

    def __init__(
        self,
        what: broadcast.Signal,
        actor: Actor | None = None,
        *,
        before: Callable[[Fold], None] = lambda _fold: None,
        done: Callable[[], None] = lambda: None,
        failed: Callable[[Rejected], None] = lambda _refusal: None,
    ) -> None:
        """`before` brings in what has changed in the directory; `done` is called after the commit."""
        self.actor_id = actor.participant if actor else None
        self._what = what
        self._actor = actor
        self._before = before
        self._done = done
        self._failed = failed

    def decide(self, fold: Fold, at: int) -> Events:
        self._before(fold)
        return broadcast.signal(fold.state, self._what, self._actor, at)

    def done(self) -> None:
        self._done()

    def reject(self, refusal: Rejected) -> None:
        self._failed(refusal)


class Note(Errand):
    """Something that passes: docs show it, and the log does not keep it."""

    def __init__(self, what: broadcast.Note) -> None:
        self._what = what

    def decide(self, fold: Fold, at: int) -> Events:
        self.dirty = broadcast.note(fold.state, self._what)
        return ()


class Due(Errand):
    """Something is over by now, or happens by itself."""

    def decide(self, fold: Fold, at: int) -> Events:
        self.dirty = broadcast.fade(fold.state, at)
        return broadcast.signal(fold.state, life.Due(), None, at)


class Join(Errand):
    """Somebody wants the docs: answered when all that came before is committed, or known not to be."""

    def __init__(self, done: Callable[[], None]) -> None:
        self._done = done

    def decide(self, fold: Fold, at: int) -> Events:
        return ()

    def done(self) -> None:
        self._done()

    def void(self, _refusal: Rejected) -> None:
        self._done()
