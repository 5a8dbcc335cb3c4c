"""The recording on the organiser's page: its address or file, its clock, and whether people may watch it.

The forms work without a script; the clock is set on the page of the replay, which shows what it does. What
is changed here the stage is told, so that attendees see the way to the replay. It never opens a file.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from live import security
from live.directory import recordings
from live.directory.broadcasts import Broadcast
from live.directory.recordings import Kind, Part
from live.domain.base import Natural
from live.domain.life import EditSetup
from live.pages import body, forms, recording_upload, state
from live.pages.errors import error
from live.pages.render import N_
from live.pages.signed_in import page_of, signed_in, signed_in_script, the_broadcast

ADDRESS_LIMIT = 2_000  # characters: longer ones do not survive mail and chat
CLOCK_LIMIT = 64 * 1024  # bytes: some hundred cuts are below 10 KiB
PARTS_LIMIT = 500  # known moments: a day cut into pieces of three minutes
SHIFT_MS = 7 * 24 * 3_600_000  # a playlist's clock that is further off is another recording

NO_ADDRESS = (
    N_("This is not the address of a video"),
    N_("It begins with https:// and ends with .m3u8, .mp4 or .webm. Go back and correct it."),
)


class ClockPart(msgspec.Struct, forbid_unknown_fields=True):
    media_ms: Natural
    wall_at: Natural


class Clock(msgspec.Struct, forbid_unknown_fields=True):
    """When the frames were taken: known moments, or without any what the playlist's dates are off by."""

    parts: Annotated[list[ClockPart], msgspec.Meta(max_length=PARTS_LIMIT)]
    shift_ms: Annotated[int, msgspec.Meta(ge=-SHIFT_MS, le=SHIFT_MS)] = 0


@signed_in
async def save(request: Request) -> Response:
    """The address of a recording, or that there is none."""
    broadcast, form = await the_broadcast(request), await forms.read(request)
    address = form["address"].strip()
    kind = kind_of(address) if address else "none"
    if kind is None:
        return error(request, 422, NO_ADDRESS)
    before = await state.database(request).write(
        lambda db: recordings.put(db, broadcast.id, kind=kind, url=address)
    )
    recording_upload.drop(state.settings(request), before)
    return RedirectResponse(page_of(broadcast, "recording"), 303)


def kind_of(address: str) -> Kind | None:
    """What an address leads to, by its look; None: to no video."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    honest = parts.scheme in {"http", "https"} and security.HOST.fullmatch(parts.netloc)
    if not honest or len(address) > ADDRESS_LIMIT or not address.isprintable() or " " in address:
        return None
    return "hls" if "m3u8" in f"{parts.path}?{parts.query}".lower() else "file"


@signed_in
async def publish(request: Request) -> Response:
    """Open the replay to everybody who has a seat, or close it again."""
    broadcast, form = await the_broadcast(request), await forms.read(request)
    at = state.auth(request).now() if form["published"] == "on" else None
    await state.database(request).write(lambda db: recordings.publish(db, broadcast.id, at))
    await tell(request, broadcast)
    return RedirectResponse(page_of(broadcast, "recording"), 303)


@signed_in_script
async def clock(request: Request) -> Response:
    """When the frames were taken, as JSON from the page of the replay."""
    broadcast, given = await the_broadcast(request), await body.decoded(request, Clock, CLOCK_LIMIT)
    parts = [Part(media_ms=part.media_ms, wall_at=part.wall_at) for part in given.parts]
    await state.database(request).write(
        lambda db: recordings.set_clock(db, broadcast.id, parts, given.shift_ms)
    )
    return Response(status_code=204)


async def tell(request: Request, broadcast: Broadcast) -> None:
    await (await state.stages(request).get(broadcast.id)).signal(EditSetup())


routes: list[BaseRoute] = [
    Route("/broadcasts/{slug}/recording", save, methods=["POST"]),
    Route("/broadcasts/{slug}/recording/published", publish, methods=["POST"]),
    Route("/broadcasts/{slug}/recording/clock", clock, methods=["PUT"]),
    *recording_upload.routes,
]
