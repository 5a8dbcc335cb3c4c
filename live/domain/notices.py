"""The notice: one sentence from the desk that everyone sees until it is cleared.

Notices of the rundown are overlays of a cue (`cues`); this is the one made on
the spot, and it leaves the stage as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .base import NOTICE_LIMIT, Audience, Stamp, Struct, clean


class Notify(Struct, tag="notify", tag_field="do"):
    """Show a notice to everyone, in place of the one before."""

    text: str


class ClearNotice(Struct, tag="clear_notice", tag_field="do"):
    pass


Command = Notify | ClearNotice


class Notified(Struct, tag="notified", tag_field="type"):
    text: str


class NoticeCleared(Struct, tag="notice_cleared", tag_field="type"):
    pass


Event = Notified | NoticeCleared


class NoticeDoc(Struct):
    """`notice`: shown since `at` (ms)."""

    text: str
    at: int


Doc = NoticeDoc


@dataclass
class State:
    notice: NoticeDoc | None = None


def decide(state: State, command: Command) -> tuple[Event, ...]:
    match command:
        case Notify():
            return (Notified(text=clean(command.text, NOTICE_LIMIT)),)
        case ClearNotice():
            return (NoticeCleared(),) if state.notice else ()


def evolve(state: State, event: Event, stamp: Stamp) -> set[str]:
    match event:
        case Notified():
            state.notice = NoticeDoc(text=event.text, at=stamp.at)
        case NoticeCleared():
            state.notice = None
    return {"notice"}


def keys(_state: State) -> Iterator[str]:
    yield "notice"


def view(state: State, _key: str, _audience: Audience) -> Doc | None:
    return state.notice
