"""`/broadcasts/{slug}/archive`: all that a broadcast leaves behind in one file, for whoever is signed in.

Press, see how far it is, take the file, and keep its seal elsewhere. The page asks again by itself while the
pack is being made, and needs no script. `packing` has it made; what is in it is `live.archive`'s part.
"""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from live.pages import export, forms, state, times
from live.pages.packing import Packing
from live.pages.render import N_, language, render, sentence
from live.pages.signed_in import page_of, signed_in, the_broadcast

AGAIN_SECONDS = "1"
PACK = N_("Archive pack")


@signed_in
async def show(request: Request) -> Response:
    broadcast, lang = await the_broadcast(request), language(request)
    pack = _packing(request).of(broadcast)
    answer = render(
        request,
        "broadcast_archive.html",
        broadcast=broadcast,
        pack=pack,
        size=pack.path.stat().st_size if pack and pack.state == "ready" else 0,
        share=forms.percent(request.query_params.get("share", "")),
        shown=lambda at: times.shown(at, lang),
        machine=times.machine,
    )
    if pack and pack.state == "making":
        answer.headers["Refresh"] = AGAIN_SECONDS
    return answer


@signed_in
async def make(request: Request) -> Response:
    broadcast, form = await the_broadcast(request), await forms.read(request)
    share, now = forms.percent(form["share"]), state.auth(request).now()
    await _packing(request).start(broadcast, language(request), share, now)
    return RedirectResponse(f"{page_of(broadcast)}/archive?share={share}", 303)


@signed_in
async def take(request: Request) -> Response:
    broadcast = await the_broadcast(request)
    pack = _packing(request).of(broadcast)
    if pack is None or pack.state != "ready":
        raise HTTPException(404)
    held_on = await state.database(request).read(lambda db: export.day(db, broadcast))
    name = export.file_name(broadcast, held_on, sentence(request, PACK))
    return FileResponse(pack.path, media_type="application/zip", filename=f"{name}.zip")


def _packing(request: Request) -> Packing:
    found: Packing = request.app.state.packing
    return found


routes: list[BaseRoute] = [
    Route("/broadcasts/{slug}/archive", show, methods=["GET"]),
    Route("/broadcasts/{slug}/archive", make, methods=["POST"]),
    Route("/broadcasts/{slug}/archive.zip", take, methods=["GET"]),
]
