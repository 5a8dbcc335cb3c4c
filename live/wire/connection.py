"""A connection: bytes in and out of one socket that was accepted, as asyncio's protocols expect it.

`listening` makes one for everybody who comes. asyncio's own transport does the same, but is handed over by a
task, a future and four turns of the loop: half of what its part of a handshake costs. This one reads as soon
as it is made. It knows no TLS, sends no files by itself, and closes both directions at once.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any

READ_BYTES = 64 * 1024  # at a time: no message is longer, and the room for it comes from the heap
HIGH_BYTES = 64 * 1024  # that wait to be sent, after which a protocol is told to pause, if it does not say


class Connection(asyncio.Transport):
    __slots__ = (
        "_closing",
        "_descriptor",
        "_ended",
        "_high",
        "_loop",
        "_peer",
        "_protocol",
        "_reading",
        "_socket",
        "_waiting",
        "_withheld",
    )

    def __init__(
        self,
        accepted: socket.socket,
        peer: Any,
        loop: asyncio.AbstractEventLoop,
        protocol: asyncio.Protocol,
    ) -> None:
        """Of a socket that does not block. `peer` is the address that came with it."""
        self._socket = accepted
        self._descriptor = accepted.fileno()
        self._peer = peer
        self._loop = loop
        self._protocol = protocol
        self._reading = False
        self._closing = False  # nothing is read or taken any more
        self._ended = False  # and nothing is sent: the protocol is about to be told
        self._waiting = bytearray()  # to be sent
        self._high = HIGH_BYTES
        self._withheld = False  # the protocol has been told to pause
        protocol.connection_made(self)
        self.resume_reading()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        match name:
            case "peername":
                return self._peer
            case "socket":
                return self._socket
            case "sockname":
                return self._socket.getsockname()
        return default

    def get_protocol(self) -> asyncio.BaseProtocol:
        return self._protocol

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        assert isinstance(protocol, asyncio.Protocol)
        self._protocol = protocol

    # In ----------------------------------------------------------------------------------------

    def is_reading(self) -> bool:
        return self._reading

    def pause_reading(self) -> None:
        if self._reading:
            self._reading = False
            self._loop.remove_reader(self._descriptor)

    def resume_reading(self) -> None:
        if not self._reading and not self._closing:
            self._reading = True
            self._loop.add_reader(self._descriptor, self._read)

    def _read(self) -> None:
        try:
            came = self._socket.recv(READ_BYTES)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:
            self._end(error)
            return
        try:
            if came:
                self._protocol.data_received(came)
            else:
                self._protocol.eof_received()
                self.close()
        except Exception as error:
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        """The protocol has: that is ours, and no reason to serve others less."""
        self._loop.call_exception_handler(
            {
                "message": "A protocol has failed",
                "exception": error,
                "transport": self,
                "protocol": self._protocol,
            }
        )
        self._end(error)

    # Out ---------------------------------------------------------------------------------------

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if self._closing:
            return
        if not self._waiting:
            sent = self._send(data)
            if self._ended or sent == len(data):
                return
            data = data[sent:]
            self._loop.add_writer(self._descriptor, self._send_waiting)
        self._waiting += data
        if len(self._waiting) > self._high and not self._withheld:
            self._withheld = True
            self._protocol.pause_writing()

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """`low` is a quarter of `high`."""
        self._high = HIGH_BYTES if high is None else high

    def get_write_buffer_size(self) -> int:
        return len(self._waiting)

    def can_write_eof(self) -> bool:
        return False

    def _send(self, data: bytes | bytearray | memoryview) -> int:
        """How much the kernel has taken."""
        try:
            return self._socket.send(data)
        except (BlockingIOError, InterruptedError):
            return 0
        except OSError as error:
            self._end(error)
            return 0

    def _send_waiting(self) -> None:
        """There is room again."""
        del self._waiting[: self._send(self._waiting)]
        if self._ended:
            return
        if self._withheld and len(self._waiting) <= self._high // 4:
            self._withheld = False
            self._protocol.resume_writing()  # which may write
        if not self._waiting:
            self._loop.remove_writer(self._descriptor)
            if self._closing:
                self._end(None)

    # The end -----------------------------------------------------------------------------------

    def is_closing(self) -> bool:
        return self._closing

    def close(self) -> None:
        """When all is sent that was written."""
        self.pause_reading()
        self._closing = True
        if not self._waiting:
            self._end(None)

    def abort(self) -> None:
        self._end(None)

    def _end(self, error: Exception | None) -> None:
        """Now. The protocol is told in a turn of its own, so that nobody is gone while he is being served."""
        if self._ended:
            return
        self.pause_reading()
        self._closing = self._ended = True
        if self._waiting:
            self._waiting.clear()
            self._loop.remove_writer(self._descriptor)
        self._loop.call_soon(self._lose, error)

    def _lose(self, error: Exception | None) -> None:
        try:
            self._protocol.connection_lost(error)
        finally:
            self._socket.close()
            del self._protocol  # which has this one: in a circle they would wait for the collector
