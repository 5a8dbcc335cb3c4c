"""Without our wire: other servers, and Starlette's test client, serve the same broadcast through plain ASGI.

Somebody joins, sees a cue, votes, and hears the goodbye, on each of them.
"""

from __future__ import annotations

import asyncio
import secrets
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
import websockets
from granian.constants import Interfaces
from granian.server.embed import Server as Granian
from hypercorn.asyncio import serve
from hypercorn.config import Config
from hypercorn.typing import Framework
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from bench.measuring import free_port
from live.app import create_app
from live.auth import audience_of, new_id
from live.database import Database
from live.directory import broadcasts, people
from live.directory.people import Newcomer
from live.domain.base import Role
from live.protocol import RESTART
from live.server import listen
from live.settings import Settings
from tests.patience import PATIENCE

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it would rather have a library that is not out yet
    from starlette.testclient import TestClient, WebSocketTestSession

NOW = 1_800_000_000_000
POLL: dict[str, Any] = {"title": "Which?", "ballot": {"kind": "single", "options": ["A", "B"]}}


@dataclass
class Place:
    """An application with a broadcast, and a way in for two."""

    app: Starlette
    slug: str
    tokens: dict[Role, str]

    def path(self, role: Role) -> str:
        return f"/b/{self.slug}/socket/{audience_of(role)}"

    def headers(self, role: Role) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[role]}"}


async def make_place(data: Path) -> Place:
    data.mkdir()
    settings = Settings(data=data)
    database = await Database.open(settings.database)
    app = create_app(settings, database, now=lambda: NOW)
    where = await database.write(lambda db: broadcasts.create(db, title="Course", created_by=None, now=NOW))
    tokens: dict[Role, str] = {}
    for role in ("lecturer", "attendee"):
        newcomer = Newcomer(id=new_id(), broadcast=where.id, role=role, name="Li Na")
        await database.write(lambda db, newcomer=newcomer: people.add(db, newcomer, NOW))  # type: ignore[misc]
        tokens[role] = await app.state.auth.token_for(where.id, newcomer.id, role)
    return Place(app, where.slug, tokens)


@dataclass
class Voice:
    """One side of a socket, whoever carries it."""

    send: Callable[[str], Awaitable[None]]
    receive: Callable[[], Awaitable[str]]

    async def say(self, **frame: Any) -> None:
        await self.send(msgspec.json.encode(frame).decode())

    async def until(self, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE):
            while True:
                frame: dict[str, Any] = msgspec.json.decode(await self.receive())
                if holds(frame):
                    return frame

    async def do(self, do: str, **fields: Any) -> dict[str, Any]:
        name = secrets.token_urlsafe(16)
        await self.say(type="command", id=name, do=do, **fields)
        answer = await self.until(lambda frame: frame.get("id") == name)
        assert answer["type"] == "done", answer
        return answer

    async def join(self) -> dict[str, Any]:
        await self.say(type="hello", visible=True)
        return await self.until(lambda frame: frame["type"] == "welcome")


def brings(key: str) -> Callable[[dict[str, Any]], bool]:
    return lambda frame: frame["type"] == "patch" and key in frame["docs"]


async def walk(desk: Voice, phone: Voice, farewell: Callable[[], Awaitable[None]]) -> None:
    """What a broadcast is made of."""
    assert (await phone.join())["docs"]["broadcast"]["title"] == "Course"
    await desk.join()
    await desk.do("start")
    await desk.do("add_poll", **POLL)
    await desk.do("open_poll", poll=1)
    patch = await phone.until(brings("poll/1"))
    assert any(key.startswith("cue/") for key in patch["docs"])
    await phone.do("vote", poll=1, round=1, n=1, choice=[1])
    tally = await desk.until(
        lambda frame: brings("tally/1")(frame) and frame["docs"]["tally/1"]["votes"] == 1
    )
    assert tally["docs"]["tally/1"]["counts"] == [0, 1]
    await phone.send("rubbish")
    assert (await phone.until(lambda frame: frame["type"] == "rejected"))["code"] == "bad_frame"
    going = asyncio.ensure_future(farewell())
    for voice in (desk, phone):
        assert (await voice.until(lambda frame: frame["type"] == "bye"))["code"] == "restart"
    await going


async def visit(place: Place, port: int, *, hangs_up: bool = True) -> None:
    """By the sockets of a served application; `hangs_up`: its server ends them after the goodbye."""
    sockets = []
    try:
        for role in place.tokens:
            address = f"ws://127.0.0.1:{port}{place.path(role)}"
            connecting = websockets.connect(
                address, additional_headers=place.headers(role), compression=None, proxy=None
            )
            sockets.append(await connecting)
        desk, phone = (Voice(each.send, cast(Any, each.recv)) for each in sockets)
        await walk(desk, phone, place.app.state.stages.farewell)
        for each in sockets if hangs_up else ():
            await asyncio.wait_for(each.wait_closed(), PATIENCE)
            assert each.close_code == RESTART
    finally:
        for each in sockets:
            await each.close()


async def test_hypercorn(tmp_path: Path) -> None:
    place = await make_place(tmp_path / "data")
    listening = listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    config = Config()
    config.bind = [f"fd://{listening.detach()}"]
    config.accesslog = config.errorlog = None
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(cast(Framework, place.app), config, shutdown_trigger=stop.wait))
    try:
        await visit(place, port)
    finally:
        stop.set()
        await serving
        await place.app.state.database.close()


async def test_granian(tmp_path: Path) -> None:
    place = await make_place(tmp_path / "data")
    port = free_port()
    server = Granian(place.app, port=port, interface=Interfaces.ASGI, log_enabled=False)
    serving = asyncio.create_task(server.serve())
    try:
        await reachable(port)
        await visit(place, port, hangs_up=False)
    finally:
        server.stop()  # type: ignore[no-untyped-call]
        await serving
        await place.app.state.database.close()


async def reachable(port: int) -> None:
    """Returns when somebody listens there."""
    async with asyncio.timeout(PATIENCE):
        while True:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.01)


def test_starlettes_test_client(tmp_path: Path) -> None:
    """It runs the application on a loop of its own: there everything is made that belongs to it."""
    places: list[Place] = []

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        place = await make_place(tmp_path / "data")
        places.append(place)
        async with place.app.router.lifespan_context(place.app):
            yield
        await place.app.state.database.close()

    outer = Starlette(lifespan=lifespan)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await (outer if scope["type"] == "lifespan" else places[0].app)(scope, receive, send)

    with TestClient(app) as client:
        (place,) = places
        desk, phone = (
            client.websocket_connect(place.path(role), headers=place.headers(role)) for role in place.tokens
        )
        with desk, phone:
            asyncio.run(walk(_voice(desk), _voice(phone), lambda: _farewell(client, place)))
            for session in (desk, phone):
                with pytest.raises(WebSocketDisconnect) as end:
                    session.receive_text()
                assert end.value.code == RESTART


async def _farewell(client: TestClient, place: Place) -> None:
    assert client.portal is not None
    await asyncio.to_thread(client.portal.call, place.app.state.stages.farewell)


def _voice(session: WebSocketTestSession) -> Voice:
    async def send(frame: str) -> None:
        session.send_text(frame)

    async def receive() -> str:
        return await asyncio.to_thread(session.receive_text)

    return Voice(send, receive)
