"""The protocol: what pages and server say to each other, one JSON object a text frame.

`socket` decodes with it, `stage` and `feed` encode with it, and `reference` writes
it down for people and for TypeScript. Decoding is strict: what is not in this
file is refused with a code, and no frame can break the process. It knows no
sockets and no state.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Literal, NoReturn, get_args

import msgspec

from .domain.base import Code, Natural, Rejected, Role, Struct
from .domain.permits import Command
from .domain.rounds import MyVote
from .domain.viewers import Rung

FRAME_LIMIT = 16 * 1024  # bytes: a question of 1,000 Chinese characters is 3 KB, escaped 6 KB
DEPTH_LIMIT = 8  # levels: the deepest honest frame, a ballot in an item in a command, has 4
RESTART = 1012  # close code "service restart", of the IANA registry
REVOKED = 4500  # close code of ours; 4500-4999: do not come again
ID_MIN = 22  # characters: 128 bits in base64url
ID_MAX = 64

ByeCode = Literal["revoked", "restart", "replaced", "slow"]


class Hello(Struct, tag="hello", tag_field="type"):
    """First frame of a page. With `since` and `epoch` it gets what it missed, else everything."""

    since: Natural | None = None
    epoch: str | None = None
    visible: bool = True


class Pulse(Struct, tag="pulse", tag_field="type"):
    """Clock sync and evidence of attendance: `t` is the page's clock in ms and comes back unchanged."""

    t: float
    rung: Rung = "now"
    media_at: Natural | None = None
    visible: bool = True
    playing: bool = False


class Order(Struct):
    """A `command` frame: the page's id for it, and what it wants done."""

    id: str
    do: Command


Up = Hello | Pulse | Order


class You(Struct):
    """The participant behind this socket, with what only that participant may know."""

    participant: str
    role: Role
    name: str = ""
    unit: str = ""
    site: str = ""
    votes: dict[str, MyVote] = msgspec.field(default_factory=dict)
    upvoted: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


class Welcome(Struct, tag="welcome", tag_field="type"):
    """Every doc of the audience, as of `seq`; `now` is the server's clock in ms."""

    epoch: str
    seq: int
    now: int
    you: You
    docs: dict[str, Any]


class Patch(Struct, tag="patch", tag_field="type"):
    """Whole docs that changed after `from` up to `seq`; null: gone. `from` must be ≤ the page's own seq."""

    since: int = msgspec.field(name="from")
    seq: int
    at: int
    docs: dict[str, Any]


class Done(Struct, tag="done", tag_field="type"):
    """The command is in the log and on disk. `made` is the key of the doc it brought into being.

    `react`, `set_pace` and `hold` pass: they are shown then, and in no log. `reply`: of `read_reply`;
    `vote`: of `read_vote`."""

    id: str
    made: str | None = None
    reply: str | None = None
    vote: MyVote | None = None


class Refused(Struct, tag="rejected", tag_field="type"):
    """Refused; nothing changed. With `retry_ms`: send the same command, same id, again after that.

    `busy`: then it is your turn. Keep what else you have of that kind until then, and bring it one by one."""

    id: str | None
    code: Code
    retry_ms: int | None = None


class Beat(Struct, tag="pulse", tag_field="type"):
    """Answer to a pulse: its `t`, the server's clock in ms, and the head of the log."""

    t: float
    now: int
    seq: int


class Bye(Struct, tag="bye", tag_field="type"):
    """The server is about to close the socket. All codes but `revoked`: come again after `retry_ms`."""

    code: ByeCode
    retry_ms: int | None = None


Down = Welcome | Patch | Done | Refused | Beat | Bye

COMMANDS: dict[str, type[Command]] = {str(kind.__struct_config__.tag): kind for kind in get_args(Command)}


encode = msgspec.json.Encoder().encode


_decode_command = msgspec.json.Decoder(Command).decode
# How our pages begin an order; what follows is the command, less its bracket.
_ORDER = re.compile(rb'\{"type":"command","id":"([\w-]{%d,%d})",' % (ID_MIN, ID_MAX)).match
_VOTE = re.compile(rb'"do":"vote",').match


class BadFrame(Exception):
    """A frame that is refused before any rule is asked; `id` is the command's, where it could be read."""

    def __init__(self, code: Code, command_id: str | None = None) -> None:
        super().__init__(code)
        self.code: Code = code
        self.id = command_id


def decode(frame: str | bytes) -> Up:
    """The message in a frame; raises `BadFrame`. Refuses all that Python's own parser lets through:
    lone surrogates, NaN, a key twice, depth over 8, unknown fields, and frames over 16 KiB."""
    raw = frame.encode("utf-8", "surrogatepass") if isinstance(frame, str) else frame
    if len(raw) > FRAME_LIMIT:
        _refuse("too_large", raw)
    return _quickly(raw) or _strictly(raw)


def _quickly(raw: bytes) -> Order | None:
    """An order in one step, as nearly all are; None: look closely, there may be something wrong with it."""
    begun = _ORDER(raw)
    if begun is None:
        return None
    body = b"{" + raw[begun.end() :]
    try:
        command = _decode_command(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    # Each key has one colon: as many as we would write means that none stands twice.
    if body.count(b":") != encode(command).count(b":"):
        return None
    return Order(id=begun[1].decode(), do=command)


def _strictly(raw: bytes) -> Up:
    try:
        message = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        _refuse("bad_frame", raw)
    if not isinstance(message, dict):
        _refuse("bad_frame", raw)
    keys = _shape(message, 1)
    # Each key has one colon. More colons: they stand in texts, or a key stands twice; look closely.
    if keys is None or (raw.count(b":") != keys and _has_double_key(raw)):
        _refuse("bad_frame", raw)
    return _message(message, raw)


def _message(message: dict[str, Any], raw: bytes) -> Up:
    kind = message.get("type")
    try:
        if kind == "command":
            return _order(message)
        if kind == "pulse":
            return msgspec.convert(message, Pulse)
        if kind == "hello":
            return msgspec.convert(message, Hello)
        _refuse("unknown_command", raw, message.get("id"))
    except msgspec.ValidationError:
        _refuse("bad_frame", raw, message.get("id"))


def _order(message: dict[str, Any]) -> Order:
    command_id = message.get("id")
    if not isinstance(command_id, str) or not ID_MIN <= len(command_id) <= ID_MAX:
        raise BadFrame("bad_frame")
    kind = COMMANDS.get(str(message.get("do")))
    if kind is None:
        raise BadFrame("unknown_command", command_id)
    fields = {name: value for name, value in message.items() if name not in {"type", "id"}}
    return Order(id=command_id, do=msgspec.convert(fields, kind))


def _shape(value: dict[str, Any] | list[Any], depth: int) -> int | None:
    """How many keys there are in all; None when it is too deep."""
    if depth > DEPTH_LIMIT:
        return None
    children, keys = (list(value.values()), len(value)) if isinstance(value, dict) else (value, 0)
    for child in children:
        if isinstance(child, dict | list):
            below = _shape(child, depth + 1)
            if below is None:
                return None
            keys += below
    return keys


def _has_double_key(raw: bytes) -> bool:
    double = False

    def notice(pairs: list[tuple[str, Any]]) -> None:
        nonlocal double
        double = double or len({name for name, _ in pairs}) < len(pairs)

    try:
        json.loads(raw, object_pairs_hook=notice)
    except (ValueError, RecursionError):  # a value that its double had hidden from `_shape`
        return True
    return double


def _refuse(code: Code, raw: bytes, command_id: object = None) -> NoReturn:
    """Name the command where its id can still be read, so that the page can stop sending it."""
    if command_id is None:
        start = raw[:256].find(b'"id":"')
        if start >= 0:
            command_id = raw[start + 6 : start + 6 + ID_MAX + 1].partition(b'"')[0].decode("ascii", "ignore")
    readable = isinstance(command_id, str) and ID_MIN <= len(command_id) <= ID_MAX
    raise BadFrame(code, str(command_id) if readable else None)


def welcome(*, epoch: str, seq: int, now: int, you: You, docs: bytes) -> bytes:
    """A `welcome` frame around docs that are `joined` already."""
    head = b'{"type":"welcome","epoch":%b,"seq":%d,"now":%d,"you":%b,"docs":' % (
        encode(epoch),
        seq,
        now,
        encode(you),
    )
    return head + docs + b"}"


def with_doc(welcome: bytes, key: str, doc: bytes) -> bytes:
    """A `welcome` frame with one doc more, of which no stage knows: the docs stand last, and never empty."""
    return b'%b,"%b":%b}}' % (welcome[:-2], key.encode(), doc)


def patch(*, since: int, seq: int, at: int, docs: Mapping[str, bytes]) -> bytes:
    """A `patch` frame around docs that are encoded already; `null` stands for one that is gone."""
    return b'{"type":"patch","from":%d,"seq":%d,"at":%d,"docs":%b}' % (since, seq, at, joined(docs))


def joined(docs: Mapping[str, bytes]) -> bytes:
    """Docs that are encoded already, as one object."""
    # Keys are ours: letters, digits, "/", "-" and "_". Nothing in them needs escaping.
    return b"{" + b",".join(b'"%b":%b' % (key.encode(), doc) for key, doc in docs.items()) + b"}"


def vote_id(frame: str | bytes) -> bytes | None:
    """The id of a vote as our pages write it, told by its beginning; None: it is none, or look closely."""
    begun = _ORDER(frame.encode("utf-8", "surrogatepass") if isinstance(frame, str) else frame)
    return begun[1] if begun and _VOTE(begun.string, begun.end()) else None


def busy(command_id: bytes, retry_ms: int) -> bytes:
    """What sends a vote back whose id is all that was read."""
    return b'{"type":"rejected","id":"%b","code":"busy","retry_ms":%d}' % (command_id, retry_ms)


def rejection(command_id: str | None, refusal: Rejected) -> Refused:
    """The frame that tells a refusal."""
    return Refused(id=command_id, code=refusal.code, retry_ms=refusal.retry_ms)


def close_code(bye: Bye) -> int:
    """What the socket is closed with after a goodbye."""
    return REVOKED if bye.code == "revoked" else RESTART


def text_frame(payload: bytes) -> bytes:
    """A payload as it goes over the wire: an unmasked text frame (RFC 6455, section 5.2)."""
    length = len(payload)
    if length < 126:
        return b"\x81%c%b" % (length, payload)
    if length < 65_536:
        return b"\x81\x7e" + length.to_bytes(2, "big") + payload
    return b"\x81\x7f" + length.to_bytes(8, "big") + payload
