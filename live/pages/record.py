"""`/broadcasts/{slug}/record`: the record of a broadcast on one page, to be read, printed and signed.

What counts as having taken part is the reader's choice, a share of the live time that stands in the address
and on the paper. It is read by a thread with a connection of its own, as an export is. All that it
writes is who of the roster a guest is.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from live.database import connect
from live.directory import broadcasts, people
from live.domain.attendance import Rename
from live.domain.base import Site
from live.exports import attended, record, tables
from live.exports.attended import Standing
from live.exports.cells import clock
from live.exports.record import Record
from live.pages import details, forms, state, times
from live.pages.render import N_, language, render
from live.pages.signed_in import page_of, signed_in, the_broadcast

SHARE = 0  # percent of the live time: whoever was there at all
STANDINGS: dict[Standing, str] = {
    "room": N_("On site"),
    "remote": N_("Remote"),
    "made_up": N_("Made up"),
    "short": N_("Too short"),
    "missing": N_("Missing"),
}


@signed_in
async def show(request: Request) -> Response:
    broadcast, share = await the_broadcast(request), _share(request.query_params.get("share", ""))
    path = state.database(request).path
    found, sites = await run_in_threadpool(_read, path, broadcast.id)
    guests, lines = await state.database(request).read(
        lambda db: (people.guests(db, broadcast.id), people.lines(db, broadcast.id))
    )
    units = attended.by_unit(found.people, found.whole, share)
    lang = language(request)
    return render(
        request,
        "record.html",
        broadcast=broadcast,
        record=found,
        guests=guests if lines else [],
        lines=lines,
        unknown=request.query_params.get("unknown", ""),
        sites=sites,
        kinds=details.KINDS,
        units=units,
        absent=_absent(found, share),
        share=share,
        signed="signed" in request.query_params,
        standing=lambda one: one.standing(found.whole, share),
        standings=STANDINGS,
        roles=tables.ROLES,
        percent=attended.percent,
        clock=lambda ms: clock(ms // 1_000),
        now=state.auth(request).now(),
        shown=lambda at: times.shown(at, lang),
        hours=times.hours,
        machine=times.machine,
    )


@signed_in
async def identify(request: Request) -> Response:
    """A guest is somebody of the roster, or is not after all. The log says that it was corrected, by whom."""
    broadcast, form = await the_broadcast(request), await forms.read(request)
    guest, line = form["guest"], form["person"].strip()
    known = await state.database(request).write(lambda db: people.identify(db, broadcast.id, guest, line))
    if known:
        auth = state.auth(request)
        actor = await auth.organise(await auth.visitor(request), broadcast.id)
        await (await state.stages(request).get(broadcast.id)).signal(Rename(participant=guest), actor)
    lost = "" if known else f"?{urlencode({'unknown': line})}"
    return RedirectResponse(f"{page_of(broadcast)}/record{lost}#guests", 303)


def _read(path: Path, broadcast: int) -> tuple[Record, list[Site]]:
    with closing(connect(path)) as db:
        db.row_factory = sqlite3.Row
        return record.read(db, broadcast), broadcasts.sites(db, broadcast)


def _absent(found: Record, share: int) -> dict[str, list[str]]:
    """Who was expected and did not take part, or not enough: names by unit, as the roster has them."""
    names: dict[str, list[str]] = {}
    for one in found.people:
        if one.expected and one.standing(found.whole, share) in ("short", "missing"):
            names.setdefault(one.unit, []).append(one.name)
    return names


def _share(text: str) -> int:
    return min(100, int(text)) if text.isascii() and text.isdigit() and len(text) <= 3 else SHARE


routes: list[BaseRoute] = [
    Route("/broadcasts/{slug}/record", show, methods=["GET"]),
    Route("/broadcasts/{slug}/record", identify, methods=["POST"]),
]
