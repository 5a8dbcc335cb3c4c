"""`/broadcasts/{slug}/roster/erase`: somebody's name is erased, here and wherever else it stands.

First a name, then what was found under it in all broadcasts, to be ticked; then it is gone. What stays is
said there, and that it is the organiser who decides. Finding and erasing are `directory.erasing`'s part.
"""

from __future__ import annotations

import asyncio
import logging

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from live.database import Database
from live.directory import erasing, people
from live.directory.broadcasts import Broadcast
from live.directory.corrections import REASON_LIMIT
from live.directory.erasing import Found
from live.domain.attendance import Rename
from live.pages import correcting, forms, state
from live.pages.forms import Form
from live.pages.packing import Packing
from live.pages.render import N_, render, sentence
from live.pages.signed_in import page_of, signed_in, the_broadcast

AGAIN_SECONDS, PATIENCE = 0.1, 50  # after which, and how many times, it is tried

logger = logging.getLogger(__name__)

NOBODY = N_("Tick whose name is to be erased.")


@signed_in
async def show(request: Request) -> Response:
    """Without a name the question for one, with it what was found."""
    broadcast, name = await the_broadcast(request), request.query_params.get("name", "").strip()
    form = Form({"name": name, "reason": ""})
    found = await state.database(request).read(lambda db: erasing.named(db, name))
    return await _page(request, broadcast, form, found)


@signed_in
async def erase(request: Request) -> Response:
    broadcast, form = await the_broadcast(request), await forms.read(request)
    database = state.database(request)
    found = await database.read(lambda db: erasing.named(db, form["name"]))
    chosen = [one for one in found if f"who.{one.who}" in form]
    why = correcting.reason(request, form)
    if not chosen:
        form.errors["who"] = sentence(request, NOBODY)
    if form.errors:
        return await _page(request, broadcast, form, found, 422)
    word = await correcting.word(request, why)
    nameless = await database.write(lambda db: erasing.erase(db, chosen, word))
    packing: Packing = request.app.state.packing
    broadcasts = {one.broadcast for one in chosen}
    for number in broadcasts:
        await packing.forget(number)  # while one is made it is read, and the write-ahead log must stay
    await _cut_off(database)
    for number in broadcasts:
        await _tell(request, number, [name for where, name in nameless if where == number])
    return RedirectResponse(f"{page_of(broadcast)}/roster/erase?erased={len(chosen)}", 303)


async def _cut_off(database: Database) -> None:
    """The write-ahead log has the name still. While somebody is given a table it cannot be cut off."""
    for _ in range(PATIENCE):
        if await database.checkpoint():
            return
        await asyncio.sleep(AGAIN_SECONDS)
    logger.warning(
        "A name that was erased is in the write-ahead log until the server stops or writes much more"
    )


async def _tell(request: Request, number: int, participants: list[str]) -> None:
    """Those who look at it see no name any more."""
    if participants:
        auth = state.auth(request)
        actor = await auth.organise(await auth.visitor(request), number)
        stage = await state.stages(request).get(number)
        for participant in participants:
            await stage.signal(Rename(participant=participant), actor)


async def _page(
    request: Request, broadcast: Broadcast, form: Form, found: list[Found], status: int = 200
) -> Response:
    names = await state.database(request).read(
        lambda db: people.names(db, broadcast.id) if not form["name"] else []
    )
    erased = request.query_params.get("erased", "")
    return render(
        request,
        "roster_erase.html",
        status,
        broadcast=broadcast,
        form=form,
        found=found,
        names=names,
        erased=int(erased) if erased.isascii() and erased.isdigit() and len(erased) < 10 else 0,
        reason_limit=REASON_LIMIT,
    )


routes: list[BaseRoute] = [
    Route("/broadcasts/{slug}/roster/erase", show, methods=["GET"]),
    Route("/broadcasts/{slug}/roster/erase", erase, methods=["POST"]),
]
