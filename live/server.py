"""Runs the application under uvicorn on a port of our own, and ends it in good order.

`live.cli` and the demo call `serve`. Goodbyes go out and the last answers are sent before sockets are closed.
Whatever keeps it from starting is a `CannotServe` with one sentence.
"""

from __future__ import annotations

import gc
import resource
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, cast

import uvicorn
from starlette.applications import Starlette
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from live import wire
from live.app import create_app
from live.database import Database, telling
from live.problem import Problem
from live.settings import Settings
from live.socket import door

Started = Callable[[Starlette], Awaitable[None]]

GRACE_SECONDS = 5  # requests that are under way when the server is told to stop
BACKLOG = 2_048  # a hall that scans a code all at once
FORWARDED = {b"x-forwarded-for", b"x-forwarded-proto"}  # what a proxy may tell
SWITCH_SECONDS = 0.0002  # the writer's thread gets the interpreter soon, however busy the loop is


class CannotServe(Problem):
    """The server cannot start, or not go on."""


class Server(wire.Server):
    """Says when people can come in, and goodbye before it closes their sockets."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        started: Started,
        now: Callable[[], int] | None = None,
    ) -> None:
        self.app = create_app(settings, database, now=now, on_fatal=self.fail)
        self.failed = False
        self._told = started
        super().__init__(_config(self.app, settings))

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        gc.freeze()  # what is there now stays: the collector need not look at it again
        if not self.should_exit:
            await self._told(self.app)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for each in self.servers:
            each.close()  # nobody new, while those who are here hear the goodbye
        await self.app.state.stages.farewell()
        await super().shutdown(sockets)

    def fail(self, _error: BaseException) -> None:
        """Nothing can be saved any more: stop, and let the supervisor start it anew."""
        self.failed = True
        self.should_exit = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Ctrl-C ends the server and nothing else: uvicorn would raise it again, amid the closing."""
        before = {each: signal.signal(each, self.handle_exit) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


async def serve(settings: Settings, started: Started) -> None:
    """Serve until told to stop; `started` is called once people can come in.

    Raises `CannotServe` and `DatabaseProblem`.
    """
    listening = listen(settings.host, settings.port)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # every viewer is a descriptor
    try:
        database = await _open(settings)
        try:
            sys.setswitchinterval(SWITCH_SECONDS)
            server = _server(settings, database, started)
            with telling(settings.database):
                await server.serve(sockets=[listening])
        finally:
            await database.close()
    finally:
        listening.close()
    if server.failed:
        raise CannotServe(f"{settings.database} could not be written any more; the lines above say why.")


def _server(settings: Settings, database: Database, started: Started) -> Server:
    try:
        return Server(settings, database, started)
    except OSError as error:
        raise CannotServe(f"{settings.secret} cannot be made or read: {error.strerror}.") from None


async def _open(settings: Settings) -> Database:
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotServe(f"{settings.data} cannot be made: {error.strerror}.") from None
    return await Database.open(settings.database)


def listen(host: str, port: int) -> socket.socket:
    """A bound socket; raises `CannotServe` when the port is taken or not ours to take."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Those who come have it from here: small writes go at once; else a second one waits 40 ms for an answer.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise CannotServe(
            f"Port {port} on {host} cannot be used: {error.strerror}. Choose another one with --port."
        ) from None
    listening.listen(BACKLOG)
    listening.setblocking(False)
    return listening


def _door(app: Starlette, settings: Settings) -> wire.Door:
    """The socket's. As with requests, proxies that may tell first where a browser is and how it came."""
    enter = door(app)

    async def nowhere(*_asgi: Any) -> None: ...

    tell = cast(Any, ProxyHeadersMiddleware(nowhere, settings.proxies))

    async def ask(scope: dict[str, Any]) -> wire.Take | HTTPStatus:
        if any(name in FORWARDED for name, _ in scope["headers"]):
            await tell(scope, nowhere, nowhere)  # it changes the scope
        return await enter(scope)

    return ask


def _config(app: Starlette, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        **wire.protocols(_door(app, settings)),
        access_log=False,
        log_level="warning",
        server_header=False,
        forwarded_allow_ips=settings.proxies,
        timeout_graceful_shutdown=GRACE_SECONDS,
        backlog=BACKLOG,
    )
