"""Who of the roster has not joined yet: asked by the desk while somebody looks at the people there.

It is a plain table, read when it is wanted: the stage knows those who came, and nothing of the others.
Only the desk is answered.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from live.directory import roster
from live.pages import state
from live.pages.signed_in import the_broadcast

MOST = 1_000  # names: more nobody reads at a desk; the number is told whole


async def missing(request: Request) -> Response:
    broadcast, auth = await the_broadcast(request), state.auth(request)
    if await auth.organise(await auth.visitor(request), broadcast.id) is None:
        raise HTTPException(404)

    def look(db: sqlite3.Connection) -> dict[str, Any]:
        absent = roster.missing(db, broadcast.id)
        return {
            "expected": len(roster.people(db, broadcast.id)),
            "missing": len(absent),
            "people": [{"name": each.name, "unit": each.unit} for each in absent[:MOST]],
        }

    found = await state.database(request).read(look)
    return JSONResponse(found, headers={"Cache-Control": "no-store"})


routes: list[BaseRoute] = [Route("/b/{slug}/desk/missing", missing)]
