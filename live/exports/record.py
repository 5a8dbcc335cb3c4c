"""The record of a broadcast as one document: time, content, participants, results, questions.

Read for the organiser's page that is printed and signed. It draws on the views that the tables are made of;
what it says of a person is in `attended`. Whether a law is met it never says.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from itertools import groupby

import msgspec

from live.directory import recordings
from live.directory.makeup import within
from live.directory.recordings import Span
from live.domain.ballots import Ballot
from live.exports.asked import ASKED, GIVEN
from live.exports.attended import HOUR, Answerable, Attended, answerable, everybody, known_until, live_ms
from live.exports.corrected import Corrected, corrected
from live.exports.reading import select
from live.exports.tables import POLLS, right_answer

LINES_LIMIT = 12  # of what people wrote or typed; all of it is in the table of polls

CUES = """
SELECT body ->> 'slide' AS slide, at, lead(at) OVER (ORDER BY seq) AS until FROM event
WHERE broadcast = :broadcast AND body GLOB '{"type":"cued"*' ORDER BY seq
"""
SLIDES = """
SELECT slide.id, slide.number, slide.text FROM slide JOIN deck ON deck.id = slide.deck
WHERE deck.broadcast = :broadcast ORDER BY deck.id, slide.number
"""
DECK = """
SELECT name, pages, sha256 FROM deck WHERE broadcast = :broadcast AND state = 'ready' ORDER BY id DESC LIMIT 1
"""
STAFF = """
SELECT DISTINCT role, name FROM attendance
WHERE broadcast = :broadcast AND role IN ('lecturer', 'moderator', 'organiser') AND seconds_live > 0
ORDER BY role, name
"""


@dataclass(frozen=True)
class Shown:
    """A slide that was on stage while live, and for how long (ms)."""

    slide: str
    number: int
    text: str
    ms: int


@dataclass(frozen=True)
class Line:
    text: str
    votes: int


@dataclass(frozen=True)
class Asked:
    """A round of a poll. `more`: so many lines are left out."""

    title: str
    kind: str
    round: int
    opened_at: int
    voters: int
    secret: bool
    ordered: bool  # votes are orders: what is counted is who stands first
    right: str
    lines: list[Line]
    more: int


@dataclass
class Record:
    spans: list[Span]
    whole: int  # ms live
    until: int | None  # the last that is known
    people: list[Attended]
    deck: sqlite3.Row | None
    shown: list[Shown]
    polls: list[Asked]
    answerable: Answerable
    staff: list[sqlite3.Row] = field(default_factory=list)
    questions: list[sqlite3.Row] = field(default_factory=list)
    actions: list[sqlite3.Row] = field(default_factory=list)
    corrections: list[Corrected] = field(default_factory=list)
    hour: int | None = None  # minutes of an hour of training


def read(db: sqlite3.Connection, broadcast_id: int) -> Record:
    """All of it as it was at one moment: of the transaction that is open, or of its own."""
    if db.in_transaction:
        return _read(db, broadcast_id)
    with db:
        db.execute("BEGIN")
        return _read(db, broadcast_id)


def _read(db: sqlite3.Connection, broadcast_id: int) -> Record:
    until, spans = known_until(db, broadcast_id), list(recordings.spans(db, broadcast_id))
    rows = [list(group) for _, group in groupby(select(db, POLLS, broadcast_id), _round)]
    return Record(
        spans=spans,
        whole=live_ms(db, broadcast_id),
        until=until,
        people=everybody(db, broadcast_id),
        deck=next(select(db, DECK, broadcast_id), None),
        shown=_shown(db, broadcast_id, spans, until or 0),
        polls=[_asked(each) for each in rows],
        answerable=answerable(db, broadcast_id),
        staff=list(select(db, STAFF, broadcast_id)),
        questions=[
            row
            for row in select(db, ASKED, broadcast_id)
            if row["state"] in ("answered", "live", "on_screen")
        ],
        actions=list(select(db, GIVEN, broadcast_id)),
        corrections=corrected(db, broadcast_id),
        hour=next(select(db, HOUR, broadcast_id))["hour"],
    )


def _round(row: sqlite3.Row) -> tuple[int, int]:
    return row["poll"], row["round"]


def _shown(db: sqlite3.Connection, broadcast_id: int, spans: list[Span], now: int) -> list[Shown]:
    times: dict[str, int] = {}
    for row in select(db, CUES, broadcast_id):
        stretch = (row["at"], now if row["until"] is None else row["until"])
        live = sum(until - since for since, until in within([stretch], spans, now))
        if row["slide"] is not None:
            times[row["slide"]] = times.get(row["slide"], 0) + live
    slides = select(db, SLIDES, broadcast_id)
    return [
        Shown(row["id"], row["number"], row["text"], times[row["id"]])
        for row in slides
        if times.get(row["id"])
    ]


def _asked(rows: list[sqlite3.Row]) -> Asked:
    first = rows[0]
    ballot: Ballot = msgspec.json.decode(first["ballot"], type=Ballot)
    lines = [Line(row["text"], row["votes"]) for row in rows]
    if not ballot.labels():  # what people wrote: the most common first
        lines.sort(key=lambda line: -line.votes)
    return Asked(
        title=first["title"],
        kind=ballot.name,
        round=first["round"],
        opened_at=first["opened_at"],
        voters=first["voters"],
        secret=bool(first["secret"]),
        ordered=ballot.ordered,
        right=right_answer(first),
        lines=lines[:LINES_LIMIT],
        more=max(0, len(lines) - LINES_LIMIT),
    )
