"""Fan-out: a real cue to N attendees, beside a C write() loop and three peers.

In each round each subject is started anew: N handshakes, N welcomes, then cues one after another, each when
the one before has come to everybody. At the end every attendee must hold the docs that the log gives.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.load import Load, Probe
from bench.measuring import SERVER_CORE, Figures, Process, medians, table
from bench.peers.subjects import Live, Missing, Subject, subjects
from bench.venue import Venue, prepare

CUES = 20
TOGETHER = 1_000  # connections opened before these say hello
COUNTED_SECONDS = 0.5  # until all have been told how many are there now: that is no part of a handshake
SETTLE_SECONDS = 2.0  # until the last count of who is there has gone out
AGREE_SECONDS = 10.0
PROBED = 5_000  # attendees, while somebody else asks for a page
PROBED_CUES = 40
COLUMNS = ("us_per_delivery", "p50_ms", "p99_ms", "last_ms", "kib_per_connection", "handshake_us")


@dataclass(frozen=True)
class Scale:
    """How much: the whole takes a quarter of an hour, a smoke test a few seconds."""

    sizes: tuple[int, ...] = (1_000, 5_000, 10_000)
    rounds: int = 5
    cues: int = CUES
    peers: bool = True


QUICK = Scale(sizes=(100,), rounds=1, cues=5, peers=False)
Rounds = dict[str, list[Figures]]
Say = Callable[[str], None]


def run(scale: Scale, say: Say) -> Figures:
    """The figures of the issue; tables by size go to `say`."""
    results: dict[int, dict[str, Figures]] = {}
    with tempfile.TemporaryDirectory(prefix="live-bench-") as folder:
        venues = Venues(Path(folder))
        present = _present(venues, scale)
        for size in scale.sizes:
            results[size] = _side_by_side(present, venues, size, scale, say)
            say(f"\n{size:,} connections, {scale.cues} cues, medians of {scale.rounds} rounds\n")
            say(table(results[size], COLUMNS))
        figures = _summary(results)
        figures |= _http_over_idle(venues.fresh(min(PROBED, scale.sizes[-1])), scale)
        figures["handshake_us"] -= figures["session_read_us"]
    return figures


class Venues:
    """A new folder for each round, so that none inherits the log of another."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = 0

    def fresh(self, attendees: int) -> Venue:
        self._made += 1
        return prepare(self._folder / str(self._made), attendees)


def _present(venues: Venues, scale: Scale) -> list[str]:
    """The subjects that can be had here; of each other one a sentence why not."""
    names = []
    for name, start in subjects(partial(venues.fresh, 1)).items():
        if name not in {"C write()", "live"} and not scale.peers:
            continue
        try:
            start().end()
            names.append(name)
        except Missing as missing:
            print(missing, file=sys.stderr)
    return names


def _side_by_side(
    present: list[str], venues: Venues, size: int, scale: Scale, say: Say
) -> dict[str, Figures]:
    rounds: Rounds = {name: [] for name in present}
    for number in range(scale.rounds):
        ordered = present[number % len(present) :] + present[: number % len(present)]
        for name in ordered:
            figures = measure(subjects(partial(venues.fresh, size))[name], size, scale.cues)
            rounds[name].append(figures)
            say(f"  round {number + 1}: {name}: {figures['us_per_delivery']:.2f} µs a delivery")
    return {name: medians(each) for name, each in rounds.items()}


def measure(start: Callable[[], Subject], size: int, cues: int) -> Figures:
    """One subject, once."""
    subject = start()
    load = Load(subject.port, subject.path, size, subject.tokens)
    try:
        figures = _connect(subject, load)
        figures |= _deliver(subject, load, cues)
        if isinstance(subject, Live):
            figures["session_read_us"] = _session_read(subject.venue)
            agree(subject.venue, load)
        return figures
    finally:
        load.end()
        subject.end()


def _connect(subject: Subject, load: Load) -> Figures:
    """Some at a time: ten thousand would have to wait for their hello for longer than they may."""
    memory, handshake = subject.process.memory(), 0.0
    for first in range(0, load.many, TOGETHER):
        until, cpu = min(first + TOGETHER, load.many), subject.process.cpu()
        load.open(until)
        handshake += subject.process.cpu() - cpu
        if subject.tokens is not None:
            load.greet(until)
            time.sleep(COUNTED_SECONDS)
    time.sleep(SETTLE_SECONDS)
    return {
        "handshake_us": handshake / load.many * 1e6,
        "kib_per_connection": (subject.process.memory() - memory) / load.many,
    }


def _deliver(subject: Subject, load: Load, cues: int) -> Figures:
    arrivals: list[Figures] = []
    before, deliveries = subject.process.cpu(), 0
    for _ in range(cues):
        load.tell(f"expect {subject.mark}")
        said = time.monotonic_ns()
        subject.cue()
        came = load.arrivals()
        if came["reached"] != came["wanted"]:
            raise RuntimeError(f"a cue has come to {came['reached']} of {came['wanted']}")
        deliveries += came["reached"]
        arrivals.append({f"{name}_ms": (came[name] - said) / 1e6 for name in ("p50", "p99", "last")})
    cpu = subject.process.cpu() - before
    return {"us_per_delivery": cpu / deliveries * 1e6, **medians(arrivals)}


def _session_read(venue: Venue) -> float:
    command = [sys.executable, "-m", "bench.reading", str(venue.folder), str(venue.tokens)]
    reading = Process(command, SERVER_CORE)
    try:
        return float(reading.stdout.readline())
    finally:
        reading.end()


def agree(venue: Venue, load: Load) -> None:
    """Every client holds what a fresh fold of the log shows, before long."""
    for _ in range(int(AGREE_SECONDS)):
        seen = load.tell(f"compare {venue.truth()}")
        if seen["same"] == seen["there"] == load.many:
            return
        time.sleep(1)
    raise RuntimeError(f"of {load.many} clients {seen['there']} are there and {seen['same']} hold the truth")


def _summary(results: Mapping[int, Mapping[str, Figures]]) -> Figures:
    """Of the largest size, but ratios of the middle one, at which the design was measured."""
    sizes = sorted(results)
    middle, largest = results[sizes[len(sizes) // 2]], results[sizes[-1]]
    ours = middle["live"]
    figures = {name: ours[name] for name in ("us_per_delivery", "kib_per_connection", "handshake_us")}
    figures["session_read_us"] = ours["session_read_us"]
    for key, peer in (("ratio_c", "C write()"), ("ratio_nchan", "Nchan"), ("ratio_naive", "naive")):
        if peer in middle:
            figures[key] = ours["us_per_delivery"] / middle[peer]["us_per_delivery"]
    figures[f"last_ms_{sizes[-1]}"] = largest["live"]["last_ms"]
    figures["last_over_c"] = largest["live"]["last_ms"] / largest["C write()"]["last_ms"]
    return figures


def _http_over_idle(venue: Venue, scale: Scale) -> Figures:
    """How much longer an HTTP request takes at the 99th percentile while cues go out, one after another."""
    subject = Live(venue)
    load = Load(subject.port, subject.path, len(venue.attendees), subject.tokens)
    try:
        _connect(subject, load)
        idle = Probe(subject.port, "/")
        time.sleep(0.2 * scale.cues)
        resting = idle.end()
        busy = Probe(subject.port, "/")
        _deliver(subject, load, max(PROBED_CUES, scale.cues) if scale.cues >= CUES else scale.cues)
        under_way = busy.end()
        return {"http_p99_ms_over_idle": under_way["p99_ms"] - resting["p99_ms"]}
    finally:
        load.end()
        subject.end()
