"""The socket: one WebSocket of a page, from handshake to goodbye.

It asks who it is (auth), decodes what comes (protocol), puts orders before the stage and lets the hub's
subscriber send. Whatever a page sends, it gets an answer with a code; nothing that it sends can harm more
than its own connection. It knows no command and no doc.
"""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress

from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from live import protocol, security
from live.directory import broadcasts
from live.domain.base import AUDIENCES, Actor, Audience
from live.hub import Subscriber
from live.limits import Bucket, Rate
from live.stage import Stage

HELLO_SECONDS = 10  # a page says hello with its first breath
SEND_SECONDS = 20  # a socket that takes nothing for so long is cut; its page comes back by itself
FRAMES = Rate(burst=200, every_ms=20)  # of any kind: fifty a second is no person
BAD_LIMIT = 20  # frames that could not be read: this is no page of ours
POLICY = 1008  # RFC 6455, section 7.4.1: policy violation
RESTART = 1012  # "service restart", of the IANA registry
REVOKED = 4500  # ours; 4500-4999: do not come again


async def endpoint(websocket: WebSocket) -> None:
    """`/b/{slug}/socket/{audience}`."""
    audience = websocket.path_params["audience"]
    slug = websocket.path_params["slug"]
    state = websocket.app.state
    found = await state.database.read(lambda db: broadcasts.find(db, slug))
    if audience not in AUDIENCES or found is None or not security.same_site(websocket, state.settings):
        await websocket.close()  # before accept: HTTP 403
        return
    actor = await state.auth.actor(websocket, found.id, audience)
    await websocket.accept()
    if actor is None:
        await _turn_away(websocket)
        return
    stage = await state.stages.get(found.id)
    await Conversation(websocket, stage, actor, audience).run()


async def _turn_away(websocket: WebSocket) -> None:
    with suppress(WebSocketDisconnect, RuntimeError):
        await websocket.send_text(protocol.encode(protocol.Bye(code="revoked")).decode())
        await websocket.close(REVOKED)


class Conversation:
    """What goes back and forth on one socket: this task listens, another sends."""

    def __init__(self, websocket: WebSocket, stage: Stage, actor: Actor, audience: Audience) -> None:
        self._websocket = websocket
        self._stage = stage
        self._subscriber = Subscriber(actor, audience, secrets.token_urlsafe(9))
        self._frames = Bucket(FRAMES)
        self._bad = 0
        self._visible: bool | None = None  # none before hello

    async def run(self) -> None:
        sending = asyncio.create_task(self._send())
        listening = asyncio.create_task(self._listen())
        try:
            await asyncio.wait({sending, listening}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if self._visible is not None:
                self._stage.leave(self._subscriber)
            sending.cancel()
            listening.cancel()
            await asyncio.gather(sending, listening, return_exceptions=True)

    # Down --------------------------------------------------------------------------------------

    async def _send(self) -> None:
        with suppress(WebSocketDisconnect, TimeoutError):
            await self._subscriber.pump(
                self._stage.feed(self._subscriber.audience), self._stage.clock, self._send_one
            )
            bye = self._subscriber.bye
            await self._websocket.close(REVOKED if bye is not None and bye.code == "revoked" else RESTART)

    async def _send_one(self, frame: bytes) -> None:
        async with asyncio.timeout(SEND_SECONDS):
            await self._websocket.send_text(frame.decode())

    # Up ----------------------------------------------------------------------------------------

    async def _listen(self) -> None:
        with suppress(WebSocketDisconnect):
            async with asyncio.timeout(HELLO_SECONDS) as patience:
                while True:
                    await self._hear(await self._receive())
                    if self._visible is not None:
                        patience.reschedule(None)

    async def _receive(self) -> str | bytes:
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        text: str | None = message.get("text")
        return message.get("bytes") or b"" if text is None else text

    async def _hear(self, frame: str | bytes) -> None:
        now = self._stage.clock()
        try:
            if not self._frames.take(now):
                raise protocol.BadFrame("too_fast")
            message = protocol.decode(frame)
        except protocol.BadFrame as refusal:
            await self._refuse(refusal)
            return
        match message:
            case protocol.Hello():
                self._visible = message.visible
                await self._stage.join(self._subscriber, message)
            case _ if self._visible is None:
                await self._refuse(protocol.BadFrame("bad_frame"))
            case protocol.Order():
                self._stage.submit(self._subscriber.actor, message.id, message.do, self._subscriber.answer)
            case protocol.Pulse():
                self._pulse(message, now)

    def _pulse(self, pulse: protocol.Pulse, now: int) -> None:
        head = self._stage.feed(self._subscriber.audience).seq
        self._subscriber.answer(protocol.Beat(t=pulse.t, now=now, seq=head))
        if pulse.visible != self._visible:
            self._visible = pulse.visible
            self._stage.look(self._subscriber, pulse.visible)

    async def _refuse(self, refusal: protocol.BadFrame) -> None:
        self._bad += 1
        self._subscriber.answer(protocol.Refused(id=refusal.id, code=refusal.code))
        if self._bad >= BAD_LIMIT:
            await self._websocket.close(POLICY)
            raise WebSocketDisconnect(POLICY)


routes: list[BaseRoute] = [WebSocketRoute("/b/{slug}/socket/{audience}", endpoint)]
