"""`/broadcasts/{slug}/export/{name}.csv`: a table for whoever is signed in.

It is written whole to a temporary file first, by a thread with a connection of its own. So other readers of
the database do not wait for it, a slow download holds no snapshot of the log open, and what arrives is
complete or an error page, never half a table that looks whole.
"""

from __future__ import annotations

import io
import re
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import SpooledTemporaryFile
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from live import i18n
from live.database import connect
from live.directory.broadcasts import Broadcast
from live.exports.cells import moment
from live.exports.tables import TABLES, write
from live.pages import state
from live.pages.render import language
from live.pages.signed_in import signed_in, the_broadcast

IN_MEMORY = 4 * 1024 * 1024  # bytes: a table of 20,000 lines; a longer one goes to disk
CHUNK = 64 * 1024  # bytes sent at a time
TITLE_PART = 60  # characters of the title in a file's name: 180 bytes in Chinese, and a name may have 255
UNFIT = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|]+')  # not for file names on some system or other

Spool = SpooledTemporaryFile[bytes]


@signed_in
async def export(request: Request) -> Response:
    broadcast, name = await the_broadcast(request), request.path_params["name"]
    if name not in TABLES:
        raise HTTPException(404)
    lang, path = language(request), state.database(request).path
    spool, held_on = await run_in_threadpool(_written, path, broadcast, name, lang)
    return Download(spool, _disposition(broadcast, name, lang, held_on))


class Download(StreamingResponse):
    """The file, which is gone once it is sent, or once nobody wants it any more."""

    def __init__(self, spool: Spool, disposition: str) -> None:
        size = spool.seek(0, io.SEEK_END)
        spool.seek(0)
        super().__init__(
            _chunks(spool),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": disposition, "Content-Length": str(size)},
        )
        self.spool = spool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self.spool:
            await super().__call__(scope, receive, send)


def _chunks(spool: Spool) -> Iterator[bytes]:
    while chunk := spool.read(CHUNK):
        yield chunk


def _written(path: Path, broadcast: Broadcast, name: str, lang: str) -> tuple[Spool, str]:
    """The table, and the day of the broadcast."""
    with ExitStack() as stack:
        spool = stack.enter_context(SpooledTemporaryFile(IN_MEMORY))
        out = io.TextIOWrapper(spool, encoding="utf-8", newline="")
        with closing(connect(path)) as db:
            write(db, broadcast.id, name, lang, out)
            held_on = day(db, broadcast)
        out.detach()  # flushes, and leaves the file open
        stack.pop_all()  # only a table that is whole stays
    return spool, held_on


def day(db: sqlite3.Connection, broadcast: Broadcast) -> str:
    """When it went live; before that, when it is planned, or else when it was made."""
    began = db.execute("SELECT min(since) AS at FROM live_period WHERE broadcast = ?", (broadcast.id,))
    return moment(began.fetchone()["at"] or broadcast.planned_at or broadcast.created_at, None)[:10]


def _disposition(broadcast: Broadcast, name: str, lang: str, held_on: str) -> str:
    """A name with title and date (RFC 8187); a plain one for what cannot read that (RFC 6266)."""
    full = f"{file_name(broadcast, held_on, i18n.gettext(lang, TABLES[name].title))}.csv"
    return f"attachment; filename=\"{name}-{held_on}.csv\"; filename*=UTF-8''{quote(full, safe='')}"


def file_name(broadcast: Broadcast, held_on: str, what: str) -> str:
    """What a file of this broadcast is called where it is kept: title, day, and what it is."""
    title = UNFIT.sub(" ", broadcast.title)[:TITLE_PART].strip(" .")
    return f"{title} {held_on} {what}"


routes: list[BaseRoute] = [Route("/broadcasts/{slug}/export/{name}.csv", export, methods=["GET"])]
