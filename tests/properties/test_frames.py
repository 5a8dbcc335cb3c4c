"""Frames made by chance, from noise to honest ones with bytes changed: understood, or refused with a code."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from live import protocol
from live.domain.base import CODES
from live.protocol import BadFrame, Hello, Order, Pulse, Refused, decode
from tests.frames import HONEST, ID

anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda below: st.one_of(
        st.lists(below, max_size=3), st.dictionaries(st.text(max_size=8), below, max_size=3)
    ),
    max_leaves=12,
)
FIELDS = sorted(
    {"type", "id", "do"} | {name for kind in protocol.COMMANDS.values() for name in kind.__struct_fields__}
)
names = st.sampled_from((*protocol.COMMANDS, "hello", "pulse", "command", "shout", "kind", "single"))
fields = st.dictionaries(st.sampled_from(FIELDS), st.one_of(names, anything, st.just(ID)), max_size=8)
splinters = st.sampled_from(
    [b'"', b"{", b"}", b"[", b"]", b":", b",", b"\\", b"\\ud800", b"\xed\xa0\x80", b"NaN"]
)
splinters |= st.sampled_from(
    [b"\x00", b"\xff", b"1e999", b"-", b"9" * 5_000, b'"id":"', b"[" * 2_000, b"null"]
)


def survives(raw: str | bytes) -> None:
    """Understood, or refused with a code that a page knows and an id that fits."""
    try:
        message = decode(raw)
    except BadFrame as refused:
        known = refused.code in CODES and (refused.id is None or 22 <= len(refused.id) <= 64)
        protocol.encode(Refused(id=refused.id, code=refused.code))
    else:
        known = isinstance(message, Hello | Pulse | Order)
        protocol.encode(message)
    assert known


@settings(max_examples=400)
@given(st.one_of(st.binary(max_size=200), st.text(st.characters(categories=None), max_size=200)))
def test_noise_is_refused_with_a_code(raw: str | bytes) -> None:
    survives(raw)


@settings(max_examples=200)
@given(fields)
def test_frames_of_any_shape_are_refused_with_a_code(message: dict[str, Any]) -> None:
    survives(json.dumps(message))
    survives(json.dumps({"type": "command", "id": ID, **message}))


@settings(max_examples=500)
@given(
    honest=st.sampled_from([raw.encode() for raw, _ in HONEST]),
    cuts=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 12), splinters), min_size=1, max_size=3),
)
def test_mutated_frames_are_refused_with_a_code(honest: bytes, cuts: list[tuple[int, int, bytes]]) -> None:
    raw = honest
    for at, gone, put in cuts:
        raw = raw[:at] + put + raw[at + gone :]
    survives(raw)
