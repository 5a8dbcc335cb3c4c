"""The running mark for the stream's picture, and the clock that it goes by.

A browser source of OBS has no cookie and no seat, so both are open to everybody: they show what time it is
on this server, and nothing of any broadcast. What viewers do with the digits is the pages' matter.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from live.pages import state
from live.pages.render import render
from live.pages.signed_in import the_broadcast


async def mark(request: Request) -> Response:
    await the_broadcast(request)
    return render(request, "mark.html")


async def clock(request: Request) -> Response:
    """The server's wall clock in ms, as in every frame."""
    return JSONResponse({"now": state.auth(request).now()})


routes: list[BaseRoute] = [
    Route("/b/{slug}/mark", mark),
    Route("/clock", clock),
]
