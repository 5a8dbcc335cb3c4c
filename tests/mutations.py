"""Frames that are broken in one way each: what the fuzz test sends.

Each mutation takes a source of chance and gives one frame. They know what honest frames look like, and
what parsers of JSON stumble over.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

from live.protocol import COMMANDS, FRAME_LIMIT

Frame = str | bytes

# Honest frames, to be broken.
SEEDS: list[dict[str, Any]] = [
    {"type": "hello", "since": 3, "epoch": "x", "visible": True},
    {"type": "pulse", "t": 12.5, "rung": "now", "media_at": 1_800_000_000_000, "visible": True},
    {"type": "vote", "do": "vote", "poll": 1, "round": 1, "n": 1, "choice": [0], "seen_at": 1},
    {"do": "ask", "key": "k" * 22, "text": "Why?", "anonymous": True},
    {"do": "upvote", "question": "q" * 22, "on": True},
    {"do": "withdraw", "question": "q" * 22, "key": "k" * 22},
    {"do": "add_poll", "title": "Which?", "ballot": {"kind": "single", "options": ["A", "B"]}},
    {"do": "place", "item": {"kind": "notice", "id": "i" * 22, "text": "Tea"}, "before": None},
    *({"do": name} for name in COMMANDS),
]
STRANGE: list[Any] = [
    None, True, -1, 2**53, 2**63, 2**64, 10**400, -(10**30), 1e308, -0.0, "", "\x00", "\ud800", "\u202e" * 50,
    "e\u0301" * 300, "x" * 10_000, [], {}, [[[[[[[[[[]]]]]]]]]], {"type": "command"}, ["x"] * 5_000,
]  # fmt: skip


def whole(rng: random.Random) -> dict[str, Any]:
    frame = dict(rng.choice(SEEDS))
    if "do" in frame:
        frame |= {"type": "command", "id": f"{rng.getrandbits(128):032x}"}
    return frame


def dump(frame: Any) -> str:
    return json.dumps(frame, ensure_ascii=False)


def replace(rng: random.Random) -> Frame:
    """One value is another than it may be."""
    frame = whole(rng)
    frame[rng.choice([*frame, "extra"])] = rng.choice(STRANGE)
    return dump(frame)


def omit(rng: random.Random) -> Frame:
    frame = whole(rng)
    del frame[rng.choice(list(frame))]
    return dump(frame)


def scramble(rng: random.Random) -> Frame:
    """Some characters are lost, doubled or others."""
    text = list(dump(whole(rng)))
    for _ in range(rng.randint(1, 6)):
        place = rng.randrange(len(text))
        text[place : place + rng.randint(0, 3)] = rng.choices(
            '{}[]",:0e-\\u\x00é中\ud83d ', k=rng.randint(0, 3)
        )
    return "".join(text)


def truncate(rng: random.Random) -> Frame:
    text = dump(whole(rng))
    return text[: rng.randrange(len(text))]


def double_key(rng: random.Random) -> Frame:
    text = dump(whole(rng))
    return text[:-1] + "," + text[1:]


def deep(rng: random.Random) -> Frame:
    depth = rng.choice((8, 9, 100, 4_000))
    return '{"type":"hello","since":' + "[" * depth + "]" * depth + "}"


def number(rng: random.Random) -> Frame:
    return (
        '{"type":"pulse","t":'
        + rng.choice(("NaN", "Infinity", "-Infinity", "1e999", "9" * 5_000, "0x1", "01"))
        + "}"
    )


def escape(rng: random.Random) -> Frame:
    return (
        '{"type":"hello","epoch":"'
        + rng.choice((r"\ud800", r"\udfff\ud800", r"\u0000", r"\u00", r"\x"))
        + '"}'
    )


def binary(rng: random.Random) -> Frame:
    honest = dump(whole(rng)).encode("utf-8", "surrogatepass")
    return rng.choice((rng.randbytes(rng.randint(0, 200)), honest, honest[:-1] + b"\xff"))


def tiny(rng: random.Random) -> Frame:
    return chr(rng.randrange(128))


def huge(rng: random.Random) -> Frame:
    return dump({**whole(rng), "text": "中" * rng.randint(FRAME_LIMIT // 3 - 100, FRAME_LIMIT)})


MUTATIONS: list[Callable[[random.Random], Frame]] = [
    *(replace, replace, replace, omit, scramble, scramble, scramble, truncate, double_key, deep),
    *(number, escape, binary, tiny),
]


def mutated(rng: random.Random) -> Frame:
    """A frame that is broken in one way; now and then one that is far too large."""
    return huge(rng) if rng.random() < 0.005 else rng.choice(MUTATIONS)(rng)
