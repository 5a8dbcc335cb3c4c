"""`/broadcasts/{slug}/roster/erase`: somebody's name is erased, here and wherever else it stands.

First a name, then what was found under it in all broadcasts, to be ticked; then it is gone. What stays is
said there, and that it is the organiser who decides. Finding and erasing are `directory.erasing`'s part.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

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
    await database.checkpoint()  # or the write-ahead log has it still
    for number in {one.broadcast for one in chosen}:
        await _tell(request, number, [name for where, name in nameless if where == number])
    return RedirectResponse(f"{page_of(broadcast)}/roster/erase?erased={len(chosen)}", 303)


async def _tell(request: Request, number: int, participants: list[str]) -> None:
    """Those who look at it see no name any more, and there is no pack with it."""
    packing: Packing = request.app.state.packing
    await packing.forget(number)
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
        erased=int(erased) if erased.isascii() and erased.isdigit() else 0,
        reason_limit=REASON_LIMIT,
    )


routes: list[BaseRoute] = [
    Route("/broadcasts/{slug}/roster/erase", show, methods=["GET"]),
    Route("/broadcasts/{slug}/roster/erase", erase, methods=["POST"]),
]
