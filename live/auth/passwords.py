"""Passwords: argon2id, off the event loop, two at a time.

Used by `Auth`. It says whether a password is fit to be kept and whether it is the right one; an
account that does not exist takes as long as one that does.
"""

from __future__ import annotations

import asyncio
import unicodedata
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

PASSWORD_MINIMUM = 12  # characters; the page advises 15
PASSWORD_LIMIT = 1_000  # more is no sentence to remember, only work for the server
AT_ONCE = 2  # 19 MiB each: 38 MiB however many try to sign in


def hasher() -> PasswordHasher:
    """OWASP's first choice: 19 MiB, two passes, one lane."""
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


HASHER = hasher()


class WeakPassword(Exception):
    """Why it may not be kept."""

    def __init__(self, reason: Literal["short", "long", "name"]) -> None:
        super().__init__(reason)
        self.reason = reason


class Passwords:
    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._nobody = HASHER.hash("")  # what a name without an account is compared with

    async def hash(self, password: str, name: str) -> str:
        """The string to keep. Raises `WeakPassword`; there are no rules of composition."""
        if len(password) < PASSWORD_MINIMUM:
            raise WeakPassword("short")
        if len(password) > PASSWORD_LIMIT:
            raise WeakPassword("long")
        if _is_name(password, name):
            raise WeakPassword("name")
        async with self._turn:
            return await asyncio.to_thread(HASHER.hash, _composed(password))

    async def match(self, kept: str | None, password: str) -> bool:
        """Whether it is the password of `kept`; None, where there is no such account, never matches."""
        async with self._turn:
            return await asyncio.to_thread(_verify, kept or self._nobody, password) and kept is not None


def _verify(kept: str, password: str) -> bool:
    try:
        return len(password) <= PASSWORD_LIMIT and HASHER.verify(kept, _composed(password))
    except (VerificationError, InvalidHashError):
        return False


def _composed(password: str) -> str:
    """Keyboards differ in how they write an accented letter."""
    return unicodedata.normalize("NFC", password)


def _is_name(password: str, name: str) -> bool:
    """The account's own name, or that name again and again."""
    plain, named = password.casefold().replace(" ", ""), name.casefold().replace(" ", "")
    return bool(named) and not plain.replace(named, "")
