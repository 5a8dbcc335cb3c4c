"""Coming in by a link: `/enter#TOKEN`. What follows the # is never sent, so no log has it.

A script on the page posts the token; a cookie of this door keeps it while a name is asked, so that a
reload or another language does not lose it. A screen needs no name and is let in at once.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from live import security
from live.auth import audience_of
from live.directory import broadcasts
from live.domain.base import DESK
from live.pages import forms, newcomers, state
from live.pages.newcomers import Door
from live.pages.render import render

LINK_COOKIE = "link"
LINK_SECONDS = 3600  # somebody who is called away between the scan and the name
ASK = "/enter/name"


async def open_link(request: Request) -> Response:
    return render(request, "enter.html", closed=False)


async def take_token(request: Request) -> Response:
    token = (await forms.read(request))["token"]
    door = await _door(request, token)
    if door is None:
        return render(request, "enter.html", 404, closed=True)
    seated = await _seated(request, door)
    if seated:
        return RedirectResponse(seated, 303)
    if door.role == "screen":
        return await newcomers.take_seat(request, door, newcomers.nameless(door))
    response = RedirectResponse(ASK, 303)
    secure = security.is_secure(request.scope, state.settings(request).origin)
    response.set_cookie(
        LINK_COOKIE, token, LINK_SECONDS, path="/enter", secure=secure, httponly=True, samesite="lax"
    )
    return response


async def ask_name(request: Request) -> Response:
    door = await _door(request, request.cookies.get(LINK_COOKIE, ""))
    if door is None:
        return render(request, "enter.html", 404, closed=True)
    seated = await _seated(request, door)
    return RedirectResponse(seated, 303) if seated else await newcomers.ask(request, door)


async def come_in(request: Request) -> Response:
    form = await forms.read(request)
    door = await _door(request, request.cookies.get(LINK_COOKIE, ""))
    if door is None:
        return render(request, "enter.html", 404, closed=True)
    seated = await _seated(request, door)  # the button was pressed twice
    response = RedirectResponse(seated, 303) if seated else await newcomers.come_in(request, door, form)
    if response.status_code == 303:
        response.delete_cookie(LINK_COOKIE, path="/enter")
    return response


async def _door(request: Request, token: str) -> Door | None:
    link = await state.auth(request).link(token)
    if link is None:
        return None
    found = await state.database(request).read(lambda db: broadcasts.by_id(db, link.broadcast))
    return Door(found, link.role, link.id, ASK) if found else None


async def _seated(request: Request, door: Door) -> str | None:
    """Where to go at once: this browser has what the link gives, or more."""
    visitor = await state.auth(request).visitor(request)
    if door.role in DESK and visitor.account:
        return door.address
    seat = visitor.seat(door.broadcast.id, audience_of(door.role))
    return door.address if seat and seat.role == door.role else None


routes: list[BaseRoute] = [
    Route("/enter", open_link, methods=["GET"]),
    Route("/enter", take_token, methods=["POST"]),
    Route(ASK, ask_name, methods=["GET"]),
    Route(ASK, come_in, methods=["POST"]),
]
