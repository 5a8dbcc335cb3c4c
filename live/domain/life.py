"""The life of a broadcast: planned, live, ended; and the doc that introduces it.

An end loses nothing, and a broadcast can go on after it; what was open then closes
(`consequences`). What is set up in the directory comes in as `Setup`; the log only notes that it changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from .base import Audience, Setup, Site, Stamp, Struct

Phase = Literal["planned", "live", "ended"]


class Start(Struct, tag="start", tag_field="do"):
    """Go live; after an end, go on."""


class End(Struct, tag="end", tag_field="do"):
    """End the broadcast. Open polls close by it; `start` within a minute opens them again."""


Command = Start | End


class EditSetup(Struct):
    """Signal: the organiser has changed what is set up in the directory."""


class Due(Struct):
    """Signal: the moment has come that `broadcast.due` named."""


class Started(Struct, tag="started", tag_field="type"):
    pass


class Ended(Struct, tag="ended", tag_field="type"):
    pass


class SetupEdited(Struct, tag="setup_edited", tag_field="type"):
    pass


Event = Started | Ended | SetupEdited


class BroadcastDoc(Struct):
    """`broadcast`: times in ms; `slides`: pages of the deck; `replay`: one may watch it again.

    Questions are taken `anonymous`, `named`, both or neither; one person waits `cooldown_s` between two.
    `due_at`: when it is to be over, where it has a planned length."""

    title: str
    lecturer: str
    phase: Phase
    question_mode: Literal["moderated", "open"]
    anonymous: bool
    named: bool = True
    cooldown_s: int = 0
    planned_at: int | None = None
    due_at: int | None = None
    started_at: int | None = None
    ended_at: int | None = None
    languages: tuple[str, ...] = ()
    sites: tuple[Site, ...] = ()
    units: tuple[str, ...] = ()
    code: str | None = None
    join_url: str | None = None
    slides: int = 0
    replay: bool = False


Doc = BroadcastDoc


@dataclass
class State:
    setup: Setup = field(default_factory=Setup)
    phase: Phase = "planned"
    started_at: int | None = None
    ended_at: int | None = None


def decide(state: State, command: Command | EditSetup) -> tuple[Event, ...]:
    match command:
        case Start():
            return () if state.phase == "live" else (Started(),)
        case End():
            return (Ended(),)
        case EditSetup():
            return (SetupEdited(),)


def evolve(state: State, event: Event, stamp: Stamp) -> set[str]:
    match event:
        case Started():
            state.phase, state.ended_at = "live", None
            state.started_at = state.started_at or stamp.at
        case Ended():
            state.phase, state.ended_at = "ended", stamp.at
        case SetupEdited():
            pass
    return {"broadcast"}


def keys(_state: State) -> Iterator[str]:
    yield "broadcast"


def view(
    state: State,
    audience: Audience,
    *,
    mode: Literal["moderated", "open"],
    anonymous: bool,
    named: bool,
    cooldown_s: int,
    slides: int,
) -> Doc:
    """How questions are taken and the size of the deck are other features'; this doc only tells them."""
    setup, may_invite = state.setup, audience != "attendee"
    return BroadcastDoc(
        title=setup.title,
        lecturer=setup.lecturer,
        phase=state.phase,
        question_mode=mode,
        anonymous=anonymous,
        named=named,
        cooldown_s=cooldown_s,
        planned_at=setup.planned_at,
        due_at=_due(setup, state.started_at),
        started_at=state.started_at,
        ended_at=state.ended_at,
        languages=setup.languages,
        sites=setup.sites,
        units=setup.units,
        code=setup.code if may_invite else None,
        join_url=setup.join_url if may_invite else None,
        slides=slides,
        replay=setup.replay,
    )


def _due(setup: Setup, started_at: int | None) -> int | None:
    """A late start does not move the end: the hall is booked until then. One on another day does."""
    if setup.minutes is None:
        return None
    length = setup.minutes * 60_000
    planned = setup.planned_at if started_at is None else (setup.planned_at or started_at)
    if planned is None:
        return None
    if started_at is not None and abs(started_at - planned) >= length:
        planned = started_at
    return planned + length
