"""The handshake of a WebSocket (RFC 6455, section 4.2): its head, from bytes to a scope, and the answers.

`doorway` calls it. `read` takes what is plainly such a head and nothing else: whatever is not goes the long
way through uvicorn's HTTP protocol, which knows every oddity. It touches no socket and knows nobody.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import unquote

Headers = list[tuple[bytes, bytes]]

HEAD_BYTES = 8 * 1024  # of the longest head that is read here: a browser's has 600, with its cookies
VERSION = b"13"
END = b"\r\n\r\n"
_TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_HEAD = re.compile(rb"GET (/[!-~]*) HTTP/1\.1\r\n((?:" + _TOKEN + rb"+:[^\0\r\n]*+\r\n)*+)\r\n")
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_SWITCHING = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"


class Refused(Exception):
    """It is a handshake, and not one that is taken."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Head:
    """Names of headers are in small letters."""

    target: str
    headers: Headers
    named: Mapping[bytes, list[bytes]]  # the same by name: a handshake asks for seven of them

    @property
    def path(self) -> str:
        return unquote(self.target.partition("?")[0])

    def all(self, name: bytes) -> list[bytes]:
        return self.named.get(name, [])

    def says(self, name: bytes, token: bytes) -> bool:
        """Whether a token is in the list that a header is."""
        listed = b",".join(self.all(name)).lower()
        return token == listed or token in map(bytes.strip, listed.split(b","))


def read(raw: bytes) -> tuple[Head, bytes] | None:
    """The head of a handshake, and what came after it; None: not plainly one."""
    end = raw.find(END, 0, HEAD_BYTES) + len(END)
    if end < len(END) or b"websocket" not in raw[:end].lower():
        return None
    found = _HEAD.fullmatch(raw, 0, end)
    if found is None:
        return None
    headers: Headers = []
    named: dict[bytes, list[bytes]] = {}
    for line in found[2].splitlines():
        name, _, value = line.partition(b":")
        name, value = name.lower(), value.strip(b" \t")
        headers.append((name, value))
        named.setdefault(name, []).append(value)
    head = Head(found[1].decode("ascii"), headers, named)
    if not head.says(b"upgrade", b"websocket") or not head.says(b"connection", b"upgrade"):
        return None
    return head, raw[end:]


def accepted(head: Head) -> bytes:
    """The answer that opens the socket; raises `Refused` where the handshake is wrong."""
    if len(head.all(b"host")) != 1 or head.all(b"transfer-encoding") or head.all(b"content-length"):
        raise Refused(HTTPStatus.BAD_REQUEST)
    if head.all(b"sec-websocket-version") != [VERSION]:
        raise Refused(HTTPStatus.UPGRADE_REQUIRED)
    keys = head.all(b"sec-websocket-key")
    if len(keys) != 1 or not _is_key(keys[0]):
        raise Refused(HTTPStatus.BAD_REQUEST)
    proof = base64.b64encode(hashlib.sha1(keys[0] + _GUID, usedforsecurity=False).digest())
    return _SWITCHING + b"Sec-WebSocket-Accept: " + proof + END


def _is_key(key: bytes) -> bool:
    """16 bytes in base64."""
    try:
        return len(base64.b64decode(key, validate=True)) == 16
    except binascii.Error:
        return False


def refusal(status: HTTPStatus) -> bytes:
    """The answer to a handshake that is not taken. The line is closed after it."""
    lines = [f"HTTP/1.1 {status.value} {status.phrase}", "Content-Length: 0", "Connection: close"]
    if status is HTTPStatus.UPGRADE_REQUIRED:
        lines += ["Upgrade: websocket", "Sec-WebSocket-Version: 13"]
    return "\r\n".join([*lines, "", ""]).encode("ascii")
