"""A broadcast for a test: given events, when a command is given, then events.

Every event that a test brings about is checked on the way, for each audience: the docs that a page had,
with the patch laid over them, are the docs that a newcomer gets. So a key that `evolve` forgets to call
dirty fails whichever test comes across it. Time is the test's: each event is one second after the last.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from copy import deepcopy

import pytest

from live import protocol
from live.domain import broadcast, known, life, polls, questions, rundown, sight, turns
from live.domain.ballots import Ballot, Single
from live.domain.base import AUDIENCES, Actor, Audience, Code, Participant, Rejected, Role, Setup, Stamp
from live.domain.permits import Command
from live.fanout.feed import Feed

START = 1_790_000_000_000  # ms
SECOND = 1_000


def actor(name: str, role: Role) -> Actor:
    return Actor(participant=name, role=role)


ANN, BOB, CAT = (actor(name, "attendee") for name in ("ann", "bob", "cat"))
HALL = actor("hall", "screen")
MO, MAX = actor("mo", "moderator"), actor("max", "moderator")
LI, OLGA = actor("li", "lecturer"), actor("olga", "organiser")
EVERYONE = (ANN, BOB, CAT, HALL, MO, MAX, LI, OLGA)

COLOURS = Single(options=("Red", "Green", "Blue"))
By = tuple[Actor, broadcast.Event]


class Scene:
    """A state with its log, and what a page of each audience has received so far."""

    def __init__(self, *, names: bool = True) -> None:
        people = {each.participant: _person(each) for each in EVERYONE} if names else {}
        self.state = broadcast.State(people=people)
        self.now = START
        self._changes = 0
        self.log: list[tuple[broadcast.Event, Stamp]] = []
        self.feeds = {each: Feed(each, self.state, 0) for each in AUDIENCES}

    def when(self, command: Command, by: Actor) -> tuple[broadcast.Event, ...]:
        """Give a command; what it gives has happened then."""
        events = broadcast.decide(self.state, command, by, self.now)
        who = None if broadcast.unlinked(*events) else by.participant
        for event in events:
            self.happen(event, who)
        return events

    def notice(self, signal: broadcast.Signal, by: Actor | None = None) -> tuple[broadcast.Event, ...]:
        """The server notices something."""
        events = broadcast.signal(self.state, signal, by, self.now)
        for event in events:
            self.happen(event, by.participant if by else None)
        return events

    def passing(self, note: broadcast.Note) -> set[str]:
        """Something passes, and is in no log."""
        dirty = broadcast.note(self.state, note)
        for feed in self.feeds.values():
            feed.refresh(self.state, dirty, len(self.log))
        return dirty

    def refused(self, command: Command, by: Actor) -> Code:
        """Why a command is refused."""
        with pytest.raises(Rejected) as caught:
            self.when(command, by)
        return caught.value.code

    def happen(self, event: broadcast.Event, who: str | None) -> Set[str]:
        self.now += SECOND
        seq = 0 if broadcast.unlinked(event) else len(self.log) + 1
        stamp = Stamp(seq=seq, at=self.now, actor=who)
        self.log.append((event, stamp))
        dirty = broadcast.evolve(self.state, event, stamp)
        self.changed(dirty)
        return dirty

    def changed(self, dirty: Set[str]) -> None:
        """These docs may look different now."""
        self._changes += 1
        for audience, feed in self.feeds.items():
            self._deliver(audience, feed, dirty)

    def _deliver(self, audience: Audience, feed: Feed, dirty: Set[str]) -> None:
        held, seq = dict(feed.all()), feed.seq
        feed.refresh(self.state, dirty, self._changes)
        for key, doc in feed.since(seq).items():
            held.pop(key, None)
            if doc != b"null":
                held[key] = doc
        assert held == fresh(self.state, audience), f"{audience}: not all of what changed is in {dirty}"

    def doc(self, key: str, audience: Audience = "desk") -> known.Doc | None:
        return sight.view(self.state, key, audience)

    def folded(self) -> broadcast.State:
        """The state that is kept gives: anonymous asks first, then the log, then what was taken back."""
        state = broadcast.State(
            people=self.state.people,
            ephemeral=deepcopy(self.state.ephemeral),
            life=life.State(setup=self.state.life.setup),
        )
        for event, stamp in sorted(self.log, key=lambda each: _place(each[0])):
            broadcast.evolve(state, event, stamp)
        state.ephemeral = self.state.ephemeral  # what passes is in no log: it stays as it is
        return state


def _place(event: broadcast.Event) -> int:
    if not broadcast.unlinked(event):
        return 1
    return 2 if isinstance(event, questions.QuestionWithdrawn) else 0


def _person(each: Actor) -> Participant:
    unit, site = ("Depot", "room") if each.role == "attendee" else ("", "")
    return Participant(
        id=each.participant, name=each.participant.title(), role=each.role, unit=unit, site=site
    )


def given(*events: broadcast.Event | By) -> Scene:
    """A broadcast in which these events have happened; `(actor, event)` says who caused one."""
    scene = Scene()
    for each in events:
        who, event = each if isinstance(each, tuple) else (None, each)
        scene.happen(event, who.participant if who else None)
    return scene


def fresh(state: broadcast.State, audience: Audience) -> dict[str, bytes]:
    """Every doc as a newcomer gets it."""
    docs = ((key, sight.view(state, key, audience)) for key in sight.keys(state))
    return {key: protocol.encode(doc) for key, doc in docs if doc is not None}


def deck(*names: str, number: int = 1) -> rundown.DeckAttached:
    slides = (rundown.Slide(id=name, number=n, width=1600, height=900) for n, name in enumerate(names, 1))
    return rundown.DeckAttached(deck=number, slides=tuple(slides))


def drafted(poll: int = 1, ballot: Ballot = COLOURS) -> polls.PollAdded:
    return polls.PollAdded(poll=poll, title="Which?", ballot=ballot)


def opened(poll: int = 1, ballot: Ballot = COLOURS) -> tuple[broadcast.Event, ...]:
    """A live broadcast with an open poll."""
    return life.Started(), drafted(poll, ballot), turns.PollOpened(poll=poll, round=1)


def set_up(scene: Scene, setup: Setup) -> None:
    """The organiser changes what is set up."""
    scene.state.life.setup = setup
    scene.notice(life.EditSetup())


def names(events: Iterable[broadcast.Event]) -> list[str]:
    return [str(event.__struct_config__.tag) for event in events]
