"""The views, one sentence each: what a person with a SQL prompt can rely on."""

import sqlite3
from collections.abc import Iterator

import pytest

from live.domain import life, notices
from live.domain.attendance import Arrive, Leave, Look, Restart
from live.domain.ballots import Multiple, Rating
from live.domain.cues import Goto
from live.domain.driver import TakeDrive
from live.domain.moderation import Approve, Edit
from live.domain.polls import EditPoll
from live.domain.questions import Ask, Upvote, Withdraw, question_id
from live.domain.turns import ClosePoll, ReopenPoll, RerunPoll
from live.domain.votes import Vote
from tests.domain.scenes import ANN, BOB, HALL, LI, MO, SECOND, START, Scene, deck, drafted, given, opened
from tests.exports.records import ID, add_participant, add_person, in_memory, keep, rows

KEY = "k" * 22


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = in_memory()
    yield connection
    connection.close()


def at(scene: Scene, seconds: int) -> None:
    """The next event happens so many seconds after the start."""
    scene.now = START + (seconds - 1) * SECOND


def lengths(row: dict[str, int]) -> tuple[int, int, int]:
    return row["seconds_connected"], row["seconds_visible"], row["seconds_live"]


# Questions -------------------------------------------------------------------------------------


def test_an_anonymous_question_has_no_author(db: sqlite3.Connection) -> None:
    add_participant(db, "ann", "Li Na")
    scene = given()
    scene.when(Ask(key=KEY, text="Why?", anonymous=True), ANN)
    keep(db, scene.log)
    [row] = rows(db, "question")
    assert (row["author"], row["name"], row["unit"], row["anonymous"]) == (None, None, None, 1)


def test_a_named_question_has_the_name_that_the_directory_knows_now(db: sqlite3.Connection) -> None:
    add_participant(db, "ann", "Li Na", "Depot")
    scene = given(deck("d1p1", "d1p2"), life.Started())
    scene.when(TakeDrive(), LI)
    scene.when(Goto(item="s2"), LI)
    scene.when(Ask(key=KEY, text="Why?", anonymous=False), ANN)
    keep(db, scene.log)
    db.execute("UPDATE participant SET name = 'Li Na Wang'")
    [row] = rows(db, "question")
    assert (row["author"], row["name"], row["unit"], row["slide"]) == ("ann", "Li Na Wang", "Depot", 2)
    db.execute("UPDATE participant SET name = ''")
    assert rows(db, "question")[0]["name"] == ""


def test_a_question_keeps_what_was_written_first(db: sqlite3.Connection) -> None:
    scene = given()
    scene.when(Ask(key=KEY, text="Wy?", anonymous=False), ANN)
    scene.when(Approve(question=question_id(KEY)), MO)
    scene.when(Edit(question=question_id(KEY), text="Why?"), MO)
    scene.when(Upvote(question=question_id(KEY), on=True), BOB)
    keep(db, scene.log)
    [row] = rows(db, "question")
    assert (row["text"], row["original"], row["edited"]) == ("Why?", "Wy?", 1)
    assert (row["state"], row["votes"]) == ("live", 1)


def test_a_withdrawn_question_stays_in_the_record(db: sqlite3.Connection) -> None:
    scene = given()
    scene.when(Ask(key=KEY, text="Why?", anonymous=False), ANN)
    scene.when(Withdraw(question=question_id(KEY), key=KEY), ANN)
    keep(db, scene.log)
    assert [(row["text"], row["state"]) for row in rows(db, "question")] == [("Why?", "withdrawn")]


# Polls -----------------------------------------------------------------------------------------


def test_a_vote_that_was_changed_counts_once(db: sqlite3.Connection) -> None:
    add_participant(db, "ann", "Li Na")
    scene = given(*opened())
    for n, option in ((1, 0), (2, 2)):
        scene.when(Vote(poll=1, round=1, n=n, choice=(option,)), ANN)
    keep(db, scene.log)
    [vote] = rows(db, "vote")
    assert (vote["name"], vote["n"], vote["choice"]) == ("Li Na", 2, "[2]")
    results = rows(db, "poll_result")
    assert [(row["text"], row["votes"], row["voters"]) for row in results] == [
        ("Red", 0, 1),
        ("Green", 0, 1),
        ("Blue", 1, 1),
    ]


def test_of_several_choices_each_is_a_vote_and_all_are_one_voter(db: sqlite3.Connection) -> None:
    scene = given(*opened(ballot=Multiple(options=("Red", "Green", "Blue"), max=2)))
    scene.when(Vote(poll=1, round=1, n=1, choice=(2, 0)), ANN)
    scene.when(Vote(poll=1, round=1, n=1, choice=(2,)), BOB)
    keep(db, scene.log)
    assert [(row["votes"], row["voters"]) for row in rows(db, "poll_result")] == [(1, 2), (0, 2), (2, 2)]


def test_a_round_that_nobody_voted_in_has_zeros(db: sqlite3.Connection) -> None:
    keep(db, given(*opened()).log)
    assert [(row["votes"], row["voters"]) for row in rows(db, "poll_result")] == [(0, 0)] * 3


def test_former_rounds_keep_their_votes(db: sqlite3.Connection) -> None:
    scene = given(*opened())
    scene.when(Vote(poll=1, round=1, n=1, choice=(0,)), ANN)
    scene.when(ClosePoll(poll=1), LI)
    scene.when(RerunPoll(poll=1), LI)
    scene.when(Vote(poll=1, round=2, n=2, choice=(1,)), ANN)
    keep(db, scene.log)
    results = {(row["round"], row["option"]): row["votes"] for row in rows(db, "poll_result")}
    assert results == {(1, 0): 1, (1, 1): 0, (1, 2): 0, (2, 0): 0, (2, 1): 1, (2, 2): 0}
    assert [(row["rounds"], row["state"]) for row in rows(db, "poll")] == [(2, "open")]


def test_a_round_that_was_reopened_is_closed_when_it_is_closed_last(db: sqlite3.Connection) -> None:
    scene = given(*opened())
    scene.when(ClosePoll(poll=1), LI)
    scene.when(ReopenPoll(poll=1), LI)
    keep(db, scene.log)
    [row] = rows(db, "poll_round")
    assert (row["opened_at"], row["closed_at"]) == (START + 3 * SECOND, None)
    before = len(scene.log)
    scene.when(ClosePoll(poll=1), LI)
    keep(db, scene.log[before:])
    assert [row["closed_at"] for row in rows(db, "poll_round")] == [START + 6 * SECOND]


def test_a_rating_offers_one_to_five_with_labels_at_the_ends(db: sqlite3.Connection) -> None:
    keep(db, given(drafted(1, Rating(low="Poor", high="Good")), drafted(2, Rating())).log)
    options = [row["text"] for row in rows(db, "poll_option")]
    assert options == ["1 (Poor)", "2", "3", "4", "5 (Good)", "1", "2", "3", "4", "5"]


def test_a_draft_is_a_poll_with_its_newest_wording_and_no_result(db: sqlite3.Connection) -> None:
    scene = given(drafted())
    scene.when(EditPoll(poll=1, title="Which one?", ballot=Multiple(options=("A", "B"), max=1)), LI)
    keep(db, scene.log)
    [row] = rows(db, "poll")
    assert (row["title"], row["kind"], row["state"], row["rounds"]) == ("Which one?", "multiple", "draft", 0)
    assert [row["text"] for row in rows(db, "poll_option")] == ["A", "B"]
    assert rows(db, "poll_result") == []


# Attendance ------------------------------------------------------------------------------------


def test_a_connection_is_cut_where_its_page_was_hidden(db: sqlite3.Connection) -> None:
    scene = Scene()
    for second, signal in ((10, Arrive(connection="c")), (30, Look(connection="c", visible=False))):
        at(scene, second)
        scene.notice(signal, ANN)
    at(scene, 60)
    scene.notice(Leave(connection="c"), ANN)
    keep(db, scene.log)
    intervals = [(row["since"] - START, row["until"] - START, row["visible"]) for row in intervals_of(db)]
    assert intervals == [(10_000, 30_000, 1), (30_000, 60_000, 0)]
    [row] = rows(db, "attendance")
    assert lengths(row) == (50, 20, 0)
    assert (row["unit"], row["site"], row["here"]) == ("Depot", "room", 0)


def intervals_of(db: sqlite3.Connection) -> list[dict[str, int]]:
    return sorted(rows(db, "attendance_interval"), key=lambda row: row["since"])


def test_two_devices_at_once_count_once(db: sqlite3.Connection) -> None:
    scene = Scene()
    for second, signal in (
        (0, Arrive(connection="phone")),
        (10, Arrive(connection="desktop")),
        (20, Leave(connection="desktop")),
        (30, Arrive(connection="desktop")),
        (40, Leave(connection="phone")),
        (50, Leave(connection="desktop")),
    ):
        at(scene, second)
        scene.notice(signal, ANN)
    keep(db, scene.log)
    assert [lengths(row) for row in rows(db, "attendance")] == [(50, 50, 0)]


def test_after_a_crash_nobody_is_credited_with_more_than_there_is_evidence_for(
    db: sqlite3.Connection,
) -> None:
    scene = Scene()
    at(scene, 0)
    scene.notice(Arrive(connection="c"), ANN)
    at(scene, 3_600)
    scene.notice(Restart(until=START + 15 * SECOND))
    scene.notice(Arrive(connection="c"), ANN)  # the same name in another life
    keep(db, scene.log)
    assert [row["until"] for row in intervals_of(db)] == [START + 15 * SECOND, None]
    assert [(lengths(row)[0], row["here"]) for row in rows(db, "attendance")] == [(15, 1)]


def test_who_is_still_there_is_counted_until_something_was_last_known(db: sqlite3.Connection) -> None:
    scene = Scene()
    at(scene, 0)
    scene.notice(Arrive(connection="c"), ANN)
    at(scene, 20)
    scene.when(notices.Notify(text="Fire drill"), MO)
    keep(db, scene.log)
    assert [row["seconds_connected"] for row in rows(db, "attendance")] == [20]
    db.execute("INSERT INTO served VALUES (?, ?)", (ID, START + 35 * SECOND))
    [row] = rows(db, "attendance")
    assert (row["seconds_connected"], row["last_seen"], row["here"]) == (35, START + 35 * SECOND, 1)


def test_a_clock_that_is_set_back_takes_no_time_away(db: sqlite3.Connection) -> None:
    scene = Scene()
    for second, signal in ((60, Arrive(connection="c")), (30, Look(connection="c", visible=False))):
        at(scene, second)
        scene.notice(signal, ANN)
    at(scene, 50)
    scene.notice(Leave(connection="c"), ANN)
    keep(db, scene.log)
    assert [(row["since"] - START, row["until"] - START) for row in intervals_of(db)] == [
        (30_000, 50_000),
        (60_000, 60_000),
    ]


def test_time_while_live_lies_between_start_and_end_also_of_a_broadcast_that_went_on(
    db: sqlite3.Connection,
) -> None:
    scene = Scene()
    at(scene, 0)
    scene.notice(Arrive(connection="c"), ANN)
    for second, command in ((10, life.Start()), (20, life.End()), (50, life.Start()), (55, life.End())):
        at(scene, second)
        scene.when(command, LI)
    at(scene, 100)
    scene.notice(Leave(connection="c"), ANN)
    keep(db, scene.log)
    assert [lengths(row) for row in rows(db, "attendance")] == [(100, 100, 15)]


def test_a_screen_is_nobody(db: sqlite3.Connection) -> None:
    scene = Scene()
    scene.notice(Arrive(connection="c"), HALL)
    keep(db, scene.log)
    assert [row["role"] for row in rows(db, "attendance_interval")] == ["screen"]
    assert rows(db, "attendance") == []


def test_the_roster_joins_the_devices_of_a_person_and_shows_who_did_not_come(db: sqlite3.Connection) -> None:
    add_person(db, 1, "Li Na", "Depot", "0017")
    add_person(db, 2, "Zhou Min", "Office")
    for phone in ("ann", "bob"):
        add_participant(db, phone, "Li Na", person=1)
    scene = Scene()
    for second, signal, who in (
        (0, Arrive(connection="a"), ANN),
        (10, Arrive(connection="b", visible=False), BOB),
        (20, Leave(connection="a"), ANN),
        (60, Leave(connection="b"), BOB),
    ):
        at(scene, second)
        scene.notice(signal, who)
    keep(db, scene.log)
    here, absent = rows(db, "roster_attendance")
    assert (here["number"], here["name"], here["present"], lengths(here)) == ("0017", "Li Na", 1, (60, 20, 0))
    assert (absent["name"], absent["present"], lengths(absent)) == ("Zhou Min", 0, (0, 0, 0))
    assert absent["first_seen"] is None


# What the views cost ---------------------------------------------------------------------------

VIEWS = [
    *("question_label", "action_item"),
    *("question", "upvote", "poll", "poll_option", "poll_round", "poll_result", "vote", "cue", "live_period"),
    *("attendance", "roster_attendance", "attendance_interval", "attendance_evidence", "known_until"),
    *("poll_rule", "quiz_score", "quiz_answer", "poll_gain", "poll_split", "vote_group", "secret_group"),
]
BESIDE_THE_LOG = ["makeup_attendance"]


def test_each_view_is_listed_here(db: sqlite3.Connection) -> None:
    found = db.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall()
    assert {row["name"] for row in found} == {*VIEWS, *BESIDE_THE_LOG}


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_of_one_broadcast_reads_no_other(db: sqlite3.Connection, view: str) -> None:
    plan = db.execute(f"EXPLAIN QUERY PLAN SELECT * FROM {view} WHERE broadcast = 7").fetchall()
    steps = [row["detail"] for row in plan if row["detail"].partition(" ")[2].startswith("event")]
    assert steps
    assert [step for step in steps if step.startswith("SCAN")] == []
