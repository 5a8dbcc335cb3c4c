"""The tables as CSV: what Excel shows of them, and what it must not compute."""

import csv
import io
import sqlite3
from collections.abc import Iterator
from datetime import UTC, timedelta, timezone

import pytest

from live.domain import life
from live.domain.actions import Assign, Settle
from live.domain.attendance import Arrive, Leave
from live.domain.ballots import Multiple, Ranking
from live.domain.labels import LabelQuestion, SetLabel
from live.domain.moderation import Approve, Edit, Merge
from live.domain.questions import Ask, Upvote, question_id
from live.domain.replies import Reply
from live.domain.turns import ClosePoll
from live.domain.votes import Vote
from live.exports import NAMES, write
from live.exports.cells import clock, guarded
from tests.domain.scenes import ANN, BOB, CAT, HALL, LI, MO, SECOND, START, Scene, given, opened
from tests.exports.records import ID, OTHER, add_participant, add_person, in_memory, keep

CHINA = timezone(timedelta(hours=8))


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = in_memory()
    yield connection
    connection.close()


def text(db: sqlite3.Connection, name: str, lang: str = "en") -> str:
    out = io.StringIO(newline="")
    write(db, ID, name, lang, out, UTC)
    return out.getvalue()


def lines(db: sqlite3.Connection, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(db, name).removeprefix("\ufeff"), newline="")))


def asked(scene: Scene, letter: str, words: str, *, anonymous: bool = False) -> str:
    scene.when(Ask(key=letter * 22, text=words, anonymous=anonymous), ANN)
    return question_id(letter * 22)


@pytest.mark.parametrize("name", NAMES)
def test_before_anything_has_happened_a_table_has_its_header_alone(db: sqlite3.Connection, name: str) -> None:
    assert lines(db, name) == []
    assert text(db, name).startswith("\ufeff")  # or Excel takes it for the local code page
    assert text(db, name).count("\r\n") == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_table_tells_of_its_own_broadcast_only(db: sqlite3.Connection, name: str) -> None:
    scene = given(*opened())
    scene.notice(Arrive(connection="c"), ANN)
    scene.when(Vote(poll=1, round=1, n=1, choice=(0,)), ANN)
    asked(scene, "k", "Why?")
    keep(db, scene.log, OTHER)
    assert lines(db, name) == []


def test_questions_are_listed_with_both_wordings(db: sqlite3.Connection) -> None:
    add_participant(db, "ann", "Li Na", "Depot")
    scene = given()
    question = asked(scene, "k", "Wy?")
    scene.when(Approve(question=question), MO)
    scene.when(Edit(question=question, text="Why?"), MO)
    scene.when(Upvote(question=question, on=True), BOB)
    scene.when(Reply(question=question, text="Because of the dust."), MO)
    for label, name in enumerate(("Gear", "Ask the boss"), start=1):
        scene.when(SetLabel(name=name, colour="red"), MO)
        scene.when(LabelQuestion(question=question, label=label, on=True), MO)
    scene.when(SetLabel(name="Ask the chief", colour="red", label=2), MO)
    keep(db, scene.log)
    assert lines(db, "questions") == [
        {
            "Asked at": "2026-09-21T14:13:21+00:00",
            "Slide": "",
            "Question": "Why?",
            "Original wording": "Wy?",
            "State": "Public",
            "Labels": "Gear; Ask the chief",
            "Reply": "Because of the dust.",
            "Reply for": "Everyone",
            "Merged with (ID)": "",
            "Upvotes": "1",
            "Anonymous": "No",
            "Name of the asker": "Li Na",
            "Unit": "Depot",
            "ID": question,
        }
    ]


def test_a_merged_question_says_with_what_and_the_votes_are_united(db: sqlite3.Connection) -> None:
    scene = given()
    one, other = asked(scene, "k", "Why?"), asked(scene, "l", "Why so?")
    for question in (one, other):
        scene.when(Approve(question=question), MO)
        scene.when(Upvote(question=question, on=True), BOB)
    scene.when(Upvote(question=other, on=True), CAT)
    scene.when(Merge(question=other, into=one), MO)
    keep(db, scene.log)
    told = {
        row["ID"]: [row[name] for name in ("State", "Merged with (ID)", "Upvotes")]
        for row in lines(db, "questions")
    }
    assert told == {one: ["Public", "", "2"], other: ["Merged with another", one, "2"]}


def test_an_anonymous_question_has_no_name_and_no_place_in_the_order_of_the_log(
    db: sqlite3.Connection,
) -> None:
    add_participant(db, "ann", "Li Na", "Depot")
    scene = given()
    for letter in "abcd":
        scene.now = START  # as in the log, where such times are kept to five minutes
        asked(scene, letter, letter.upper(), anonymous=True)
    keep(db, scene.log)
    told = lines(db, "questions")
    assert {(row["Name of the asker"], row["Unit"], row["Anonymous"]) for row in told} == {("", "", "Yes")}
    assert [row["ID"] for row in told] == sorted(question_id(letter * 22) for letter in "abcd")


def test_action_items_are_listed_with_what_came_of_them_the_open_ones_first(db: sqlite3.Connection) -> None:
    scene = given()
    done, due = asked(scene, "k", "Why?"), asked(scene, "l", "Why so?", anonymous=True)
    scene.when(Assign(question=done, unit="Yard"), MO)
    scene.when(Settle(question=done, done=True, outcome="The ramp is mended."), MO)
    scene.when(Assign(question=due, unit="Depot", due="2026-12-01"), MO)
    scene.when(Reply(question=due, text="We look into it.", private=True), MO)
    keep(db, scene.log)
    told = [(row["Unit"], row["Due"], row["Done"], row["What came of it"]) for row in lines(db, "actions")]
    assert told == [("Depot", "2026-12-01", "No", ""), ("Yard", "", "Yes", "The ramp is mended.")]
    assert {row["ID"]: row["Reply for"] for row in lines(db, "questions")} == {
        done: "",
        due: "The asker alone",
    }


def test_poll_results_are_listed_by_round_and_option(db: sqlite3.Connection) -> None:
    scene = given(*opened(ballot=Multiple(options=("Red", "Green", "Blue"), max=2)))
    for who, choice in ((ANN, (0, 2)), (BOB, (2,)), (CAT, (0, 2))):
        scene.when(Vote(poll=1, round=1, n=1, choice=choice), who)
    scene.when(ClosePoll(poll=1), LI)
    keep(db, scene.log)
    told = lines(db, "polls")
    assert [(row["Option no."], row["Option"], row["Votes for it"], row["Voters"]) for row in told] == [
        ("1", "Red", "2", "3"),
        ("2", "Green", "0", "3"),
        ("3", "Blue", "3", "3"),
    ]
    assert [row["Percent of voters"] for row in told] == ["66.7", "0.0", "100.0"]
    assert {(row["Kind"], row["Round"], row["Closed at"]) for row in told} == {
        ("Multiple choice", "1", "2026-09-21T14:13:27+00:00")
    }


def test_a_ranking_is_listed_with_all_its_places(db: sqlite3.Connection) -> None:
    scene = given(*opened(ballot=Ranking(options=("Red", "Green", "Blue"))))
    for who, n, choice in (
        (ANN, 1, (0, 1, 2)),
        (BOB, 1, (0, 2, 1)),
        (CAT, 1, (0, 1, 2)),
        (CAT, 2, (2, 1, 0)),
    ):
        scene.when(Vote(poll=1, round=1, n=n, choice=choice), who)
    keep(db, scene.log)
    places: dict[str, list[str]] = {}
    for row in lines(db, "rankings"):
        assert row["Rank"] == str(len(places.setdefault(row["Option"], [])) + 1)
        places[row["Option"]].append(row["Put there by"])
    assert places == {"Red": ["2", "0", "1"], "Green": ["0", "2", "1"], "Blue": ["1", "1", "1"]}


def test_a_round_without_votes_has_no_percentage(db: sqlite3.Connection) -> None:
    keep(db, given(*opened()).log)
    assert [(row["Voters"], row["Percent of voters"]) for row in lines(db, "polls")] == [("0", "")] * 3


def test_votes_are_listed_with_their_voter_and_their_options(db: sqlite3.Connection) -> None:
    add_participant(db, "ann", "Li Na", "Depot")
    scene = given(*opened(ballot=Multiple(options=("Red", "Green", "Blue"), max=2)))
    scene.when(Vote(poll=1, round=1, n=1, choice=(0,)), ANN)
    scene.when(Vote(poll=1, round=1, n=2, choice=(2, 0)), ANN)
    scene.when(Vote(poll=1, round=1, n=1, choice=(1,)), BOB)  # whom the directory has forgotten
    keep(db, scene.log)
    told = [(row["Full name"], row["Unit"], row["Option no."], row["Choice"]) for row in lines(db, "votes")]
    assert told == [("Li Na", "Depot", "1, 3", "Red; Blue"), ("", "", "2", "Green")]
    assert [row["ID"] for row in lines(db, "votes")] == ["ann", "bob"]


def test_attendance_lists_who_came_and_then_who_did_not(db: sqlite3.Connection) -> None:
    add_person(db, 1, "Zhou Min", "Office", "0001")
    add_person(db, 2, "Li Na", "Depot", "0002")
    add_participant(db, "ann", "li na", "Depot", person=2)
    add_participant(db, "bob", "A guest")
    add_participant(db, "li", "Chen Wei", role="lecturer")
    db.execute("INSERT INTO site VALUES (?, 'room', 0, 'Great hall', 'room')", (ID,))
    scene = Scene()
    scene.when(life.Start(), LI)
    for connection, who in (("a", ANN), ("b", BOB), ("l", LI), ("h", HALL)):
        scene.notice(Arrive(connection=connection), who)
    scene.now = START + 3_700 * SECOND
    scene.notice(Leave(connection="a"), ANN)
    keep(db, scene.log)
    told = lines(db, "attendance")
    assert [(row["Present"], row["On the roster"], row["Full name"], row["Role"]) for row in told] == [
        ("Yes", "Yes", "Li Na", "Attendee"),
        ("Yes", "No", "A guest", "Attendee"),
        ("Yes", "No", "Chen Wei", "Lecturer"),
        ("No", "Yes", "Zhou Min", ""),
    ]
    assert told[0] == {
        "Present": "Yes",
        "On the roster": "Yes",
        "Number": "0002",
        "Full name": "Li Na",
        "Unit": "Depot",
        "Place": "Great hall",
        "Role": "Attendee",
        "First seen": "2026-09-21T14:13:22+00:00",
        "Last seen": "2026-09-21T15:15:01+00:00",
        "Connected, seconds": "3699",
        "Connected, h:mm:ss": "1:01:39",
        "Page visible, seconds": "3699",
        "Page visible, h:mm:ss": "1:01:39",
        "Connected while live, seconds": "3699",
        "Connected while live, h:mm:ss": "1:01:39",
    }
    assert told[3]["Connected, seconds"] == "0"
    assert told[3]["First seen"] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_what_people_type_is_never_a_formula(start: str) -> None:
    assert guarded(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


def test_a_formula_in_a_name_a_number_or_a_question_is_text(db: sqlite3.Connection) -> None:
    add_person(db, 1, "@Li", "+Depot", "-17")
    add_participant(db, "ann", "=1+1")
    scene = given()
    asked(scene, "k", '=HYPERLINK("http://x")')
    keep(db, scene.log)
    [question] = lines(db, "questions")
    assert (question["Name of the asker"], question["Question"]) == ("'=1+1", '\'=HYPERLINK("http://x")')
    [person] = lines(db, "attendance")
    assert (person["Full name"], person["Unit"], person["Number"]) == ("'@Li", "'+Depot", "'-17")


def test_what_is_counted_stays_a_number() -> None:
    assert [guarded(cell) for cell in (-5, -0.5, None, "5", "a=b", "")] == [-5, -0.5, None, "5", "a=b", ""]


def test_words_with_commas_quotes_and_paragraphs_come_back_as_they_were(db: sqlite3.Connection) -> None:
    words = 'One, "two";\n\nthree\t四'
    scene = given()
    asked(scene, "k", words)
    keep(db, scene.log)
    assert [row["Question"] for row in lines(db, "questions")] == [words]


def test_headings_are_in_the_readers_language(db: sqlite3.Connection) -> None:
    for lang, title, unit in (("en", "Title", "Unit"), ("zh", "标题", "部门")):
        header = text(db, "votes", lang).strip().split(",")
        assert (header[1], header[5]) == (title, unit)


def test_times_have_the_offset_of_their_zone(db: sqlite3.Connection) -> None:
    scene = given()
    asked(scene, "k", "Why?")
    keep(db, scene.log)
    out = io.StringIO(newline="")
    write(db, ID, "questions", "en", out, CHINA)
    assert "2026-09-21T22:13:21+08:00" in out.getvalue()


def test_lengths_are_written_as_a_clock_shows_them() -> None:
    assert [clock(seconds) for seconds in (0, 59, 3_600, 90_061)] == [
        "0:00:00",
        "0:00:59",
        "1:00:00",
        "25:01:01",
    ]


def test_a_plain_connection_will_do(db: sqlite3.Connection) -> None:
    scene = given()
    asked(scene, "k", "Why?")
    keep(db, scene.log)
    db.row_factory = None
    assert len(lines(db, "questions")) == 1
