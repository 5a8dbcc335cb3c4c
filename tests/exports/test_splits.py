"""The table of results by group: named votes counted in SQL, secret ones as they were written."""

import csv
import io
import sqlite3
from collections.abc import Iterator
from datetime import UTC

import pytest

from live.domain import life
from live.domain.ballots import Ballot, Multiple, Numeric, Wall
from live.domain.base import Participant
from live.domain.polls import AddPoll
from live.domain.results import ShowResults
from live.domain.secret_split import UNDO_MS
from live.domain.turns import ClosePoll, OpenPoll
from live.domain.votes import Vote
from live.exports import write
from tests.domain.scenes import LI, Scene, actor, given
from tests.exports.records import ID, add_participant, in_memory, keep

TOOLS = Multiple(options=("Gloves", "Goggles"), max=2)
SPEED = Numeric(min=0, max=100)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = in_memory()
    sites = [("a", "Hall", "room"), ("b", "Home", "remote")]
    for place, (site, name, kind) in enumerate(sites):
        connection.execute("INSERT INTO site VALUES (?, ?, ?, ?, ?)", (ID, site, place, name, kind))
    yield connection
    connection.close()


def table(db: sqlite3.Connection, by: str) -> list[tuple[str, ...]]:
    out = io.StringIO(newline="")
    write(db, ID, "splits", "en", out, UTC)
    rows = csv.DictReader(io.StringIO(out.getvalue().removeprefix("\ufeff"), newline=""))
    columns = ("Group", "Groups in it", "Option", "Votes for it", "Voters", "Percent of voters", "Median")
    return [tuple(row[name] for name in columns) for row in rows if row["Counted by"] == by]


def voted(
    db: sqlite3.Connection,
    ballot: Ballot,
    *votes: tuple[str, str, tuple[int | str, ...]],
    secret: bool = False,
) -> None:
    """A poll with these votes, by unit and site; it is closed and shown, and all of it is in the log."""
    scene: Scene = given(life.Started())
    scene.when(AddPoll(title="?", ballot=ballot, secret=secret, split="unit" if secret else None), LI)
    scene.when(OpenPoll(poll=1), LI)
    for at, (unit, site, choice) in enumerate(votes):
        name = f"p{at}"
        add_participant(db, name, name, unit)
        db.execute("UPDATE participant SET site = ? WHERE id = ?", (site, name))
        scene.state.people[name] = Participant(id=name, name=name, role="attendee", unit=unit, site=site)
        scene.when(Vote(poll=1, round=1, n=1, choice=choice), actor(name, "attendee"))
    scene.when(ClosePoll(poll=1), LI)
    scene.when(ShowResults(poll=1, shown=True), LI)
    scene.now += UNDO_MS
    scene.notice(life.Due())
    keep(db, scene.log)


def test_each_option_of_each_group_has_its_line(db: sqlite3.Connection) -> None:
    voted(db, TOOLS, ("Depot", "a", (0, 1)), ("Depot", "b", (0,)), ("", "a", (0,)))
    assert table(db, "Unit") == [
        ("Depot", "", "Gloves", "2", "2", "100.0", ""),
        ("Depot", "", "Goggles", "1", "2", "50.0", ""),
        ("", "", "Gloves", "1", "1", "100.0", ""),
        ("", "", "Goggles", "0", "1", "0.0", ""),
    ]
    assert [row[0] for row in table(db, "Site")] == ["Hall", "Hall", "Home", "Home"]
    view = "SELECT group_name, option, votes, voters FROM poll_split WHERE split = 'unit' ORDER BY 1 DESC, 2"
    assert [tuple(row) for row in db.execute(view)] == [("Depot", 0, 2, 2), ("Depot", 1, 1, 2), ("", 0, 1, 1)]
    assert [row[0] for row in table(db, "Room or remote")] == ["Remote", "Remote", "Room", "Room"]


def test_of_numbers_each_group_has_its_median(db: sqlite3.Connection) -> None:
    voted(db, SPEED, ("Depot", "a", ("50",)), ("Depot", "a", ("60",)), ("Yard", "a", ("5",)))
    assert table(db, "Unit") == [("Depot", "", "", "", "2", "", "55"), ("Yard", "", "", "", "1", "", "5")]


def test_what_people_wrote_is_in_no_group(db: sqlite3.Connection) -> None:
    voted(db, Wall(), ("Depot", "a", ("Why?",)))
    assert table(db, "Unit") == []


@pytest.mark.parametrize(
    ("ballot", "choice", "told"),
    [
        (TOOLS, (0,), [("Gloves", "6", "100.0", ""), ("Goggles", "0", "0.0", "")]),
        (SPEED, ("50",), [("", "", "", "50")]),
    ],
)
def test_a_secret_poll_is_listed_by_what_it_promised(
    db: sqlite3.Connection, ballot: Ballot, choice: tuple[int | str, ...], told: list[tuple[str, ...]]
) -> None:
    votes = [(unit, "a", choice) for unit in (*("Depot",) * 6, *("Yard",) * 2, *("Gate",) * 4)]
    voted(db, ballot, *votes, secret=True)
    for group, rest, voters in (("Depot", "", "6"), ("Put together", "2", "6")):
        rows = [row for row in table(db, "Unit") if row[0] == group]
        assert [(option, votes, share, median) for _, _, option, votes, _, share, median in rows] == told
        assert {(row[1], row[4]) for row in rows} == {(rest, voters)}
    assert table(db, "Site") == []
