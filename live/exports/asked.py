"""The tables of what was asked: the questions as they stand now, and what units have to see to.

Anonymous ones are sorted and dated so that a table tells no more than the file does. Replies to the asker
alone are in it: it is the organiser's record. Part of `tables`.
"""

from __future__ import annotations

import sqlite3

from live.exports.reading import N_, Reader, Rows, Table, select

QUESTION_STATES = {
    "pending": N_("Waiting for the moderator"),
    "live": N_("Public"),
    "on_screen": N_("On screen now"),
    "answered": N_("Answered"),
    "dismissed": N_("Dismissed"),
    "archived": N_("Archived"),
    "merged": N_("Merged with another"),
    "withdrawn": N_("Withdrawn"),
}
# By time and id, never by place in the log: that would tell when an anonymous one came.
ASKED = "SELECT * FROM question WHERE broadcast = :broadcast ORDER BY asked_at, id"
LABELS = "SELECT question, name FROM question_label WHERE broadcast = :broadcast ORDER BY label"
UPVOTES = "SELECT question, participant FROM upvote WHERE broadcast = :broadcast"


def _united(db: sqlite3.Connection, broadcast_id: int, merged: dict[str, str]) -> dict[str, int]:
    """Of those that stand for merged ones: how many want any of them, each person once."""
    voters: dict[str, set[str]] = {}
    for row in select(db, UPVOTES, broadcast_id):
        question: str | None = row["question"]
        while question is not None:
            voters.setdefault(question, set()).add(row["participant"])
            question = merged.get(question)
    return {question: len(voters.get(question, ())) for question in merged.values()}


def _labels(db: sqlite3.Connection, broadcast_id: int) -> dict[str, str]:
    """Question → its labels."""
    names: dict[str, list[str]] = {}
    for row in select(db, LABELS, broadcast_id):
        names.setdefault(row["question"], []).append(row["name"])
    return {question: "; ".join(each) for question, each in names.items()}


def _addressed(row: sqlite3.Row) -> str | None:
    """For whom a reply is."""
    if not row["reply"]:
        return None
    return N_("The asker alone") if row["reply_private"] else N_("Everyone")


def _questions(db: sqlite3.Connection, broadcast_id: int, reader: Reader) -> Rows:
    rows, labels = list(select(db, ASKED, broadcast_id)), _labels(db, broadcast_id)
    merged = {row["id"]: row["into_question"] for row in rows if row["into_question"]}
    united = _united(db, broadcast_id, merged) if merged else {}
    for row in rows:
        yield [
            reader.at(row["asked_at"]),
            row["slide"],
            row["text"],
            row["original"] if row["edited"] else "",
            reader.say(QUESTION_STATES[row["state"]]),
            labels.get(row["id"], ""),
            row["reply"],
            reader.say(_addressed(row)),
            row["into_question"],
            united.get(row["id"], row["votes"]),
            reader.yes(row["anonymous"]),
            row["name"],
            row["unit"],
            row["id"],
        ]


# Action items ----------------------------------------------------------------------------------

GIVEN = "SELECT * FROM action_item WHERE broadcast = :broadcast ORDER BY done, due IS NULL, due, question"


def _actions(db: sqlite3.Connection, broadcast_id: int, reader: Reader) -> Rows:
    texts = {row["id"]: row["text"] for row in select(db, ASKED, broadcast_id)}
    for row in select(db, GIVEN, broadcast_id):
        yield [
            row["unit"],
            row["due"],
            reader.yes(row["done"]),
            texts.get(row["question"]),
            row["outcome"],
            reader.at(row["assigned_at"]),
            row["question"],
        ]


QUESTIONS = Table(
    N_("Questions"),
    (
        N_("Asked at"),
        N_("Slide"),
        N_("Question"),
        N_("Original wording"),
        N_("State"),
        N_("Labels"),
        N_("Reply"),
        N_("Reply for"),
        N_("Merged with (ID)"),
        N_("Upvotes"),
        N_("Anonymous"),
        N_("Name of the asker"),
        N_("Unit"),
        N_("ID"),
    ),
    _questions,
)

ACTIONS = Table(
    N_("Action items"),
    (
        N_("Unit"),
        N_("Due"),
        N_("Done"),
        N_("Question"),
        N_("What came of it"),
        N_("Assigned at"),
        N_("ID"),
    ),
    _actions,
)
