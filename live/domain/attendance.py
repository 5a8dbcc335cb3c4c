"""Who is there: connections that come and go, and whether their page is visible.

Each is an event, from the first day, because the training record is made of
them. After a crash the log says until when there was evidence (`Restarted`), so
nobody is credited with time that nobody saw. A screen is not a person and is
not counted. Names come from the directory, never from the log.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .base import Actor, Audience, Participant, Role, Stamp, Struct


class Arrive(Struct):
    """Signal: a socket of the actor is open. `connection` is unique in the broadcast while it lasts."""

    connection: str
    visible: bool = True


class Leave(Struct):
    """Signal: that socket has gone."""

    connection: str


class Look(Struct):
    """Signal: the page behind a socket has been hidden or looked at again."""

    connection: str
    visible: bool


class Restart(Struct):
    """Signal: the server was started anew; sockets that the log still holds open ended at `until` (ms)."""

    until: int


class Rename(Struct):
    """Signal: the directory has another name, unit or site for the participant."""

    participant: str


Signal = Arrive | Leave | Look | Restart | Rename


class Arrived(Struct, tag="arrived", tag_field="type"):
    connection: str
    role: Role
    unit: str = ""
    site: str = ""
    visible: bool = True


class Left(Struct, tag="left", tag_field="type"):
    connection: str


class Looked(Struct, tag="looked", tag_field="type"):
    connection: str
    visible: bool


class Restarted(Struct, tag="restarted", tag_field="type"):
    until: int


class Renamed(Struct, tag="renamed", tag_field="type"):
    participant: str


Event = Arrived | Left | Looked | Restarted | Renamed


class PresenceDoc(Struct):
    """`presence`: people connected now, and for the desk how many ever were, by site and by unit.

    `screens`: those connected now, for the desk; null as long as there is none that could be missed."""

    here: int
    joined: int | None = None
    sites: dict[str, int] | None = None
    units: dict[str, int] | None = None
    screens: int | None = None


class PersonDoc(Struct):
    """`person/<participant>`, for the desk: `since` is when this presence began (ms)."""

    name: str
    role: Role
    unit: str = ""
    site: str = ""
    here: bool = False
    visible: bool = False
    since: int | None = None


Doc = PresenceDoc | PersonDoc


GLANCE_MS = 60_000  # a screen that goes before was opened for a look, and nobody misses it


@dataclass
class State:
    people: Mapping[str, Participant]
    connections: dict[str, str] = field(default_factory=dict)  # connection → participant
    here: dict[str, dict[str, bool]] = field(default_factory=dict)  # participant → connection → visible
    since: dict[str, int | None] = field(default_factory=dict)  # everyone who ever was there
    screens: dict[str, int] = field(default_factory=dict)  # with when it first came


def decide(state: State, signal: Signal, actor: Actor | None) -> tuple[Event, ...]:
    match signal:
        case Arrive():
            return _arrive(state, signal, actor)
        case Leave():
            return (Left(connection=signal.connection),) if signal.connection in state.connections else ()
        case Look():
            return _look(state, signal)
        case Restart():
            return (Restarted(until=signal.until),) if state.connections else ()
        case Rename():
            return (Renamed(participant=signal.participant),)


def _arrive(state: State, signal: Arrive, actor: Actor | None) -> tuple[Event, ...]:
    if actor is None or signal.connection in state.connections:
        return ()
    person = state.people.get(actor.participant)
    unit, site = (person.unit, person.site) if person else ("", "")
    return (
        Arrived(connection=signal.connection, role=actor.role, unit=unit, site=site, visible=signal.visible),
    )


def _look(state: State, signal: Look) -> tuple[Event, ...]:
    participant = state.connections.get(signal.connection)
    if participant is None or state.here[participant][signal.connection] == signal.visible:
        return ()
    return (Looked(connection=signal.connection, visible=signal.visible),)


def evolve(state: State, event: Event, stamp: Stamp) -> set[str]:
    match event:
        case Arrived():
            return _come(state, event, stamp)
        case Left():
            return _go(state, event.connection, stamp.at)
        case Looked():
            participant = state.connections[event.connection]
            state.here[participant][event.connection] = event.visible
            return {f"person/{participant}"}
        case Restarted():
            dirty: set[str] = {"presence"}
            for connection in list(state.connections):
                dirty |= _go(state, connection, event.until)
            return dirty
        case Renamed():
            return {f"person/{event.participant}", "presence"}


def _come(state: State, event: Arrived, stamp: Stamp) -> set[str]:
    participant = stamp.actor or ""
    state.connections[event.connection] = participant
    if event.role == "screen":
        state.screens.setdefault(participant, stamp.at)
    elif participant not in state.here:
        state.since[participant] = stamp.at
    state.here.setdefault(participant, {})[event.connection] = event.visible
    return {"presence", f"person/{participant}"}


def _go(state: State, connection: str, at: int) -> set[str]:
    participant = state.connections.pop(connection)
    rest = state.here[participant]
    del rest[connection]
    if not rest:
        del state.here[participant]
        if participant in state.since:
            state.since[participant] = None
        if at - state.screens.get(participant, at) < GLANCE_MS:
            state.screens.pop(participant, None)
    return {"presence", f"person/{participant}"}


def begin(state: State) -> set[str]:
    """It goes live, and whoever starts it looks at the wall: a screen that has gone before is not missed."""
    for gone in state.screens.keys() - state.here.keys():
        del state.screens[gone]
    return {"presence"}


def keys(state: State) -> Iterator[str]:
    yield "presence"
    yield from (f"person/{participant}" for participant in state.since)


def view(state: State, key: str, audience: Audience) -> Doc | None:
    if key == "presence":
        return _presence(state, audience)
    participant = key.partition("/")[2]
    if audience != "desk" or participant not in state.since:
        return None
    person = state.people.get(participant) or Participant(id=participant, name="", role="attendee")
    return PersonDoc(
        name=person.name,
        role=person.role,
        unit=person.unit,
        site=person.site,
        here=participant in state.here,
        visible=any(state.here.get(participant, {}).values()),
        since=state.since[participant],
    )


def _presence(state: State, audience: Audience) -> PresenceDoc:
    people = [state.people.get(each) for each in state.here if each not in state.screens]
    if audience != "desk":
        return PresenceDoc(here=len(people))
    sites: dict[str, int] = {}
    units: dict[str, int] = {}
    for person in people:
        if person is not None and person.role == "attendee":
            sites[person.site] = sites.get(person.site, 0) + 1
            units[person.unit] = units.get(person.unit, 0) + 1
    screens = len(state.screens.keys() & state.here.keys()) if state.screens else None
    return PresenceDoc(here=len(people), joined=len(state.since), sites=sites, units=units, screens=screens)
