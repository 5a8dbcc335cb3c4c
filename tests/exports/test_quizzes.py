"""The tables of the quiz: points by person, the right answers, and what has been learnt."""

import csv
import io
import sqlite3
from collections.abc import Iterator
from datetime import UTC

import pytest

from live.domain import life
from live.domain.ballots import Choice, Multiple, Numeric, Single
from live.domain.polls import AddPoll
from live.domain.quiz import Quiz
from live.domain.turns import ClosePoll, OpenPoll
from live.domain.votes import Vote
from live.exports import write
from tests.domain.scenes import ANN, BOB, LI, Scene, given
from tests.exports.records import ID, add_participant, in_memory, keep


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = in_memory()
    yield connection
    connection.close()


def lines(db: sqlite3.Connection, name: str) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    write(db, ID, name, "en", out, UTC)
    return list(csv.DictReader(io.StringIO(out.getvalue().removeprefix("\ufeff"), newline="")))


def test_points_are_listed_by_person_and_the_right_answer_by_poll(db: sqlite3.Connection) -> None:
    add_participant(db, "ann", "Li Na", "Depot")
    add_participant(db, "bob", "Wang Wei", "Yard")
    scene = quizzed()
    keep(db, scene.log)
    told = [
        (row["Full name"], row["Points"], row["Points to be had"], row["Questions partly right"])
        for row in lines(db, "scores")
    ]
    assert told == [("Li Na", "35", "35", "0"), ("Wang Wei", "8", "35", "1")]
    assert [row["Points by poll no."] for row in lines(db, "scores")][1] == "2: 0/10; 3: 8/15; 4: 0/10"
    assert {(row["Poll no."], row["Right answer"], row["Why it is right"]) for row in lines(db, "polls")} == {
        ("1", "", ""),
        ("2", "Green", "Green."),
        ("3", "Red; Blue", ""),
        ("4", "52 ± 8 m", ""),
    }


def test_what_was_asked_twice_tells_what_has_been_learnt(db: sqlite3.Connection) -> None:
    keep(db, quizzed().log)
    [row] = lines(db, "gain")
    assert [row[name] for name in ("Poll no. before", "Poll no. after", "Answered both")] == ["1", "2", "2"]
    assert [row[name] for name in ("Changed their answer", "Right before", "Right after")] == ["1", "0", "1"]
    assert row["Gain, percentage points"] == "50.0"


def quizzed() -> Scene:
    """A question before and after, one with two right options, and a number; Ann is right in the end."""
    colours = ("Red", "Green", "Blue")
    single, multiple = Single(options=colours), Multiple(options=colours, max=2)
    number = Numeric(min=0, max=100, unit="m")
    scene = given(life.Started())
    polls: tuple[tuple[AddPoll, Choice, Choice], ...] = (
        (AddPoll(title="Before", ballot=single), (0,), (2,)),
        (
            AddPoll(title="After", ballot=single, repeats=1, quiz=Quiz(right=(1,), explanation="Green.")),
            (1,),
            (2,),
        ),
        (AddPoll(title="Which two?", ballot=multiple, quiz=Quiz(right=(0, 2), points=15)), (2, 0), (0,)),
        (AddPoll(title="How far?", ballot=number, quiz=Quiz(right=("52", "8"))), ("60",), ("61",)),
    )
    for n, (poll, ann, bob) in enumerate(polls, start=1):
        scene.when(poll, LI)
        scene.when(OpenPoll(poll=n), LI)
        scene.when(Vote(poll=n, round=1, n=1, choice=ann), ANN)
        scene.when(Vote(poll=n, round=1, n=1, choice=bob), BOB)
        scene.when(ClosePoll(poll=n), LI)
    return scene
