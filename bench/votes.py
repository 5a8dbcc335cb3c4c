"""Votes: durable, acknowledged, from a thousand connections, while the tallies go out to all of them.

A closed loop finds the most that a core does, open loops find how long an answer takes at a given rate, and
one beyond the most shows that what is refused comes again. At the end the log is asked for every vote.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.fanout import agree
from bench.load import Load
from bench.measuring import Figures, medians, table
from bench.peers.subjects import Floor
from bench.venue import Served, Venue, prepare
from live.domain.votes import Voted
from live.log.fold import Fold

Say = Callable[[str], None]
CLOSED = 0.0  # the rate that stands for a closed loop
OPTIONS = 4
MOST_OF_ONE = 48  # votes a second on one connection: a socket may send fifty frames
ASKED_RATE = 5_000
COLUMNS = ("votes_per_s", "us_per_vote", "p50_ms", "p99_ms", "refused", "unanswered")


@dataclass(frozen=True)
class Scale:
    connections: int = 1_000
    rounds: int = 5
    seconds: float = 5.0
    rates: tuple[float, ...] = (200, ASKED_RATE, 20_000)  # votes a second
    excess: tuple[float, ...] = (2.0, 4.0)  # times what the closed loop did: more than a core does


QUICK = Scale(connections=50, rounds=1, seconds=0.5, rates=(ASKED_RATE / 10,), excess=(1.5,))


def run(scale: Scale, say: Say) -> Figures:
    rounds: dict[str, list[Figures]] = {}
    lost: list[float] = []
    with tempfile.TemporaryDirectory(prefix="live-bench-") as folder:
        for number in range(scale.rounds):
            venue = prepare(Path(folder) / str(number), scale.connections)
            served = _Round(venue, scale)
            for name, figures in (served.figures | {"C echo": _echo(venue, scale)}).items():
                rounds.setdefault(name, []).append(figures)
            lost.append(served.lost)
            say(f"  round {number + 1}: {served.figures['closed']['votes_per_s']:,.0f} votes a second")
    results = {name: medians(each) for name, each in rounds.items()}
    say(f"\n{scale.connections:,} connections, medians of {scale.rounds} rounds of {scale.seconds:g} s\n")
    say(table(results, COLUMNS))
    return {
        "votes_per_core_s": results["closed"]["votes_per_s"],
        f"p99_ms_at_{ASKED_RATE}": results.get(_named(ASKED_RATE), {}).get("p99_ms", 0.0),
        "ratio_c_echo": results["closed"]["us_per_vote"] / results["C echo"]["us_per_vote"],
        "fsync_p99_ms": _fsync_p99(Path(tempfile.gettempdir())),
        "lost": sum(lost),
        "refused_then_kept": sum(each.get("refused_then_kept", 0.0) for each in results.values()),
        **{f"kept_up_at_{times:g}": _kept_up(results, times) for times in scale.excess},
    }


class _Round:
    """A server that is new, and all the loads one after another."""

    def __init__(self, venue: Venue, scale: Scale) -> None:
        self._served = Served(venue, "bench.served")
        self._load = Load(self._served.port, venue.path, scale.connections, venue.tokens)
        self._desk = self._served.desk()
        self._done = self._late = self._open = 0
        self.figures: dict[str, Figures] = {}
        try:
            self._desk.take_the_stage()
            self._poll = self._desk.open_poll()
            self._load.open()
            self._load.greet()
            self.figures["closed"] = self._vote(CLOSED, scale.seconds)
            for rate in scale.rates:
                self.figures[_named(rate)] = self._vote(rate, scale.seconds)
            for times in scale.excess:
                self.figures[_over(times)] = self._vote(self._too_many(scale, times), scale.seconds)
            agree(venue, self._load)
            self.lost = self._missing(venue)
        finally:
            self._load.end()
            self._desk.leave()
            self._served.end()

    def _vote(self, rate: float, seconds: float) -> Figures:
        before = self._served.process.cpu()
        seen: dict[str, Any] = self._load.tell(f"vote {rate} {seconds} {self._poll} 1 {OPTIONS}")
        cpu = self._served.process.cpu() - before
        if seen["rejected"]:
            raise RuntimeError(f"votes were refused for good: {json.dumps(seen)}")
        self._done += seen["done"]
        self._late += seen["refused_then_kept"]
        self._open += seen["unanswered"]
        return {
            "votes_per_s": seen["in_time"] / seen["seconds"],
            "us_per_vote": cpu / max(1, seen["done"]) * 1e6,
            **{name: float(seen[name]) for name in ("p50_ms", "p99_ms", "refused", "refused_then_kept")},
            "unanswered": float(seen["unanswered"]),
        }

    def _too_many(self, scale: Scale, times: float) -> float:
        """A rate that it cannot keep up with; but a socket may send no more than fifty frames a second."""
        return min(times * self.figures["closed"]["votes_per_s"], MOST_OF_ONE * scale.connections)

    def _missing(self, venue: Venue) -> float:
        """Votes that were answered with done and are not in the log, and votes without any answer.

        What was sent again may have come after a newer vote of the same person: done, but no event.
        """
        acknowledged = venue.folder / "acknowledged"
        self._load.tell(f"acknowledged {acknowledged}")
        fold = venue.fold()
        stale = sum(
            _newest(fold, self._poll, attendee) < int(n)
            for attendee, n in zip(venue.attendees, acknowledged.read_text().split(), strict=True)
        )
        absent = max(0, self._done - self._late - _logged(venue))
        return float(self._open + stale + absent)


def _echo(venue: Venue, scale: Scale) -> Figures:
    """The closed loop against a C program that answers each vote and does nothing else."""
    floor = Floor()
    load = Load(floor.port, "/vote", scale.connections, venue.tokens)
    try:
        load.open()
        before = floor.process.cpu()
        seen: dict[str, Any] = load.tell(f"vote {CLOSED} {scale.seconds} 1 1 {OPTIONS}")
        cpu = floor.process.cpu() - before
    finally:
        load.end()
        floor.end()
    return {
        "votes_per_s": seen["in_time"] / seen["seconds"],
        "us_per_vote": cpu / max(1, seen["done"]) * 1e6,
        **{name: float(seen[name]) for name in ("p50_ms", "p99_ms", "unanswered")},
    }


def _newest(fold: Fold, poll: int, attendee: str) -> int:
    vote = fold.state.polls.polls[poll].votes.get(attendee)
    return vote.n if vote else 0


def _logged(venue: Venue) -> int:
    return sum(isinstance(entry.event, Voted) for entry in venue.log())


def _named(rate: float) -> str:
    return f"{rate:,.0f} a second"


def _over(times: float) -> str:
    return f"{times:g} times what it can"


def _kept_up(results: dict[str, Figures], times: float) -> float:
    """How many were served when so many more came than can be: 1, as many as otherwise."""
    return results[_over(times)]["votes_per_s"] / results["closed"]["votes_per_s"]


def _fsync_p99(folder: Path) -> float:
    """What this disk takes for one fsync, ms: no durable answer can be quicker."""
    times = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(200):
            file.write(b"x" * 4096)
            file.flush()
            start = time.perf_counter()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - start)
    return sorted(times)[len(times) * 99 // 100] * 1_000
