"""The hall of each test of the wire."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bench.conformance import echo_server
from live import wire
from live.server import listen
from tests.patience import eventually
from tests.wire.lines import (
    MUCH,
    Hall,
    Talk,
)


@pytest.fixture
async def hall() -> AsyncIterator[Hall]:
    hall = Hall()
    hall.door.set()

    def take(line: wire.Line) -> Talk:
        hall.talks.append(Talk(line))
        return hall.talks[-1]

    async def door(scope: dict[str, Any]) -> wire.Take | HTTPStatus:
        hall.calls += 1
        if hall.fails:
            raise ValueError
        await hall.door.wait()
        return take if scope["path"] == "/" else HTTPStatus.NOT_FOUND

    listening = listen("127.0.0.1", 0)
    hall.port = listening.getsockname()[1]
    much = Route("/much", lambda _request: PlainTextResponse("x" * MUCH))
    server = echo_server(door, much)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await eventually(lambda: server.started)
        yield hall
    finally:
        server.should_exit = True
        await serving
        listening.close()
