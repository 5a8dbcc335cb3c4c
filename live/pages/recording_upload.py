"""An uploaded recording: taken in pieces, each appended to a file beside the database, until it is whole.

Asked by the script of the organiser's page. A piece says where in the file it belongs; one that does not fit
is answered with how much is there, and the page goes on from that, also after a night or a new start of the
server. It looks at the first bytes of a file and never at the rest.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from live.directory import recordings
from live.pages import state
from live.pages.deck_upload import file_name
from live.pages.render import N_, sentence
from live.pages.signed_in import signed_in_script, the_broadcast
from live.settings import Settings

GIB = 1024**3
BUFFER = 1024 * 1024  # bytes written at once
MARKS = {".mp4": (4, b"ftyp"), ".webm": (0, b"\x1a\x45\xdf\xa3")}  # how each begins, and where
HEAD = 12  # bytes that tell what it is

TOO_LARGE = N_(
    "This recording is larger than {max} GB. Whoever runs the server can allow more (--recording-gb)."
)
NO_VIDEO = N_("This file is not a video that browsers play. Save it as MP4 (H.264) and upload that.")
NO_ROOM = N_("There is no room left on the server's disk. Make room there and go on with the upload.")


class Piece(NamedTuple):
    """Where a piece belongs: broadcast, file, how large that is in the end, and from which byte on."""

    broadcast: int
    name: str
    size: int
    at: int

    @property
    def stem(self) -> str:
        """The same for every piece of the same file, so that an upload can go on."""
        key = hashlib.sha256(f"{self.name}\n{self.size}".encode()).hexdigest()[:16]
        return f"{self.broadcast}-{key}"


class Elsewhere(Exception):
    """The piece does not go on where the file ends, or somebody else is writing; `there` bytes are there."""

    def __init__(self, there: int) -> None:
        self.there = there


@signed_in_script
async def upload(request: Request) -> Response:
    """200 with what is there and whether it is all; 409 with what is there if the piece does not fit."""
    broadcast = await the_broadcast(request)
    settings = state.settings(request)
    size, at = (_number(request, header) for header in ("x-file-size", "x-file-at"))
    piece = Piece(broadcast.id, file_name(request), size, at)
    if not 0 < size <= settings.recording_gb * GIB:
        return _problem(request, 413, TOO_LARGE, max=settings.recording_gb)
    try:
        path = _room(settings, piece)
        there = await _append(request, path, piece)
    except Elsewhere as other:
        return JSONResponse({"received": other.there, "done": False}, 409)
    except OSError:
        return _problem(request, 507, NO_ROOM)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody is there to read it
    if there < size:
        return JSONResponse({"received": there, "done": False})
    return await _finish(request, path, piece)


async def _append(request: Request, path: Path, piece: Piece) -> int:
    """What has come of the piece stays, however it ends. Gives how much there is now."""
    with await run_in_threadpool(path.open, "ab") as file:
        there = _alone(file)
        if there != piece.at:
            raise Elsewhere(there)
        waiting = bytearray()
        async for chunk in request.stream():
            waiting += chunk[: piece.size - there - len(waiting)]
            if len(waiting) >= BUFFER:
                await run_in_threadpool(file.write, waiting)
                there, waiting = there + len(waiting), bytearray()
        await run_in_threadpool(file.write, waiting)
    return there + len(waiting)


def _alone(file: BinaryIO) -> int:
    """How much is there, when nobody else is writing: a second window, or the rest of a broken connection."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Elsewhere(os.fstat(file.fileno()).st_size) from None
    return os.fstat(file.fileno()).st_size


async def _finish(request: Request, path: Path, piece: Piece) -> Response:
    """The file is whole: it becomes the broadcast's recording, in the place of the one before."""
    settings = state.settings(request)
    file = await run_in_threadpool(_settle, path, f"{piece.broadcast}-{secrets.token_hex(8)}")
    if file is None:
        return _problem(request, 422, NO_VIDEO)
    before = await state.database(request).write(
        lambda db: recordings.put(
            db, piece.broadcast, kind="upload", file=file, name=piece.name, size=piece.size
        )
    )
    drop(settings, before)
    return JSONResponse({"received": piece.size, "done": True})


def _settle(path: Path, stem: str) -> str | None:
    """Give the whole file its name for good, by how it begins; None: no video, and it is gone."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        os.fsync(file.fileno())
    for suffix, (at, mark) in MARKS.items():
        if head[at : at + len(mark)] == mark:
            return path.replace(path.with_name(stem + suffix)).name
    path.unlink()
    return None


def drop(settings: Settings, file: str) -> None:
    """Delete the file of a recording that is no more."""
    if file:
        (settings.recordings / file).unlink(missing_ok=True)


def _room(settings: Settings, piece: Piece) -> Path:
    """Where the pieces go. Of a broadcast one upload is kept: another begun takes its place."""
    settings.recordings.mkdir(mode=0o700, exist_ok=True)
    path = settings.recordings / f"{piece.stem}.part"
    for other in settings.recordings.glob(f"{piece.broadcast}-*.part"):
        if other != path:
            with suppress(FileNotFoundError):
                other.unlink()
    return path


def _number(request: Request, header: str) -> int:
    text = request.headers.get(header, "")
    return int(text) if text.isdecimal() and len(text) < 20 else 0


def _problem(request: Request, status: int, msgid: str, **values: int) -> Response:
    return JSONResponse({"problem": sentence(request, msgid).format(**values)}, status)


routes: list[BaseRoute] = [Route("/broadcasts/{slug}/recording/file", upload, methods=["PUT"])]
