"""The record in SQL says what the reducer knows: for any log that random people and the server make."""

from __future__ import annotations

import json
import sqlite3

from hypothesis import given, settings
from hypothesis import strategies as st

from live.domain import attendance, broadcast, life, pairs, questions, scores
from live.domain.ballots import Counts
from live.domain.base import Actor
from live.domain.cues import BlankOverlay
from live.domain.rounds import Poll
from tests.domain.scenes import ANN, BOB, EVERYONE, HALL, LI, Scene
from tests.domain.scenes import given as given_events
from tests.exports.records import OTHER, Recount, add_participant, add_person, in_memory, keep, rows
from tests.properties import commands as some
from tests.properties.test_broadcast import Broadcast

# Ann and Bob are one person with two phones, Cat another; nobody has seen the third.
PERSONS = {"ann": 1, "bob": 1, "cat": 2}


def recorded(scene: Scene) -> sqlite3.Connection:
    db = in_memory()
    for person in (1, 2, 3):
        add_person(db, person, f"Person {person}", "Depot")
    for each in EVERYONE:
        name = each.participant
        add_participant(db, name, name.title(), "Depot", role=each.role, person=PERSONS.get(name))
    keep(db, scene.log)
    keep(db, scene.log, OTHER)
    return db


def check_questions(db: sqlite3.Connection, scene: Scene) -> None:
    told = {row["id"]: row for row in rows(db, "question")}
    state = scene.state.questions
    assert told.keys() == state.questions.keys()
    upvotes = {(row["question"], row["participant"]) for row in rows(db, "upvote")}
    assert upvotes == {(name, who) for name, each in state.questions.items() for who in each.votes}
    for name, question in state.questions.items():
        row = told[name]
        assert (row["state"], row["votes"]) == (question.state, len(question.votes))
        assert (row["into_question"], row["reply"]) == (question.into, question.reply)
        assert (row["reply_private"], row["listed"]) == (question.private, question.listed)
        assert row["asked_at"] == question.at
        assert (row["text"], row["original"]) == (question.text, question.original)
        assert (row["edited"], row["anonymous"]) == (question.text != question.original, question.anonymous)
        assert row["author"] == question.author
        assert row["name"] == (question.author.title() if question.author else None)
        slide = scene.state.rundown.slides.get(question.slide or "")
        assert row["slide"] == (slide.number if slide else None)


def check_labels(db: sqlite3.Connection, scene: Scene) -> None:
    state = scene.state.questions
    told = {(row["question"], row["label"], row["name"], row["public"]) for row in rows(db, "question_label")}
    assert told == {
        (name, label, state.labels[label].name, state.labels[label].public)
        for name, question in state.questions.items()
        for label in question.labels
    }


def check_actions(db: sqlite3.Connection, scene: Scene) -> None:
    told = {
        row["question"]: (row["unit"], row["due"], row["outcome"], row["done"])
        for row in rows(db, "action_item")
    }
    assert told == {
        name: (each.action.unit, each.action.due, each.action.outcome, each.action.done)
        for name, each in scene.state.questions.questions.items()
        if each.action is not None
    }


def check_polls(db: sqlite3.Connection, scene: Scene) -> None:
    told = {row["poll"]: row for row in rows(db, "poll")}
    results: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for row in sorted(rows(db, "poll_result"), key=lambda row: row["option"]):
        results.setdefault((row["poll"], row["round"]), []).append((row["votes"], row["voters"]))
    expected: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for number, poll in scene.state.polls.polls.items():
        row = told.pop(number)
        assert (row["title"], row["state"], row["rounds"]) == (poll.title, poll.state, poll.round)
        assert bool(row["removed"]) == poll.removed
        expected |= {(number, each): counts for each, counts in tallies(poll).items()}
    assert results == expected
    assert not told


def tallies(poll: Poll) -> dict[int, list[tuple[int, int]]]:
    """Round → for each option its votes, and the voters of the round."""
    rounds = {each.round: (each.turnout, each.counts) for each in poll.former}
    if poll.round:
        rounds[poll.round] = (poll.turnout, poll.counts)
    options = range(len(poll.ballot.labels()))
    return {
        number: [(counts.get(option, 0), votes) for option in options or said(counts)]
        for number, (votes, counts) in rounds.items()
        if options or said(counts)
    }


def said(counts: Counts) -> list[str]:
    return sorted(mark for mark in counts if isinstance(mark, str))


def check_rounds_and_votes(db: sqlite3.Connection, scene: Scene) -> None:
    for row in rows(db, "poll_round"):
        poll = scene.state.polls.polls[row["poll"]]
        if row["round"] == poll.round:
            assert (row["opened_at"], row["closed_at"]) == (poll.opened_at, poll.closed_at)
        else:
            assert row["closed_at"] is not None
    counted = [row for row in rows(db, "vote") if is_last(scene, row)]
    assert {(row["poll"], row["participant"]): json.loads(row["choice"]) for row in counted} == {
        (number, who): list(vote.choice)
        for number, poll in scene.state.polls.polls.items()
        for who, vote in poll.votes.items()
    }


def check_quiz(db: sqlite3.Connection, scene: Scene) -> None:
    state = scene.state.polls
    told: dict[str, int] = {}
    for row in rows(db, "quiz_answer"):
        told[row["participant"]] = told.get(row["participant"], 0) + row["points"]
    assert told == scores.earned([each for each in state.polls.values() if scores.counts(each)])
    gains = {number: pairs.gain(state, each) for number, each in state.polls.items()}
    assert {
        row["poll"]: (row["both"], row["changed"], row["right_before"], row["right_after"])
        for row in rows(db, "poll_gain")
    } == {
        number: (each.both, each.changed, each.right_before, each.right_after)
        for number, each in gains.items()
        if each is not None and each.both
    }


def is_last(scene: Scene, vote: dict[str, int]) -> bool:
    return vote["round"] == scene.state.polls.polls[vote["poll"]].round


def check_cues(db: sqlite3.Connection, scene: Scene) -> None:
    told, cues = rows(db, "cue"), scene.state.cues.cues
    assert [row["at"] for row in told] == [cue.at for cue in cues]
    assert [row["until"] for row in told] == [*(cue.at for cue in cues[1:]), None][: len(cues)]
    for row, cue in zip(told, cues, strict=True):
        assert row["slide"] == (scene.state.rundown.slides[cue.slide].number if cue.slide else None)
        assert (row["overlay"] == "blank") == isinstance(cue.overlay, BlankOverlay)
        assert (row["overlay"] is None) == (cue.overlay is None)


def check_attendance(db: sqlite3.Connection, scene: Scene) -> None:
    recount, state = Recount(scene.log), scene.state.attendance
    told = {row["participant"]: row for row in rows(db, "attendance")}
    assert told.keys() == recount.stays.keys() == state.since.keys()
    for who, row in told.items():
        assert {key: row[key] for key in recount.seconds(who)} == recount.seconds(who)
        assert bool(row["here"]) == (who in state.here)
    check_roster(db, recount)


def check_roster(db: sqlite3.Connection, recount: Recount) -> None:
    roster = {row["person"]: row for row in rows(db, "roster_attendance")}
    assert roster.keys() == {1, 2, 3}
    for person, row in roster.items():
        phones = [who for who, owner in PERSONS.items() if owner == person]
        assert {key: row[key] for key in recount.seconds(*phones)} == recount.seconds(*phones)
        assert bool(row["present"]) == any(who in recount.stays for who in phones)
        assert bool(row["here"]) == any(who in recount.here for who in phones)


def test_an_act_without_a_name_says_nothing_of_until_when_anybody_was_there() -> None:
    scene = given_events(life.Started())
    scene.notice(attendance.Arrive(connection="c1"), ANN)
    scene.when(questions.Ask(key=some.KEYS[0], text="Why?", anonymous=True), BOB)
    db = recorded(scene)
    check_attendance(db, scene)
    assert [row["seconds_connected"] for row in rows(db, "attendance")] == [0]
    db.close()


class Record(Broadcast):
    """The same random broadcasts; at their end SQL and reducer are compared."""

    def teardown(self) -> None:
        db = recorded(self.scene)
        try:
            for check in (check_questions, check_labels, check_actions, check_polls):
                check(db, self.scene)
            for check in (check_rounds_and_votes, check_quiz, check_cues, check_attendance):
                check(db, self.scene)
        finally:
            db.close()


TestRecord = Record.TestCase
TestRecord.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)

Step = attendance.Signal | life.Command
arrivals = st.builds(attendance.Arrive, connection=some.connections)
departures = st.builds(attendance.Leave, connection=some.connections)
turns = st.sampled_from((life.Start(), life.End()))
steps: st.SearchStrategy[Step] = st.one_of(arrivals, arrivals, departures, some.comings, turns)
passing = st.sampled_from((0, 1_000, 61_500, 3_600_000, -30_000))
few = st.sampled_from((ANN, ANN, ANN, BOB, HALL, LI))  # so that their connections overlap


@settings(max_examples=200)
@given(st.lists(st.tuples(steps, few, passing), min_size=10, max_size=60))
def test_time_is_the_union_of_what_there_is_evidence_for(done: list[tuple[Step, Actor, int]]) -> None:
    scene = given_events()
    for step, by, later in done:
        scene.now += later
        for event in _given(scene, step, by):
            scene.happen(event, by.participant)
    db = recorded(scene)
    check_attendance(db, scene)
    db.close()


def _given(scene: Scene, step: Step, by: Actor) -> tuple[broadcast.Event, ...]:
    if isinstance(step, life.Command):
        running = scene.state.life.phase == "live"
        return life.decide(scene.state.life, step) if isinstance(step, life.Start) or running else ()
    return attendance.decide(scene.state.attendance, step, by)
