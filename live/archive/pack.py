"""Makes a pack: the record, its tables, the log, the slides, and a manifest with the hash of each.

All of it as it was at one moment, read by a connection of its own. Rows go from the database into the file
one by one, so that of a long log only the hashes are in memory. It tells what the tables tell and nothing of
who is anonymous: what is unlinkable is in no line of the log. Left out of it are who wants a question
answered and the notes of the lecturer.
"""

from __future__ import annotations

import hashlib
import io
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import IO, TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import msgspec

from live import assets, exports
from live.archive.contents import CHAIN, LOG, MANIFEST, START, SUMS, File, Log, Manifest, Row, link
from live.directory import broadcasts
from live.directory.broadcasts import Broadcast
from live.exports import record
from live.exports.cells import moment
from live.i18n import gettext
from live.pages import document
from live.pages.render import LANGUAGES, N_, environment
from live.paths import BUILT

if TYPE_CHECKING:
    from typing_extensions import Buffer

EVENTS = "SELECT seq, at, actor, body FROM event WHERE broadcast = ? ORDER BY seq"
SLIDES = """
SELECT slide.id, slide.deck, slide.number, slide.picture FROM slide JOIN deck ON deck.id = slide.deck
WHERE deck.broadcast = ? AND deck.state = 'ready' ORDER BY slide.deck, slide.number
"""
# How far it is, in percent, when a part is done. With a long log the document and the tables, which count all
# votes again and again, take most of the time.
DOCUMENT_DONE, TABLES_DONE, LOG_DONE, SLIDES_DONE = 30, 75, 95, 99
UPVOTED = '{"type":"question_upvoted"'  # how many is in the tables, and who is nobody's business
PLACED = '{"type":"placed"'  # with notes that only the lecturer sees
READ_ME = "READ-ME.txt"
READ_ME_LINES = (
    N_("This is the record of a broadcast, made by the program live."),
    N_("record.html is to be read and printed; tables/ opens in a spreadsheet; slides/ is what was shown."),
    N_("log.jsonl has a line for each thing that happened, without names; log.chain has the hash of each."),
    N_("To check it: live verify FILE, or unpack it and run sha256sum -c SHA256SUMS."),
    N_(
        "If all is right, nothing was changed since the pack was made. Who made it can make another one:"
        " keep the hash of manifest.json where the maker cannot change it, and compare."
    ),
)

Progress = Callable[[int], None]


@dataclass
class _Pack:
    """A zip that is being written. `lang`: of all that is said in it."""

    zip: ZipFile
    made: time.struct_time
    lang: str
    files: list[File] = field(default_factory=list)

    @contextmanager
    def file(self, name: str, *, packed: bool = True) -> Iterator[_Hashed]:
        info = ZipInfo(name, self.made[:6])
        info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        info.external_attr = 0o644 << 16
        with self.zip.open(info, "w", force_zip64=True) as entry:
            hashed = _Hashed(entry)
            yield hashed
        self.files.append(File(name, hashed.size, hashed.sha256.hexdigest()))

    def put(self, name: str, content: bytes, *, packed: bool = True) -> None:
        with self.file(name, packed=packed) as out:
            out.write(content)


class _Hashed(io.RawIOBase):
    """Passes on what is written, and hashes it."""

    def __init__(self, entry: IO[bytes]) -> None:
        self._entry = entry
        self.sha256 = hashlib.sha256()
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, content: Buffer) -> int:
        written = bytes(content)
        self._entry.write(written)
        self.sha256.update(written)
        self.size += len(written)
        return len(written)


def write(
    db: sqlite3.Connection,
    broadcast: Broadcast,
    out: Path,
    *,
    lang: str,
    share: int,
    now: int,
    progress: Progress = lambda _percent: None,
) -> str:
    """Write the pack and give its seal. `share`: percent of the live time; `now`: ms; `progress`: percent."""
    db.row_factory = sqlite3.Row
    with db, ZipFile(out, "w") as zipped:
        db.execute("BEGIN")
        pack = _Pack(zipped, time.localtime(now / 1_000), lang)
        pack.put(READ_ME, "\r\n".join(gettext(lang, line) for line in (*READ_ME_LINES, "")).encode())
        names = dict(_slides(db, broadcast))
        _document(db, pack, broadcast, names, share, now)
        _tables(db, pack, broadcast, _part(progress, DOCUMENT_DONE, TABLES_DONE, len(exports.NAMES)))
        events = db.execute("SELECT count(*) FROM event WHERE broadcast = ?", (broadcast.id,)).fetchone()[0]
        log = _log(db, pack, broadcast, _part(progress, TABLES_DONE, LOG_DONE, events))
        step = _part(progress, LOG_DONE, SLIDES_DONE, len(names))
        for done, row in enumerate(db.execute(SLIDES, (broadcast.id,)), start=1):
            pack.put(names[row["id"]], row["picture"], packed=False)
            step(done)
        return _seal(pack, broadcast, log, now)


def _part(progress: Progress, since: int, until: int, whole: int) -> Progress:
    """Between two percents: so many of the whole are done."""
    return lambda done: progress(since + (until - since) * done // max(1, whole))


def _slides(db: sqlite3.Connection, broadcast: Broadcast) -> Iterator[tuple[str, str]]:
    """What each slide is called in the pack."""
    for row in db.execute(SLIDES.replace(", slide.picture", ""), (broadcast.id,)):
        yield row["id"], f"slides/{row['deck']}-{row['number']:03}.webp"


def _document(
    db: sqlite3.Connection, pack: _Pack, broadcast: Broadcast, names: dict[str, str], share: int, now: int
) -> None:
    found, sites = record.read(db, broadcast.id), broadcasts.sites(db, broadcast.id)
    given = document.of(broadcast, found, sites, share, pack.lang, now)
    given |= {
        "archived": True,
        "picture": lambda slide: names[slide],
        "zone": time.strftime("UTC%z", pack.made),
    }
    page = environment(pack.lang).get_template("record_archive.html")
    pack.put("record.html", page.render(lang=pack.lang, languages=LANGUAGES, signed=False, **given).encode())
    pack.put("record.css", (BUILT / assets.url("app.css").removeprefix(assets.PREFIX)).read_bytes())


def _tables(db: sqlite3.Connection, pack: _Pack, broadcast: Broadcast, progress: Progress) -> None:
    for done, name in enumerate(exports.NAMES):
        progress(done)
        with pack.file(f"tables/{name}.csv") as hashed:
            text = io.TextIOWrapper(io.BufferedWriter(hashed), encoding="utf-8", newline="")
            exports.write(db, broadcast.id, name, pack.lang, text)
            text.flush()


def _log(db: sqlite3.Connection, pack: _Pack, broadcast: Broadcast, progress: Progress) -> Log:
    """The log twice: its lines, and the chain over them."""
    head, events, encode = START, 0, msgspec.json.Encoder().encode
    with io.BytesIO() as chain:
        with pack.file(LOG) as out:
            for events, line in enumerate(map(encode, _rows(db, broadcast)), start=1):
                head = link(head, line)
                out.write(line + b"\n")
                chain.write(head)
                progress(events)
        with pack.file(CHAIN) as out:
            chain.seek(0)
            while digest := chain.read(len(START)):
                out.write(digest.hex().encode() + b"\n")
    return Log(events, head.hex())


def _rows(db: sqlite3.Connection, broadcast: Broadcast) -> Iterator[Row]:
    cursor = db.cursor()
    cursor.row_factory = None  # bare tuples: after a long broadcast there are a million of them
    for seq, at, actor, body in cursor.execute(EVENTS, (broadcast.id,)):
        if body.startswith(PLACED):
            body = _without_notes(body)
        yield Row(seq, at, None if body.startswith(UPVOTED) else actor, msgspec.Raw(body.encode()))


def _without_notes(body: str) -> str:
    event = msgspec.json.decode(body)
    event["item"].pop("notes", None)
    return msgspec.json.encode(event).decode()


def _seal(pack: _Pack, broadcast: Broadcast, log: Log, now: int) -> str:
    manifest = Manifest(
        made_at=moment(now, None),
        made_by=f"live {version('live')}",
        broadcast=broadcast.slug,
        title=broadcast.title,
        lang=pack.lang,
        log=log,
        files=tuple(pack.files),
    )
    pack.put(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
    seal = pack.files[-1].sha256
    pack.put(SUMS, "".join(f"{each.sha256}  {each.name}\n" for each in pack.files).encode())
    return seal
