"""The organiser's pages: the list of broadcasts, and the routes of all that lies below it.

Only accounts get here; everybody else is sent to the login and comes back. It changes nothing itself.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from live.directory import broadcasts
from live.pages import (
    again,
    archive,
    broadcast,
    deck_upload,
    erasing,
    export,
    invitations,
    polls,
    questions,
    record,
    recording,
    roster,
    slides,
    state,
    times,
)
from live.pages.render import language, render
from live.pages.signed_in import signed_in


@signed_in
async def overview(request: Request) -> Response:
    listed = await state.database(request).read(broadcasts.overview)
    lang = language(request)
    return render(
        request,
        "broadcasts.html",
        listed=listed,
        shown=lambda at: times.shown(at, lang),
        machine=times.machine,
    )


routes: list[BaseRoute] = [
    Route("/broadcasts", overview),
    *again.routes,
    *archive.routes,
    *broadcast.routes,
    *deck_upload.routes,
    *erasing.routes,
    *export.routes,
    *invitations.routes,
    *polls.routes,
    *questions.routes,
    *record.routes,
    *recording.routes,
    *roster.routes,
    *slides.routes,
]
