"""The pictures of the slides, each for those who may see it now; and the QR code that a screen shows.

Asked by every page of a broadcast. A slide's address never means another picture, so browsers keep it. It
draws no slide: they lie in the database as WebP.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from live.auth import Visitor
from live.database import Database
from live.directory import broadcasts, decks
from live.domain.base import Audience
from live.pages import qr, state
from live.pages.signed_in import site, the_broadcast

KEPT = "private, max-age=31536000, immutable"  # a year; private, since not everybody may see it

MANY = 64  # pictures and thumbs in memory, of some tens of KB each

Read = Callable[[sqlite3.Connection, int, str], bytes | None]
Key = tuple[Path, int, str, Read]
_asked: dict[Key, bytes] = {}  # those asked for first stand first


async def picture(request: Request) -> Response:
    return await _slide(request, decks.picture)


async def small(request: Request) -> Response:
    return await _slide(request, decks.small)


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
    visitor, slug = await state.auth(request).visitor(request), request.path_params["slug"]
    seats = [each for each in visitor.seats if each.slug == slug]
    broadcast = seats[0].broadcast if seats else (await the_broadcast(request)).id
    if not await _may_see(request, visitor, broadcast, {each.audience for each in seats}):
        raise HTTPException(404)  # whether there is such a slide is nobody's business, either
    found = await _image(state.database(request), broadcast, request.path_params["slide"], read)
    if found is None:
        raise HTTPException(404)
    return Response(found, media_type="image/webp", headers={"Cache-Control": KEPT})


async def _may_see(request: Request, visitor: Visitor, broadcast: int, seated: set[Audience]) -> bool:
    """An organiser sees every page, even while the deck is being drawn; others what their page shows."""
    if visitor.account:
        return True
    if not seated:
        return False
    stage = await state.stages(request).get(broadcast)
    return any(stage.may_see_slide(request.path_params["slide"], audience) for audience in seated)


async def _image(database: Database, broadcast: int, slide: str, read: Read) -> bytes | None:
    """From memory where it was asked for lately: a cue sends a thousand phones for the same picture."""
    key = (database.path, broadcast, slide, read)
    kept = _asked.get(key)
    return kept or await database.read(lambda db: _asked.get(key) or _keep(key, read(db, broadcast, slide)))


def _keep(key: Key, image: bytes | None) -> bytes | None:
    """On the reader's thread, so the thousand wait there for the first of them."""
    if image is not None:
        _asked[key] = image
        if len(_asked) > MANY:
            _asked.pop(next(iter(_asked)), None)
    return image


routes: list[BaseRoute] = [
    Route("/b/{slug}/qr.svg", join_code),
    Route("/b/{slug}/{slide}.thumb.webp", thumb),
    Route("/b/{slug}/{slide}.small.webp", small),
    Route("/b/{slug}/{slide}.webp", picture),
]
