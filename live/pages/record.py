"""`/broadcasts/{slug}/record`: the record of a broadcast on one page, to be read, printed and signed.

What counts as having taken part is the reader's choice, a share of the live time that stands in the address
and on the paper. It is read by a thread with a connection of its own, as an export is. All that is written
here is what was wrong: who of the roster a guest is, and a person's line (`correcting`), each with a reason.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from live.database import connect
from live.directory import broadcasts, corrections, people
from live.directory.broadcasts import Broadcast
from live.directory.corrections import REASON_LIMIT, Change
from live.domain.attendance import Rename
from live.domain.base import Site
from live.exports import record
from live.exports.attended import Attended
from live.exports.record import Record
from live.pages import correcting, document, forms, state
from live.pages.correcting import Bounds
from live.pages.forms import Form
from live.pages.render import N_, language, render, sentence
from live.pages.signed_in import page_of, signed_in, the_broadcast

HOURS = ("45", "50", "60")  # minutes: what an hour of training has in the rules that are about
NOT_ONE_LINE = N_("“%(line)s” is not one line of the roster. Choose one of the list.")


@signed_in
async def show(request: Request) -> Response:
    """`correct` in the address names whose line is to be set right."""
    broadcast = await the_broadcast(request)
    found, sites = await run_in_threadpool(_read, state.database(request).path, broadcast.id)
    one = _of(found, request.query_params.get("correct", ""))
    return await _page(request, broadcast, found, sites, one, correcting.of(one) if one else None)


async def _page(
    request: Request,
    broadcast: Broadcast,
    found: Record,
    sites: list[Site],
    one: Attended | None = None,
    form: Form | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> Response:
    """`one` and `form`: a line that is being set right. `problem`: why a guest is nobody of the roster."""
    share = forms.percent(request.query_params.get("share", ""))
    guests, lines = await state.database(request).read(
        lambda db: (people.guests(db, broadcast.id), people.lines(db, broadcast.id))
    )
    return render(
        request,
        "record.html",
        status,
        guests=guests if lines else [],
        lines=lines,
        problem=problem,
        one=one,
        form=form,
        reason_limit=REASON_LIMIT,
        hour_choices=HOURS,
        signed="signed" in request.query_params,
        **document.of(broadcast, found, sites, share, language(request), state.auth(request).now()),
    )


@signed_in
async def correct(request: Request) -> Response:
    """One line is set right. With a mistake in it the form comes back as it was typed."""
    broadcast, form = await the_broadcast(request), await forms.read(request)
    database = state.database(request)
    found, sites = await run_in_threadpool(_read, database.path, broadcast.id)
    one = _of(found, form["who"])
    if one is None:
        raise HTTPException(404)
    why = correcting.reason(request, form)
    changes = correcting.read(request, form, one, Bounds(found.whole, found.answerable.points, sites))
    number = form["number"].strip()
    if await database.read(lambda db: people.has_number(db, broadcast.id, number, one.who)):
        form.errors["number"] = sentence(request, correcting.SAME_NUMBER)
    if form.errors:
        return await _page(request, broadcast, found, sites, one, form, status=422)
    word, now = await correcting.word(request, why), {each.what: each.after for each in changes}

    def job(db: sqlite3.Connection) -> list[str]:
        corrections.add(db, broadcast.id, word, changes)
        if not now.keys() & {"name", "unit", "number"}:
            return []
        name, unit = now.get("name", one.name), now.get("unit", one.unit)
        return people.rewrite(db, one.who, name, unit, now.get("number", one.number))

    for participant in await database.write(job):
        await _renamed(request, broadcast, participant)
    return RedirectResponse(f"{_record(request, broadcast)}#corrections", 303)


@signed_in
async def identify(request: Request) -> Response:
    """A guest is somebody of the roster, or is not after all. The log says that it was corrected, by whom."""
    broadcast, form = await the_broadcast(request), await forms.read(request)
    guest, line, why = form["guest"], form["person"].strip(), correcting.reason(request, form)
    problem, word = form.error("reason"), await correcting.word(request, why)

    def job(db: sqlite3.Connection) -> bool:
        was = next((each for each in people.guests(db, broadcast.id) if each.id == guest), None)
        if was is None or not people.identify(db, broadcast.id, guest, line):
            return False
        about = " ".join(filter(None, (was.name, was.unit)))
        change = Change("person", was.person or "", line, about, guest)
        corrections.add(db, broadcast.id, word, [change])
        return True

    if not problem and not await state.database(request).write(job):
        problem = sentence(request, NOT_ONE_LINE, line=line)
    if problem:
        found, sites = await run_in_threadpool(_read, state.database(request).path, broadcast.id)
        return await _page(request, broadcast, found, sites, problem=problem, status=422)
    await _renamed(request, broadcast, guest)
    return RedirectResponse(f"{_record(request, broadcast)}#guests", 303)


@signed_in
async def count_hours(request: Request) -> Response:
    """How many minutes an hour of training has: the organiser knows by which rule, this program does not."""
    broadcast, form = await the_broadcast(request), await forms.read(request)
    minutes = int(form["hour"]) if form["hour"] in HOURS else None
    await state.database(request).write(lambda db: broadcasts.set_hour(db, broadcast.id, minutes))
    return RedirectResponse(_record(request, broadcast), 303)


async def _renamed(request: Request, broadcast: Broadcast, participant: str) -> None:
    """The desk hears it, and the log says by whom."""
    auth = state.auth(request)
    actor = await auth.organise(await auth.visitor(request), broadcast.id)
    await (await state.stages(request).get(broadcast.id)).signal(Rename(participant=participant), actor)


def _record(request: Request, broadcast: Broadcast) -> str:
    """The page again, with what its reader chose."""
    chosen = {name: value for name, value in request.query_params.items() if name in ("share", "signed")}
    return f"{page_of(broadcast)}/record" + (f"?{urlencode(chosen)}" if chosen else "")


def _read(path: Path, broadcast: int) -> tuple[Record, list[Site]]:
    with closing(connect(path)) as db:
        db.row_factory = sqlite3.Row
        return record.read(db, broadcast), broadcasts.sites(db, broadcast)


def _of(found: Record, key: str) -> Attended | None:
    """A line of the record by what its address is called."""
    return next((each for each in found.people if str(each.who) == key), None)


routes: list[BaseRoute] = [
    Route("/broadcasts/{slug}/record", show, methods=["GET"]),
    Route("/broadcasts/{slug}/record", identify, methods=["POST"]),
    Route("/broadcasts/{slug}/record/hour", count_hours, methods=["POST"]),
    Route("/broadcasts/{slug}/record/corrections", correct, methods=["POST"]),
]
