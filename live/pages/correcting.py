"""Why something is set right: the reason of every form that does so, and the form of one person's line.

Called by `record`, and by the pages that change a roster or details after the start. Each field that was
changed is a correction of its own; all have one reason, without which nothing is kept. An emptied time or
score is what was counted. It writes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.requests import Request

from live.directory.corrections import REASON_LIMIT, Change, What, Word
from live.domain.base import NAME_LIMIT, Site
from live.exports.attended import Attended
from live.exports.cells import clock
from live.pages import state
from live.pages.forms import Form
from live.pages.render import N_, sentence

LENGTH = re.compile(r"(\d{1,3})[:：](\d{1,2})(?:[:：](\d{1,2}))?")  # 1:05 is an hour and five minutes

NO_REASON = N_("Please say in a sentence why. It stands in the record, with your name.")
NO_NAME = N_("Somebody without a name is nobody. To erase a name, use the page of the roster.")
TOO_LONG = N_("This is too long: at most %(limit)d characters.")
SAME_NUMBER = N_("Somebody else on the roster has this number.")
NO_LENGTH = N_("Write it as hours, minutes and seconds, like 1:05:00.")
OVER_LENGTH = N_("It was live for %(length)s, and nobody can have seen more.")
NO_POINTS = N_("A whole number from 0 to %(most)d, please.")
UNCHANGED = N_("Nothing was changed.")


@dataclass(frozen=True)
class Bounds:
    """What there is at most: of live time (ms), of points; and where people can have been."""

    whole: int
    points: int
    sites: list[Site]


def of(one: Attended) -> Form:
    """What stands there now."""
    return Form(
        {
            "number": one.number,
            "name": one.name,
            "unit": one.unit,
            "place": one.site,
            "live": clock(one.live_ms // 1_000),
            "points": str(one.points),
            "reason": "",
        }
    )


def reason(request: Request, form: Form) -> str:
    """Why; empty and an error of the form where nothing was said."""
    too_long = sentence(request, TOO_LONG, limit=REASON_LIMIT)
    return form.text("reason", REASON_LIMIT, empty=sentence(request, NO_REASON), too_long=too_long)


async def word(request: Request, why: str) -> Word:
    """Who says so: the account of this browser."""
    auth = state.auth(request)
    account = (await auth.visitor(request)).account
    return Word(auth.now(), account.id if account else None, account.name if account else "", why)


def read(request: Request, form: Form, one: Attended, bounds: Bounds) -> list[Change]:
    """What is to be set right; look at the form's errors before using it."""
    before = of(one)
    too_long = sentence(request, TOO_LONG, limit=NAME_LIMIT)
    after: dict[What, str] = {
        "name": form.text(
            "name", NAME_LIMIT, empty=sentence(request, NO_NAME) if one.name else None, too_long=too_long
        ),
        "unit": form.text("unit", NAME_LIMIT, empty=None, too_long=too_long),
        "live": _live(request, form, one, bounds.whole),
    }
    if one.expected:
        after["number"] = form.text("number", NAME_LIMIT, empty=None, too_long=too_long)
    if any(form["place"] == site.id for site in bounds.sites):
        after["place"] = form["place"]
    if bounds.points:
        after["points"] = _points(request, form, one, bounds.points)
    stood: dict[What, str] = {what: before[what] for what in after} | {"live": str(one.live_ms // 1_000)}
    about = " ".join(filter(None, (one.number, one.name, one.unit)))
    changes = [
        Change(what, stood[what], value, about, one.who)
        for what, value in after.items()
        if value != stood[what]
    ]
    if not changes and not form.errors:
        form.errors["reason"] = sentence(request, UNCHANGED)
    return changes


def _live(request: Request, form: Form, one: Attended, whole: int) -> str:
    """In seconds."""
    text, stood = form["live"].strip(), str(one.live_ms // 1_000)
    if not text:
        return stood if one.said_live is None else ""
    found = LENGTH.fullmatch(text)
    if found is None:
        form.errors["live"] = sentence(request, NO_LENGTH)
        return stood
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    length = hours * 3_600 + minutes * 60 + seconds
    if length > whole // 1_000:
        form.errors["live"] = sentence(request, OVER_LENGTH, length=clock(whole // 1_000))
    return str(length)


def _points(request: Request, form: Form, one: Attended, most: int) -> str:
    text, stood = form["points"].strip(), str(one.points)
    if not text:
        return stood if one.said_points is None else ""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(most)) and int(text) <= most):
        form.errors["points"] = sentence(request, NO_POINTS, most=most)
        return stood
    return str(int(text))
