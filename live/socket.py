"""The socket: one WebSocket of a page, from handshake to goodbye.

It asks who it is (auth), decodes what comes (protocol), puts orders before the stage and lets the hub's
subscriber send. Whatever a page sends, it gets an answer with a code; nothing that it sends can harm more
than its own connection. On our own wire the connection is all there is; elsewhere two tasks serve it
through plain ASGI. It knows no command and no doc.
"""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress

from starlette.routing import BaseRoute, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from live import protocol, security
from live.domain.base import AUDIENCES, Actor, Audience
from live.hub import Direct, Queued, Subscriber
from live.limits import Bucket, Rate
from live.stage import Stage
from live.wire import EXTENSION, WireProtocol

HELLO_SECONDS = 10  # a page says hello with its first breath
SEND_SECONDS = 20  # a socket that takes nothing for so long is cut; its page comes back by itself
FRAMES = Rate(burst=200, every_ms=20)  # of any kind: fifty a second is no person
BAD_LIMIT = 20  # frames that could not be read: this is no page of ours
POLICY = 1008  # RFC 6455, section 7.4.1: policy violation


async def endpoint(websocket: WebSocket) -> None:
    """`/b/{slug}/socket/{audience}`."""
    audience = websocket.path_params["audience"]
    state = websocket.app.state
    called = await state.stages.called(websocket.path_params["slug"])
    if audience not in AUDIENCES or called is None or not security.same_site(websocket, state.settings):
        await websocket.close()  # before accept: HTTP 403
        return
    broadcast, stage = called
    actor = await state.auth.actor(websocket, broadcast, audience)
    await websocket.accept()
    if actor is None:
        await _turn_away(websocket)
        return
    extension = websocket.scope.get("extensions", {}).get(EXTENSION)
    if extension is not None:
        WireTalk(extension["wire"], stage, actor, audience)
    else:
        await PlainTalk(websocket, stage, actor, audience).run()


async def _turn_away(websocket: WebSocket) -> None:
    with suppress(WebSocketDisconnect, RuntimeError):
        await websocket.send_text(protocol.encode(protocol.Bye(code="revoked")).decode())
        await websocket.close(protocol.REVOKED)


class Talk:
    """What a page says on one socket, and what is made of it."""

    __slots__ = ("_bad", "_frames", "_joining", "_stage", "_visible", "subscriber")

    def __init__(self, stage: Stage, subscriber: Subscriber) -> None:
        self.subscriber = subscriber
        self._stage = stage
        self._frames = Bucket(FRAMES)
        self._bad = 0
        self._visible: bool | None = None  # none before hello
        self._joining: asyncio.Task[None] | None = None

    @property
    def greeted(self) -> bool:
        return self._visible is not None

    def hear(self, frame: str | bytes) -> None:
        """A message has come."""
        now = self._stage.clock()
        try:
            if not self._frames.take(now):
                raise protocol.BadFrame("too_fast")
            message = protocol.decode(frame)
        except protocol.BadFrame as refusal:
            self._refuse(refusal)
            return
        match message:
            case protocol.Hello():
                self._visible = message.visible
                self._joining = asyncio.get_running_loop().create_task(
                    self._stage.join(self.subscriber, message)
                )
            case _ if self._visible is None:
                self._refuse(protocol.BadFrame("bad_frame"))
            case protocol.Order():
                self._stage.submit(self.subscriber.actor, message.id, message.do, self.subscriber.answer)
            case protocol.Pulse():
                self._pulse(message, now)

    def lost(self) -> None:
        """The socket is gone."""
        if self._visible is not None:
            self._stage.leave(self.subscriber)

    def cut(self, code: int) -> None:
        """End it: this is no page of ours."""
        raise NotImplementedError

    def _pulse(self, pulse: protocol.Pulse, now: int) -> None:
        self.subscriber.answer(protocol.Beat(t=pulse.t, now=now, seq=self.subscriber.feed.seq))
        if pulse.visible != self._visible:
            self._visible = pulse.visible
            self._stage.look(self.subscriber, pulse.visible)

    def _refuse(self, refusal: protocol.BadFrame) -> None:
        self._bad += 1
        self.subscriber.answer(protocol.Refused(id=refusal.id, code=refusal.code))
        if self._bad >= BAD_LIMIT:
            self.cut(POLICY)


class WireTalk(Talk):
    """A talk on our own wire: the connection calls it, and no task waits for anything."""

    __slots__ = ("_patience", "_wire")

    def __init__(self, wire: WireProtocol, stage: Stage, actor: Actor, audience: Audience) -> None:
        name, feed = secrets.token_urlsafe(9), stage.feed(audience)
        super().__init__(stage, Direct(actor, audience, name, feed, stage.clock, outlet=wire))
        self._wire = wire
        self._patience: asyncio.TimerHandle | None = asyncio.get_running_loop().call_later(
            HELLO_SECONDS, wire.finish, POLICY
        )
        wire.hand_over(self)

    def hear(self, frame: str | bytes) -> None:
        super().hear(frame)
        if self._patience is not None and self.greeted:
            self._patience.cancel()
            self._patience = None

    def resume(self) -> None:
        assert isinstance(self.subscriber, Direct)
        self.subscriber.resume()

    def lost(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
        super().lost()

    def cut(self, code: int) -> None:
        self._wire.finish(code)


class PlainTalk(Talk):
    """A talk through plain ASGI: one task listens, another sends."""

    __slots__ = ("_ended", "_websocket")

    def __init__(self, websocket: WebSocket, stage: Stage, actor: Actor, audience: Audience) -> None:
        name, feed = secrets.token_urlsafe(9), stage.feed(audience)
        super().__init__(stage, Queued(actor, audience, name, feed, stage.clock))
        self._websocket = websocket
        self._ended: int | None = None

    async def run(self) -> None:
        sending = asyncio.create_task(self._send())
        listening = asyncio.create_task(self._listen())
        try:
            await asyncio.wait({sending, listening}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.lost()
            sending.cancel()
            listening.cancel()
            await asyncio.gather(sending, listening, return_exceptions=True)

    def cut(self, code: int) -> None:
        self._ended = code

    async def _send(self) -> None:
        assert isinstance(self.subscriber, Queued)
        with suppress(WebSocketDisconnect, TimeoutError):
            await self.subscriber.pump(self._send_one)
            bye = self.subscriber.bye
            if bye is not None:
                await self._websocket.close(protocol.close_code(bye))

    async def _send_one(self, frame: bytes) -> None:
        async with asyncio.timeout(SEND_SECONDS):
            await self._websocket.send_text(frame.decode())

    async def _listen(self) -> None:
        with suppress(WebSocketDisconnect, TimeoutError):
            async with asyncio.timeout(HELLO_SECONDS) as patience:
                while self._ended is None:
                    self.hear(await self._receive())
                    if self.greeted:
                        patience.reschedule(None)
        if self._ended is not None or not self.greeted:
            with suppress(WebSocketDisconnect, RuntimeError):
                await self._websocket.close(self._ended or POLICY)

    async def _receive(self) -> str | bytes:
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code", 1005))
        text: str | None = message.get("text")
        return message.get("bytes") or b"" if text is None else text


routes: list[BaseRoute] = [WebSocketRoute("/b/{slug}/socket/{audience}", endpoint)]
