"""Patience: uvicorn's HTTP protocol, with an end to what it waits for and to what it keeps.

`doorway` gives it every connection that does not begin with a handshake, and gets it back when one comes
after all. Requests are parsed by llhttp, which is in C and strict, but takes heads of any length, trailers
without end, and as many requests in advance as somebody sends. The bounds are here.
"""

from __future__ import annotations

import asyncio
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from live.wire.deadlines import Deadlines

UNREAD_BYTES = 64 * 1024  # of which nothing is made yet: of a head, or between the pieces of a body
HEADERS_LIMIT = 100  # in one head: a browser sends 20, a proxy adds some
AHEAD_LIMIT = 16  # requests that come while the one before is answered: browsers send none
VERSIONS = {"1.0", "1.1"}  # llhttp knows others, and is lenient with those who name none


class Refused(Exception):
    """A head that is well-formed, and not taken all the same."""


class Patience(HttpToolsProtocol):
    _awaits_head = False
    _unread = 0  # bytes since the last of which something was made
    _in_head = False
    _behind: bytes | None = None  # what came behind a handshake, while requests before it are answered

    def __init__(self, heads: Deadlines[asyncio.Transport], **given: Any) -> None:
        """`heads`: until when the head of a request must have come."""
        super().__init__(**given)
        self._heads = heads

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        if self._behind is not None:
            self._wait(data)
            return
        if not self._awaits_head and self._all_answered():
            self._await_head()  # of the next one on the same line
        self._unset_keepalive_if_required()
        self._unread += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            self._upgrade(data[upgrade.args[0] :])
        except httptools.HttpParserError:
            self._refuse()
        else:
            if self._unread > UNREAD_BYTES:
                self._refuse()

    def on_message_begin(self) -> None:
        self._in_head = True
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self._in_head:
            raise Refused  # a trailer: it would be taken for a header
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_head = False
        self._has_head()
        version = self.parser.get_http_version()
        hosts = sum(name == b"host" for name, _ in self.headers)
        if version not in VERSIONS or hosts > 1 or (not hosts and version == "1.1"):
            raise Refused
        if len(self.headers) > HEADERS_LIMIT or len(self.pipeline) >= AHEAD_LIMIT:
            raise Refused
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._unread = 0
        super().on_body(body)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._behind is not None and self._all_answered() and not self.transport.is_closing():
            self._unset_keepalive_if_required()
            self._hand_over(self._behind)

    def connection_lost(self, exc: Exception | None) -> None:
        self._has_head()
        super().connection_lost(exc)

    def _upgrade(self, early: bytes) -> None:
        """A handshake on a line that has carried requests; `early` came behind it."""
        if not self._should_upgrade():
            return  # something else is asked for, and it was answered as if it were not
        if self._all_answered():
            self._hand_over(early)
        else:
            self._wait(early)

    def _wait(self, early: bytes) -> None:
        """Keep what comes behind a handshake whose turn has not come, and read no more of it."""
        self._behind = (self._behind or b"") + early
        self.flow.pause_reading()
        if len(self._behind) > UNREAD_BYTES:
            self._refuse()

    def _all_answered(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is None or (cycle.response_complete and not self.pipeline)

    def _hand_over(self, early: bytes) -> None:
        self.flow.resume_reading()
        self.handle_websocket_upgrade()
        protocol = self.transport.get_protocol()
        if early and not self.transport.is_closing():
            assert isinstance(protocol, asyncio.Protocol)
            protocol.data_received(early)

    def _refuse(self) -> None:
        self._has_head()
        if not self.transport.is_closing():
            self.send_400_response("This is not understood.")

    def _await_head(self) -> None:
        self._awaits_head = True
        self._heads.add(self.transport)

    def _has_head(self) -> None:
        self._unread = 0
        self._awaits_head = False
        self._heads.discard(self.transport)
