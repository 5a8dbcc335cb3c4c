"""Reactions and the pace: what a hall says without words, counted and never kept.

A reaction is one of four signs and passes after some seconds. The pace is what somebody feels just now
(slower, clear, faster); it passes after two minutes, or when they go. No log, no doc and no export says
whose they were: only counts leave this module. What the desk has switched on is in the log.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, get_args

import msgspec

from .base import Actor, Audience, Rejected, Struct

Sign = Literal["agree", "thanks", "applause", "unclear"]
Pace = Literal["slower", "clear", "faster"]
SIGNS: tuple[Sign, ...] = get_args(Sign)
PACES: tuple[Pace, ...] = get_args(Pace)

SIGN_MS = 20_000  # long enough for the lecturer to look up
PACE_MS = 120_000  # what was too fast two minutes ago says nothing of now
SWEEP_MS = 1_000  # what is over goes once a second: counts that fall need no more


class React(Struct, tag="react", tag_field="do"):
    """Show a sign for 20 seconds. It passes: `done` says that it is counted, and no log has it."""

    sign: Sign


class SetPace(Struct, tag="set_pace", tag_field="do"):
    """Say how the pace is for oneself, for two minutes; null takes it back. It passes, as a sign does."""

    pace: Pace | None


class SetReactions(Struct, tag="set_reactions", tag_field="do"):
    """What attendees may show (signs: off at first; the pace: on), and whether the screen shows the signs."""

    signs: bool
    pace: bool
    on_screen: bool


Passing = React | SetPace
Command = React | SetPace | SetReactions


class ReactionsSet(Struct, tag="reactions_set", tag_field="type"):
    signs: bool
    pace: bool
    on_screen: bool


Event = ReactionsSet


class ReactionsDoc(Struct):
    """`reactions`: what is switched on; `shown` and `felt` count people, where it may be seen."""

    signs: bool = False
    pace: bool = False
    on_screen: bool = False
    shown: dict[Sign, int] = msgspec.field(default_factory=dict)
    felt: dict[Pace, int] = msgspec.field(default_factory=dict)


Doc = ReactionsDoc


@dataclass
class State:
    """What the desk has switched on. An accident is no matter for applause, so signs are off at first."""

    signs: bool = False
    pace: bool = True
    on_screen: bool = False


@dataclass
class Mood:
    """Who shows or feels what, and since when (ms); the oldest first. It is in no log."""

    shown: dict[tuple[str, Sign], int] = field(default_factory=dict)
    felt: dict[str, tuple[Pace, int]] = field(default_factory=dict)


def decide(state: State, command: Command) -> tuple[Event, ...]:
    match command:
        case React() if not state.signs:
            raise Rejected("reactions_off")
        case SetPace() if not state.pace:
            raise Rejected("reactions_off")
        case SetReactions():
            wanted = ReactionsSet(signs=command.signs, pace=command.pace, on_screen=command.on_screen)
            return () if wanted == ReactionsSet(**vars(state)) else (wanted,)
        case _:
            return ()


def feel(mood: Mood, command: Passing, actor: Actor, at: int) -> set[str]:
    """Take in what passes. The same again only lasts longer: a retry does no harm."""
    who = actor.participant
    match command:
        case React():
            mood.shown.pop((who, command.sign), None)
            mood.shown[who, command.sign] = at
        case SetPace():
            mood.felt.pop(who, None)
            if command.pace is not None:
                mood.felt[who] = (command.pace, at)
    return {"reactions"}


def due(mood: Mood) -> int | None:
    """When the first of it is over, to the second (ms)."""
    ends = [at + SIGN_MS for at in list(mood.shown.values())[:1]]
    ends += [at + PACE_MS for _, at in list(mood.felt.values())[:1]]
    return min(ends) // SWEEP_MS * SWEEP_MS + SWEEP_MS if ends else None


def fade(mood: Mood, at: int) -> set[str]:
    """Forget what is over at `at`."""
    before = len(mood.shown) + len(mood.felt)
    mood.shown = {key: since for key, since in mood.shown.items() if since + SIGN_MS > at}
    mood.felt = {who: (pace, since) for who, (pace, since) in mood.felt.items() if since + PACE_MS > at}
    return {"reactions"} if len(mood.shown) + len(mood.felt) < before else set()


def leave(mood: Mood, participant: str) -> set[str]:
    """Somebody has gone, and what they felt with them."""
    had = [mood.shown.pop((participant, sign), None) for sign in SIGNS]
    return {"reactions"} if any([*had, mood.felt.pop(participant, None)]) else set()


def evolve(state: State, mood: Mood, event: Event) -> set[str]:
    state.signs, state.pace, state.on_screen = event.signs, event.pace, event.on_screen
    if not state.signs:
        mood.shown.clear()
    if not state.pace:
        mood.felt.clear()
    return {"reactions"}


def keys(_state: State) -> Iterator[str]:
    yield "reactions"


def view(state: State, mood: Mood, audience: Audience) -> Doc | None:
    desk, seen = audience == "desk", audience == "screen" and state.on_screen
    if audience == "attendee":
        return ReactionsDoc(signs=state.signs, pace=state.pace)
    if not (desk or seen):
        return None
    shown = Counter(sign for _, sign in mood.shown)
    felt = Counter(pace for pace, _ in mood.felt.values()) if desk else Counter()
    return ReactionsDoc(
        signs=state.signs,
        pace=state.pace,
        on_screen=state.on_screen,
        shown={each: shown[each] for each in SIGNS if each in shown},
        felt={each: felt[each] for each in PACES if each in felt},
    )
