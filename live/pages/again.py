"""`/broadcasts/{slug}/again`: an earlier broadcast held again, as a new one that is prepared the same way.

The form is that of a new broadcast with the earlier one's details in it, but for the date. It says what goes
over and what does not. Copying is `live.copying`'s part; the earlier broadcast is never changed.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from live import copying
from live.directory import broadcasts, decks, poll_library, roster, videos
from live.directory.broadcasts import Broadcast
from live.directory.decks import Deck
from live.domain.base import Site
from live.pages import broadcast as setup
from live.pages import details, forms, state
from live.pages.forms import Form
from live.pages.render import render
from live.pages.signed_in import page_of, signed_in, the_broadcast


@dataclass(frozen=True)
class Content:
    """What there is to take over."""

    deck: Deck | None
    polls: int
    people: int
    video: bool


@signed_in
async def show(request: Request) -> Response:
    earlier = await the_broadcast(request)
    form = details.of(earlier, await _sites(request, earlier))
    form.typed["planned"] = ""
    return await _page(request, earlier, form)


@signed_in
async def copy(request: Request) -> Response:
    earlier, form = await the_broadcast(request), await forms.read(request)
    if details.rearrange(form):
        return await _page(request, earlier, form)
    given = details.read(request, form, await _sites(request, earlier))
    if form.errors:
        return await _page(request, earlier, form, 422)
    make, now = await setup.maker(request, given), state.auth(request).now()
    made = await copying.copy(
        state.database(request), earlier.id, make, people=form["people"] == "on", now=now
    )
    return RedirectResponse(page_of(made), 303)


async def _sites(request: Request, earlier: Broadcast) -> list[Site]:
    return await state.database(request).read(lambda db: broadcasts.sites(db, earlier.id))


async def _page(request: Request, earlier: Broadcast, form: Form, status: int = 200) -> Response:
    def job(db: sqlite3.Connection) -> Content:
        return Content(
            decks.in_use(db, earlier.id),
            len(poll_library.of_broadcast(db, earlier.id)),
            len(roster.people(db, earlier.id)),
            videos.of(db, earlier.id).kind != "none",
        )

    content = await state.database(request).read(job)
    filled = setup.filled(request, form)
    return render(request, "broadcast_again.html", status, earlier=earlier, content=content, **filled)


routes: list[BaseRoute] = [
    Route("/broadcasts/{slug}/again", show, methods=["GET"]),
    Route("/broadcasts/{slug}/again", copy, methods=["POST"]),
]
