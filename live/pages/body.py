"""The body of a request that a page may read whole: capped, and where a script sends it, decoded strictly.

Called by the form parser and by pages whose script sends JSON. Uploads are not read here: they go to disk as
they come.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request

T = TypeVar("T")


async def whole(request: Request, limit: int) -> bytes:
    """All of it. 413: over `limit` (bytes), without reading on."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise HTTPException(413)
    return bytes(body)


async def decoded(request: Request, kind: type[T], limit: int) -> T:
    """What a script says in JSON. 422: it is not of that kind."""
    body = await whole(request, limit)
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise HTTPException(422) from None
