"""Frames: what a client sends on an open WebSocket (RFC 6455, section 5), from bytes to messages.

A `Reader` takes bytes as they come and gives whole messages, pings, pongs and the goodbye; what breaks the
rules is `Broken` with the code to close with. It is strict, holds one message at most, and touches no socket.
"""

from __future__ import annotations

from collections.abc import Iterator

try:
    from websockets.speedups import apply_mask as unmasked  # in C: a fifth of the time for a vote
except ImportError:  # a platform for which nobody has built it
    from websockets.utils import apply_mask as unmasked

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
PROTOCOL_ERROR, NO_TEXT, TOO_LARGE = 1002, 1007, 1009
MESSAGE_BYTES = 64 * 1024  # four times what the protocol takes: it refuses the rest with a code, up to here
PIECES_LIMIT = 64  # frames in one message: of 16 KiB at most nobody makes more by accident

_FIN, _RESERVED, _OPCODE, _MASKED, _LENGTH = 0x80, 0x70, 0x0F, 0x80, 0x7F
_WHOLE = (_FIN | TEXT, _FIN | BINARY)  # a message in one frame: nearly all are
_CONTROL = 8  # opcodes from here on: whole, and short
_SHORT = 125  # bytes of a payload whose length stands in one byte
_CODES = {*range(1000, 1004), *range(1007, 1015), *range(3000, 5000)}  # that may be said in a goodbye


class Broken(Exception):
    """The other side has broken the rules: close with this code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Reader:
    __slots__ = ("_kind", "_pieces", "_rest", "_size")

    def __init__(self) -> None:
        self._rest = b""  # of a frame that has not come whole
        self._kind = 0  # of the message whose pieces are coming; 0: none
        self._size = 0  # bytes of it so far
        self._pieces: list[bytes] | None = None

    def read(self, raw: bytes) -> Iterator[tuple[int, bytes]]:
        """Opcode and payload of each message that is whole; raises `Broken` at one that breaks the rules."""
        if self._rest:
            raw = self._rest + raw
        at, end = 0, len(raw)
        while end - at >= 2:
            first, length, start = raw[at], raw[at + 1] & _LENGTH, at + 6  # where the payload starts
            if length > _SHORT:
                start += 2 if length == _SHORT + 1 else 8
                if end < start - 4:
                    break
                length = _long(raw[at + 2 : start - 4])
            if first not in _WHOLE or self._kind or raw[at + 1] < _MASKED or length > MESSAGE_BYTES:
                self._check(first, raw[at + 1], length)
            if end < start + length:
                break
            at = start + length
            payload = unmasked(raw[start:at], raw[start - 4 : start])
            if first in _WHOLE:
                yield first & _OPCODE, payload
            elif (message := self._take(first, payload)) is not None:
                yield message
        self._rest = raw[at:]

    def _check(self, first: int, second: int, length: int) -> None:
        """Look at a frame's head before its payload is waited for."""
        opcode = first & _OPCODE
        if first & _RESERVED or not second & _MASKED:
            raise Broken(PROTOCOL_ERROR)
        if opcode >= _CONTROL:
            if opcode > PONG or length > _SHORT or not first & _FIN:
                raise Broken(PROTOCOL_ERROR)
            return
        # A message goes on if and only if one has begun.
        if opcode > BINARY or (opcode == 0) != (self._kind != 0):
            raise Broken(PROTOCOL_ERROR)
        if self._size + length > MESSAGE_BYTES:
            raise Broken(TOO_LARGE)

    def _take(self, first: int, payload: bytes) -> tuple[int, bytes] | None:
        """A frame that is not a whole message: a control frame, or a piece."""
        opcode = first & _OPCODE
        if opcode >= _CONTROL:
            return opcode, payload
        if opcode:
            self._kind, self._pieces = opcode, []
        assert self._pieces is not None
        if len(self._pieces) == PIECES_LIMIT:
            raise Broken(TOO_LARGE)
        self._pieces.append(payload)
        self._size += len(payload)
        if not first & _FIN:
            return None
        whole = self._kind, b"".join(self._pieces)
        self._kind, self._size, self._pieces = 0, 0, None
        return whole


def _long(digits: bytes) -> int:
    """A length of two or eight bytes, which must have needed them."""
    length = int.from_bytes(digits, "big")
    if length <= (_SHORT if len(digits) == 2 else 0xFFFF) or length >> 63:
        raise Broken(PROTOCOL_ERROR)
    return length


def text(payload: bytes) -> str:
    """The text of a message; raises `Broken`."""
    try:
        return payload.decode()
    except UnicodeDecodeError:
        raise Broken(NO_TEXT) from None


def goodbye(payload: bytes) -> int | None:
    """The code in a close frame, None: it has none; raises `Broken`."""
    if not payload:
        return None
    code = int.from_bytes(payload[:2], "big")
    if len(payload) < 2 or code not in _CODES:
        raise Broken(PROTOCOL_ERROR)
    text(payload[2:])
    return code


def control(opcode: int, payload: bytes = b"") -> bytes:
    """A short frame of ours."""
    return bytes((_FIN | opcode, len(payload))) + payload


def close(code: int | None) -> bytes:
    return control(CLOSE, b"" if code is None else code.to_bytes(2, "big"))
