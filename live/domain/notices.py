"""Notices: one sentence from the desk, to everyone, to one site or to one unit, until it is cleared.

What goes to some is a doc of theirs alone: it never leaves the server for anybody else (`audiences`).
Notices of the rundown are overlays of a cue (`cues`); these are made on the spot, and leave the stage
as it is. The desk keeps sight of all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .base import NOTICE_LIMIT, Audience, Rejected, Setup, Stamp, Struct, clean

ASIDE = frozenset({"notice/site", "notice/unit"})  # the keys of what only some of an audience may have
PAST_LIMIT = 100  # notices that the desk sees: more are in the log


class Notify(Struct, tag="notify", tag_field="do"):
    """Show a notice to everyone, to one site or to one unit, in place of the one before that went there."""

    text: str
    site: str | None = None
    unit: str | None = None


class ClearNotice(Struct, tag="clear_notice", tag_field="do"):
    """Take away the notice that went there: to everyone, to a site or to a unit."""

    site: str | None = None
    unit: str | None = None


Command = Notify | ClearNotice


class Notified(Struct, tag="notified", tag_field="type"):
    text: str
    site: str | None = None
    unit: str | None = None


class NoticeCleared(Struct, tag="notice_cleared", tag_field="type"):
    site: str | None = None
    unit: str | None = None


Event = Notified | NoticeCleared


class NoticeDoc(Struct):
    """`notice` to everyone, `notice/site` and `notice/unit` to those there: shown since `at` (ms)."""

    text: str
    at: int


class Shown(Struct):
    """A notice as the desk remembers it; `until` (ms) when it was cleared or another took its place."""

    text: str
    at: int
    site: str | None = None
    unit: str | None = None
    until: int | None = None


class NoticesDoc(Struct):
    """`notices`, for the desk: the newest last."""

    shown: tuple[Shown, ...] = ()


Doc = NoticeDoc | NoticesDoc


class Place(Struct):
    """Where somebody is, as far as notices ever went there."""

    site: str | None = None
    unit: str | None = None

    def holds(self, other: Place) -> bool:
        """Whether whoever is here gets all that the other gets."""
        return other.site in {None, self.site} and other.unit in {None, self.unit}


ANYWHERE = Place()


@dataclass
class State:
    shown: list[Shown] = field(default_factory=list)  # the newest last
    now: dict[Place, int] = field(default_factory=dict)  # where one went → the last one's index

    def current(self, place: Place) -> Shown | None:
        last = self.now.get(place)
        return None if last is None or self.shown[last].until is not None else self.shown[last]


def decide(state: State, command: Command, setup: Setup) -> tuple[Event, ...]:
    site, unit = command.site, command.unit
    if site is not None and unit is not None:
        raise Rejected("bad_frame")
    if isinstance(command, ClearNotice):
        there = state.current(Place(site=site, unit=unit))
        return (NoticeCleared(site=site, unit=unit),) if there else ()
    if site is not None and site not in {each.id for each in setup.sites}:
        raise Rejected("no_such_place")
    text = clean(command.text, NOTICE_LIMIT)
    return (Notified(text=text, site=site, unit=unit if unit is None else clean(unit, NOTICE_LIMIT)),)


def evolve(state: State, event: Event, stamp: Stamp) -> set[str]:
    place = Place(site=event.site, unit=event.unit)
    before = state.current(place)
    if before is not None:
        state.shown[state.now[place]] = Shown(
            text=before.text, at=before.at, site=before.site, unit=before.unit, until=stamp.at
        )
    if isinstance(event, Notified):
        state.now[place] = len(state.shown)
        state.shown.append(Shown(text=event.text, at=stamp.at, site=event.site, unit=event.unit))
    return {"notices", "notice/site" if event.site else "notice/unit" if event.unit else "notice"}


def near(state: State, site: str, unit: str) -> Place:
    """The place of somebody at a site and of a unit."""
    sites = {place.site for place in state.now}
    units = {place.unit for place in state.now}
    return Place(site=site if site in sites else None, unit=unit if unit in units else None)


def keys(_state: State) -> Iterator[str]:
    yield from ("notice", "notices")


def view(state: State, key: str, audience: Audience, place: Place = ANYWHERE) -> Doc | None:
    if key == "notices":
        return NoticesDoc(shown=tuple(state.shown[-PAST_LIMIT:])) if audience == "desk" else None
    wanted = {"notice/site": Place(site=place.site), "notice/unit": Place(unit=place.unit)}.get(key, ANYWHERE)
    if key != "notice" and wanted == ANYWHERE:
        return None
    notice = state.current(wanted)
    return NoticeDoc(text=notice.text, at=notice.at) if notice else None
