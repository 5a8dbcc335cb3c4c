"""A following: everyone who follows one feed, those in step apart from the others.

In step is who stands where all of them do and has a socket that takes what is written. Of these only the
descriptors are looked at, side by side in one array. An object of each viewer, read for each frame, would not
be in the cache any more: at five thousand that cost a fifth of a delivery. `hub` makes one for each feed.
"""

from __future__ import annotations

import os
import time
from array import array
from itertools import repeat
from typing import Protocol

from live import loop
from live.fanout.feed import Feed

TOGETHER = 64  # sockets written to before other requests get their turn
NONE = -1  # no descriptor; no place among those in step


class Follower(Protocol):
    """A subscriber, as far as it matters here. While it is `in_step`, `seq` is not kept up to date."""

    seq: int | None
    place: int  # among those in step; NONE: it is not one of them

    @property
    def descriptor(self) -> int:
        """Its socket, while whole frames may be written there; else NONE."""

    def wake(self) -> None:
        """There may be something new in the feed."""

    def write(self, frame: bytes) -> None:
        """The line knows what to do with what the socket has not taken."""


class Following:
    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self._seq = feed.seq  # where those in step stand
        self._descriptors = array("i")  # of those in step, by place; NONE: somebody has left it
        self._in_step: list[Follower | None] = []  # the same people
        self._many = 0  # of them
        self._others: dict[Follower, None] = {}  # in the order in which they came
        self._before = self._seq  # while a frame goes out: where those stand whom it has not reached
        self._reached: int | None = None  # how many places it has been written to; none goes out just now

    def add(self, follower: Follower) -> None:
        self._others[follower] = None
        self.fall_in(follower)

    def remove(self, follower: Follower) -> None:
        self.fall_out(follower)
        self._others.pop(follower, None)

    def fall_out(self, follower: Follower) -> None:
        """Its socket may not be written to from now on."""
        if follower.place == NONE:
            return
        place, follower.place = follower.place, NONE
        waits = self._reached is not None and place >= self._reached
        follower.seq = self._before if waits else self._seq
        self._descriptors[place], self._in_step[place] = NONE, None
        self._many -= 1
        self._others[follower] = None

    def fall_in(self, follower: Follower) -> None:
        """If it can keep step: it stands where the others do, and takes what is written to it."""
        keeps_step = follower.descriptor != NONE and follower.seq == self._seq and self._reached is None
        if keeps_step and follower in self._others:  # it may have gone meanwhile
            del self._others[follower]
            follower.place = len(self._in_step)
            self._many += 1
            self._in_step.append(follower)
            self._descriptors.append(follower.descriptor)

    async def publish(self, at: int) -> None:
        """Bring everyone to the newest of the feed; some at a time, so that others get their turn."""
        if self._seq < self.feed.seq:
            await self._write(at)
        others = list(self._others)
        for start in range(0, len(others), TOGETHER):
            began = time.monotonic()
            for follower in others[start : start + TOGETHER]:
                follower.wake()
                self.fall_in(follower)
            await loop.others(time.monotonic() - began)

    async def _write(self, at: int) -> None:
        """The same frame to everyone in step: an array is read, and there is one system call for each."""
        self._close_up()
        self._before, self._seq, self._reached = self._seq, self.feed.seq, 0
        frame = self.feed.frame(self._before, at)
        for start in range(0, len(self._descriptors), TOGETHER):
            began = time.monotonic()
            self._write_to(self._descriptors[start : start + TOGETHER], start, frame)
            await loop.others(time.monotonic() - began)  # as long as this took, if they need it
        self._reached = None

    def _write_to(self, some: array[int], start: int, frame: bytes) -> None:
        """Those from a place on. `map` walks them in C: no bytecode runs between two writes."""
        descriptors, taken = iter(some), list[int]()
        while len(taken) < len(some):
            try:
                taken.extend(map(os.write, descriptors, repeat(frame)))
            except OSError:  # full, or broken, or somebody has left the place: on with the next
                taken.append(0)
        self._reached = start + len(taken)  # the frame is on its way, whatever comes of it
        if taken.count(len(frame)) < len(taken):
            for place, much in enumerate(taken, start):
                follower = self._in_step[place]
                if much < len(frame) and follower is not None:
                    follower.write(frame[much:])  # its line buffers it, or ends and says so by `fall_out`

    def _close_up(self) -> None:
        """Fill the places that were left, when they are many."""
        left = len(self._in_step) - self._many
        if left > max(TOGETHER, self._many):
            self._in_step = [each for each in self._in_step if each is not None]
            self._descriptors = array("i", [each.descriptor for each in self._in_step if each])
            for place, follower in enumerate(self._in_step):
                if follower is not None:
                    follower.place = place
