"""Polls as a file: what is written is read again, and what cannot be read is said."""

from __future__ import annotations

import pytest

from live.directory import poll_file
from live.directory.poll_file import Problem
from live.domain.ballots import Cloud, Multiple, Numeric, Ranking, Rating, Single, Spotting, Wall, Zone
from live.domain.polls import AddPoll
from live.domain.quiz import Quiz

ONE_OF_EACH = [
    AddPoll(title="先做什么？", ballot=Single(options=("停车", "报警"))),
    AddPoll(title='Which "rules", and why?', ballot=Multiple(options=("A, or a", "B; b", "C"), min=1, max=2)),
    AddPoll(title="How was it?", ballot=Rating(low="bad", high="good", steps=7)),
    AddPoll(title="What comes first?", ballot=Ranking(options=("One", "Two", "Three"))),
    AddPoll(title="How far?", ballot=Numeric(min=0, max=120.5, unit="m", decimals=1)),
    AddPoll(title="In a word", ballot=Cloud(max=2)),
    AddPoll(title="What will you change?", ballot=Wall(), form="Feedback", results="close", seconds=60),
    AddPoll(
        title="Which is right?",
        ballot=Multiple(options=("A", "B", "C"), max=3),
        quiz=Quiz(right=(0, 2), points=20, explanation="Because."),
    ),
    AddPoll(
        title="How far now?",
        ballot=Numeric(min=0, max=120),
        quiz=Quiz(right=("52", "8")),
    ),
    AddPoll(
        title="Spot them",
        ballot=Spotting(slide="abc", max=3, zones=(Zone(name="Rope", points=(0, 0, 100, 100)),)),
    ),
]


def read(text: str) -> poll_file.Read:
    return poll_file.read(text, lambda name: {"单选": "single"}.get(name, name))


def test_every_kind_has_its_row() -> None:
    assert {type(each.ballot) for each in ONE_OF_EACH} == set(poll_file.KINDS.values())


@pytest.mark.parametrize("write", [poll_file.to_yaml, poll_file.to_csv])
def test_what_is_written_is_read_again(write: object) -> None:
    assert callable(write)
    found = read(write(ONE_OF_EACH))
    assert found.problems == []
    assert [given(each) for each in found.polls] == [given(each) for each in ONE_OF_EACH]


def given(poll: AddPoll) -> AddPoll:
    """As it is kept: a number may be written as one."""
    quiz = poll.quiz and poll.quiz.cleaned(poll.ballot)
    return AddPoll(title=poll.title, ballot=poll.ballot, **{**poll.ruled(), "quiz": quiz})


def test_a_table_may_be_in_chinese_and_pasted_from_a_spreadsheet() -> None:
    found = read('题目\t题型\t选项\n哪个对？\t单选\t"第一个\n第二个"\n')
    assert found.polls == [AddPoll(title="哪个对？", ballot=Single(options=("第一个", "第二个")))]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", Problem(0, "no_polls")),
        ("- title: : x", Problem(0, "not_yaml")),
        ("title,options\nx,a", Problem(0, "no_kind_column")),
        ("title,kind\nx,quest", Problem(1, "no_kind", "x")),
        ("- 3", Problem(1, "no_kind")),
        ("title,kind,min,max\nx,numeric,low,3", Problem(1, "bad_field", "min")),
        ("title,kind,max\nx,numeric,3", Problem(1, "bad_field", "min")),
        ("title,kind,options\nx,single,a", Problem(1, "bad_ballot", "x")),
        ("- title: ''\n  ballot: {kind: wall}", Problem(1, "empty")),
    ],
)
def test_each_mistake_names_its_poll(text: str, problem: Problem) -> None:
    assert read(text).problems == [problem]


def test_a_file_of_too_many_polls_is_not_read_to_its_end() -> None:
    found = read("title,kind\n" + "x,wall\n" * (poll_file.POLLS_LIMIT + 5))
    assert found.problems == [Problem(0, "too_many", "60")]
