"""Growth: what a cue, a vote, a join and a restart cost after a long broadcast, and with many questions.

Logs of 10 to 1,000,000 events are written as the stage would write them (votes, most of all) and served. What
should be flat is shown to be flat; only a restart may grow.
"""

from __future__ import annotations

import secrets
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from bench.fanout import agree
from bench.load import Load
from bench.measuring import Figures, table
from bench.venue import Past, Served, Venue, prepare
from live.domain import broadcast as domain
from live.domain.ballots import Single
from live.domain.life import Started
from live.domain.polls import PollAdded
from live.domain.questions import QuestionAsked
from live.domain.turns import PollOpened
from live.domain.votes import Voted
from live.eventlog import Kept, Receipt, entries

Say = Callable[[str], None]
FEW_QUESTIONS = 5
SOME_EVENTS = 10_000  # in the log while the number of questions grows
BEGAN = 1_790_000_000_000  # ms
VOTE_SECONDS = 2.0
COLUMNS = ("restart_s", "restart_mib", "us_per_join", "us_per_cue", "us_per_vote")


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
        "refold_mib_1m": most["restart_mib"],
        "join_ratio_1m_to_10": most["us_per_join"] / least["us_per_join"],
    }


def past(events: int, questions: int) -> Past:
    """So many events in all: a poll, questions that everyone sees, and for the rest votes."""

    def happened(seq: int, attendees: list[str]) -> list[Kept]:
        told: list[Kept] = []
        voters = cycle(attendees)
        for event in _events(events, questions):
            actor = next(voters) if isinstance(event, Voted | QuestionAsked) else None
            receipt = Receipt(secrets.token_urlsafe(16), secrets.randbits(62)) if actor else None
            told += entries(seq + len(told), BEGAN + len(told), actor, (event,), receipt)
        return told

    return happened


def _events(many: int, questions: int) -> Iterator[domain.Event]:
    options = ("One", "Two", "Three", "Four")
    yield Started()
    yield PollAdded(poll=1, title="How many?", ballot=Single(options=options))
    yield PollOpened(poll=1, round=1)
    for _ in range(questions):
        text = "Who checks the rope before somebody goes up, and who signs for it?"
        yield QuestionAsked(question=secrets.token_urlsafe(16), text=text, anonymous=False, pending=False)
    for n in range(many - questions - 3):
        yield Voted(poll=1, round=1, n=n, choice=(n % len(options),))


def _measure(folder: Path, events: int, questions: int, scale: Scale) -> Figures:
    venue = prepare(folder / f"{events}-{questions}", scale.attendees, past(events, questions))
    served = Served(venue, "bench.served")
    load = Load(served.port, venue.path, scale.attendees, venue.tokens)
    try:
        figures = {
            "restart_s": _first_page(served, venue),
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
