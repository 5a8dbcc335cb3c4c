"""The protocol: honest frames are understood, and whatever else arrives is refused with a code.

No frame may raise anything but `BadFrame`: an exception that nobody expects would take the socket's task with
it. Frames down are read back here as a page reads them.
"""

from __future__ import annotations

import json
from typing import Any, get_args

import msgspec
import pytest
from websockets.frames import Frame, Opcode

from live import protocol
from live.domain import life
from live.domain.base import Code, Rejected, Struct
from live.protocol import BadFrame, Beat, Bye, Done, Hello, Order, Refused, You, decode
from tests.frames import HONEST, ID, command, frame


def refusal(raw: str | bytes) -> BadFrame:
    with pytest.raises(BadFrame) as caught:
        decode(raw)
    return caught.value


def code(raw: str | bytes) -> Code:
    return refusal(raw).code


# What is understood ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "message"), HONEST, ids=lambda value: value[:40] if isinstance(value, str) else ""
)
def test_an_honest_frame_is_understood(raw: str, message: protocol.Up) -> None:
    assert decode(raw) == message
    assert decode(raw.encode()) == message


@pytest.mark.parametrize("length", [22, 64])
def test_an_id_has_at_least_128_bits_and_at_most_64_characters(length: int) -> None:
    assert decode(frame(type="command", id="c" * length, do="start")) == Order(
        id="c" * length, do=life.Start()
    )


def test_every_command_of_the_domain_can_be_sent() -> None:
    for name, kind in protocol.COMMANDS.items():
        assert code(command(do=name, nonsense=1)) == "bad_frame", kind


def test_a_question_of_a_thousand_characters_fits_even_when_it_is_escaped() -> None:
    asked = command(do="ask", key="k" * 22, text="问" * 1_000, anonymous=False)
    assert len(asked) > 6_000
    assert isinstance(decode(asked), Order)


def test_a_pair_of_surrogates_is_one_character() -> None:
    order = decode(command(do="notify", text="PLACE").replace("PLACE", r"\ud83d\ude00"))
    assert isinstance(order, Order)
    assert order.do == protocol.COMMANDS["notify"](text="😀")  # type: ignore[call-arg]


# What is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        "hello",
        "{",
        '{"type":"hello"',
        '{"type":"hello"}x',
        '{"type":"hello"}{"type":"hello"}',
        "{'type':'hello'}",
        '{"type":"hello",}',
        "null",
        "1",
        '"hello"',
        "[]",
        '["hello"]',
        '[{"type":"hello"}]',
        b"\xef\xbb\xbf" + b'{"type":"hello"}',
        '{"type":"hello"}'.encode("utf-16"),
        b'{"type":"hello","epoch":"\xff"}',
        b'{"type":"hello","epoch":"\xc0\xaf"}',
        b"\x00\x01\x02\x03",
        b"",
    ],
)
def test_what_is_not_a_json_object_is_refused(raw: str | bytes) -> None:
    assert code(raw) == "bad_frame"


@pytest.mark.parametrize(
    "raw",
    [
        "{}",
        frame(type="shout"),
        frame(type=None),
        frame(type=1),
        frame(type=["hello"]),
        frame(type={"hello": 1}),
        frame(type="Hello"),
        frame(type="welcome", epoch="e", seq=1, now=1, you={}, docs={}),
        command(),
        command(do="explode"),
        command(do="Start"),
        command(do=None),
        command(do=True),
        command(do=["start"]),
        command(do={"start": {}}),
        command(do=10**400),
    ],
)
def test_what_is_not_known_is_refused(raw: str) -> None:
    assert code(raw) == "unknown_command"


@pytest.mark.parametrize(
    "raw",
    [
        frame(type="hello", extra=1),
        frame(type="hello", since="1"),
        frame(type="hello", since=1.0),
        frame(type="hello", since=True),
        frame(type="hello", since=-1),
        frame(type="hello", since=2**53),
        frame(type="hello", since=10**400),
        frame(type="hello", visible=1),
        frame(type="hello", visible="yes"),
        frame(type="hello", epoch=1),
        frame(type="pulse"),
        frame(type="pulse", t="1"),
        frame(type="pulse", t=None),
        frame(type="pulse", t=10**400),
        frame(type="pulse", t=1, rung="guess"),
        frame(type="pulse", t=1, media_at=0.5),
        frame(type="pulse", t=1, media_at=-1),
        command(do="start", now=1),
        command(do="goto"),
        command(do="goto", item=1),
        command(do="goto", item=None),
        command(do="vote", poll=1, round=1, n=1, choice=[0.0]),
        command(do="vote", poll=1, round=1, n=1, choice=[True]),
        command(do="vote", poll=1, round=1, n=1, choice=[0.5]),
        command(do="vote", poll=1, round=1, n=1, choice=0),
        command(do="vote", poll=1, round=1, n=1.0, choice=[0]),
        command(do="vote", poll=1, round=1, n=-1, choice=[0]),
        command(do="vote", poll=1, round=1, n=2**53, choice=[0]),
        command(do="vote", poll=1, round=1, n=10**400, choice=[0]),
        command(do="vote", poll=1, round=1, n=1, choice=[0], seen_at=2**63),
        command(do="vote", poll=1, round=1, n=1, choice=[0], seen_at=-1),
        command(do="vote", poll="1", round=1, n=1, choice=[0]),
        command(do="ask", key="k" * 22, text="Why?"),
        command(do="ask", key="k" * 22, text="Why?", anonymous=0),
        command(do="set_questions", mode="closed", anonymous=True),
        command(do="add_poll", title="?", ballot={"kind": "acclamation", "options": ["A", "B"]}),
        command(do="add_poll", title="?", ballot={"kind": "single", "options": ["A", 1]}),
        command(do="add_poll", title="?", ballot={"kind": "single", "options": ["A", "B"], "max": 1}),
        command(do="place", item={"kind": "slide", "id": "s1", "slide": "one", "made_by": "me"}),
        command(do="place", item="s1"),
    ],
)
def test_a_field_that_is_wrong_is_refused(raw: str) -> None:
    assert code(raw) == "bad_frame"


@pytest.mark.parametrize(
    "named",
    [None, "", "c" * 21, "c" * 65, 10**30, ["c" * 22], {"c" * 22: 1}, True],
    ids=lambda value: repr(value)[:20],
)
def test_a_command_without_an_honest_id_is_refused(named: object) -> None:
    refused = refusal(frame(type="command", id=named, do="start"))
    assert (refused.code, refused.id) == ("bad_frame", None)


def test_a_command_without_an_id_is_refused() -> None:
    refused = refusal(frame(type="command", do="start"))
    assert (refused.code, refused.id) == ("bad_frame", None)


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "-Infinity", "1e400", "-1e400", "nan", "0x10", "01", "1_000", "+1"]
)
def test_what_is_no_json_number_is_refused(number: str) -> None:
    assert code('{"type":"pulse","t":NUMBER}'.replace("NUMBER", number)) == "bad_frame"


@pytest.mark.parametrize(
    "text", [r"\ud800", r"\udfff", r"\ud800\ud800", r"\udc00\ud800", r"a\ud83d", "\U0001f600\ud83d"]
)
def test_a_lone_surrogate_is_refused(text: str) -> None:
    """As an escape or as itself: `json` of Python lets it through, and SQLite then breaks on it."""
    asked = command(do="ask", key="k" * 22, text="PLACE", anonymous=False)
    assert code(asked.replace("PLACE", text)) == "bad_frame"
    assert code(asked.replace('"text"', f'"{text}"')) == "bad_frame"
    assert code(asked.replace("PLACE", text).encode("utf-8", "surrogatepass")) == "bad_frame"


@pytest.mark.parametrize(
    "raw",
    [
        '{"type":"hello","type":"hello"}',
        '{"type":"hello","visible":true,"visible":true}',
        r'{"type":"hello","visible":true,"\u0076isible":false}',
        f'{{"type":"command","id":"{ID}","id":"{ID}","do":"start"}}',
        f'{{"type":"command","id":"{ID}","do":"notify","text":"a: b: c","text":"a"}}',
        f'{{"type":"command","id":"{ID}","do":"add_poll","title":"?",'
        '"ballot":{"kind":"single","options":["A","B"],"kind":"single"}}',
        f'{{"type":"command","id":"{ID}","do":"place",'
        '"item":{"kind":"break","id":"t","text":"a","minutes":1,"minutes":1}}',
        '{"type":"hello","epoch":{"a":1,"b":2},"epoch":"e"}',
        '{"type":"hello","epoch":' + "[" * 900 + "]" * 900 + ',"epoch":"e"}',
        '{"type":"hello","since":' + "9" * 4_299 + ',"since":1}',
        '{"type":"hello","since":' + "9" * 4_301 + ',"since":1}',
    ],
    ids=range(11),
)
def test_a_key_that_stands_twice_is_refused(raw: str) -> None:
    assert code(raw) == "bad_frame"


def test_a_deep_value_cannot_hide_behind_its_double() -> None:
    """It is gone once the frame is read, but the second reader, which looks for doubles, meets it."""
    for depth in range(700, 1_100):
        assert code('{"type":"hello","epoch":' + "[" * depth + "]" * depth + ',"epoch":"e"}') == "bad_frame"


@pytest.mark.parametrize("depth", [9, 100, 900, 1_100, 5_000, 8_000])
@pytest.mark.parametrize(("left", "right"), ["[]", ('{"a":', "}")], ids=["list", "object"])
def test_a_frame_that_is_deep_is_refused(depth: int, left: str, right: str) -> None:
    deep = left * (depth - 1) + "1" + right * (depth - 1)
    raw = f'{{"type":"hello","epoch":{deep}}}'
    assert code(raw) == ("bad_frame" if len(raw) <= protocol.FRAME_LIMIT else "too_large")


def test_a_frame_a_hundred_thousand_deep_is_refused() -> None:
    assert code("[" * 100_000 + "]" * 100_000) == "too_large"
    assert code("[" * 16_000) == "bad_frame"


def test_the_limit_of_depth_is_counted_from_the_frame_itself() -> None:
    fits = '{"type":"hello","a":' + "[" * 7 + "]" * 7 + "}"
    assert protocol._shape(json.loads(fits), 1) == 2
    assert protocol._shape(json.loads(fits.replace("[]", "[[]]")), 1) is None


def test_a_frame_that_is_too_large_is_refused() -> None:
    room = protocol.FRAME_LIMIT - len(frame(type="hello", epoch=""))
    assert decode(frame(type="hello", epoch="x" * room)) == Hello(epoch="x" * room)
    assert code(frame(type="hello", epoch="x" * (room + 1))) == "too_large"
    assert code(b"x" * 1_000_000) == "too_large"


def test_size_is_counted_in_bytes() -> None:
    raw = json.dumps({"type": "hello", "epoch": "问" * 6_000}, ensure_ascii=False)
    assert len(raw) < protocol.FRAME_LIMIT
    assert code(raw) == "too_large"


# Which command was refused --------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        command(do="explode"),
        command(do="goto"),
        command(do="start", extra=1),
        f'{{"type":"command","id":"{ID}","do":"start","do":"start"}}',
        f'{{"type":"command","id":"{ID}","do":"ask","text":"\\ud800"}}',
        f'{{"type":"command","id":"{ID}","do":"ask","text":"' + "x" * 20_000 + '"}',
        f'{{"type":"command","id":"{ID}","do":',
        f'{{"type":"shout","id":"{ID}"}}',
    ],
    ids=range(8),
)
def test_a_refused_command_is_named_so_that_the_page_stops_sending_it(raw: str) -> None:
    assert refusal(raw).id == ID


def test_a_text_cannot_pass_for_the_id_of_a_command() -> None:
    raw = f'{{"type":"command","do":"notify","text":"\\"id\\":\\"{ID}\\"","id":1}}'
    assert refusal(raw).id is None


# Frames down ----------------------------------------------------------------------------------


def test_a_welcome_carries_every_doc_as_it_was_encoded() -> None:
    you = You(participant="ann", role="attendee", name='A "quoted" 名')
    docs = {"notice": b'{"text":"hi","at":1}', "presence": b'{"here":2}'}
    raw = protocol.welcome(epoch="e", seq=7, now=1_790_000_000_000, you=you, docs=protocol.joined(docs))
    read = msgspec.json.decode(raw, type=protocol.Welcome)
    assert (read.epoch, read.seq, read.now, read.you) == ("e", 7, 1_790_000_000_000, you)
    assert read.docs == {"notice": {"text": "hi", "at": 1}, "presence": {"here": 2}}


def test_a_patch_says_from_where_and_what_is_gone() -> None:
    raw = protocol.patch(since=3, seq=5, at=9, docs={"notice": b"null", "presence": b'{"here":2}'})
    assert json.loads(raw) == {
        "type": "patch",
        "from": 3,
        "seq": 5,
        "at": 9,
        "docs": {"notice": None, "presence": {"here": 2}},
    }
    assert msgspec.json.decode(raw, type=protocol.Patch).since == 3
    assert json.loads(protocol.patch(since=0, seq=0, at=0, docs={}))["docs"] == {}


@pytest.mark.parametrize(
    ("down", "raw"),
    [
        (Done(id=ID), {"type": "done", "id": ID}),
        (Done(id=ID, made="poll/1"), {"type": "done", "id": ID, "made": "poll/1"}),
        (Refused(id=None, code="busy"), {"type": "rejected", "id": None, "code": "busy"}),
        (Beat(t=1.5, now=2, seq=3), {"type": "pulse", "t": 1.5, "now": 2, "seq": 3}),
        (Bye(code="restart", retry_ms=500), {"type": "bye", "code": "restart", "retry_ms": 500}),
    ],
)
def test_an_answer_is_as_short_as_it_can_be(down: Struct, raw: dict[str, Any]) -> None:
    assert json.loads(protocol.encode(down)) == raw


def test_a_refusal_goes_down_with_its_code_and_when_to_come_again() -> None:
    refused = protocol.rejection(ID, Rejected("busy", 250))
    assert refused == Refused(id=ID, code="busy", retry_ms=250)


def test_every_frame_down_has_a_type_of_its_own() -> None:
    tags = [kind.__struct_config__.tag for kind in get_args(protocol.Down)]
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize("length", [0, 1, 125, 126, 65_535, 65_536, 100_000])
def test_a_text_frame_is_what_other_servers_send(length: int) -> None:
    payload = b"x" * length
    assert protocol.text_frame(payload) == Frame(Opcode.TEXT, payload).serialize(mask=False)
