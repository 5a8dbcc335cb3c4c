"""One page's WebSocket: says hello with what it has, keeps the docs, and comes back after any loss.

Attendees and the demo's autopilot hold one each. It is static/core/link.js in Python: the same
hello, the same rule for gaps, the same way of coming back, and of the clock the little that a pulse
needs. It never decides anything; what is done with the docs is its owner's matter.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, cast

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.typing import Origin

from .browser import Browser
from .outbox import Answer, Frame, Outbox, Pause
from .viewing import Viewing

FIRST_SECONDS = 2.0  # the first try is somewhere in 0-2 s: a whole hall comes back at once
CAP_SECONDS = 20.0  # then 1 s, 2 s, 4 s … up to this
PULSE_SECONDS = 20.0
OPEN_SECONDS = 10.0
CLOSE_SECONDS = 1.0  # leaving does not wait for a server that has gone
WELCOME_BYTES = 8 * 1024 * 1024  # a long evening: 500 questions and as many slides


class TurnedOut(Exception):
    """Our access was withdrawn. There is no coming back."""


class Link:
    """The socket at `path`, with the cookies of `browser`."""

    def __init__(self, browser: Browser, path: str, rng: random.Random, pause: Pause) -> None:
        self.docs: dict[str, Any] = {}
        self.you: dict[str, Any] = {}
        self.seq = -1
        self.epoch: str | None = None
        self.visible = True
        self.connects = 0
        self.outbox = Outbox(rng, pause, self._post)
        self._browser = browser
        self._path = path
        self._rng = rng
        self._pause = pause
        self._socket: ClientConnection | None = None
        self._live = False
        self._tries = 0
        self._news = asyncio.Event()
        self._viewing = Viewing(rng)
        self._ahead_ms = 0.0  # the server's clock less ours

    async def keep(self) -> None:
        """Be connected until cancelled; raises `TurnedOut`."""
        while True:
            wish = await self._once()
            span = FIRST_SECONDS if self._tries == 0 else min(CAP_SECONDS, 0.5 * 2.0**self._tries)
            self._tries += 1
            await self._pause(wish + self._rng.random() * span)

    async def order(self, command: Frame) -> Answer:
        """Give a command; waits for `done` or a refusal for good, across reconnects."""
        return await self.outbox.order(command)

    async def look(self, visible: bool) -> None:
        """The page is hidden, or looked at again."""
        self.visible = visible
        await self._pulse()

    def watching(self) -> Frame:
        """What is seen here: `rung`, `media_at` (the server's time of it, ms), `playing`."""
        return self._viewing.now(self.docs, self.you, round(self._now_ms()))

    def behind_seconds(self) -> float:
        """How far what is seen here is behind the hall."""
        media_at: int = self.watching()["media_at"]
        return max(0.0, self._now_ms() - media_at) / 1_000

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until what we have been told makes `condition` true."""
        while not condition():
            await self._news.wait()

    def those(self, kind: str) -> dict[str, Any]:
        """The docs of a kind by their name: `poll` gives {"3": …}."""
        return {
            name: doc
            for key, doc in self.docs.items()
            for head, _, name in [key.partition("/")]
            if head == kind
        }

    # The socket's life -------------------------------------------------------------------------

    async def _once(self) -> float:
        """One connection, from hello to its end; gives the seconds the server wishes us to wait."""
        try:
            async with self._connected() as socket:
                await self._hello(socket)
                async for text in socket:
                    wish = await self._hear(socket, json.loads(text))
                    if wish is not None:
                        return wish
        except (OSError, WebSocketException, TimeoutError):
            pass  # no network, no server, or one that refused us for now: come back later
        return 0.0

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[ClientConnection]:
        async with connect(
            self._browser.socket_address(self._path),
            host=self._browser.host,
            port=self._browser.port,
            origin=cast("Origin", self._browser.origin),
            additional_headers=self._browser.headers,
            user_agent_header=None,
            compression=None,
            proxy=None,
            open_timeout=OPEN_SECONDS,
            close_timeout=CLOSE_SECONDS,
            max_size=WELCOME_BYTES,
        ) as socket:
            self._socket = socket
            beat = asyncio.create_task(self._beat())
            try:
                yield socket
            finally:
                beat.cancel()
                self._socket, self._live = None, False

    async def _hello(self, socket: ClientConnection) -> None:
        known = {} if self.epoch is None else {"since": self.seq, "epoch": self.epoch}
        await socket.send(json.dumps({"type": "hello", "visible": self.visible, **known}))

    async def _hear(self, socket: ClientConnection, frame: Frame) -> float | None:
        match frame["type"]:
            case "welcome":
                self.docs, self.you = frame["docs"], frame["you"]
                self.seq, self.epoch = frame["seq"], frame["epoch"]
                self._ahead_ms = frame["now"] - _ours_ms()
                await self._caught_up()
            case "patch" if frame["from"] > self.seq:
                await self._hello(socket)  # a gap: ask for what is between
            case "patch":
                self._apply(frame)
                await self._caught_up()
            case "done" | "rejected":
                self.outbox.hear(frame)
            case "pulse":
                self._ahead_ms = frame["now"] - _ours_ms()
            case "bye" if frame["code"] == "revoked":
                raise TurnedOut
            case "bye":
                return float(frame.get("retry_ms") or 0) / 1000
        return None

    def _apply(self, patch: Frame) -> None:
        for key, doc in patch["docs"].items():
            if doc is None:
                self.docs.pop(key, None)
            else:
                self.docs[key] = doc
        self.seq = max(self.seq, patch["seq"])

    async def _caught_up(self) -> None:
        if not self._live:
            self._live, self._tries = True, 0
            self.connects += 1
            await self.outbox.flush()
            await self._pulse()
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def _post(self, frame: Frame) -> None:
        if self._live and self._socket is not None:
            with suppress(ConnectionClosed):
                await self._socket.send(json.dumps(frame, ensure_ascii=False))

    async def _pulse(self) -> None:
        seen = self.watching()
        await self._post({"type": "pulse", "t": _ours_ms(), "visible": self.visible, **seen})

    def _now_ms(self) -> float:
        """The server's time."""
        return _ours_ms() + self._ahead_ms

    async def _beat(self) -> None:
        while True:
            await self._pause(PULSE_SECONDS)
            await self._pulse()


def _ours_ms() -> float:
    return time.monotonic() * 1_000
