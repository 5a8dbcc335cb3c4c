"""The commands of the socket over plain HTTP, for programs: one POST, one command, its answer as JSON.

`POST /api/broadcasts/{slug}/commands` with `Authorization: Bearer`. The body is a `command` frame of the
protocol, decoded as strictly; the answer is `done` (200) or `rejected` (4xx). It decides nothing itself.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from live import protocol
from live.directory import broadcasts
from live.domain.base import Code

STATUS: dict[Code, int] = {
    "bad_frame": 400,
    "unknown_command": 400,
    "too_large": 413,
    "not_allowed": 403,
    "no_such_poll": 404,
    "no_such_question": 404,
    "no_such_item": 404,
    "no_such_slide": 404,
    "too_fast": 429,
    "busy": 503,
    "read_only": 503,
    "failed": 500,
}
CONFLICT = 409  # any other rejection: the command is understood, but does not fit what is


async def commands(request: Request) -> Response:
    """One command. 401 without a token that stands for somebody in this broadcast."""
    slug, state = request.path_params["slug"], request.app.state
    found = await state.database.read(lambda db: broadcasts.find(db, slug))
    actor = await state.auth.bearer(request, found.id) if found else None
    if found is None or actor is None:
        return Response(status_code=401, headers={"WWW-Authenticate": "Bearer"})
    try:
        frame = protocol.decode(await _body(request))
    except protocol.BadFrame as refusal:
        return _answer(protocol.Refused(id=refusal.id, code=refusal.code))
    if not isinstance(frame, protocol.Order):
        return _answer(protocol.Refused(id=None, code="unknown_command"))
    stage = await state.stages.get(found.id)
    return _answer(await stage.order(actor, frame.id, frame.do))


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > protocol.FRAME_LIMIT:
            raise protocol.BadFrame("too_large")
    return bytes(body)


def _answer(answer: protocol.Done | protocol.Refused) -> Response:
    status, headers = 200, {}
    if isinstance(answer, protocol.Refused):
        status = STATUS.get(answer.code, CONFLICT)
        if answer.retry_ms is not None:
            headers["Retry-After"] = str(-(-answer.retry_ms // 1_000))
    return Response(protocol.encode(answer), status, headers, media_type="application/json")


routes: list[BaseRoute] = [Route("/api/broadcasts/{slug}/commands", commands, methods=["POST"])]
