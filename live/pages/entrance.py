"""The front door: the start page, the choice of language, and leaving a broadcast.

The ways in are beside it: join.py by code, enter.py by link, account.py for organisers.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from live.auth import Seat, Visitor
from live.directory import accounts, people
from live.domain.base import Audience
from live.pages import forms, state
from live.pages.render import LANGUAGE_COOKIE, LANGUAGES, render

YEAR_SECONDS = 365 * 24 * 3600
RECENT = 3  # seats on the start page: what one may want to go back to
BROADCAST_PATH = re.compile(r"/b/(?P<slug>[^/]+)/(?P<page>[a-z]*)")
PAGES: dict[str, Audience] = {"desk": "desk", "rundown": "desk", "screen": "screen"}


async def home(request: Request) -> Response:
    visitor = await state.auth(request).visitor(request)
    ready = visitor.account is not None or await state.database(request).read(accounts.any_account)
    seats = [seat for seat in visitor.seats if seat.audience != "screen"][:RECENT]
    return render(request, "home.html", seats=seats, ready=ready)


async def language(request: Request) -> Response:
    """Keep the choice and show the same page again."""
    form = await forms.read(request)
    response = RedirectResponse(came_from(request), 303)
    if form["lang"] in LANGUAGES:
        response.set_cookie(LANGUAGE_COOKIE, form["lang"], max_age=YEAR_SECONDS, samesite="lax")
    return response


async def leave(request: Request) -> Response:
    """Give up a seat: that of the page it was asked on, or of the broadcast and audience that are named."""
    form = await forms.read(request)
    page = BROADCAST_PATH.match(came_from(request))
    slug = form["slug"] or (page["slug"] if page else "")
    audience = PAGES.get(form["audience"] or (page["page"] if page else ""), "attendee")
    visitor = await state.auth(request).visitor(request)
    seat = next((each for each in visitor.seats if each.slug == slug and each.audience == audience), None)
    if seat is not None:
        await _rise(request, visitor, seat)
    return RedirectResponse("/", 303)


async def _rise(request: Request, visitor: Visitor, seat: Seat) -> None:
    session = str(visitor.session)
    await state.database(request).write(lambda db: people.rise(db, session, seat.broadcast, seat.audience))
    await turn_out(request, [seat])


async def turn_out(request: Request, seats: list[Seat]) -> None:
    """Close the sockets of those who sat there."""
    for seat in seats:
        stage = await state.stages(request).get(seat.broadcast)
        stage.turn_out([seat.participant])


def came_from(request: Request) -> str:
    """The path of the page that sent this, which our own pages always tell; else the start page."""
    path = urlsplit(request.headers.get("referer", "")).path
    return path if path.startswith("/") and not path.startswith("//") else "/"


routes: list[BaseRoute] = [
    Route("/", home),
    Route("/language", language, methods=["POST"]),
    Route("/leave", leave, methods=["POST"]),
]
