"""Who is coming in: the form that asks for a name, and of attendees for unit and place.

Shared by join.py and enter.py. It makes a `Newcomer` of what was typed, or shows the form again with
what is missing said beside the field.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from live.auth import audience_of, new_id
from live.directory import broadcasts, people
from live.directory.broadcasts import Broadcast
from live.directory.people import Details, Newcomer
from live.domain.base import NAME_LIMIT, Audience, Role, Site
from live.pages import state
from live.pages.forms import Form
from live.pages.render import N_, render, sentence

OTHER_UNIT = "*"  # the choice that asks for one to be typed
NO_NAME = N_("Please give your name.")
LONG_NAME = N_("This name is too long: at most %(limit)d characters.")
LONG_UNIT = N_("This is too long: at most %(limit)d characters.")
NO_SITE = N_("Please say where you are.")


@dataclass(frozen=True)
class Door:
    """A way in: which broadcast, as what, by which link (None: by the code), and where the form goes."""

    broadcast: Broadcast
    role: Role
    link: str | None
    action: str

    @property
    def address(self) -> str:
        return page_of(self.broadcast.slug, audience_of(self.role))


def page_of(slug: str, audience: Audience) -> str:
    return f"/b/{slug}/" + ("" if audience == "attendee" else audience)


async def ask(request: Request, door: Door) -> Response:
    """The form, beginning with what this browser typed the last time."""
    visitor = await state.auth(request).visitor(request)
    sites, units, before = await _known(request, door, visitor.session)
    begun = _begin(door, sites, units, before, request.query_params.get("site", ""))
    return _show(request, door, Form(begun), sites, units)


async def come_in(request: Request, door: Door, form: Form) -> Response:
    """Take the seat, or show the form again."""
    sites, units, _before = await _known(request, door, None)
    newcomer = _read(request, door, form, sites)
    if form.errors:
        return _show(request, door, form, sites, units, status=422)
    return await take_seat(request, door, newcomer)


async def take_seat(request: Request, door: Door, newcomer: Newcomer) -> Response:
    auth = state.auth(request)
    response = RedirectResponse(door.address, 303)
    auth.keep(response, request, await auth.seat(await auth.visitor(request), newcomer))
    return response


def nameless(door: Door) -> Newcomer:
    return Newcomer(id=new_id(), broadcast=door.broadcast.id, role=door.role, link=door.link)


Known = tuple[list[Site], list[str], Details]


async def _known(request: Request, door: Door, session: str | None) -> Known:
    def job(db: sqlite3.Connection) -> Known:
        before = people.last_details(db, session) if session else Details()
        return broadcasts.sites(db, door.broadcast.id), broadcasts.units(db, door.broadcast.id), before

    return await state.database(request).read(job)


def _begin(door: Door, sites: list[Site], units: list[str], before: Details, wanted: str) -> dict[str, str]:
    listed = not units or not before.unit or before.unit in units
    return {
        "name": before.name or (door.broadcast.lecturer if door.role == "lecturer" else ""),
        "unit": before.unit if listed else OTHER_UNIT,
        "other_unit": "" if listed else before.unit,
        "site": _likely_site(door, sites, before, wanted),
    }


def _likely_site(door: Door, sites: list[Site], before: Details, wanted: str) -> str:
    """The one that the address asks for; else where this browser was the last time; else the room, if a
    link was opened: it is on its walls.

    Who types the code may have read it off the stream, so that one has to say.
    """
    if any(site.id == wanted for site in sites):
        return wanted
    kind = before.kind or ("room" if door.link else "")
    return next((site.id for site in sites if site.kind == kind), "")


def _read(request: Request, door: Door, form: Form, sites: list[Site]) -> Newcomer:
    long_name = sentence(request, LONG_NAME, limit=NAME_LIMIT)
    name = form.text("name", NAME_LIMIT, empty=sentence(request, NO_NAME), too_long=long_name)
    unit, site = "", ""
    if door.role == "attendee":
        field = "other_unit" if form["unit"] == OTHER_UNIT else "unit"
        unit = form.text(
            field, NAME_LIMIT, empty=None, too_long=sentence(request, LONG_UNIT, limit=NAME_LIMIT)
        )
        site = _read_site(request, form, sites)
    return Newcomer(
        id=new_id(),
        broadcast=door.broadcast.id,
        role=door.role,
        name=name,
        unit=unit,
        site=site,
        link=door.link,
    )


def _read_site(request: Request, form: Form, sites: list[Site]) -> str:
    if len(sites) == 1:
        return sites[0].id
    if sites and form["site"] not in {site.id for site in sites}:
        form.errors["site"] = sentence(request, NO_SITE)
    return form["site"] if sites else ""


def _show(
    request: Request, door: Door, form: Form, sites: list[Site], units: list[str], status: int = 200
) -> Response:
    return render(
        request,
        "name.html",
        status,
        door=door,
        broadcast=door.broadcast,
        form=form,
        sites=sites,
        units=units,
        other=OTHER_UNIT,
    )
