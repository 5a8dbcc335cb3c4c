"""The event loop: asyncio's own, but it hears a few sockets at a time before others get their turn.

Left alone it reads from all that are ready in one go. When a hall votes at once these are thousands: for a
second nothing is committed, no slide goes out, and what has come is answered with `busy`. Used by `live.cli`.
Whoever has much to do gives way with `others`: a request is a dozen short turns, and one of them at a time is
as good as none.
"""

from __future__ import annotations

import asyncio
import os
import select
import selectors
import time
from collections.abc import Callable
from functools import cache
from typing import Any

TOGETHER = 64  # sockets heard before others get their turn: some 3 ms
ALONE_SECONDS = 0.02  # so long may a timer be late, while whoever has much to do is the only one


def new() -> asyncio.AbstractEventLoop:
    """A loop for `asyncio.Runner`; where there is no epoll, asyncio's own as it is."""
    return Loop() if hasattr(select, "epoll") else asyncio.SelectorEventLoop()


async def others(seconds: float) -> None:
    """Let others have their turns, as many as they want now, but no new one after so long."""
    running = asyncio.get_running_loop()
    if isinstance(running, Loop):
        await running.others(seconds)
    else:
        await asyncio.sleep(0)


class Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._few = Few(self.time)
        super().__init__(self._few)

    async def others(self, seconds: float) -> None:
        if self._few.nobody():  # a turn of the loop that finds nothing costs as much as two writes
            return
        turn = self.create_future()
        self._few.wait(self.time() + seconds, turn)
        await turn


class Few(selectors.DefaultSelector):
    """Tells of a few that are ready, and of others the next time: the kernel remembers who had to wait.

    The loop asks with a time to wait when it has nothing else to do: then those who gave way have their turn.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._few = select.epoll.fromfd(os.dup(self.fileno()))  # the same one, which may be asked for less
        self._keys: dict[int, selectors.SelectorKey] = {}  # in `get_map()` a look is six calls
        self._clock = clock
        self._waiting: list[tuple[float, asyncio.Future[None]]] = []  # until when, and who
        self._alone_until = 0.0  # when only one gave way and nobody had anything to do: so long it may go on

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._known(super().register(fileobj, events, data))

    def modify(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._known(super().modify(fileobj, events, data))

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        key = super().unregister(fileobj)
        del self._keys[key.fd]
        return key

    def _known(self, key: selectors.SelectorKey) -> selectors.SelectorKey:
        self._keys[key.fd] = key
        return key

    def wait(self, until: float, turn: asyncio.Future[None]) -> None:
        """`turn` is set when there is nothing else to do, or it is that late."""
        self._waiting.append((until, turn))

    def nobody(self) -> bool:
        """Whether nobody wants a turn: the last was not used, no socket is ready, no thread has called."""
        return self._clock() < self._alone_until and not self._few.poll(0, 1)

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        keys = self._keys
        idle = timeout is None or timeout > 0
        wait = 0.0 if self._waiting or not idle else -1 if timeout is None else timeout
        ready = [
            (keys[descriptor], _events(events))
            for descriptor, events in self._few.poll(wait, TOGETHER)
            if descriptor in keys
        ]
        nothing = idle and not ready
        self._alone_until = self._clock() + ALONE_SECONDS if nothing and len(self._waiting) == 1 else 0.0
        if self._waiting:
            self._give_turns(anyhow=nothing)
        return ready

    def _give_turns(self, *, anyhow: bool) -> None:
        now, waiting, self._waiting = self._clock(), self._waiting, []
        for until, turn in waiting:
            if not anyhow and now < until:
                self._waiting.append((until, turn))
            elif not turn.done():  # whoever waited may have been cancelled
                turn.set_result(None)

    def close(self) -> None:
        self._few.close()
        super().close()


@cache  # few values, and a look for each socket
def _events(ready: int) -> int:
    """What epoll says, in the words of `selectors`; an error is for whoever reads or writes next."""
    reads = selectors.EVENT_READ if ready & ~select.EPOLLOUT else 0
    return reads | (selectors.EVENT_WRITE if ready & ~select.EPOLLIN else 0)
