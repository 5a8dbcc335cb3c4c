"""The wire: uvicorn's WebSocket protocol, with frames written straight to the socket and guards.

`server` gives it to uvicorn; `socket` finds it in the scope's extensions, takes the connection over after
accept, and gives its ASGI task back. One frame, encoded once, then costs one write() for each viewer.
Where another server offers no such extension everything works through plain ASGI. It knows no audience.
"""

from __future__ import annotations

import asyncio
import os
import socket
from typing import Any, Protocol, cast

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame

from live.limits import Bucket, Rate

EXTENSION = "live.wire"

SEND_BYTES = 16 * 1024  # of the kernel's buffer: untold it swallows 3.9 MB for a viewer who reads nothing
PINGS = Rate(burst=20, every_ms=1_000)  # a browser sends none, a library one in 20 s
SLICE_BYTES = 4 * 1024  # of what comes: looked at before the next, for 256 KiB may be 40,000 frames
AFTERWARDS_BYTES = 64 * 1024  # that may have been on their way when we said goodbye
PIECES_LIMIT = 64  # frames in one message: of 16 KiB at most nobody makes more by accident
HEADER_SECONDS = 5  # from the first byte of a request to the last of its head
PING_SECONDS = 20  # of silence, after which the other side is asked whether it is there: NATs forget at 60
DEAD_SECONDS = 45  # of silence, after which it is not
CLOSE_SECONDS = 5  # for the other side to take the last bytes and say goodbye too
SWEEP_SECONDS = 1  # how often all connections are looked at, by one timer


class Nobody:
    """Stands in the place of the queue and the event that an ASGI task would wait for: there is none."""

    def put_nowait(self, _event: object) -> None: ...

    def set(self) -> None: ...

    def clear(self) -> None: ...


NOBODY = Nobody()


class Talk(Protocol):
    """Who the connection was handed to."""

    def hear(self, frame: str | bytes) -> None:
        """A whole message has come."""

    def resume(self) -> None:
        """What was written has left: there is room again."""

    def lost(self) -> None:
        """The connection is gone. Called once, last."""


class Keepalive:
    """All open connections, and one timer for them: asks the silent, drops the dead."""

    def __init__(self) -> None:
        self._open: set[WireProtocol] = set()
        self._timer: asyncio.TimerHandle | None = None

    def add(self, connection: WireProtocol) -> None:
        self._open.add(connection)
        if self._timer is None:
            self._timer = connection.loop.call_later(SWEEP_SECONDS, self._sweep, connection.loop)

    def discard(self, connection: WireProtocol) -> None:
        self._open.discard(connection)

    def _sweep(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        for connection in list(self._open):
            connection.look(now)
        self._timer = loop.call_later(SWEEP_SECONDS, self._sweep, loop) if self._open else None


class WireProtocol(WebSocketsSansIOProtocol):
    """One WebSocket. Until `hand_over` it behaves as uvicorn's own."""

    def __init__(self, *args: Any, keepalive: Keepalive, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paused = False
        self.heard = self.loop.time()
        self.close_timeout = CLOSE_SECONDS
        self._keepalive = keepalive
        self._asked = False
        self._afterwards = 0  # bytes that came after our goodbye
        self._pings: Bucket | None = None  # made when the first one comes: most never send any
        self._talk: Talk | None = None
        self._socket = -1  # none under TLS: there the transport must encrypt first
        self._descriptor = -1  # the socket, while a frame may be written to it at once

    # What the socket endpoint calls ------------------------------------------------------------

    def hand_over(self, talk: Talk) -> None:
        """Messages go to `talk` from now on; the ASGI application may return and the connection stays."""
        self._talk = talk
        while not self.queue.empty():
            self._pass_on(cast(dict[str, Any], self.queue.get_nowait()))
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        # What is only of use to ASGI makes up most of a quiet connection's memory.
        self.scope = self.request = self.response = None  # type: ignore[assignment]
        self.queue = self.writable = NOBODY  # type: ignore[assignment]

    def write(self, frame: bytes) -> None:
        """Send a frame that is encoded already (`protocol.text_frame`)."""
        if self._descriptor < 0:
            self._buffer(frame)
            return
        try:
            sent = os.write(self._descriptor, frame)
        except (BlockingIOError, InterruptedError):
            sent = 0
        except OSError:
            self.cut()
            return
        if sent < len(frame):
            self._buffer(frame[sent:])

    def finish(self, code: int) -> None:
        """Close in good order; `lost` is called when it is done."""
        if self.close_sent or self.transport.is_closing():
            return
        self.conn.send_close(code)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self._let_go()

    def _buffer(self, frame: bytes) -> None:
        if not self.close_sent and not self.transport.is_closing():
            self.transport.write(frame)

    def _let_go(self) -> None:
        """Nothing more is written after a goodbye; whoever does not take it is cut."""
        self._descriptor = self._socket = -1
        if self.close_timer is None:
            self.close_timer = self.loop.call_later(CLOSE_SECONDS, self.transport.abort)

    def cut(self) -> None:
        """Close at once."""
        self._descriptor = self._socket = -1
        self.transport.abort()

    # What asyncio and uvicorn call -------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        raw = transport.get_extra_info("socket")
        if raw is not None and raw.family != socket.AF_UNIX:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BYTES)
        if raw is not None and transport.get_extra_info("sslcontext") is None:
            self._descriptor = self._socket = raw.fileno()
        # Every byte that stays behind pauses: a write to the descriptor never overtakes it.
        self.transport.set_write_buffer_limits(high=0)
        if self.transport.get_write_buffer_size():  # answers to requests before this one, on the same line
            self.pause_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._descriptor = self._socket = -1  # before the number is given to the next connection
        self._keepalive.discard(self)
        talk, self._talk = self._talk, None
        super().connection_lost(exc)
        if talk is not None:
            talk.lost()

    def pause_writing(self) -> None:
        self.paused = True
        self._descriptor = -1  # what is buffered goes first
        super().pause_writing()

    def resume_writing(self) -> None:
        self.paused = False
        self._descriptor = self._socket
        super().resume_writing()
        if self._talk is not None:
            self._talk.resume()

    def data_received(self, data: bytes) -> None:
        self.heard = self.loop.time()
        self._asked = False
        for start in range(0, len(data), SLICE_BYTES):
            if self.transport.is_closing():
                return
            if self.close_sent:
                self._afterwards += SLICE_BYTES
                if self._afterwards > AFTERWARDS_BYTES:
                    self.cut()
                    return
            super().data_received(data[start : start + SLICE_BYTES])

    def handle_connect(self, event: Any) -> None:
        super().handle_connect(event)
        if not self.handshake_complete:
            self.scope["extensions"][EXTENSION] = {"wire": self}

    def handle_cont(self, event: Frame) -> None:
        if self.close_sent:
            return  # what came with the piece that was too many
        if len(self.frames) >= PIECES_LIMIT:
            self._fail(1009)
            return
        super().handle_cont(event)

    def handle_close(self, event: Frame) -> None:
        super().handle_close(event)
        self._let_go()

    def handle_parser_exception(self) -> None:
        super().handle_parser_exception()
        self._let_go()

    def shutdown(self) -> None:
        super().shutdown()
        self._let_go()

    def handle_ping(self) -> None:
        self._pings = self._pings or Bucket(PINGS)
        if self.paused or not self._pings.take(int(self.heard * 1_000)):
            self.cut()  # it asks faster than it reads the answers
            return
        super().handle_ping()

    def send_receive_event_to_app(self) -> None:
        if self._talk is None:
            super().send_receive_event_to_app()
            return
        message, self.frames = b"".join(self.frames), []
        if self.close_sent:
            return
        if self.curr_msg_data_type == "bytes":
            self._talk.hear(message)
            return
        try:
            text = message.decode()
        except UnicodeDecodeError:
            self._fail(1007)
            return
        self._talk.hear(text)

    async def run_asgi(self) -> None:
        try:
            await self.app(self.scope, self.receive, self.send)
        except ClientDisconnected:
            pass  # it has gone before it was let in
        except Exception:
            self.logger.exception("Exception in ASGI application\n")
            self.send_500_response()
        if self._talk is None and self.close_timer is None:
            self.transport.close()

    # One timer for all, in place of two for each -----------------------------------------------

    def start_keepalive(self) -> None:
        self._keepalive.add(self)

    def stop_keepalive(self) -> None:
        self._keepalive.discard(self)

    def look(self, now: float) -> None:
        """Once a second: ask the silent, drop the dead."""
        silent = now - self.heard
        if silent > DEAD_SECONDS:
            self.cut()
        elif silent > PING_SECONDS and not self._asked and not self.paused and not self.close_sent:
            self._asked = True
            self.conn.send_ping(b"")
            self.write(b"".join(self.conn.data_to_send()))

    def _pass_on(self, event: dict[str, Any]) -> None:
        if self._talk is not None and event["type"] == "websocket.receive":
            text: str | None = event.get("text")
            self._talk.hear(event["bytes"] if text is None else text)

    def _fail(self, code: int) -> None:
        self.conn.fail(code)
        self.handle_parser_exception()


class PatientHttp(H11Protocol):
    """uvicorn's HTTP protocol, whose patience with a request's head ends."""

    _deadline: asyncio.TimerHandle | None = None  # while the head of a request is awaited

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        if self._deadline is None and self._has_no_request():
            self._await_head()  # of the next one on the same line
        super().data_received(data)

    def handle_events(self) -> None:
        super().handle_events()
        if not self._has_no_request() or self.transport.is_closing():
            self._has_head()

    def handle_websocket_upgrade(self, event: Any) -> None:
        self._has_head()
        super().handle_websocket_upgrade(event)

    def connection_lost(self, exc: Exception | None) -> None:
        self._has_head()
        super().connection_lost(exc)

    def _has_no_request(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is None or cycle.response_complete

    def _await_head(self) -> None:
        self._deadline = self.loop.call_later(HEADER_SECONDS, self.transport.abort)

    def _has_head(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def protocols() -> dict[str, Any]:
    """What uvicorn.Config is to be given: both protocols, with one timer for all sockets."""
    keepalive = Keepalive()

    def wire(*args: Any, **kwargs: Any) -> WireProtocol:
        return WireProtocol(*args, keepalive=keepalive, **kwargs)

    return {"ws": wire, "http": PatientHttp}
