"""The pictures of the slides, each for those who may see it now; and the QR code that a screen shows.

Asked by every page of a broadcast. A slide's address never means another picture, so browsers keep it. It
draws no slide: they lie in the database as WebP.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from live.directory import broadcasts, decks
from live.directory.broadcasts import Broadcast
from live.domain.base import AUDIENCES
from live.pages import qr, state
from live.pages.signed_in import site, the_broadcast

KEPT = "private, max-age=31536000, immutable"  # a year; private, since not everybody may see it

Read = Callable[[sqlite3.Connection, int, str], bytes | None]


async def picture(request: Request) -> Response:
    return await _slide(request, decks.picture)


async def thumb(request: Request) -> Response:
    return await _slide(request, decks.thumb)


async def join_code(request: Request) -> Response:
    """Where to join, for the camera of a phone. There is none while nobody is taken in."""
    broadcast = await the_broadcast(request)
    visitor = await state.auth(request).visitor(request)
    seats = (visitor.seat(broadcast.id, "screen"), visitor.seat(broadcast.id, "desk"))
    if not (visitor.account or any(seats)) or not broadcast.joining:
        raise HTTPException(404)
    return qr.answer(broadcasts.join_url(broadcast, site(request)))


async def _slide(request: Request, read: Read) -> Response:
    broadcast, slide = await the_broadcast(request), request.path_params["slide"]
    if not await _may_see(request, broadcast, slide):
        raise HTTPException(404)  # whether there is such a slide is nobody's business, either
    found = await state.database(request).read(lambda db: read(db, broadcast.id, slide))
    if found is None:
        raise HTTPException(404)
    return Response(found, media_type="image/webp", headers={"Cache-Control": KEPT})


async def _may_see(request: Request, broadcast: Broadcast, slide: str) -> bool:
    """An organiser sees every page, even while the deck is being drawn; others what their page shows."""
    visitor = await state.auth(request).visitor(request)
    if visitor.account:
        return True
    seated = [audience for audience in AUDIENCES if visitor.seat(broadcast.id, audience)]
    if not seated:
        return False
    stage = await state.stages(request).get(broadcast.id)
    return any(stage.may_see_slide(slide, audience) for audience in seated)


routes: list[BaseRoute] = [
    Route("/b/{slug}/qr.svg", join_code),
    Route("/b/{slug}/{slide}.thumb.webp", thumb),
    Route("/b/{slug}/{slide}.webp", picture),
]
