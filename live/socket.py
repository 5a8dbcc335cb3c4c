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
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import cast

from starlette.applications import Starlette
from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute, WebSocketRoute, compile_path
from starlette.types import Scope
from starlette.websockets import WebSocket, WebSocketDisconnect

from live import protocol, security, wire
from live.auth import Auth
from live.domain import viewers
from live.domain.base import AUDIENCES, Actor, Audience
from live.fanout.hub import Direct, Queued, Subscriber
from live.limits import Bucket, Rate
from live.settings import Settings
from live.stage import Stage, Stages
from live.wire import Line, Take

ROUTE = "/b/{slug}/socket/{audience}"
PATH = compile_path(ROUTE)[0]
HELLO_SECONDS = 10  # a page says hello with its first breath
SEND_SECONDS = 20  # a socket that takes nothing for so long is cut; its page comes back by itself
FRAMES = Rate(burst=200, every_ms=20)  # of any kind: fifty a second is no person
NEWS_MS = 250  # a viewer who is farther behind than before by less is where he was
BAD_LIMIT = 20  # frames that could not be read: this is no page of ours
REVOKED = protocol.encode(protocol.Bye(code="revoked"))
POLICY = 1008  # RFC 6455, section 7.4.1: policy violation


@dataclass(frozen=True)
class Caller:
    """Who opens a socket, and where. `actor` is None when there is no seat for them (any more)."""

    stage: Stage
    audience: Audience
    actor: Actor | None


class Entrance:
    """Asks who comes: the same for our own wire and for plain ASGI."""

    def __init__(self, app: Starlette) -> None:
        self._settings: Settings = app.state.settings
        self._stages: Stages = app.state.stages
        self._auth: Auth = app.state.auth

    async def find(self, connection: HTTPConnection, slug: str, audience: str) -> Caller | HTTPStatus:
        """Who opens this socket; a status: nobody may."""
        if not security.same_site(connection.scope, self._settings):
            return HTTPStatus.FORBIDDEN
        called = await self._stages.called(slug) if audience in AUDIENCES else None
        if called is None:
            return HTTPStatus.NOT_FOUND
        broadcast, stage = called
        place = cast(Audience, audience)
        return Caller(stage, place, await self._auth.actor(connection, broadcast, place))


def door(app: Starlette) -> wire.Door:
    """Whom the wire lets in."""
    entrance = Entrance(app)
    hellos = wire.Deadlines[Line](HELLO_SECONDS, _silent)

    async def enter(scope: Scope) -> Take | HTTPStatus:
        match = PATH.match(scope["path"])
        if match is None:
            return HTTPStatus.NOT_FOUND
        caller = await entrance.find(HTTPConnection(scope), **match.groupdict())
        return caller if isinstance(caller, HTTPStatus) else partial(_take, caller, hellos)

    return enter


def _silent(line: Line) -> None:
    line.finish(POLICY)


def _take(caller: Caller, hellos: wire.Deadlines[Line], line: Line) -> wire.Talk:
    if caller.actor is None:
        line.write(protocol.text_frame(REVOKED))
        line.finish(protocol.REVOKED)
        return Nobody()
    return WireTalk(line, hellos, caller.stage, caller.actor, caller.audience)


async def endpoint(websocket: WebSocket) -> None:
    """The same through plain ASGI."""
    caller = await Entrance(websocket.app).find(websocket, **websocket.path_params)
    if isinstance(caller, HTTPStatus):
        await websocket.close()  # before accept: HTTP 403
        return
    await websocket.accept()
    if caller.actor is None:
        await _turn_away(websocket)
    else:
        await PlainTalk(websocket, caller.stage, caller.actor, caller.audience).run()


async def _turn_away(websocket: WebSocket) -> None:
    with suppress(WebSocketDisconnect, RuntimeError):
        await websocket.send_text(REVOKED.decode())
        await websocket.close(protocol.REVOKED)


class Talk:
    """What a page says on one socket, and what is made of it."""

    __slots__ = ("_bad", "_frames", "_joining", "_stage", "_visible", "_watch", "subscriber")

    def __init__(self, stage: Stage, subscriber: Subscriber) -> None:
        self.subscriber = subscriber
        self._stage = stage
        self._frames = Bucket(FRAMES)
        self._bad = 0
        self._visible: bool | None = None  # none before hello
        self._watch: viewers.Watch | None = None  # how it follows the video, once it does
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
            if self._turned_away(frame):
                return
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

    def _turned_away(self, frame: str | bytes) -> bool:
        """Send a vote back unread, if there is no room: that must cost less than taking it."""
        vote = protocol.vote_id(frame) if self._stage.crowded and self.greeted else None
        wait_ms = self._stage.wait_ms(self.subscriber.actor) if vote else 0
        if vote and wait_ms:
            self.subscriber.hand(protocol.busy(vote, wait_ms))
        return bool(wait_ms)

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
        if pulse.rung != "now" or self._watch is not None:
            self._follow(pulse, now)

    def _follow(self, pulse: protocol.Pulse, now: int) -> None:
        """Note how far behind the hall it is, where that is news. A video that stands still is none."""
        known, rung = self._watch, pulse.rung
        behind = 0 if rung == "now" or pulse.media_at is None else max(0, now - pulse.media_at)
        if known is not None and known.rung == rung:
            still = rung == "playlist" and not pulse.playing
            if still or abs(behind - known.behind_ms) <= NEWS_MS:
                return
        self._watch = viewers.Watch(connection=self.subscriber.connection, rung=rung, behind_ms=behind)
        self._stage.note(self._watch)

    def _refuse(self, refusal: protocol.BadFrame) -> None:
        self._bad += 1
        self.subscriber.answer(protocol.Refused(id=refusal.id, code=refusal.code))
        if self._bad >= BAD_LIMIT:
            self.cut(POLICY)


class Nobody:
    """Takes a line that is closed as soon as it is open."""

    def hear(self, message: str | bytes) -> None: ...

    def withhold(self) -> None: ...

    def resume(self) -> None: ...

    def lost(self) -> None: ...


class WireTalk(Talk):
    """A talk on our own wire: the line calls it, and no task waits for anything."""

    __slots__ = ("_hellos", "_line")

    def __init__(
        self, line: Line, hellos: wire.Deadlines[Line], stage: Stage, actor: Actor, audience: Audience
    ) -> None:
        name, feed = secrets.token_urlsafe(9), stage.feed(audience)
        super().__init__(stage, Direct(actor, audience, name, feed, stage.clock, outlet=line))
        self._line = line
        self._hellos = hellos
        hellos.add(line)

    def hear(self, frame: str | bytes) -> None:
        greeted = self.greeted
        super().hear(frame)
        if self.greeted and not greeted:
            self._hellos.discard(self._line)

    def withhold(self) -> None:
        assert isinstance(self.subscriber, Direct)
        self.subscriber.withhold()

    def resume(self) -> None:
        assert isinstance(self.subscriber, Direct)
        self.subscriber.resume()

    def lost(self) -> None:
        self._hellos.discard(self._line)
        super().lost()

    def cut(self, code: int) -> None:
        self._line.finish(code)


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


routes: list[BaseRoute] = [WebSocketRoute(ROUTE, endpoint)]
