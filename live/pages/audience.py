"""The pages of a broadcast: attendee, desk, rundown and screen. Each is a shell with the first frame in it.

What is in them is drawn by the browser code from docs; here it is only decided who gets in, and as
whom. An organiser who is signed in takes a seat at the desk, or lends the screen one, by opening it.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from live import security
from live.domain.base import Actor, Audience
from live.pages import shell, state
from live.pages.errors import error
from live.pages.render import N_
from live.pages.signed_in import the_broadcast

NO_DESK = (
    N_("This is the desk"),
    N_("It is for the lecturer and the moderators. Open the link that you were sent, or sign in."),
)
NO_SCREEN = (
    N_("This page is for a screen"),
    N_("Open its link on the computer that drives the projector, or sign in there."),
)


async def attendee(request: Request) -> Response:
    visitor = await state.auth(request).visitor(request)
    seats = (each for each in visitor.seats if each.slug == request.path_params["slug"])
    seat = next((each for each in seats if each.audience == "attendee"), None)
    if seat is None:
        await the_broadcast(request)
        return RedirectResponse("/join", 303)
    return await _shell(request, "attendee.html", seat.broadcast, seat.title, seat.actor, "attendee")


async def desk(request: Request) -> Response:
    return await _at_the_desk(request, "desk.html")


async def rundown(request: Request) -> Response:
    return await _at_the_desk(request, "rundown.html")


async def screen(request: Request) -> Response:
    found, auth = await the_broadcast(request), state.auth(request)
    actor = await auth.organise(await auth.visitor(request), found.id, "screen")
    if actor is None:
        return _closed(request, NO_SCREEN)
    return await _shell(request, "screen.html", found.id, found.title, actor, "screen")


async def _at_the_desk(request: Request, template: str) -> Response:
    found, auth = await the_broadcast(request), state.auth(request)
    actor = await auth.organise(await auth.visitor(request), found.id)
    if actor is None:
        return _closed(request, NO_DESK)
    return await _shell(request, template, found.id, found.title, actor, "desk")


def _closed(request: Request, said: tuple[str, str]) -> Response:
    return error(request, 403, said, sign_in=f"/login?next={quote(request.scope['path'])}")


async def _shell(
    request: Request, template: str, broadcast: int, title: str, actor: Actor, audience: Audience
) -> Response:
    stage = await state.stages(request).get(broadcast)
    page = shell.answer(request, template, title, audience, await stage.welcome(actor, audience))
    policy = security.policy(request.scope, state.settings(request).origin, stage.state.life.setup.video)
    page.headers["Content-Security-Policy"] = policy
    return page


routes: list[BaseRoute] = [
    Route("/b/{slug}/", attendee),
    Route("/b/{slug}/desk", desk),
    Route("/b/{slug}/rundown", rundown),
    Route("/b/{slug}/screen", screen),
]
