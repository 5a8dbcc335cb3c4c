"""Joining by the code that everybody in the hall can see.

A code that nobody has and one that takes nobody in get the same answer, from the same query. Wrong
ones are counted by address, and cost their senders time; a right one always gets in, because 150
people may share one address with whoever is guessing.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from live.auth import TooMany, neighbourhood
from live.directory import broadcasts
from live.directory.broadcasts import Broadcast
from live.pages import forms, newcomers, state
from live.pages.newcomers import Door
from live.pages.render import N_, render, sentence

NO_CODE = N_("Type the code that is shown on the screen: six letters and figures.")
WRONG_CODE = N_("No broadcast takes people in by this code. Look at it once more, letter by letter.")
TOO_MANY = N_("Too many wrong codes came from your network. Wait a minute, or open the QR code instead.")


async def ask_code(request: Request) -> Response:
    await state.auth(request).visitor(request)
    return render(request, "join.html", code="", error=None)


async def take_code(request: Request) -> Response:
    """On to the address of the broadcast's code: it may be reloaded, and it is no secret."""
    typed = (await forms.read(request))["code"]
    if not broadcasts.plain_code(typed):
        return render(request, "join.html", 422, code=typed, error=sentence(request, NO_CODE))
    found = await _find(request, typed)
    if found is None:
        return _wrong(request, typed)
    return RedirectResponse(await _seated(request, found) or f"/join/{found.code}", 303)


async def ask_name(request: Request) -> Response:
    typed = request.path_params["code"]
    found = await _find(request, typed)
    if found is None:
        return _wrong(request, typed)
    seated = await _seated(request, found)
    return RedirectResponse(seated, 303) if seated else await newcomers.ask(request, _door(found))


async def come_in(request: Request) -> Response:
    form = await forms.read(request)
    found = await _find(request, request.path_params["code"])
    if found is None:
        return _wrong(request, request.path_params["code"])
    seated = await _seated(request, found)  # the button was pressed twice
    return RedirectResponse(seated, 303) if seated else await newcomers.come_in(request, _door(found), form)


async def _find(request: Request, typed: str) -> Broadcast | None:
    return await state.database(request).read(lambda db: broadcasts.find_by_code(db, typed))


async def _seated(request: Request, found: Broadcast) -> str | None:
    """Where to go without typing again."""
    visitor = await state.auth(request).visitor(request)
    return newcomers.page_of(found.slug, "attendee") if visitor.seat(found.id, "attendee") else None


def _door(found: Broadcast) -> Door:
    return Door(found, "attendee", None, f"/join/{found.code}")


def _wrong(request: Request, typed: str) -> Response:
    auth = state.auth(request)
    key, now = neighbourhood(request.client.host if request.client else None), auth.now()
    code = typed[:20]
    try:
        auth.wrong_codes.check(key, now)
    except TooMany as wait:
        response = render(request, "join.html", 429, code=code, error=sentence(request, TOO_MANY))
        response.headers["Retry-After"] = str(-(-wait.wait_ms // 1_000))
        return response
    auth.wrong_codes.add(key, now)
    return render(request, "join.html", 422, code=code, error=sentence(request, WRONG_CODE))


routes: list[BaseRoute] = [
    Route("/join", ask_code, methods=["GET"]),
    Route("/join", take_code, methods=["POST"]),
    Route("/join/{code}", ask_name, methods=["GET"]),
    Route("/join/{code}", come_in, methods=["POST"]),
]
