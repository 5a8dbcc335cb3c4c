"""A line: one open WebSocket, from the answer that opened it to the end.

`doorway` makes it and gives it to whoever takes it, who hears whole messages and writes frames that are
encoded already: straight to the socket while nothing is buffered, so a frame for a thousand viewers costs a
thousand times write() and little more. It keeps what a quiet viewer needs and no more.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable
from typing import Protocol

from live.limits import Bucket, Rate
from live.wire import frames
from live.wire.keepalive import Keepalive

SEND_BYTES = 16 * 1024  # of the kernel's buffer: untold it swallows 3.9 MB for a viewer who reads nothing
PINGS = Rate(burst=20, every_ms=1_000)  # a browser sends none, a library one in 20 s
AFTERWARDS_BYTES = 64 * 1024  # that may have been on their way when we said goodbye
PING_SECONDS = 20  # of silence, after which the other side is asked whether it is there: NATs forget at 60
DEAD_SECONDS = 45  # of silence, after which it is not
CLOSE_SECONDS = 5  # for the other side to take the last bytes and say goodbye too
RESTART = 1012  # close code "service restart"


class Talk(Protocol):
    """Who has taken a line."""

    def hear(self, message: str | bytes) -> None:
        """A whole message has come."""

    def withhold(self) -> None:
        """Nobody but the line may write to its descriptor from now on, until it resumes."""

    def resume(self) -> None:
        """What was written has left: there is room again."""

    def lost(self) -> None:
        """The connection is gone. Called once, last."""


class Line(asyncio.Protocol):
    __slots__ = (
        "_afterwards",
        "_asked",
        "_farewell",
        "_frames",
        "_keepalive",
        "_loop",
        "_lost",
        "_pings",
        "_replies",
        "_socket",
        "_talk",
        "close_sent",
        "descriptor",
        "heard",
        "paused",
        "transport",
    )

    def __init__(
        self,
        transport: asyncio.Transport,
        loop: asyncio.AbstractEventLoop,
        keepalive: Keepalive,
        lost: Callable[[Line], None],
    ) -> None:
        """On a transport whose handshake is answered. `lost` is called when the connection is gone."""
        self.transport = transport
        self.paused = False
        self.close_sent = False
        self.heard = loop.time()
        self._loop = loop
        self._keepalive = keepalive
        self._lost = lost
        self._frames = frames.Reader()
        self._asked = False
        self._afterwards = 0  # bytes that came after our goodbye
        self._pings: Bucket | None = None  # made when the first one comes: most never send any
        self._replies: list[bytes] | None = None  # while messages that came together are heard
        self._talk: Talk | None = None
        self._farewell: asyncio.TimerHandle | None = None
        self._socket = -1  # none under TLS: there the transport must encrypt first
        self.descriptor = -1  # the socket, while whole frames may be written to it at once, by anyone
        self._settle()

    def _settle(self) -> None:
        raw = self.transport.get_extra_info("socket")
        if isinstance(self.transport.get_extra_info("sockname"), tuple):  # not a file's name
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BYTES)
        if raw is not None and self.transport.get_extra_info("sslcontext") is None:
            self.descriptor = self._socket = raw.fileno()
        # Every byte that stays behind pauses: a write to the descriptor never overtakes it.
        self.transport.set_write_buffer_limits(high=0)
        if self.transport.get_write_buffer_size():  # answers to requests before this one, on the same line
            self.pause_writing()
        self._keepalive.add(self)

    # What the one who took it calls ------------------------------------------------------------

    def write(self, frame: bytes) -> None:
        """Send a frame that is encoded already (`protocol.text_frame`)."""
        if self._replies is not None:
            self._replies.append(frame)
            return
        if self.descriptor < 0:
            self._buffer(frame)
            return
        try:
            sent = os.write(self.descriptor, frame)
        except (BlockingIOError, InterruptedError):
            sent = 0
        except OSError:
            self.cut()
            return
        if sent < len(frame):
            self._buffer(frame[sent:])

    def finish(self, code: int) -> None:
        """Close in good order; `lost` is called when it is done."""
        if not self.close_sent and not self.transport.is_closing():
            self._say_goodbye(code)

    def cut(self) -> None:
        """Close at once."""
        self._give_up_socket()
        self.transport.abort()

    def _buffer(self, frame: bytes) -> None:
        if not self.close_sent and not self.transport.is_closing():
            self.transport.write(frame)

    def _give_up_socket(self) -> None:
        self._socket = -1
        self._withhold()

    def _withhold(self) -> None:
        self.descriptor = -1
        if self._talk is not None:
            self._talk.withhold()

    def _say_goodbye(self, code: int | None) -> None:
        """Nothing more is written after it; whoever does not take it is cut."""
        self._reply()
        self.transport.write(frames.close(code))
        self.close_sent = True
        self._give_up_socket()
        self._farewell = self._loop.call_later(CLOSE_SECONDS, self.transport.abort)

    # What the doorway and uvicorn call ---------------------------------------------------------

    def taken(self, talk: Talk) -> None:
        """`talk` hears what comes from now on."""
        self._talk = talk

    def shutdown(self) -> None:
        """The server ends."""
        self.finish(RESTART)
        self.transport.close()

    # What asyncio calls ------------------------------------------------------------------------

    def connection_lost(self, exc: Exception | None) -> None:
        self._give_up_socket()  # before its number is given to the next connection
        self._keepalive.discard(self)
        if self._farewell is not None:
            self._farewell.cancel()
        talk, self._talk = self._talk, None
        self._lost(self)
        if talk is not None:
            talk.lost()

    def pause_writing(self) -> None:
        self.paused = True
        self._withhold()  # what is buffered goes first

    def resume_writing(self) -> None:
        self.paused = False
        self.descriptor = self._socket
        if self._talk is not None:
            self._talk.resume()

    def data_received(self, data: bytes) -> None:
        self.heard = self._loop.time()
        self._asked = False
        if self.close_sent:
            self._afterwards += len(data)
            if self._afterwards > AFTERWARDS_BYTES:
                self.cut()
                return
        self._replies = []
        try:
            for opcode, payload in self._frames.read(data):
                self._take(opcode, payload)
                if self.transport.is_closing():
                    break
            self._reply()
        except frames.Broken as broken:
            self._reply()
            self._end(broken.code)

    def _reply(self) -> None:
        """What was answered to messages that came together goes out together."""
        replies, self._replies = self._replies, None
        if replies:
            self.write(b"".join(replies))

    def _take(self, opcode: int, payload: bytes) -> None:
        if opcode == frames.CLOSE:
            self._end(frames.goodbye(payload))
        elif self.close_sent or self._talk is None:
            return
        elif opcode == frames.TEXT:
            self._talk.hear(frames.text(payload))
        elif opcode == frames.BINARY:
            self._talk.hear(payload)
        elif opcode == frames.PING:
            self._pong(payload)

    def _end(self, code: int | None) -> None:
        """They have said goodbye, or broken the rules: after ours it is over."""
        if not self.close_sent:
            self._say_goodbye(code)
        self.transport.close()

    def _pong(self, payload: bytes) -> None:
        self._pings = self._pings or Bucket(PINGS)
        if self.paused or not self._pings.take(int(self.heard * 1_000)):
            self.cut()  # it asks faster than it reads the answers
            return
        self.write(frames.control(frames.PONG, payload))

    def look(self, now: float) -> None:
        """Now and then: ask the silent, drop the dead."""
        silent = now - self.heard
        if silent > DEAD_SECONDS:
            self.cut()
        elif silent > PING_SECONDS and not self._asked and not self.paused and not self.close_sent:
            self._asked = True
            self.write(frames.control(frames.PING))
