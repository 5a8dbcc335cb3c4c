"""The replay of a broadcast: the attendee's page by the clock of a recording, and the recording's file.

For attendees once the organiser has opened it, for the desk and organisers at any time after a start. The
page gets the docs that attendees have now, so what was hidden in the end stays hidden, and no socket:
nothing that is done in a replay changes what happened. What an attendee plays is kept apart, as make-up.
"""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from live import protocol, security
from live.directory import makeup, recordings
from live.directory.broadcasts import Broadcast
from live.directory.recordings import Recording, Span
from live.domain.base import Actor, Natural, Video
from live.pages import body, shell, state
from live.pages.errors import error
from live.pages.render import N_
from live.pages.signed_in import the_broadcast

KINDS = {".mp4": "video/mp4", ".webm": "video/webm"}
SPANS_LIMIT = 500  # spans or polls in one report: a page that was offline for hours has some dozens
WATCHED_LIMIT = 64 * 1024  # bytes
TRIED = r"^[0-9]{1,6}/[0-9]{1,6}$"  # a poll and its round
KEPT = "private, max-age=86400"  # its name means no other file, but who may see it can change

NOT_OPEN = (
    N_("The replay is not open"),
    N_("When the organiser has opened it, you find it here, and on the page of the broadcast."),
)


async def page(request: Request) -> Response:
    broadcast = await the_broadcast(request)
    actor = await _actor(request, broadcast)
    if actor is None:
        return RedirectResponse("/join", 303)
    recording, spans = await _recording(request, broadcast)
    if not _open_to(actor, recording):
        return error(request, 403, NOT_OPEN, sign_in=f"/login?next={quote(request.scope['path'])}")
    stage = await state.stages(request).get(broadcast.id)
    visitor = await state.auth(request).visitor(request)
    doc = told(broadcast.slug, recording, spans, may_set=visitor.account is not None)
    doc["recorded"] = not actor.on_desk
    doc["played_ms"] = await _played(request, broadcast, actor.participant)
    first = protocol.with_doc(await stage.welcome(actor, "attendee"), "recording", msgspec.json.encode(doc))
    answer = shell.answer(request, "replay.html", broadcast.title, "attendee", first)
    video = Video(kind="none" if recording.kind == "none" else "file", url=recording.url)
    policy = security.policy(request.scope, state.settings(request).origin, video)
    answer.headers["Content-Security-Policy"] = policy
    return answer


class Watched(msgspec.Struct, forbid_unknown_fields=True):
    """What a page says of itself: moments of the broadcast that were played, and polls that were tried."""

    played: Annotated[list[tuple[Natural, Natural]], msgspec.Meta(max_length=SPANS_LIMIT)]
    tried: Annotated[list[Annotated[str, msgspec.Meta(pattern=TRIED)]], msgspec.Meta(max_length=SPANS_LIMIT)]


async def watched(request: Request) -> Response:
    """An attendee's page says what was played. The answer: how much is kept now; 409 if it took less time."""
    broadcast = await the_broadcast(request)
    seat = (await state.auth(request).visitor(request)).seat(broadcast.id, "attendee")
    recording, spans = await _recording(request, broadcast)
    if seat is None or recording.published_at is None:
        raise HTTPException(404)
    said = await body.decoded(request, Watched, WATCHED_LIMIT)
    now, who = state.auth(request).now(), seat.actor.participant
    played = makeup.within(said.played, spans, now)
    kept = await state.database(request).write(
        lambda db: makeup.note(db, broadcast.id, who, played, said.tried, now)
    )
    return JSONResponse({"played_ms": await _played(request, broadcast, who)}, 200 if kept else 409)


async def _played(request: Request, broadcast: Broadcast, participant: str) -> int:
    return await state.database(request).read(lambda db: makeup.played_ms(db, broadcast.id, participant))


async def file(request: Request) -> Response:
    """The uploaded recording, whole or the part that a player asks for."""
    broadcast = await the_broadcast(request)
    actor = await _actor(request, broadcast)
    recording, _ = await _recording(request, broadcast)
    known = recording.file and recording.file == request.path_params["file"]
    path = state.settings(request).recordings / recording.file
    if actor is None or not _open_to(actor, recording) or not known or not path.is_file():
        raise HTTPException(404)
    return FileResponse(path, headers={"Cache-Control": KEPT}, media_type=KINDS[path.suffix])


def told(slug: str, recording: Recording, spans: tuple[Span, ...], *, may_set: bool) -> dict[str, Any]:
    """The doc `recording`: see static/core/docs.d.ts."""
    uploaded = f"/b/{slug}/recording/{recording.file}"
    return {
        "kind": "file" if recording.kind == "upload" else recording.kind,
        "url": uploaded if recording.kind == "upload" else recording.url,
        "shift_ms": recording.shift_ms,
        "parts": [{"media_ms": part.media_ms, "wall_at": part.wall_at} for part in recording.parts],
        "spans": [{"since": span.since, "until": span.until} for span in spans],
        "published": recording.published_at is not None,
        "may_set": may_set,
    }


async def _actor(request: Request, broadcast: Broadcast) -> Actor | None:
    """Who watches: from the desk if they may sit there, else as an attendee."""
    auth = state.auth(request)
    visitor = await auth.visitor(request)
    seat = visitor.seat(broadcast.id, "attendee")
    return await auth.organise(visitor, broadcast.id) or (seat.actor if seat else None)


async def _recording(request: Request, broadcast: Broadcast) -> tuple[Recording, tuple[Span, ...]]:
    return await state.database(request).read(
        lambda db: (recordings.find(db, broadcast.id), recordings.spans(db, broadcast.id))
    )


def _open_to(actor: Actor, recording: Recording) -> bool:
    return actor.on_desk or recording.published_at is not None


routes: list[BaseRoute] = [
    Route("/b/{slug}/replay", page),
    Route("/b/{slug}/replay/watched", watched, methods=["POST"]),
    Route("/b/{slug}/recording/{file}", file),
]
