"""Growth: what a cue, a vote, a join and a restart cost after a long broadcast, and with many questions.

Logs of 10 to 1,000,000 events, most of them votes, are written and served. What should be flat is shown to
be flat; only a restart may grow, and beside it stands what reading and decoding the same rows takes alone.
"""

from __future__ import annotations

import secrets
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count, cycle, islice
from pathlib import Path

import msgspec

from bench.fanout import agree
from bench.load import Load
from bench.measuring import Figures, table
from bench.venue import Past, Served, Venue, prepare
from live.database import connect
from live.domain import broadcast as domain
from live.domain.ballots import Single
from live.domain.life import Started
from live.domain.polls import PollAdded
from live.domain.questions import QuestionAsked
from live.domain.turns import PollOpened
from live.domain.votes import Voted
from live.log.eventlog import ALL, INSERT, SELECT, Kept, Receipt, entries

Say = Callable[[str], None]
FEW_QUESTIONS = 5
SOME_EVENTS = 10_000  # in the log while the number of questions grows
BEGAN = 1_790_000_000_000  # ms
VOTE_SECONDS = 2.0
OPTIONS = ("One", "Two", "Three", "Four")
COLUMNS = ("restart_s", "decode_s", "restart_mib", "us_per_join", "us_per_cue", "us_per_vote")


@dataclass(frozen=True)
class Scale:
    events: tuple[int, ...] = (10, 1_000, 100_000, 1_000_000)
    questions: tuple[int, ...] = (10, 100, 1_000)
    attendees: int = 500
    cues: int = 50


QUICK = Scale(events=(10, 1_000), questions=(10,), attendees=20, cues=5)


def run(scale: Scale, say: Say) -> Figures:
    by_events: dict[int, Figures] = {}
    rows: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory(prefix="live-bench-") as folder:
        for events in scale.events:
            rows[f"{events:,} events"] = by_events[events] = _measure(
                Path(folder), events, FEW_QUESTIONS, scale
            )
            say(f"  {events:,} events measured")
        for questions in scale.questions:
            rows[f"{questions:,} questions"] = _measure(Path(folder), SOME_EVENTS, questions, scale)
            say(f"  {questions:,} questions measured")
    say("")
    say(table(rows, COLUMNS))
    least, most = by_events[scale.events[0]], by_events[scale.events[-1]]
    return {
        "refold_s_1m": most["restart_s"] - least["restart_s"],
        "decode_s_1m": most["decode_s"],
        "refold_mib_1m": most["restart_mib"],
        "join_ratio_1m_to_10": most["us_per_join"] / least["us_per_join"],
    }


def past(questions: int, votes: int = 0) -> Past:
    """A poll that is open, questions that everyone sees, and votes."""

    def happened(seq: int, attendees: list[str]) -> list[Kept]:
        told: list[Kept] = []
        voters = cycle(attendees)
        for event in (*_begun(questions), *islice(_votes(), votes)):
            actor = next(voters) if isinstance(event, Voted | QuestionAsked) else None
            receipt = Receipt(secrets.token_urlsafe(16), secrets.randbits(62)) if actor else None
            told += entries(seq + len(told), BEGAN + len(told), actor, (event,), receipt)
        return told

    return happened


def _begun(questions: int) -> Iterator[domain.Event]:
    yield Started()
    yield PollAdded(poll=1, title="How many?", ballot=Single(options=OPTIONS))
    yield PollOpened(poll=1, round=1)
    for _ in range(questions):
        text = "Who checks the rope before somebody goes up, and who signs for it?"
        yield QuestionAsked(question=secrets.token_urlsafe(16), text=text, anonymous=False, pending=False)


def _votes() -> Iterator[Voted]:
    """Without end, each with another choice and a higher number."""
    for n in count():
        yield Voted(poll=1, round=1, n=n, choice=(n % len(OPTIONS),))


def _long(folder: Path, events: int, questions: int, attendees: int) -> Venue:
    """A venue with so many events, most of them votes.

    A million through the stage take minutes. So these are rows at once, in one transaction, made by
    the log's codec; and right, since in the end all clients must hold what a fold of them gives.
    """
    venue = prepare(folder, attendees, past(questions))
    db = connect(venue.database, writable=True)
    try:
        last = db.execute("SELECT max(seq) FROM event").fetchone()[0]
        with db:
            db.execute("BEGIN")
            db.executemany(INSERT, islice(_rows(venue, last), max(0, events - last)))
    finally:
        db.close()
    return venue


def _rows(venue: Venue, last: int) -> Iterator[tuple[object, ...]]:
    """Rows of votes that come after the number `last`."""
    encode, where = msgspec.json.Encoder().encode, venue.where.id
    for seq, voter, vote in zip(count(last + 1), cycle(venue.attendees), _votes()):
        yield where, seq, BEGAN + seq, voter, f"{seq:022}", seq, encode(vote).decode()


def _decode_seconds(venue: Venue) -> float:
    """The floor of a restart: processor time to read the rows of the log and decode them, and no more."""
    decode = msgspec.json.Decoder(domain.Event).decode
    db = connect(venue.database)
    try:
        before = time.process_time()
        for *_, body in db.execute(SELECT, (venue.where.id, 0, ALL)):
            decode(body)
        return time.process_time() - before
    finally:
        db.close()


def _measure(folder: Path, events: int, questions: int, scale: Scale) -> Figures:
    venue = _long(folder / f"{events}-{questions}", events, questions, scale.attendees)
    served = Served(venue, "bench.served")
    load = Load(served.port, venue.path, scale.attendees, venue.tokens)
    try:
        figures = {
            "restart_s": _first_page(served, venue),
            "decode_s": _decode_seconds(venue),
            "restart_mib": served.process.memory("VmHWM") / 1024,
        }
        desk = served.desk()
        desk.take_the_stage()
        poll = desk.open_poll()
        figures["us_per_join"] = _spent(served, load.open, load.greet) / load.many
        figures["us_per_cue"] = _spent(served, *[desk.cue] * scale.cues) / scale.cues
        before = served.process.cpu()
        done = load.tell(f"vote 0 {VOTE_SECONDS} {poll} 1 4")["done"]
        figures["us_per_vote"] = (served.process.cpu() - before) / done * 1e6
        agree(venue, load)
        desk.leave()
        return figures
    finally:
        load.end()
        served.end()


def _first_page(served: Served, venue: Venue) -> float:
    """Seconds until the first page after a start: it has the log folded."""
    address = f"http://127.0.0.1:{served.port}/b/{venue.where.slug}/"
    headers = {"Authorization": f"Bearer {venue.tokens.read_text().split()[0]}"}
    start = time.monotonic()
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
        answer.read()
    return time.monotonic() - start


def _spent(served: Served, *doings: Callable[[], None]) -> float:
    """The server's CPU meanwhile, µs."""
    before = served.process.cpu()
    for doing in doings:
        doing()
    return (served.process.cpu() - before) * 1e6
