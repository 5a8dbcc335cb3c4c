"""An uploaded file becomes pages: starts the renderer as a child process and passes on what it sends.

Called by the organiser's pages with a file on disk; gives back pages one by one, or raises DeckError with a
code that has a sentence here. It never reads the upload itself, never keeps a page, and leaves no process and
no file behind, however it ends: done, refused, out of time, or cancelled.
"""

import asyncio
import logging
import os
import shutil
import signal
import sys
import tempfile
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from live.rendering import frames
from live.rendering.frames import Count, DeckCode, DeckError, Frame, Limits, Office, Page, Refused

__all__ = ["DeckCode", "DeckError", "Limits", "Page", "render", "sentence"]

logger = logging.getLogger(__name__)

MIB = 1024 * 1024
BURY_SECONDS = 5  # SIGKILL works at once; longer means a process stuck in the kernel, which we cannot help
PASSED_ON = ("PATH", "LD_LIBRARY_PATH")  # without them Python or LibreOffice may not start
COMPLAINTS = "complaints"  # the child's standard error, in its private directory
PACKAGES = Path(__file__).resolve().parent.parent  # where the child finds `live`, installed or not


def N_(msgid: str) -> str:
    """Marks a sentence for the catalogues; it is translated where it is shown."""
    return msgid


SENTENCES: dict[DeckCode, str] = {
    "not_a_deck": N_(
        "This file is not a deck. Upload a PDF, a picture (PNG, JPEG or WebP), a ZIP with nothing but "
        "pictures in it, or a PowerPoint or OpenDocument presentation."
    ),
    "encrypted": N_("This file is locked with a password. Save a copy without the password and upload that."),
    "damaged": N_(
        "This file is damaged or incomplete. Open it on your computer, save it as a new PDF and upload that."
    ),
    "too_many_pages": N_(
        "This deck has more than {max} pages. Split it into several files and upload the part you need."
    ),
    "too_large": N_(
        "This deck is larger than {max_mb} MB. Save it with smaller pictures and upload it again."
    ),
    "page_too_large": N_(
        "Page {page} is too large to show. Give it an ordinary size, such as 16:9, and upload the deck again."
    ),
    "took_too_long": N_(
        "Reading this deck took too long. Save it with simpler drawings, or each page as a picture, "
        "and upload it again."
    ),
    "out_of_memory": N_(
        "Reading this deck takes too much memory. Save it with smaller pictures and simpler drawings, "
        "and upload it again."
    ),
    "needs_libreoffice": N_(
        "This server cannot read presentations, only PDF and pictures. In PowerPoint choose "
        "File → Export → PDF (or File → Save as → PDF) and upload the PDF."
    ),
    "empty": N_("There is nothing in this file. Choose the deck again and upload it."),
}


def sentence(code: DeckCode) -> str:
    """What is wrong and what to do, as a message of the catalogues; the error's params fill its braces."""
    return SENTENCES[code]


async def render(
    source: Path,
    *,
    on_count: Callable[[int], Awaitable[None]],
    on_page: Callable[[Page], Awaitable[None]],
    limits: Limits = Limits(),  # noqa: B008  it is frozen
) -> None:
    """Call on_count once and then on_page for each page in order; a slow on_page slows the renderer down."""
    source = _admitted(source, limits)
    deadline = asyncio.get_running_loop().time() + limits.seconds
    with tempfile.TemporaryDirectory(prefix="live-deck-", ignore_cleanup_errors=True) as room:
        job = _Job(Path(room), limits, deadline, on_count, on_page)
        office = await _pages(job, source)
        if office is not None:
            made = await _convert(job, source, office)
            if await _pages(job, made) is not None:
                raise _strange(job, "LibreOffice made no PDF")


@dataclass(frozen=True)
class _Job:
    room: Path  # private to this deck, gone after it
    limits: Limits
    deadline: float  # on the loop's clock, for all children of this deck together
    on_count: Callable[[int], Awaitable[None]]
    on_page: Callable[[Page], Awaitable[None]]


def _admitted(source: Path, limits: Limits) -> Path:
    """The file by its absolute path, since the child works elsewhere; refused if it is too large to open."""
    if source.stat().st_size > limits.file_mb * MIB:
        raise DeckError("too_large", max_mb=limits.file_mb)
    return source.absolute()


async def _pages(job: _Job, source: Path) -> Office | None:
    """Pass on the pages of a file. An Office frame in their place means that it has to be converted first."""
    count = seen = 0
    async with _child(job, "render", source) as child:
        while (frame := await _next(job, child)) is not None:
            match frame:
                case Count(pages=pages) if not count and pages <= job.limits.pages:
                    count = pages
                    await job.on_count(pages)
                case Page(number=number) if number == seen + 1 <= count:
                    seen = number
                    await job.on_page(frame)
                case Office() if not count:
                    return frame
                case Refused(code=code, params=params):
                    raise DeckError(code, **params)
                case _:
                    raise _strange(job, f"a frame out of turn: {type(frame).__name__}")
        await _ended_well(job, child)
    if not count or seen < count:
        raise _strange(job, f"{seen} pages of {count}")
    return None


async def _convert(job: _Job, source: Path, office: Office) -> Path:
    soffice = shutil.which("soffice")
    if soffice is None:
        raise DeckError("needs_libreoffice")
    deck = job.room / f"deck.{office.suffix}"
    await asyncio.to_thread(shutil.copyfile, source, deck)  # LibreOffice writes beside what it reads
    async with _child(job, "convert", deck, soffice) as child:
        await _ended_well(job, child)
    return deck.with_suffix(".pdf")


@asynccontextmanager
async def _child(job: _Job, verb: str, source: Path, *rest: str) -> AsyncIterator[Process]:
    """A process group of its own, dead and buried at the end of the block."""
    room = str(job.room)
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    environment |= {"HOME": room, "TMPDIR": room, "LANG": "C.UTF-8", "PYTHONPATH": str(PACKAGES)}
    limits = msgspec.json.encode(job.limits).decode()
    with (job.room / COMPLAINTS).open("wb") as complaints:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-s", "-B", "-m", "live.rendering"),
            *(verb, str(source), limits, *rest),
            cwd=room,
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=complaints,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        await _bury(process)


async def _next(job: _Job, child: Process) -> Frame | None:
    """The next frame, None at the end of the pipe. A frame cut short by the child's death is the end, too."""
    assert child.stdout is not None
    try:
        async with asyncio.timeout_at(job.deadline):
            length = int.from_bytes(await child.stdout.readexactly(frames.LENGTH_BYTES), "big")
            if length > frames.FRAME_BYTES:
                raise _strange(job, f"a frame of {length} bytes")
            return frames.decode(await child.stdout.readexactly(length))
    except TimeoutError:
        raise DeckError("took_too_long") from None
    except asyncio.IncompleteReadError:
        return None
    except msgspec.DecodeError as error:
        raise _strange(job, f"a frame that cannot be read: {error}") from None


async def _ended_well(job: _Job, child: Process) -> None:
    """Wait for the child's end, and say in a code what ended it."""
    try:
        async with asyncio.timeout_at(job.deadline):
            status = await child.wait()
    except TimeoutError:
        raise DeckError("took_too_long") from None
    if status == -signal.SIGXCPU:
        raise DeckError("took_too_long")
    # pdfium aborts when it is refused memory; the kernel kills when it has none left.
    if status in (-signal.SIGABRT, -signal.SIGKILL):
        raise DeckError("out_of_memory")
    if status != 0:
        raise _strange(job, f"exit status {status}")


def _strange(job: _Job, what: str) -> DeckError:
    """Perhaps our fault, not the file's: the operator gets details, the organiser an ordinary sentence."""
    complaints = (job.room / COMPLAINTS).read_text("utf-8", errors="replace")
    logger.error("The renderer failed: %s\n%s", what, complaints[-2000:])
    return DeckError("damaged")


async def _bury(process: Process) -> None:
    """Kill the whole group, before any await; then empty the pipe, since only then asyncio lets go of it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    assert process.stdout is not None
    with suppress(TimeoutError):
        async with asyncio.timeout(BURY_SECONDS):
            while await process.stdout.read(MIB):
                pass
            await process.wait()
