"""The deck of a broadcast: takes the upload as a raw body, and tells the page how far it has been drawn.

Asked by the script of the organiser's page (static/pages/broadcast.js). The file goes to disk as it comes and
never into memory whole. It never opens the file: that happens in a child process (renderings.py).
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from live.decks import SENTENCES, DeckError, Limits
from live.directory import decks
from live.directory.decks import Deck, Problem, Thumb
from live.domain.base import Rejected, clean
from live.pages import state
from live.pages.render import N_, sentence
from live.pages.renderings import Renderings, Upload
from live.pages.signed_in import signed_in_script, the_broadcast

MIB = 1024 * 1024
NAME_LIMIT = 100  # characters of a file name: enough to recognise it
INTERRUPTED = N_("The server stopped before the deck was ready. Upload it again.")
NO_ROOM = N_("There is no room left on the server's disk. Make room there and upload the deck again.")


@signed_in_script
async def upload(request: Request) -> Response:
    """202 and the progress, as `progress` tells it; 413, 422 or 507 with a sentence."""
    broadcast = await the_broadcast(request)
    try:
        incoming = await _receive(request)
    except DeckError as error:
        status = 413 if error.code == "too_large" else 422
        return JSONResponse({"problem": explain(request, Problem(error.code, error.params))}, status)
    except OSError:
        return JSONResponse({"problem": sentence(request, NO_ROOM)}, 507)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody is there to read it
    renderings: Renderings = request.app.state.renderings
    await renderings.start(Upload(broadcast.id, incoming.path, file_name(request), incoming.sha256))
    return JSONResponse(await told(request, broadcast.id, broadcast.slug), 202)


@signed_in_script
async def progress(request: Request) -> Response:
    broadcast = await the_broadcast(request)
    return JSONResponse(await told(request, broadcast.id, broadcast.slug))


async def told(request: Request, broadcast: int, slug: str) -> dict[str, Any]:
    """The last upload and how far it is; and the deck in use, which is another one if that failed."""

    def job(db: sqlite3.Connection) -> tuple[Deck | None, list[Thumb], Deck | None]:
        latest, used = decks.latest(db, broadcast), decks.in_use(db, broadcast)
        shown = used if latest is None or latest.state == "failed" else latest
        return latest, decks.thumbs(db, shown.id) if shown else [], used

    latest, thumbs, used = await state.database(request).read(job)
    return {
        "state": latest.state if latest else "none",
        "name": latest.name if latest else "",
        "pages": latest.pages if latest else None,
        "problem": explain(request, latest.problem) if latest and latest.problem else "",
        "in_use": used.name if used else "",
        "slides": [{"number": each.number, "thumb": f"/b/{slug}/{each.slide}.thumb.webp"} for each in thumbs],
    }


def explain(request: Request, problem: Problem) -> str:
    """What went wrong and what to do, in the reader's language."""
    known = dict[str, str](**SENTENCES).get(problem.code, INTERRUPTED)
    return sentence(request, known).format(**problem.params)


class _Incoming:
    """A file on disk that grows with what arrives. It is there until it is dropped."""

    def __init__(self, limit_mb: int) -> None:
        handle, name = tempfile.mkstemp(prefix="live-upload-")
        self.path = Path(name)
        self._file = os.fdopen(handle, "wb")
        self._digest = hashlib.sha256()
        self._size = 0
        self._limit_mb = limit_mb

    def take(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size > self._limit_mb * MIB:
            raise DeckError("too_large", max_mb=self._limit_mb)
        self._digest.update(chunk)
        self._file.write(chunk)  # some 64 KiB into the page cache: no wait worth a thread

    def finish(self) -> None:
        self._file.close()
        if not self._size:
            raise DeckError("empty")

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def drop(self) -> None:
        self.path.unlink()  # first: on a full disk, closing may fail
        with suppress(OSError):
            self._file.close()


async def _receive(request: Request) -> _Incoming:
    """The body as a file, which the caller owns. Raises DeckError, OSError, ClientDisconnect."""
    limit_mb = Limits().file_mb
    if _length(request) > limit_mb * MIB:
        raise DeckError("too_large", max_mb=limit_mb)
    incoming = _Incoming(limit_mb)
    try:
        async for chunk in request.stream():
            incoming.take(chunk)
        incoming.finish()
    except BaseException:
        incoming.drop()
        raise
    return incoming


def _length(request: Request) -> int:
    text = request.headers.get("content-length", "0")
    return int(text) if text.isdecimal() and len(text) < 20 else 0


def file_name(request: Request) -> str:
    """What the file was called, without folders."""
    given = unquote(request.headers.get("x-file-name", "")).replace("\\", "/").rpartition("/")[2]
    text = unicodedata.normalize("NFC", given)
    try:
        return clean(text[-NAME_LIMIT:], NAME_LIMIT)
    except Rejected:
        return "?"


routes: list[BaseRoute] = [
    Route("/broadcasts/{slug}/deck", upload, methods=["PUT"]),
    Route("/broadcasts/{slug}/deck", progress, methods=["GET"]),
]
