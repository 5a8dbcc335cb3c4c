"""The hall of each test of the wire."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.websockets import WebSocket

from bench.conformance import echo_server
from live import wire
from live.server import listen
from tests.wire.lines import (
    MUCH,
    Hall,
    Talk,
    eventually,
)


@pytest.fixture
async def hall() -> AsyncIterator[Hall]:
    hall = Hall()
    hall.door.set()

    async def endpoint(websocket: WebSocket) -> None:
        hall.calls += 1
        await hall.door.wait()
        await websocket.accept()
        hall.talks.append(Talk(websocket.scope["extensions"][wire.EXTENSION]["wire"]))

    listening = listen("127.0.0.1", 0)
    hall.port = listening.getsockname()[1]
    much = Route("/much", lambda _request: PlainTextResponse("x" * MUCH))
    server = echo_server(endpoint, much)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await eventually(lambda: server.started)
        yield hall
    finally:
        server.should_exit = True
        await serving
        listening.close()
