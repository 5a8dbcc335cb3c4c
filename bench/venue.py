"""A broadcast with its audience, prepared in a folder and served by `live serve` on the server core.

The benchmarks find everything made: participants with bearer tokens, the demo's course as deck. What
happens then goes over the real routes. `Desk` is a lecturer with a socket; `Venue.truth` folds the log again,
so that what the clients hold can be compared with it.
"""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from websockets.sync.client import connect

from bench.measuring import SERVER_CORE, Process, free_port
from live import protocol
from live.auth import audience_of, new_id
from live.auth.auth import digest
from live.database import Database
from live.decks import Page, render
from live.demo.preparation import COURSE
from live.directory import broadcasts, decks, people, sessions
from live.directory.broadcasts import Broadcast
from live.directory.people import Newcomer
from live.domain import sight
from live.domain.base import Role
from live.domain.rundown import DeckAttached, Slide
from live.log.eventlog import EventLog, Kept, entries
from live.log.fold import Fold
from live.settings import Settings

Past = Callable[[int, list[str]], list[Kept]]  # what has happened after this seq, given the attendees
APPENDED = 20_000  # entries in one transaction
FNV_BASIS, FNV_PRIME, BITS_64 = 0xCBF29CE484222325, 0x100000001B3, (1 << 64) - 1


@dataclass(frozen=True)
class Venue:
    """A folder that is ready to be served."""

    folder: Path
    where: Broadcast
    attendees: list[str]
    tokens: Path  # of the attendees, one a line
    lecturer: str  # a token
    slides: tuple[Slide, ...]

    @property
    def path(self) -> str:
        return f"/b/{self.where.slug}/socket/attendee"

    @property
    def database(self) -> Path:
        return Settings(data=self.folder).database

    def fold(self) -> Fold:
        """The log, read and folded again."""
        return asyncio.run(_fold(self.database, self.where.id))

    def log(self) -> list[Kept]:
        return asyncio.run(_log(self.database, self.where.id))

    def truth(self) -> int:
        """The hash of the docs that an attendee must hold; see load/docs.c."""
        state = self.fold().state
        views = ((key, sight.view(state, key, "attendee")) for key in sight.keys(state))
        return sum(_hash(key, protocol.encode(doc)) for key, doc in views if doc is not None) & BITS_64


def _hash(key: str, doc: bytes) -> int:
    value = FNV_BASIS
    for byte in key.encode() + b"\0" + doc:
        value = (value ^ byte) * FNV_PRIME & BITS_64
    return value


async def _log(path: Path, broadcast: int) -> list[Kept]:
    database = await Database.beside(path)
    try:
        return await EventLog(database, broadcast).entries()
    finally:
        await database.close()


async def _fold(path: Path, broadcast: int) -> Fold:
    database = await Database.beside(path)
    try:
        setup = await database.read(lambda db: broadcasts.setup(db, broadcast, ""))
        everybody = await database.read(lambda db: people.everybody(db, broadcast))
        fold = Fold(setup, everybody)
        await EventLog(database, broadcast).replay(fold.replay)  # a million entries need not be there at once
        return fold
    finally:
        await database.close()


def prepare(folder: Path, attendees: int, past: Past = lambda _seq, _attendees: []) -> Venue:
    """Make the folder's database: a broadcast, its deck, its people, and what has happened so far."""
    folder.mkdir(parents=True, exist_ok=True)
    return asyncio.run(_prepare(folder, attendees, past))


async def _prepare(folder: Path, attendees: int, past: Past) -> Venue:
    now = time.time_ns() // 1_000_000
    database = await Database.open(Settings(data=folder).database)
    try:
        where = await database.write(lambda db: broadcasts.create(db, title="Load", created_by=None, now=now))
        slides = await _draw(database, where, now)
        names, tokens = await database.write(lambda db: _seat(db, where, "attendee", attendees, now))
        _, (lecturer,) = await database.write(lambda db: _seat(db, where, "lecturer", 1, now))
        log = EventLog(database, where.id)
        attached = entries(0, now, None, (DeckAttached(deck=1, slides=slides),))
        happened = attached + past(len(attached), names)
        for first in range(0, len(happened), APPENDED):
            await log.append(happened[first : first + APPENDED])
    finally:
        await database.close()
    listed = folder / "tokens"
    listed.write_text("".join(f"{token}\n" for token in tokens))
    return Venue(folder, where, names, listed, lecturer, slides)


async def _draw(database: Database, where: Broadcast, now: int) -> tuple[Slide, ...]:
    """The demo's course, drawn as an upload would be."""
    deck = await database.write(lambda db: decks.add(db, where.id, name=COURSE.name, sha256="", now=now))

    async def count(pages: int) -> None:
        await database.write(lambda db: decks.count(db, deck, pages))

    async def keep(page: Page) -> None:
        await database.write(
            lambda db: decks.add_slide(
                db,
                deck,
                number=page.number,
                width=page.width,
                height=page.height,
                text=page.text,
                picture=page.image,
                small=page.small,
                thumb=page.thumb,
            )
        )

    await render(COURSE, on_count=count, on_page=keep)
    return await database.write(lambda db: decks.ready(db, deck))


def _seat(
    db: sqlite3.Connection, where: Broadcast, role: Role, many: int, now: int
) -> tuple[list[str], list[str]]:
    """So many new people with a seat: their ids and tokens."""
    names = [new_id() for _ in range(many)]
    tokens = [secrets.token_urlsafe(24) for _ in range(many)]
    for number, (name, token) in enumerate(zip(names, tokens, strict=True), start=1):
        site = "room" if number % 2 else "remote"
        newcomer = Newcomer(id=name, broadcast=where.id, role=role, name=f"Person {number}", site=site)
        people.add(db, newcomer, now)
        sessions.start(db, None, digest(token), now)
        people.sit(db, digest(token), where.id, audience_of(role), name)
    return names, tokens


class Served:
    """`live serve` for a venue; with `module` a program of ours around it (see `bench.served`)."""

    def __init__(self, venue: Venue, module: str = "live", options: Sequence[str] = ()) -> None:
        self.venue = venue
        self.port = free_port()
        command = [
            sys.executable,
            "-m",
            module,
            "serve",
            "--data",
            str(venue.folder),
            "--port",
            str(self.port),
            *options,
        ]
        self.process = Process(command, SERVER_CORE)
        if "is serving" not in self.process.stdout.readline():
            raise RuntimeError("the server has not started; it says why above")

    def address(self, page: str = "") -> str:
        """Of a page: the attendee's, or another one by its name."""
        return f"http://127.0.0.1:{self.port}/b/{self.venue.where.slug}/{page}"

    def socket(self, audience: str) -> str:
        return f"ws://127.0.0.1:{self.port}/b/{self.venue.where.slug}/socket/{audience}"

    def desk(self) -> Desk:
        return Desk(self.socket("desk"), self.venue.lecturer)

    def end(self) -> None:
        self.process.end()


class Seat:
    """Somebody with a socket."""

    def __init__(self, address: str, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        self._open = ExitStack()
        connecting = connect(
            address, additional_headers=headers, compression=None, max_size=None, ping_interval=None
        )
        self._socket = self._open.enter_context(connecting)
        self._socket.send('{"type":"hello"}')
        self.welcome: dict[str, Any] = msgspec.json.decode(self._socket.recv())

    def do(self, do: str, **fields: Any) -> str | None:
        """A command that must succeed; gives `made`. What comes too fast is said again."""
        command = {"type": "command", "id": secrets.token_urlsafe(16), "do": do, **fields}
        while True:
            self._socket.send(msgspec.json.encode(command).decode())
            answer = self._answer(command["id"])
            if answer["type"] == "done":
                return answer.get("made")
            if answer.get("retry_ms") is None:
                raise RuntimeError(f"{do} was refused: {answer['code']}")
            time.sleep(answer["retry_ms"] / 1_000)

    def leave(self) -> None:
        self._open.close()

    def _answer(self, command_id: str) -> dict[str, Any]:
        while True:
            frame = str(self._socket.recv())
            if command_id in frame[:80]:
                answer: dict[str, Any] = msgspec.json.decode(frame)
                return answer


class Desk(Seat):
    """A lecturer at the desk who drives."""

    def __init__(self, address: str, token: str) -> None:
        super().__init__(address, token)
        self.cues = sum(key.startswith("cue/") for key in self.welcome["docs"])

    def take_the_stage(self) -> None:
        self.do("start")
        self.do("take_drive")

    def cue(self) -> None:
        """The other one of the first two pages."""
        self.cues += 1
        self.do("goto", item=f"s{1 + self.cues % 2}")

    def open_poll(self) -> int:
        """A poll of four options that is open; its number."""
        options = ["One", "Two", "Three", "Four"]
        made = self.do("add_poll", title="How many?", ballot={"kind": "single", "options": options})
        poll = int((made or "").partition("/")[2])
        self.do("open_poll", poll=poll)
        self.cues += 1  # it goes on stage
        return poll
