"""Text as it is kept: composed, trimmed, without what controls, reorders, piles up or shows nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from live.domain.base import MARKS_LIMIT, Rejected, clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Why?\n", "Why?"),
        ("e\u0301", "é"),
        ("e\u202e\u0301", "é"),  # composed after the override between them is gone
        ("\u202eabc\u202c \u2066d\u2069", "abc d"),
        ("a\x00b\x07c\x1b[31m\x85", "abc[31m"),
        ("one\r\ntwo\tthree", "one\ntwo\tthree"),
        ("one\n\n \n\u3000\n\ntwo", "one\n\ntwo"),
        ("\ud800a\udfff", "a"),
        ("\ue000a\ufdd0\uffff\U0010ffff", "a"),
        ("Z\u0310\u0311\u0312\u0313\u0314\u0315", "Z\u0310\u0311\u0312\u0313"),
        ("Z\u0310\u0311\u200d\u0312\u0313\u0314", "Z\u0310\u0311\u200d\u0312\u0313"),  # joiners do not help
        ("Việt Nam", "Việt Nam"),
        ("שָׁלוֹם \u200fעולם", "שָׁלוֹם \u200fעולם"),
        ("👩\u200d👩\u200d👧 ❤\ufe0f\u200d🔥", "👩\u200d👩\u200d👧 ❤\ufe0f\u200d🔥"),
        ("𬭶\U000323af", "𬭶\U000323af"),  # a character of Unicode 15, whatever Python knows
        ("？", "？"),
    ],
)
def test_text_is_kept(typed: str, kept: str) -> None:
    assert clean(typed, 100) == unicodedata.normalize("NFC", kept)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " \n\t\u3000",
        "\x00",
        "\u200b",
        "\u200d\ufe0f",
        "\u202e",
        "\u0301",
        "\u3164",
        "\u2800 \u115f",
        "\ud800",
    ],
)
def test_a_text_that_shows_nothing_is_empty(typed: str) -> None:
    with pytest.raises(Rejected, match="empty"):
        clean(typed, 100)


def test_length_is_counted_in_characters_of_what_is_kept() -> None:
    assert clean(" " + "x" * 10 + "\x00" * 90, 10) == "x" * 10
    assert clean("e\u0301" * 10, 10) == "é" * 10
    with pytest.raises(Rejected, match="too_long"):
        clean("x" * 11, 10)


anything = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Mn", "Me", "Mc", "Cf", "Zs", "Cs", "Lo"]),
        st.sampled_from("e\u0301\u0327\u202e\u200d\n\t \u1100\u1161\u11a8"),
    ),
    max_size=40,
)


def kept_of(text: str) -> str:
    """What is kept; nothing where it is refused as empty."""
    try:
        return clean(text, 1_000)
    except Rejected:
        return ""


@given(anything)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    kept = kept_of(text)
    assert kept_of(kept) == kept
    assert kept == kept.strip()
    kept.encode("utf-8")


@given(anything)
def test_marks_never_pile_up(text: str) -> None:
    pile = 0
    for character in kept_of(text):
        pile = pile + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        assert pile <= MARKS_LIMIT


def test_signs_that_are_drawn_as_one_are_so_few_that_a_line_may_end_between_them() -> None:
    honest = (
        "\u0930\u094d\u0924\u094d\u0938\u094d\u0928\u094d\u092f"  # five consonants: the longest of Sanskrit
        " \U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"  # a family
        " \U0001f469\U0001f3fb\u200d\u2764\ufe0f\u200d\U0001f48b\u200d\U0001f469\U0001f3fd"
    )
    assert clean(honest, 100) == honest
    for endless in ("\u0915\u094d" * 100, "\U0001f468\u200d" * 100):
        assert max(map(len, clean(endless, 300).split(endless[0] * 2))) <= 2 * 8
