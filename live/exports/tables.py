"""The tables of the record: which columns, from which view, in which order.

`write` streams one of them, row by row, in the reader's language. A table is read in one statement as far
as it changes, so it shows one moment. It never asks what time it is: what still goes on is counted as far
as the log has evidence.
"""

from __future__ import annotations

import sqlite3
from datetime import tzinfo
from itertools import chain
from typing import TextIO

import msgspec

from live.domain.ballots import Ballot, Choice
from live.exports import asked, corrected, quizzes, splits
from live.exports.attended import PEOPLE
from live.exports.cells import clock, write_rows
from live.exports.reading import N_, Reader, Rows, Table, select


def write(
    db: sqlite3.Connection,
    broadcast_id: int,
    name: str,
    lang: str,
    out: TextIO,
    zone: tzinfo | None = None,
) -> None:
    """Write a table (one of NAMES) as CSV, with a byte order mark. `zone`: None for the server's."""
    table, reader = TABLES[name], Reader(lang, zone)
    header = [reader.say(column) for column in table.columns]
    write_rows(out, chain([header], table.rows(db, broadcast_id, reader)))


# Polls -----------------------------------------------------------------------------------------

POLLS = """
SELECT result.*, poll.title, poll.ballot, run.opened_at, run.closed_at, rule.right_choice, rule.explanation,
  rule.secret
FROM poll_result AS result
JOIN poll_rule AS rule ON rule.broadcast = result.broadcast AND rule.poll = result.poll
JOIN poll ON poll.broadcast = result.broadcast AND poll.poll = result.poll
JOIN poll_round AS run
  ON run.broadcast = result.broadcast AND run.poll = result.poll AND run.round = result.round
WHERE result.broadcast = :broadcast
ORDER BY result.poll, result.round, result.option
"""


def _ballot(text: str) -> Ballot:
    ballot: Ballot = msgspec.json.decode(text, type=Ballot)
    return ballot


def _polls(db: sqlite3.Connection, broadcast_id: int, reader: Reader) -> Rows:
    for row in select(db, POLLS, broadcast_id):
        yield [
            row["poll"],
            row["title"],
            reader.say(_ballot(row["ballot"]).name),
            row["round"],
            reader.at(row["opened_at"]),
            reader.at(row["closed_at"]),
            row["option"] + 1 if isinstance(row["option"], int) else None,
            row["text"],
            row["votes"],
            row["voters"],
            round(100 * row["votes"] / row["voters"], 1) if row["voters"] else None,
            right_answer(row),
            row["explanation"],
            reader.yes(row["secret"]),
        ]


def right_answer(row: sqlite3.Row) -> str:
    """The right answer in words, where there is one."""
    if row["right_choice"] is None:
        return ""
    return "; ".join(_ballot(row["ballot"]).solved(msgspec.json.decode(row["right_choice"], type=Choice)))


ORDERS = """
SELECT vote.poll, vote.round, vote.choice, count(*) AS votes
FROM vote WHERE vote.broadcast = :broadcast
GROUP BY vote.poll, vote.round, vote.choice
"""
ROUNDS = """
SELECT poll.poll, poll.title, poll.ballot, run.round
FROM poll_round AS run
JOIN poll ON poll.broadcast = run.broadcast AND poll.poll = run.poll
WHERE run.broadcast = :broadcast
ORDER BY run.poll, run.round
"""


def _rankings(db: sqlite3.Connection, broadcast_id: int, _reader: Reader) -> Rows:
    """How often each option was put in each place, for kinds whose votes are an order."""
    orders: dict[tuple[int, int], list[tuple[Choice, int]]] = {}
    for row in select(db, ORDERS, broadcast_id):
        order = msgspec.json.decode(row["choice"], type=Choice)
        orders.setdefault((row["poll"], row["round"]), []).append((order, row["votes"]))
    for row in select(db, ROUNDS, broadcast_id):
        ballot = _ballot(row["ballot"])
        if not ballot.ordered:
            continue
        given, labels = orders.get((row["poll"], row["round"]), []), ballot.labels()
        for option, text in enumerate(labels):
            for place in range(len(labels)):
                put = sum(votes for order, votes in given if order[place] == option)
                yield [row["poll"], row["title"], row["round"], option + 1, text, place + 1, put]


# Votes -----------------------------------------------------------------------------------------

DRAFTED = "SELECT poll, title, ballot FROM poll WHERE broadcast = :broadcast"
VOTES = "SELECT * FROM vote WHERE broadcast = :broadcast ORDER BY poll, round, at, participant"


def _votes(db: sqlite3.Connection, broadcast_id: int, reader: Reader) -> Rows:
    # Looked up here, not joined: in SQL each vote would read the ballot anew. Once a poll has
    # votes, neither its title nor its ballot can change.
    drafted = {
        row["poll"]: (row["title"], _ballot(row["ballot"])) for row in select(db, DRAFTED, broadcast_id)
    }
    for row in select(db, VOTES, broadcast_id):
        title, ballot = drafted[row["poll"]]
        choice = msgspec.json.decode(row["choice"], type=Choice)
        yield [
            row["poll"],
            title,
            row["round"],
            reader.at(row["at"]),
            row["name"],
            row["unit"],
            ", ".join(str(int(option) + 1) for option in choice) if ballot.numbered else "",
            "; ".join(ballot.spelled(choice)),
            row["participant"],
        ]


# Attendance ------------------------------------------------------------------------------------

ROLES = {
    "attendee": N_("Attendee"),
    "moderator": N_("Moderator"),
    "lecturer": N_("Lecturer"),
    "organiser": N_("Organiser"),
}
# Whoever came: first those who were expected, then guests and staff. Then who was expected in vain.
ATTENDANCE = """
SELECT
  present, expected, number, seen.name, unit, coalesce(place.name, seen.site) AS place, role,
  first_seen, last_seen, seconds_connected, seconds_visible, seconds_live
FROM (
  SELECT
    broadcast, present, 1 AS expected, position, number, name, unit, site, role,
    first_seen, last_seen, seconds_connected, seconds_visible, seconds_live
  FROM roster_attendance WHERE broadcast = :broadcast
  UNION ALL
  SELECT
    broadcast, 1, 0, NULL, '', name, unit, site, role,
    first_seen, last_seen, seconds_connected, seconds_visible, seconds_live
  FROM attendance WHERE broadcast = :broadcast AND person IS NULL
) AS seen
LEFT JOIN site AS place ON place.broadcast = seen.broadcast AND place.id = seen.site
ORDER BY present DESC, expected DESC, seen.position, first_seen, seen.name
"""


def _attendance(db: sqlite3.Connection, broadcast_id: int, reader: Reader) -> Rows:
    for row in select(db, ATTENDANCE, broadcast_id):
        lengths = (row["seconds_connected"], row["seconds_visible"], row["seconds_live"])
        yield [
            reader.yes(row["present"]),
            reader.yes(row["expected"]),
            row["number"],
            row["name"],
            row["unit"],
            row["place"],
            reader.say(ROLES.get(row["role"])),
            reader.at(row["first_seen"]),
            reader.at(row["last_seen"]),
            *(cell for seconds in lengths for cell in (seconds, clock(seconds))),
        ]


# Make-up ----------------------------------------------------------------------------------------


def _makeup(db: sqlite3.Connection, broadcast_id: int, reader: Reader) -> Rows:
    live = "SELECT sum(until - since) / 1000 AS seconds FROM live_period WHERE broadcast = :broadcast"
    whole = next(select(db, live, broadcast_id))["seconds"]
    sql = "SELECT * FROM makeup_attendance WHERE broadcast = :broadcast ORDER BY unit, name, participant"
    for row in select(db, sql, broadcast_id):
        played = row["seconds_played"]
        yield [
            reader.yes(row["person"]),
            row["number"],
            row["name"],
            row["unit"],
            reader.at(row["first_seen"]),
            reader.at(row["last_seen"]),
            played,
            clock(played),
            min(100, 100 * played // whole) if whole else 0,  # cut off, not rounded
            row["polls_tried"],
        ]


TABLES = {
    "people": PEOPLE,
    "questions": asked.QUESTIONS,
    "actions": asked.ACTIONS,
    "polls": Table(
        N_("Poll results"),
        (
            N_("Poll no."),
            N_("Title"),
            N_("Kind"),
            N_("Round"),
            N_("Opened at"),
            N_("Closed at"),
            N_("Option no."),
            N_("Option"),
            N_("Votes for it"),
            N_("Voters"),
            N_("Percent of voters"),
            N_("Right answer"),
            N_("Why it is right"),
            N_("Secret"),
        ),
        _polls,
    ),
    "splits": splits.SPLITS,
    "rankings": Table(
        N_("Rankings"),
        (
            N_("Poll no."),
            N_("Title"),
            N_("Round"),
            N_("Option no."),
            N_("Option"),
            N_("Rank"),
            N_("Put there by"),
        ),
        _rankings,
    ),
    "votes": Table(
        N_("Votes"),
        (
            N_("Poll no."),
            N_("Title"),
            N_("Round"),
            N_("Voted at"),
            N_("Full name"),
            N_("Unit"),
            N_("Option no."),
            N_("Choice"),
            N_("ID"),
        ),
        _votes,
    ),
    "attendance": Table(
        N_("Attendance"),
        (
            N_("Present"),
            N_("On the roster"),
            N_("Number"),
            N_("Full name"),
            N_("Unit"),
            N_("Place"),
            N_("Role"),
            N_("First seen"),
            N_("Last seen"),
            N_("Connected, seconds"),
            N_("Connected, h:mm:ss"),
            N_("Page visible, seconds"),
            N_("Page visible, h:mm:ss"),
            N_("Connected while live, seconds"),
            N_("Connected while live, h:mm:ss"),
        ),
        _attendance,
    ),
    "makeup": Table(
        N_("Make-up"),
        (
            N_("On the roster"),
            N_("Number"),
            N_("Full name"),
            N_("Unit"),
            N_("First watched"),
            N_("Last watched"),
            N_("Played, seconds"),
            N_("Played, h:mm:ss"),
            N_("Percent of the live time"),
            N_("Polls tried"),
        ),
        _makeup,
    ),
    "scores": quizzes.SCORES,
    "gain": quizzes.GAINS,
    "corrections": corrected.CORRECTIONS,
}
NAMES = tuple(TABLES)
