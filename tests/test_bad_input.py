"""What nobody's page would send, over a real socket: each has a code, and nothing changes by it.

`tests/domain` holds every refusal of every rule. This is the list that a moderator and an attendee meet,
from the frame to the answer; that the words stay in their field is tested in `tests/browser`.
"""

from __future__ import annotations

import secrets
from typing import Any

import pytest

from live.domain.rundown import AttachDeck, Slide
from tests.serving import Guest, House

OPTIONS = ["Helmet", "Gloves", "Boots"]
Fields = dict[str, Any]
PHOTO: Fields = {"kind": "spotting", "slide": "photo", "max": 3}

# ballot, choice, code
VOTES: tuple[tuple[Fields, list[object], str], ...] = (
    ({"kind": "single", "options": OPTIONS}, [0, 1], "too_many_choices"),
    ({"kind": "single", "options": OPTIONS}, [3], "bad_choice"),
    ({"kind": "single", "options": OPTIONS}, ["Helmet"], "bad_choice"),
    ({"kind": "multiple", "options": OPTIONS, "max": 2}, [0, 1, 2], "too_many_choices"),
    ({"kind": "multiple", "options": OPTIONS, "max": 2, "min": 2}, [0], "too_few_choices"),
    ({"kind": "multiple", "options": OPTIONS, "max": 2}, [1, 1], "bad_choice"),
    ({"kind": "ranking", "options": OPTIONS}, [0, 2], "bad_choice"),
    ({"kind": "ranking", "options": OPTIONS}, [0, 2, 2], "bad_choice"),
    ({"kind": "ranking", "options": OPTIONS}, [0, 1, 3], "bad_choice"),
    ({"kind": "rating", "steps": 5}, [5], "bad_choice"),
    ({"kind": "numeric", "min": 0, "max": 10}, ["11"], "out_of_range"),
    ({"kind": "numeric", "min": 0, "max": 10}, ["ten"], "bad_choice"),
    ({"kind": "numeric", "min": 0, "max": 10}, ["NaN"], "bad_choice"),
    ({"kind": "wall"}, [" \u200b "], "empty"),
    ({"kind": "wall"}, ["x" * 5_000], "too_long"),
    (PHOTO, [10_001, 50], "out_of_range"),
    (PHOTO, [50, -1], "out_of_range"),
    (PHOTO, [50], "bad_choice"),
    ({"kind": "cloud"}, [""], "empty"),
    ({"kind": "cloud"}, ["a", "b", "c", "d"], "too_many_choices"),
)


class Course:
    def __init__(self, desk: Guest, other: Guest, phone: Guest) -> None:
        self.desk, self.other, self.phone = desk, other, phone


@pytest.fixture
async def course(house: House) -> Course:
    """Two moderators and an attendee of a broadcast that runs."""
    where = await house.broadcast()
    desk = await house.guest(where, "lecturer")
    await desk.do("start")
    slides = (Slide(id="photo", number=1, width=1_600, height=900),)
    await (await house.stage(where)).signal(AttachDeck(deck=1, slides=slides))
    course = Course(desk, await house.guest(where, "moderator"), await house.guest(where))
    await house.agree(where)
    return course


async def ask(course: Course, text: str) -> str:
    made = await course.phone.do("ask", key=secrets.token_urlsafe(16), text=text, anonymous=False)
    assert made is not None
    return made.removeprefix("question/")


async def refused(guest: Guest, do: str, **fields: Any) -> str:
    """The code, after making sure that nobody's page has changed."""
    before = dict(guest.docs)
    answer = await guest.order(do, **fields)
    assert answer["type"] == "rejected", answer
    assert guest.docs == before
    code: str = answer["code"]
    return code


async def test_each_bad_vote_has_a_code_and_counts_for_nothing(course: Course) -> None:
    codes = []
    for ballot, choice, _ in VOTES:
        made = await course.desk.do("add_poll", title="Which?", ballot=ballot)
        number = int((made or "").removeprefix("poll/"))
        await course.desk.do("open_poll", poll=number)
        course.phone.house.now += 1_000  # a person's pace
        codes.append(await refused(course.phone, "vote", poll=number, round=1, n=1, choice=choice))
        assert course.desk.docs[f"tally/{number}"]["votes"] == 0
    assert codes == [code for _, _, code in VOTES]


@pytest.mark.parametrize(
    ("text", "code"), [(" \n\t", "empty"), ("\u200b\u2060", "empty"), ("问" * 5_000, "too_long")]
)
async def test_a_question_of_nothing_or_of_5000_characters(course: Course, text: str, code: str) -> None:
    assert await refused(course.phone, "ask", key="k" * 22, text=text, anonymous=False) == code


async def test_merging_a_question_with_itself_or_with_none(course: Course) -> None:
    question = await ask(course, "Why?")
    assert await refused(course.desk, "merge", question=question, into=question) == "same_question"
    assert await refused(course.desk, "merge", question=question, into="nowhere") == "no_such_question"


async def test_working_on_what_another_moderator_has_just_dismissed(course: Course) -> None:
    question = await ask(course, "Why?")
    await course.other.do("dismiss", question=question)
    assert await refused(course.desk, "edit", question=question, text="Why so?") == "question_closed"
    assert await refused(course.phone, "upvote", question=question, on=True) == "question_closed"
