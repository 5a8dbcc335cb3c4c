"""Listening: whoever comes gets a connection and a protocol, and `Server` is uvicorn's with this at its port.

`live.server` and the conformance test run it. Some are let in at a time, so that a hall that comes back does
not keep those waiting who are there; those who come next stand in the kernel's queue.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from collections.abc import Callable
from functools import partial
from typing import cast

import uvicorn

from live.wire.connection import Connection

TOGETHER = 64  # let in before others get their turn: some 2 ms
SPENT = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}  # of the system's, until somebody leaves
SPENT_SECONDS = 1.0  # after which it is tried again

logger = logging.getLogger(__name__)


class Listening:
    """At one socket, which must not block. What uvicorn calls a server."""

    def __init__(self, listening: socket.socket, protocol: Callable[[], asyncio.Protocol]) -> None:
        self._socket = listening
        self._protocol = protocol
        self._loop = asyncio.get_running_loop()
        self._again: asyncio.TimerHandle | None = None
        self._begin()

    def close(self) -> None:
        """Nobody new. Those who are in stay."""
        if self._again is not None:
            self._again.cancel()
        if self._socket.fileno() >= 0:
            self._loop.remove_reader(self._socket)
            self._socket.close()

    async def wait_closed(self) -> None: ...

    def _begin(self) -> None:
        self._loop.add_reader(self._socket, self._let_in)

    def _let_in(self) -> None:
        for _ in range(TOGETHER):
            try:
                accepted, peer = self._socket.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError as error:
                if error.errno not in SPENT:
                    raise
                logger.error("Nobody can be let in just now: %s", error.strerror)
                self._loop.remove_reader(self._socket)
                self._again = self._loop.call_later(SPENT_SECONDS, self._begin)
                return
            accepted.setblocking(False)
            Connection(accepted, peer, self._loop, self._protocol())


class Server(uvicorn.Server):
    """A uvicorn server that listens at sockets which it is given."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup([])
        protocol = partial(
            cast(Callable[..., asyncio.Protocol], self.config.http_protocol_class),
            config=self.config,
            server_state=self.server_state,
            app_state=self.lifespan.state,
        )
        self.servers = [Listening(each, protocol) for each in sockets or []]  # type: ignore[misc]
