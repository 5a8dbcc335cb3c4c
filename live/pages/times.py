"""Dates and times of the organiser's pages: shown, put into a form, and read from it.

A browser has its own time zone and says how far it is from UTC in a hidden field; without a script it says
nothing, and then the server's zone is meant. It never asks what time it is.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from babel.dates import format_datetime

FARTHEST = 14 * 60  # minutes east or west of UTC: no zone is farther away

EARLIEST, LATEST = 2000, 2200  # years: what is outside was mistyped, and not every machine can show it


def shown(at: int, lang: str) -> str:
    """For people, in the server's zone; the page's script writes it anew in the browser's."""
    return format_datetime(_local(at), "medium", locale=lang)


def hours(at: int) -> str:
    """The same without its day: 14:05."""
    return _local(at).strftime("%H:%M")


def machine(at: int) -> str:
    """For the datetime attribute of a time element."""
    return datetime.fromtimestamp(at / 1_000, UTC).isoformat(timespec="seconds")


def typed(at: int | None) -> str:
    """As a field of type datetime-local takes it, in the server's zone."""
    return "" if at is None else _local(at).strftime("%Y-%m-%dT%H:%M")


def read(text: str, offset: str) -> int:
    """Milliseconds since 1970, or ValueError. `offset`: minutes east of UTC; "" for the server's zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is not None:
        raise ValueError("a zone is not for the field to say")
    if offset:
        east = int(offset)
        if abs(east) > FARTHEST:
            raise ValueError("no zone is so far away")
        moment = moment.replace(tzinfo=timezone(timedelta(minutes=east)))
    if not EARLIEST <= moment.year <= LATEST:
        raise ValueError("no broadcast is in that year")
    return round(moment.timestamp() * 1_000)


def _local(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1_000).astimezone()
