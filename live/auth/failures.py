"""Wrong passwords and wrong codes: the more of them, the longer the wait. Never a lockout.

Used by `Auth`. Counted in memory, by whatever key the caller chooses, and forgotten after an hour of
quiet. Time is an argument, in ms.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

FORGET_MS = 3_600_000
WAIT_MS = 2_000  # after the last free one; it doubles with each more
LONGEST_MS = 60_000  # an hour of guessing is then 60 guesses, and nobody waits longer than a minute
KEYS = 10_000  # what an attacker with many addresses may make us remember: about 2 MB


class TooMany(Exception):
    """Try again after `wait_ms`."""

    def __init__(self, wait_ms: int) -> None:
        super().__init__(wait_ms)
        self.wait_ms = wait_ms


@dataclass(slots=True)
class _Count:
    failures: int
    until: int
    at: int


class Failures:
    """`free` failures cost nothing; after them each one has its wait."""

    def __init__(self, free: int) -> None:
        self._free = free
        self._counts: dict[str, _Count] = {}

    def check(self, key: str, now: int) -> None:
        """Raises `TooMany` while this key has to wait."""
        count = self._counts.get(key)
        if count is not None and now < count.until:
            raise TooMany(count.until - now)

    def add(self, key: str, now: int) -> None:
        count = self._counts.pop(key, None)
        if count is None or now - count.at >= FORGET_MS:
            count = _Count(0, 0, now)
        count.failures += 1
        count.at = now
        over = count.failures - self._free
        if over >= 0:
            count.until = now + min(WAIT_MS << min(over, 10), LONGEST_MS)
        self._counts[key] = count  # at the end: the dict is in order of the last failure
        if len(self._counts) > KEYS:
            del self._counts[next(iter(self._counts))]

    def forgive(self, key: str) -> None:
        self._counts.pop(key, None)


def neighbourhood(host: str | None) -> str:
    """The key of an address: itself, or for IPv6 its /64, which one household owns whole."""
    try:
        address = ipaddress.ip_address(host or "")
    except ValueError:
        return host or ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))
