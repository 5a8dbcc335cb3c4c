"""The doorway: the first bytes of each connection. A WebSocket's handshake is done here, all else is HTTP.

`server` gives both protocols to uvicorn. Whoever has sent a whole head that is plainly a handshake is asked
about at the door and gets a `Line`; everything else goes to uvicorn's HTTP protocol, and comes back when that
finds a handshake after all. Nobody waits for ever: a head has its deadline, and each answer is ours.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any

from uvicorn.server import ServerState

from live.wire import handshake
from live.wire.deadlines import Deadlines
from live.wire.keepalive import Keepalive
from live.wire.line import Line, Talk
from live.wire.patience import Patience

HEADER_SECONDS = 5  # from the first byte of a request to the last of its head
EARLY_BYTES = 16 * 1024  # that may come before the door has opened: nobody honest sends any

Take = Callable[[Line], Talk]
Door = Callable[[dict[str, Any]], Awaitable[Take | HTTPStatus]]
"""Given the ASGI scope of a WebSocket: what is made of its line, or the status that refuses it."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _House:
    """What all connections share."""

    loop: asyncio.AbstractEventLoop
    state: ServerState  # uvicorn ends the connections and awaits the tasks that are listed in it
    keepalive: Keepalive
    heads: Deadlines[asyncio.Transport]  # of those who have begun to ask
    door: Door


class Doorway(asyncio.Protocol):
    """One connection until it is known what it is. `http`: makes the protocol for what is no handshake."""

    __slots__ = ("_asking", "_early", "_gone", "_house", "_http", "_transport")

    def __init__(self, house: _House, http: Callable[[], asyncio.Protocol] | None) -> None:
        self._house = house
        self._http = http
        self._asking: asyncio.Task[None] | None = None
        self._early: bytes | None = None  # what has come while the door is asked; none before
        self._gone = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._house.state.connections.add(self)  # type: ignore[arg-type]
        if self._http is not None:
            self._house.heads.add(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._gone = True
        self._leave()

    def shutdown(self) -> None:
        """The server ends."""
        self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)

    def data_received(self, data: bytes) -> None:
        if self._early is not None:
            self._wait(data)
            return
        found = handshake.read(data)
        if found is not None:
            self._shake(*found)
        elif self._http is not None:
            self._become(self._http(), data)
        else:
            self._refuse(HTTPStatus.BAD_REQUEST)

    # A handshake -------------------------------------------------------------------------------

    def _shake(self, head: handshake.Head, early: bytes) -> None:
        self._house.heads.discard(self._transport)
        try:
            answer = handshake.accepted(head)
        except handshake.Refused as refused:
            self._refuse(refused.status)
            return
        self._early = b""
        if early:
            self._wait(early)
        self._asking = self._house.loop.create_task(self._ask(head, answer))
        self._house.state.tasks.add(self._asking)

    async def _ask(self, head: handshake.Head, answer: bytes) -> None:
        """Who is it, and what is made of the line?"""
        try:
            found = await self._house.door(self._scope(head))
        except Exception:
            logger.exception("The door has failed")
            found = HTTPStatus.INTERNAL_SERVER_ERROR
        finally:
            self._answered()
        if self._gone or self._transport.is_closing():
            return
        if isinstance(found, HTTPStatus):
            self._refuse(found)
        else:
            self._open(answer, found)

    def _answered(self) -> None:
        """At once: a callback for when the task is done would cost a turn of the loop."""
        if self._asking is not None:
            self._house.state.tasks.discard(self._asking)
            self._asking = None

    def _open(self, answer: bytes, take: Take) -> None:
        house, transport, early = self._house, self._transport, self._early
        self._leave()
        line = Line(transport, house.loop, house.keepalive, house.state.connections.discard)
        house.state.connections.add(line)  # type: ignore[arg-type]
        transport.set_protocol(line)
        transport.write(answer)
        line.taken(take(line))
        if early:
            transport.resume_reading()
            line.data_received(early)

    def _wait(self, data: bytes) -> None:
        """Keep what comes too early, and read no more of it."""
        self._early = (self._early or b"") + data
        if len(self._early) > EARLY_BYTES:
            self._transport.abort()
        self._transport.pause_reading()

    def _refuse(self, status: HTTPStatus) -> None:
        if not self._transport.is_closing():
            self._transport.write(handshake.refusal(status))
            self._transport.close()

    def _scope(self, head: handshake.Head) -> dict[str, Any]:
        """What the application would get from uvicorn, as far as a door wants to know it."""
        peer = self._transport.get_extra_info("peername")
        return {
            "type": "websocket",
            "scheme": "wss" if self._transport.get_extra_info("sslcontext") else "ws",
            "client": peer[:2] if isinstance(peer, tuple) else None,
            "path": head.path,
            "headers": head.headers,
        }

    # Anything else -----------------------------------------------------------------------------

    def _become(self, http: asyncio.Protocol, data: bytes) -> None:
        """It is as if the HTTP protocol had been there from the start."""
        self._leave()
        self._transport.set_protocol(http)
        http.connection_made(self._transport)
        http.data_received(data)

    def _leave(self) -> None:
        self._house.state.connections.discard(self)
        self._house.heads.discard(self._transport)


def protocols(door: Door) -> dict[str, Any]:
    """What uvicorn.Config is to be given: the doorway, also for what HTTP finds to be a handshake."""

    @cache
    def house(state: ServerState) -> _House:
        loop = asyncio.get_running_loop()
        heads = Deadlines[asyncio.Transport](HEADER_SECONDS, lambda transport: transport.abort())
        return _House(loop, state, Keepalive(loop), heads, door)

    def first(*, server_state: ServerState, **given: Any) -> Doorway:
        here = house(server_state)
        return Doorway(here, lambda: Patience(here.heads, server_state=server_state, **given))

    def upgraded(*, server_state: ServerState, **_given: Any) -> Doorway:
        return Doorway(house(server_state), None)

    return {"http": first, "ws": upgraded}
