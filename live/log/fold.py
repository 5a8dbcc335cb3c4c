"""The fold: all that one broadcast's log says, as state and receipts in memory.

The stage keeps one, applies each new entry to it, and makes it again from the log when it opens or when
an append has failed. The same entries give the same fold, always.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from live import protocol
from live.domain import broadcast, questions, verdicts, votes
from live.domain.base import Actor, Participant, Setup, Stamp
from live.domain.secret import VoterTicked
from live.log.eventlog import Entry, Kept, Votes
from live.log.receipts import Receipts


class Fold:
    """`seq` and `at` are those of the last entry of the log (0 in an empty one)."""

    def __init__(
        self, setup: Setup, people: dict[str, Participant], ephemeral: broadcast.Ephemeral | None = None
    ) -> None:
        self.state = broadcast.State(people=people, ephemeral=ephemeral or broadcast.Ephemeral())
        self.state.life.setup = setup
        self.receipts = Receipts()
        self.seq = 0
        self.at = 0

    @classmethod
    def of(
        cls,
        entries: Iterable[Kept],
        setup: Setup,
        people: dict[str, Participant],
        ephemeral: broadcast.Ephemeral | None = None,
    ) -> Fold:
        """`ephemeral`: what the log does not keep and this process still knows."""
        fold = cls(setup, people, ephemeral)
        for entry in entries:
            fold.apply(entry)
        return fold

    def apply(self, entry: Kept) -> Set[str]:
        """Take an entry in; gives the keys of the docs that may look different now."""
        if not isinstance(entry, Entry):
            if entry.command is not None and isinstance(entry.event, VoterTicked):
                self.receipts.note(entry.event.voter, entry.command, None)
            return broadcast.evolve(self.state, entry.event, Stamp(seq=0, at=entry.at))
        event, actor, receipt = entry.event, entry.actor, entry.receipt
        self.seq = entry.seq
        if entry.at > self.at:
            self.at = entry.at
        if receipt is not None and actor is not None:
            self.receipts.note(actor, receipt.command_id, receipt.digest, broadcast.made(event))
        return broadcast.evolve(self.state, event, entry)

    def replay(self, piece: Kept | Votes) -> None:
        """The same when nobody asks for the docs: then votes need not be looked at one by one."""
        if isinstance(piece, Votes):
            self.seq, self.at = piece.seq, max(self.at, piece.at)
            self.receipts.note_all(piece.voters, piece.commands, piece.digests)
            votes.count(self.state.polls, piece.voters, piece.events)
        else:
            self.apply(piece)

    def learn(self, setup: Setup, people: Mapping[str, Participant]) -> set[str]:
        """What the directory says now; gives those who are of another site or unit than was known."""
        known = self.state.people
        self.state.life.setup = setup
        moved = {name for name, each in people.items() if name in known and _home(known[name]) != _home(each)}
        self.state.people.update(people)
        return moved

    def you(self, actor: Actor) -> protocol.You:
        """What only this participant may know."""
        state = self.state
        person = state.people.get(actor.participant)
        upvoted, asked = questions.mine(state.questions, actor.participant)
        return protocol.You(
            participant=actor.participant,
            role=actor.role,
            name=person.name if person else "",
            unit=person.unit if person else "",
            site=person.site if person else "",
            votes=verdicts.mine(state.polls, actor.participant),
            upvoted=tuple(upvoted),
            asked=tuple(asked),
        )


def _home(person: Participant) -> tuple[str, str]:
    return person.site, person.unit
