"""The words that every feature shares: who acts, when, and how a refusal looks.

Called by each module of the domain. It holds no rule of its own; the limits here
are those that more than one feature needs.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar, dataclass_transform, get_args

import msgspec

T = TypeVar("T")
Role = Literal["attendee", "screen", "moderator", "lecturer", "organiser"]
Audience = Literal["attendee", "screen", "desk"]
ROLES: tuple[Role, ...] = get_args(Role)
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
DESK: frozenset[Role] = frozenset({"moderator", "lecturer", "organiser"})

Code = Literal[
    "bad_frame",  # not JSON, not an object, a key twice, too deep, or an unknown field
    "too_large",  # the frame is over 16 KiB
    "unknown_command",
    "id_reused",  # the same command id or question key with another content
    "not_allowed",  # this role never may
    "not_live",  # only while the broadcast is live
    "already_live",
    "not_driving",  # somebody else drives the slides, or nobody does
    "somebody_drives",
    "not_here",  # the person to hand over to is not connected
    "empty",
    "too_long",
    "bad_ballot",
    "no_such_poll",
    "no_such_question",
    "no_such_item",
    "no_such_slide",
    "no_such_place",  # a notice to a site that there is not
    "poll_not_draft",
    "poll_not_open",
    "poll_closed",
    "poll_open",
    "votes_coming",  # those who are behind still vote: retry after retry_ms
    "voted_already",  # in a secret poll no vote can be changed
    "other_round",  # a vote for a round that is over
    "not_split",  # a poll is not counted by that
    "round_over",  # a secret round whose result is known is over for good
    "bad_choice",
    "too_many_choices",
    "too_few_choices",
    "out_of_range",  # a number, or a tap beside the picture
    "question_closed",  # withdrawn, or dismissed: no longer to be voted on or moderated
    "question_merged",  # undo the merge first
    "same_question",  # merged with itself
    "question_changed",  # by somebody else at the desk, while this one wrote
    "not_yours",
    "anonymous_off",
    "named_off",
    "questions_off",  # neither with a name nor without
    "no_such_label",
    "too_many_labels",
    "no_such_action",
    "bad_date",
    "reactions_off",
    "nothing_to_undo",
    "rundown_full",
    "too_fast",  # retry after retry_ms
    "busy",  # retry after retry_ms
    "read_only",  # the disk is full: retry after retry_ms
    "failed",  # a mistake of the server's own: again it would fail again, and the log says why
]
CODES: tuple[Code, ...] = get_args(Code)

# What a page counts or clocks: JavaScript and SQLite hold it exactly.
Natural = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]

NAME_LIMIT = 60  # characters: the longest names of the roster's kind are below 40
TITLE_LIMIT = 200  # characters: a poll's question or option, legible on a screen
NOTICE_LIMIT = 500  # characters: more is not read off a screen
QUESTION_LIMIT = 1_000  # characters: what a phone shows without scrolling for ever
MARKS_LIMIT = 4  # combining marks in a row: enough for Vietnamese and pointed Hebrew, not for zalgo
JOINED_LIMIT = 8  # signs drawn as one, Indic consonants or a family of emoji: no line may end in it

# U+061C, LRM and RLM stay: they are needed in honest Arabic and Hebrew and cannot reorder a whole line.
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Letters and symbols that show nothing: fillers of Hangul, and the empty pattern of Braille.
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u2800")
VIRAMA = 9  # Unicode's canonical combining class of the sign that joins two consonants
JOINER = "\u200d"
_BASES = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "So", "Sm", "Sc"})  # what a joined sign may begin with
# Letters of old Hangul: any number of them in a row would be drawn as one.
_INITIALS, _VOWELS = "[\u1100-\u115f\ua960-\ua97c]", "[\u1160-\u11a7\ud7b0-\ud7c6]"
_FINALS = "[\u11a8-\u11ff\ud7cb-\ud7fb]"
_JAMO = re.compile("|".join(f"(?<={each * MARKS_LIMIT}){each}+" for each in (_INITIALS, _VOWELS, _FINALS)))
_EMPTY_LINES = re.compile(r"\n\s*\n")


class Rejected(Exception):
    """A command that is refused; the one way in which `decide` says no.

    The code is for machines. Sentences live in the catalogues of the pages.
    """

    def __init__(self, code: Code, retry_ms: int | None = None) -> None:
        super().__init__(code)
        self.code: Code = code
        self.retry_ms = retry_ms


if TYPE_CHECKING:

    @dataclass_transform(frozen_default=True, kw_only_default=True)
    class _Frozen(msgspec.StructMeta):
        """Tells type checkers what the options of `Struct` mean for its subclasses."""

else:
    _Frozen = msgspec.StructMeta  # itself: with a metaclass of ours, making a value takes four times as long


class Struct(
    msgspec.Struct,
    metaclass=_Frozen,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    gc=False,  # nothing in a value can lead back to it: a million votes are nothing to look through
):
    """A value: immutable, strict when decoded, and without its defaults when encoded."""


class Actor(Struct):
    """Who gives a command: a participant of the broadcast in one role."""

    participant: str
    role: Role

    @property
    def on_desk(self) -> bool:
        return self.role in DESK


class Stamp(Struct):
    """Where an event stands in the log: its number, server wall clock in ms, and who caused it."""

    seq: int
    at: int
    actor: str | None = None


class Participant(Struct):
    """Somebody in the broadcast, as the directory knows them. No name is in the log, so it can be erased."""

    id: str
    name: str
    role: Role
    unit: str = ""
    site: str = ""


class Site(Struct):
    """A place from which people take part."""

    id: str
    name: str
    kind: Literal["room", "remote", "shared"]


class Video(Struct):
    """What viewers elsewhere watch. `embed` is the address of the frame that shows the player, of a trusted
    `site`, and empty where it must not be shown. What has no clock is taken to be `delay_ms` behind."""

    kind: Literal["none", "hls", "embed", "file"] = "none"
    url: str = ""
    embed: str = ""
    site: str = ""
    delay_ms: int = 0


class Setup(Struct):
    """What the organiser has set up, as far as the pages show it. Times are ms since 1970, UTC."""

    title: str = ""
    lecturer: str = ""
    planned_at: int | None = None
    minutes: int | None = None
    languages: tuple[str, ...] = ("zh", "en")
    sites: tuple[Site, ...] = ()
    units: tuple[str, ...] = ()
    code: str | None = None
    join_url: str | None = None
    video: Video = Video()
    replay: bool = False
    words: tuple[str, ...] = ()


def by_kind(*rows: tuple[object, T]) -> dict[type, T]:
    """A table, to be asked with `type(value)`, from rows of (a kind or a union of kinds, what it stands for).

    Where one of many kinds is asked for this is as quick for the last as for the first: to find that a value
    is none of twenty takes `isinstance` 2 µs, also of a union or a tuple, and a table 0.02.
    """
    return {kind: found for union, found in rows for kind in get_args(union) or (union,)}


def clean(text: str, limit: int) -> str:
    """Text as it is kept: NFC, trimmed, without control and bidi-override characters, marks capped.

    Raises `Rejected` with `empty` or `too_long`. A question may have paragraphs, so line breaks
    and tabs stay inside, with one empty line in a row at most.
    """
    # What is taken out may stand between a letter and its accent, so it goes before they are composed.
    allowed = "".join(character for character in text if _allowed(character))
    capped = _capped(_JAMO.sub("", unicodedata.normalize("NFC", allowed)))
    result = _EMPTY_LINES.sub("\n\n", capped).strip()
    if not any(_seen(character) for character in result):
        raise Rejected("empty")
    if len(result) > limit:
        raise Rejected("too_long")
    return result


def _allowed(character: str) -> bool:
    if unicodedata.category(character) in {"Cc", "Cs", "Co"}:
        return character in "\n\t"
    # Unassigned is only what this Python's Unicode does not know yet: rare characters of names among them.
    # Noncharacters, the last two of each plane and U+FDD0-FDEF, stay unassigned for ever.
    code = ord(character)
    return character not in _BIDI and code & 0xFFFE != 0xFFFE and not 0xFDD0 <= code <= 0xFDEF


def _capped(text: str) -> str:
    kept: list[str] = []
    marks = joined = 0
    for character in text:
        category = unicodedata.category(character)
        if _joins(character):
            joined += 1
            if joined >= JOINED_LIMIT:
                continue
        elif category in _BASES and not (kept and _joins(kept[-1])):
            joined = 0
        if category in {"Mn", "Me"}:
            marks += 1
            if marks > MARKS_LIMIT:
                continue
        elif category != "Cf":  # a joiner between two marks does not begin a new letter
            marks = 0
        kept.append(character)
    return "".join(kept)


def _joins(character: str) -> bool:
    return character == JOINER or unicodedata.combining(character) == VIRAMA


def _seen(character: str) -> bool:
    """Whether it shows by itself: spaces, joiners, marks and fillers alone would be a text of nothing."""
    category = unicodedata.category(character)
    return character not in _UNSEEN and (category[0] in "LNPS" or category == "Cn")
