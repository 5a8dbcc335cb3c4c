"""A phone as a test needs it: an outbox that survives everything, a socket that does not.

It knows the protocol and nothing of the server's code: a command's id is made and kept before it is sent,
and sent again with the same id until it is answered. It notes all that it sent and all that it was told.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import websockets

JITTER_SECONDS = 0.15  # between two tries to come back
Frame = dict[str, Any]


class Phone:
    """Somebody's page for the whole of a broadcast. `told` hears of each acknowledgement."""

    def __init__(
        self, name: str, address: str, token: str, rng: random.Random, told: Callable[[], None]
    ) -> None:
        self.name = name
        self.address = address
        self.rng = rng
        self.docs: dict[str, Any] = {}
        self.sent: dict[str, Frame] = {}  # every command there ever was, by id
        self.outbox: dict[str, Frame] = {}  # those without a final answer, in order
        self.done: dict[str, str | None] = {}  # id → made
        self.refused: dict[str, str] = {}  # id → code
        self.welcomes = 0
        self._token = token
        self._told = told
        self._seq = -1
        self._epoch = ""
        self._socket: websockets.ClientConnection | None = None
        self._news = asyncio.Condition()
        self._running: asyncio.Task[None] | None = None
        self._retries: set[asyncio.TimerHandle] = set()
        self._posting: set[asyncio.Task[None]] = set()

    # What its owner does -----------------------------------------------------------------------

    def switch_on(self) -> None:
        self._running = asyncio.create_task(self._stay_connected())

    async def switch_off(self) -> None:
        for retry in self._retries:
            retry.cancel()
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait({self._running})
        if self._running is not None and not self._running.cancelled():
            self._running.result()  # what went wrong on the phone is the test's failure

    def secret(self) -> str:
        """128 bits in 32 characters: an id, or the key of a question."""
        return f"{self.rng.getrandbits(128):032x}"

    def order(self, do: str, **fields: Any) -> str:
        """Keep a command, and send it when there is a connection; its id."""
        name = self.secret()
        self.sent[name] = self.outbox[name] = {"type": "command", "id": name, "do": do, **fields}
        self._soon(name)
        return name

    async def ask(self, do: str, **fields: Any) -> str | None:
        """The same, waiting for the final answer; gives `made`. It must be accepted."""
        name = self.order(do, **fields)
        await self.until(lambda: name not in self.outbox)
        assert name in self.done, (self.name, do, fields, self.refused[name])
        return self.done[name]

    async def until(self, holds: Callable[[], bool]) -> None:
        async with self._news:
            await self._news.wait_for(holds)

    async def fresh(self) -> dict[str, Any]:
        """Everything, as somebody gets it who has just come in."""
        seen = self.welcomes
        assert self._socket is not None
        await self._socket.send(json.dumps({"type": "hello"}))
        await self.until(lambda: self.welcomes > seen)
        return self.docs

    # What it does by itself --------------------------------------------------------------------

    async def _stay_connected(self) -> None:
        while True:
            with suppress(OSError, websockets.WebSocketException, TimeoutError):
                await self._talk()
            self._socket = None
            await asyncio.sleep(self.rng.uniform(0, JITTER_SECONDS))

    async def _talk(self) -> None:
        headers = {"Authorization": f"Bearer {self._token}"}
        async with websockets.connect(
            self.address, additional_headers=headers, compression=None, ping_interval=None, proxy=None
        ) as socket:
            known = {"since": self._seq, "epoch": self._epoch} if self._seq >= 0 else {}
            await socket.send(json.dumps({"type": "hello", **known}))
            self._socket = socket
            for frame in list(self.outbox.values()):
                await socket.send(json.dumps(frame))
            async for raw in socket:
                await self._hear(json.loads(raw))

    def _soon(self, name: str) -> None:
        posting = asyncio.get_running_loop().create_task(self._post(name))
        self._posting.add(posting)
        posting.add_done_callback(self._posting.discard)

    async def _post(self, name: str) -> None:
        socket, frame = self._socket, self.outbox.get(name)
        if socket is not None and frame is not None:
            with suppress(websockets.ConnectionClosed):
                await socket.send(json.dumps(frame))

    async def _hear(self, frame: Frame) -> None:
        match frame["type"]:
            case "welcome":
                self.docs, self._seq, self._epoch = frame["docs"], frame["seq"], frame["epoch"]
                self.welcomes += 1
            case "patch":
                assert frame["from"] <= self._seq, "a gap"
                self._seq = max(self._seq, frame["seq"])
                self.docs = {key: doc for key, doc in (self.docs | frame["docs"]).items() if doc is not None}
            case "done":
                self._finish(frame, self.done, frame.get("made"))
            case "rejected" if frame.get("retry_ms") is None:
                self._finish(frame, self.refused, frame["code"])
            case "rejected":
                self._retry(frame["id"], frame["retry_ms"] / 1_000)
        async with self._news:
            self._news.notify_all()

    def _finish(self, frame: Frame, answers: dict[str, Any], answer: str | None) -> None:
        name = frame["id"]
        assert name in self.sent, "an answer to what was never asked"
        before = {**self.done, **self.refused}
        assert before.get(name, answer) == answer, "another answer to the same command"
        self.outbox.pop(name, None)
        answers[name] = answer
        self._told()

    def _retry(self, name: str, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        self._retries.add(loop.call_later(seconds, self._soon, name))
