"""Commands on their way: each with an id of its own, kept until the server has answered it.

The link sends what is here again after every reconnect, under the same id; the server takes it
once. What is refused with a time to wait goes out again after it. Nothing is dropped, and only
`done` counts as done. The browser has the same in static/core/outbox.js.
"""

from __future__ import annotations

import asyncio
import base64
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

Pause = Callable[[float], Awaitable[object]]
Frame = dict[str, Any]

ID_BYTES = 16  # 128 bits
LATER = frozenset({"busy", "too_fast", "read_only"})  # the same id may be sent again
RETRY_MS = 2_000  # when the server names no time


@dataclass(frozen=True)
class Answer:
    """What became of a command: `made` is the key of the doc it brought into being, `refused` a code."""

    made: str | None = None
    refused: str | None = None


@dataclass(frozen=True)
class _Entry:
    frame: Frame
    answered: asyncio.Future[Answer]


class Outbox:
    """`post` sends one frame if it can; it may fail silently, since the reconnect sends it again."""

    def __init__(self, rng: random.Random, pause: Pause, post: Callable[[Frame], Awaitable[None]]) -> None:
        self.done: Counter[str] = Counter()  # by command
        self.refused: Counter[str] = Counter()  # by code, those for good
        self._rng = rng
        self._pause = pause
        self._post = post
        self._entries: dict[str, _Entry] = {}
        self._retries: set[asyncio.Task[None]] = set()

    @property
    def waiting(self) -> list[Frame]:
        """What has no answer yet, in the order it was meant."""
        return [entry.frame for entry in self._entries.values()]

    async def order(self, command: Frame) -> Answer:
        """Give a command; waits for the final answer. It stays here even if the caller is cancelled."""
        command_id = secret(self._rng)
        frame = {"type": "command", "id": command_id, **command}
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._entries[command_id] = _Entry(frame, answered)
        await self._post(frame)
        return await answered

    async def flush(self) -> None:
        """There is a new socket: everything without an answer goes out once more."""
        for frame in self.waiting:
            await self._post(frame)

    def hear(self, frame: Frame) -> None:
        """A `done` or a `rejected` has come."""
        entry = self._entries.get(frame["id"] or "")
        if entry is None:
            return
        if frame["type"] == "rejected" and frame["code"] in LATER:
            self._retry(entry, frame.get("retry_ms") or RETRY_MS)
            return
        del self._entries[frame["id"]]
        if frame["type"] == "done":
            self.done[entry.frame["do"]] += 1
            answer = Answer(made=frame.get("made"))
        else:
            self.refused[frame["code"]] += 1
            answer = Answer(refused=frame["code"])
        if not entry.answered.done():  # a caller who was cancelled no longer listens
            entry.answered.set_result(answer)

    def close(self) -> None:
        for task in self._retries:
            task.cancel()

    def _retry(self, entry: _Entry, after_ms: int) -> None:
        task = asyncio.create_task(self._again(entry, after_ms * self._rng.uniform(1.0, 1.5) / 1000))
        self._retries.add(task)
        task.add_done_callback(self._retries.discard)

    async def _again(self, entry: _Entry, seconds: float) -> None:
        await self._pause(seconds)
        if entry.frame["id"] in self._entries:
            await self._post(entry.frame)


def secret(rng: random.Random) -> str:
    """128 bits in base64url. From a seed: nobody's real secret."""
    return base64.urlsafe_b64encode(rng.randbytes(ID_BYTES)).rstrip(b"=").decode()
