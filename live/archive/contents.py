"""What is in a pack: the names of its files, the manifest, and the chain over the log.

Shared by the one who makes a pack and the one who checks it. The chain: each line of LOG is hashed together
with the hash of the line before it, SHA-256(hash before, 32 bytes, then the line without its end); before the
first stand 32 zeros. So whoever changes a line has to write anew all hashes behind it, and the last of them
stands in the manifest.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

FORMAT: Literal["live archive 1"] = "live archive 1"
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
LOG, CHAIN = "log.jsonl", "log.chain"
START = bytes(32)


class File(msgspec.Struct, frozen=True):
    name: str
    bytes: int
    sha256: str


class Log(msgspec.Struct, frozen=True):
    """`head` is the last hash of the chain."""

    events: int
    head: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """All files but itself and SUMS. Its own SHA-256 is the seal of the pack."""

    format: Literal["live archive 1"] = FORMAT
    made_at: str
    made_by: str
    broadcast: str
    title: str
    lang: str
    log: Log
    files: tuple[File, ...]


class Row(msgspec.Struct, frozen=True):
    """A line of the log. `actor`: a participant; null: the server, or nobody may know."""

    seq: int
    at: int
    actor: str | None
    body: msgspec.Raw


def link(before: bytes, line: bytes) -> bytes:
    """The hash of a line, given that of the line before it."""
    return hashlib.sha256(before + line).digest()
