"""The tables of the quiz: what everybody has earned, and what has changed between two askings of a question.

The points are those of the scoreboard (`live.domain.scores`), reckoned anew in SQL. A secret poll is in
neither. Part of `tables`.
"""

from __future__ import annotations

import sqlite3

from live.exports.reading import N_, Reader, Rows, Table, select

ANSWERS = "SELECT * FROM quiz_answer WHERE broadcast = :broadcast ORDER BY poll"
ASKED = """
SELECT rule.poll, rule.points FROM poll_rule AS rule
JOIN poll ON poll.broadcast = rule.broadcast AND poll.poll = rule.poll
WHERE rule.broadcast = :broadcast AND rule.points IS NOT NULL AND NOT rule.secret AND poll.state = 'closed'
"""
GAIN = """
SELECT gain.*, poll.title FROM poll_gain AS gain
JOIN poll ON poll.broadcast = gain.broadcast AND poll.poll = gain.poll
WHERE gain.broadcast = :broadcast ORDER BY gain.poll
"""


def _scores(db: sqlite3.Connection, broadcast_id: int, reader: Reader) -> Rows:
    """The best first, as on the scoreboard; here everybody is named."""
    asked = {row["poll"]: row["points"] for row in select(db, ASKED, broadcast_id)}
    answers: dict[str, list[sqlite3.Row]] = {}
    for row in select(db, ANSWERS, broadcast_id):
        answers.setdefault(row["participant"], []).append(row)
    possible = sum(asked.values())
    totals = [(sum(row["points"] for row in rows), rows) for rows in answers.values()]
    for total, rows in sorted(totals, key=lambda each: (-each[0], each[1][0]["name"] or "")):
        yield [
            rows[0]["name"],
            rows[0]["unit"],
            total,
            possible,
            round(100 * total / possible, 1),
            sum(row["score"] == 1 for row in rows),
            sum(0 < row["score"] < 1 for row in rows),
            sum(row["score"] == 0 for row in rows),
            len(asked) - len(rows),
            "; ".join(f"{row['poll']}: {row['points']}/{row['possible']}" for row in rows),
            rows[0]["participant"],
        ]


def _gain(db: sqlite3.Connection, broadcast_id: int, reader: Reader) -> Rows:
    for row in select(db, GAIN, broadcast_id):
        before, after, both = row["right_before"], row["right_after"], row["both"]
        gained = None if before is None or after is None else round(100 * (after - before) / both, 1)
        yield [row["earlier"], row["poll"], row["title"], both, row["changed"], before, after, gained]


SCORES = Table(
    N_("Quiz points"),
    (
        N_("Full name"),
        N_("Unit"),
        N_("Points"),
        N_("Points to be had"),
        N_("Percent of the points"),
        N_("Questions right"),
        N_("Questions partly right"),
        N_("Questions wrong"),
        N_("Questions not answered"),
        N_("Points by poll no."),
        N_("ID"),
    ),
    _scores,
)
GAINS = Table(
    N_("Before and after"),
    (
        N_("Poll no. before"),
        N_("Poll no. after"),
        N_("Title"),
        N_("Answered both"),
        N_("Changed their answer"),
        N_("Right before"),
        N_("Right after"),
        N_("Gain, percentage points"),
    ),
    _gain,
)
