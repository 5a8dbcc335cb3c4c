"""Who drives the slides: exactly one at a time, with request, hand-over and take-back.

A lecturer or organiser may always take the drive. A moderator may take it when
nobody has it or when the driver is not connected, and may request it otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from .base import Actor, Audience, Rejected, Struct


class TakeDrive(Struct, tag="take_drive", tag_field="do"):
    """Become the driver."""


class RequestDrive(Struct, tag="request_drive", tag_field="do"):
    """Ask the driver to hand over."""


class HandDrive(Struct, tag="hand_drive", tag_field="do"):
    """Hand over to a participant of the desk who is connected."""

    to: str


class ReleaseDrive(Struct, tag="release_drive", tag_field="do"):
    """Stop driving."""


Command = TakeDrive | RequestDrive | HandDrive | ReleaseDrive


class DriveTaken(Struct, tag="drive_taken", tag_field="type"):
    by: str


class DriveRequested(Struct, tag="drive_requested", tag_field="type"):
    by: str


class DriveReleased(Struct, tag="drive_released", tag_field="type"):
    pass


Event = DriveTaken | DriveRequested | DriveReleased


class DriverDoc(Struct):
    """`driver`, for the desk: participants."""

    driver: str | None = None
    requests: tuple[str, ...] = ()


Doc = DriverDoc


@dataclass
class State:
    driver: str | None = None
    requests: list[str] = field(default_factory=list)


def decide(state: State, command: Command, actor: Actor, *, here: Collection[str]) -> tuple[Event, ...]:
    """`here` are the connected participants of the desk."""
    me = actor.participant
    match command:
        case TakeDrive():
            if state.driver == me:
                return ()
            if actor.role == "moderator" and state.driver is not None and state.driver in here:
                raise Rejected("somebody_drives")
            return (DriveTaken(by=me),)
        case RequestDrive():
            return () if me == state.driver or me in state.requests else (DriveRequested(by=me),)
        case HandDrive():
            if state.driver != me:
                raise Rejected("not_driving")
            if command.to not in here:
                raise Rejected("not_here")
            return () if command.to == me else (DriveTaken(by=command.to),)
        case ReleaseDrive():
            if state.driver != me:
                raise Rejected("not_driving")
            return (DriveReleased(),)


def evolve(state: State, event: Event) -> set[str]:
    match event:
        case DriveTaken():
            state.driver = event.by
            state.requests = [other for other in state.requests if other != event.by]
        case DriveRequested():
            state.requests.append(event.by)
        case DriveReleased():
            state.driver = None
    return {"driver"}


def keys(_state: State) -> Iterator[str]:
    yield "driver"


def view(state: State, _key: str, audience: Audience) -> Doc | None:
    if audience != "desk":
        return None
    return DriverDoc(driver=state.driver, requests=tuple(state.requests))
