"""A served broadcast for tests: the real server on a real port, and people who talk to it.

`House` is one installation in a folder, `Guest` somebody with a socket. After every command that a guest
gives, `House` compares what each of them holds with what a fresh fold of the log would show: whatever a
test does, patches and snapshot must agree.
"""

from __future__ import annotations

import asyncio
import itertools
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import websockets

from live import protocol
from live.auth import audience_of, new_id
from live.database import Database
from live.directory import broadcasts, people
from live.directory.broadcasts import Broadcast
from live.directory.people import Newcomer
from live.domain import broadcast as domain
from live.domain import sight
from live.domain.base import Audience, Role
from live.log.eventlog import EventLog
from live.log.fold import Fold
from live.server import Server, listen
from live.settings import Settings
from live.stage import Stage
from tests.patience import PATIENCE

LOOK_SECONDS = 3  # then what the log shows is asked for anew
START = 1_800_000_000_000  # ms: when every test begins, unless it says otherwise


@dataclass
class House:
    """One installation. `now` is what its clock says, ms; a test sets it, or gives a `clock` that runs."""

    data: Path
    now: int = START
    clock: Callable[[], int] | None = None
    guests: list[Guest] = field(default_factory=list)
    port: int = 0
    _server: Server | None = None
    _serving: asyncio.Task[None] | None = None

    @property
    def server(self) -> Server:
        assert self._server is not None
        return self._server

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Database:
        database: Database = self.server.app.state.database
        return database

    def time(self) -> int:
        return self.clock() if self.clock else self.now

    async def open(self) -> None:
        listening = listen("127.0.0.1", self.port)
        self.port = listening.getsockname()[1]
        settings = Settings(data=self.data, port=self.port)
        self.data.mkdir(exist_ok=True)
        started = asyncio.Event()

        async def on_start(_app: object) -> None:
            started.set()

        database = await Database.open(settings.database)
        self._server = Server(settings, database, on_start, now=self.time)

        async def run() -> None:
            try:
                await self.server.serve(sockets=[listening])
            finally:
                await database.close()
                listening.close()

        self._serving = asyncio.create_task(run())
        async with asyncio.timeout(PATIENCE):
            await started.wait()

    async def close(self) -> None:
        for guest in self.guests:
            await guest.leave()
        self.guests.clear()
        await self.stop()

    async def stop(self) -> None:
        """The server ends in good order; guests stay where they are."""
        if self._serving is not None:
            self.server.should_exit = True
            await self._serving
            self._serving = None

    async def broadcast(self, title: str = "Safety course", **given: Any) -> Broadcast:
        details: dict[str, Any] = {
            "title": title,
            "lecturer": "Chen Wei",
            "planned_at": None,
            "languages": ("zh", "en"),
            "created_by": None,
            "now": self.time(),
        }
        details |= given

        def job(db: Any) -> Broadcast:
            sites = details.pop("sites", None) or broadcasts.default_sites()
            return broadcasts.create(db, sites=sites, **details)

        return await self.database.write(job)

    async def stage(self, where: Broadcast) -> Stage:
        stage: Stage = await self.server.app.state.stages.get(where.id)
        return stage

    async def guest(
        self, where: Broadcast, role: Role = "attendee", name: str = "Li Na", unit: str = "", site: str = ""
    ) -> Guest:
        """Somebody new, with a socket that has had its welcome."""
        newcomer = Newcomer(id=new_id(), broadcast=where.id, role=role, name=name, unit=unit, site=site)
        at = self.time()
        await self.database.write(lambda db: people.add(db, newcomer, at))
        token = await self.server.app.state.auth.token_for(where.id, newcomer.id, role)
        guest = Guest(self, where, role, newcomer.id, token)
        self.guests.append(guest)
        await guest.come()
        return guest

    async def agree(self, where: Broadcast) -> None:
        """Everybody who is connected to a broadcast holds what a fresh fold of its log shows.

        Where a crowd goes on, a truth may be gone before it was sent: then it is the next one.
        """
        for left in reversed(range(PATIENCE // LOOK_SECONDS)):
            try:
                await self._agree(where)
            except AssertionError:
                if not left:
                    raise
            else:
                return

    async def _agree(self, where: Broadcast) -> None:
        stage = await self.stage(where)
        setup, everybody = await stage.directory.setup(), await stage.directory.people()
        log = await EventLog(self.database, where.id).entries()
        state = Fold.of(log, setup, everybody, stage.ephemeral).state
        for guest in self.guests:
            if guest.where.id == where.id and guest.here:
                await guest.holds(shown(state, guest.audience), LOOK_SECONDS)


def shown(state: domain.State, audience: Audience) -> dict[str, Any]:
    """Every doc of an audience, as a page would hold it."""
    views = {key: sight.view(state, key, audience) for key in sight.keys(state)}
    return {key: msgspec.json.decode(protocol.encode(doc)) for key, doc in views.items() if doc is not None}


class Guest:
    """Somebody with a socket: the docs they hold, and what they were told."""

    def __init__(self, house: House, where: Broadcast, role: Role, participant: str, token: str) -> None:
        self.house = house
        self.where = where
        self.audience = audience_of(role)
        self.participant = participant
        self.token = token
        self.docs: dict[str, Any] = {}
        self.you: dict[str, Any] = {}
        self.seq = -1
        self.epoch = ""
        self.frames: list[dict[str, Any]] = []  # all that came, in order
        self.socket: websockets.ClientConnection | None = None
        self._reading: asyncio.Task[None] | None = None
        self._news = asyncio.Condition()

    @property
    def here(self) -> bool:
        return self._reading is not None and not self._reading.done()

    async def open(self, headers: dict[str, str] | None = None) -> None:
        """The socket alone, without a hello."""
        address = f"ws://127.0.0.1:{self.house.port}/b/{self.where.slug}/socket/{self.audience}"
        given = {"Authorization": f"Bearer {self.token}"} if headers is None else headers
        self.socket = await websockets.connect(address, additional_headers=given, compression=None)
        self._reading = asyncio.create_task(self._read())

    async def come(self, *, visible: bool = True) -> None:
        """Open a socket, say hello with what is known, and wait to be up to date."""
        await self.open()
        known = {"since": self.seq, "epoch": self.epoch} if self.seq >= 0 else {}
        heard = len(self.frames)
        await self.send({"type": "hello", "visible": visible, **known})
        await self.until(lambda: len(self.frames) > heard, "was welcomed")

    async def leave(self) -> None:
        if self.socket is not None:
            await self.socket.close()
        if self._reading is not None:
            await asyncio.wait({self._reading})

    async def send(self, frame: dict[str, Any] | str | bytes) -> None:
        assert self.socket is not None
        raw = frame if isinstance(frame, str | bytes) else msgspec.json.encode(frame).decode()
        await self.socket.send(raw)

    async def order(self, do: str, command_id: str | None = None, **fields: Any) -> dict[str, Any]:
        """Give a command and wait for its answer; then everybody must agree with the log."""
        name = command_id or secrets.token_urlsafe(16)
        heard = len(self.frames)
        await self.send({"type": "command", "id": name, "do": do, **fields})
        await self.until(lambda: bool(self._answers(name, heard)), f"was answered: {do}")
        await self.house.agree(self.where)
        return self._answers(name, heard)[0]

    def _answers(self, command_id: str, heard: int) -> list[dict[str, Any]]:
        return [each for each in self.frames[heard:] if each.get("id") == command_id]

    async def do(self, do: str, **fields: Any) -> str | None:
        """The same for what must succeed; gives `made`."""
        answer = await self.order(do, **fields)
        assert answer["type"] == "done", answer
        made: str | None = answer.get("made")
        return made

    async def holds(self, docs: dict[str, Any], patience: float = PATIENCE) -> None:
        """Wait until these are the docs that this guest has, no more and no less."""
        await self.until(lambda: self.docs == docs, "agrees with the log", patience)

    async def until(self, holds: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
        """Wait until something holds, looking again with each frame."""
        try:
            async with asyncio.timeout(patience), self._news:
                await self._news.wait_for(holds)
        except TimeoutError:
            raise AssertionError(f"{self.audience} {self.participant} never {what}") from None

    async def _read(self) -> None:
        assert self.socket is not None
        try:
            async for raw in self.socket:
                async with self._news:
                    self._hear(msgspec.json.decode(raw))
                    self._news.notify_all()
        except websockets.ConnectionClosedError:
            pass  # the server is gone: what a test is about, or it fails by what does not come
        async with self._news:
            self._news.notify_all()

    def _hear(self, frame: dict[str, Any]) -> None:
        self.frames.append(frame)
        if frame["type"] == "welcome":
            self.docs, self.seq = frame["docs"], frame["seq"]
            self.epoch, self.you = frame["epoch"], frame["you"]
        elif frame["type"] == "patch":
            assert frame["from"] <= self.seq, "a gap"
            self.seq = max(self.seq, frame["seq"])
            for key, doc in frame["docs"].items():
                if doc is None:
                    self.docs.pop(key, None)
                else:
                    self.docs[key] = doc


@asynccontextmanager
async def at_home(data: Path, clock: Callable[[], int] | None = None) -> AsyncIterator[House]:
    house = House(data, clock=clock)
    await house.open()
    try:
        yield house
    finally:
        await house.close()


def ids() -> Callable[[], str]:
    """Command ids that a test can tell apart."""
    numbers = itertools.count(1)
    return lambda: f"command-{next(numbers):016d}"
