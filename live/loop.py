"""The event loop: asyncio's own, but it hears a few sockets at a time before others get their turn.

Left alone it reads from all that are ready in one go. When a hall votes at once these are thousands: for a
second nothing is committed, no slide goes out, and what has come is answered with `busy`. Used by `live.cli`.
"""

from __future__ import annotations

import asyncio
import os
import select
import selectors

TOGETHER = 64  # sockets heard before others get their turn: some 3 ms


def new() -> asyncio.AbstractEventLoop:
    """A loop for `asyncio.Runner`; where there is no epoll, asyncio's own as it is."""
    return asyncio.SelectorEventLoop(Few() if hasattr(select, "epoll") else None)


class Few(selectors.DefaultSelector):
    """Tells of a few that are ready, and of others the next time: the kernel remembers who had to wait."""

    def __init__(self) -> None:
        super().__init__()
        self._few = select.epoll.fromfd(os.dup(self.fileno()))  # the same one, which may be asked for less

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        keys = self.get_map()
        return [
            (keys[descriptor], _events(ready))
            for descriptor, ready in self._few.poll(-1 if timeout is None else max(0.0, timeout), TOGETHER)
            if descriptor in keys
        ]

    def close(self) -> None:
        self._few.close()
        super().close()


def _events(ready: int) -> int:
    """What epoll says, in the words of `selectors`; an error is for whoever reads or writes next."""
    reads = selectors.EVENT_READ if ready & ~select.EPOLLOUT else 0
    return reads | (selectors.EVENT_WRITE if ready & ~select.EPOLLIN else 0)
