"""Fan-out: a real cue to N attendees, beside a C write() loop and three peers.

In each round all subjects are started anew, each with N viewers: N handshakes, N welcomes. Then they take
turns with a few cues, each when the one before has come to everybody. At the end every attendee of ours
must hold the docs that the log gives.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.load import Load, Probe
from bench.measuring import SERVER_CORE, Figures, Process, medians, table
from bench.peers.subjects import Live, Missing, Subject, subjects
from bench.venue import Venue, prepare

CUES = 20
TURN = 5  # cues of one subject before the next has its turn: the machine's speed changes within seconds
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
    results: dict[int, Result] = {}
    with tempfile.TemporaryDirectory(prefix="live-bench-") as folder:
        venues = Venues(Path(folder))
        present = _present(venues, scale)
        for size in scale.sizes:
            results[size] = _side_by_side(present, venues, size, scale, say)
            say(f"\n{size:,} connections, {scale.cues} cues, medians of {scale.rounds} rounds\n")
            say(table(results[size].figures(), COLUMNS))
        return _summary(results) | _alone(venues, min(PROBED, scale.sizes[-1]), scale)


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


def _side_by_side(present: list[str], venues: Venues, size: int, scale: Scale, say: Say) -> Result:
    result = Result(present)
    for number in range(scale.rounds):
        first = number % len(present)
        ordered = present[first:] + present[:first]
        starts = {name: subjects(partial(venues.fresh, size))[name] for name in ordered}
        result.add(*measure(starts, size, scale.cues))
        say(
            f"  round {number + 1}: "
            + ", ".join(f"{n} {us:.2f}" for n, us in result.latest().items())
            + " µs"
        )
    return result


class Result:
    """What the rounds gave, by subject."""

    def __init__(self, present: Iterable[str]) -> None:
        self._standing: Rounds = {name: [] for name in present}  # one of each round
        self._turns: Rounds = {
            name: [] for name in present
        }  # some of each round; the same number of each subject

    def add(self, standing: Mapping[str, Figures], turns: Mapping[str, list[Figures]]) -> None:
        for name in self._turns:
            self._standing[name].append(standing[name])
            self._turns[name] += turns[name]

    def latest(self) -> dict[str, float]:
        return {name: turns[-1]["us_per_delivery"] for name, turns in self._turns.items()}

    def figures(self) -> dict[str, Figures]:
        return {name: medians(self._standing[name]) | medians(self._turns[name]) for name in self._turns}

    def ratio(self, what: str, name: str, peer: str) -> float | None:
        """One turn beside the other, then the median: a machine that slows down slows both."""
        if peer not in self._turns:
            return None
        pairs = zip(self._turns[name], self._turns[peer], strict=True)
        return statistics.median(ours[what] / theirs[what] for ours, theirs in pairs)


def measure(
    starts: Mapping[str, Callable[[], Subject]], size: int, cues: int
) -> tuple[dict[str, Figures], dict[str, list[Figures]]]:
    """A round: what each subject costs as it stands there with its viewers, and what its turns cost."""
    with ExitStack() as ends:
        watched: dict[str, Watched] = {}
        for name, start in starts.items():
            watched[name] = ends.enter_context(closing(Watched(start, size)))
        turns: dict[str, list[Figures]] = {name: [] for name in starts}
        for _ in range(0, cues, TURN):
            for name, each in watched.items():
                turns[name].append(each.deliver(min(TURN, cues)))
        return {name: each.cost | each.agreed() for name, each in watched.items()}, turns


class Watched:
    """A subject with its viewers, all welcomed. `cost`: of coming in and being there."""

    def __init__(self, start: Callable[[], Subject], size: int) -> None:
        self.subject = start()
        self.process = self.subject.process
        self._load = Load(self.subject.port, self.subject.path, size, self.subject.tokens)
        try:
            self.cost = self._let_in(size)
        except BaseException:
            self.close()
            raise

    def _let_in(self, size: int) -> Figures:
        """Some at a time: ten thousand would have to wait for their hello for longer than they may."""
        memory, handshake = self.process.memory(), 0.0
        for first in range(0, size, TOGETHER):
            until, cpu = min(first + TOGETHER, size), self.process.cpu()
            self._load.open(until)
            handshake += self.process.cpu() - cpu
            if self.subject.tokens is not None:
                self._load.greet(until)
                time.sleep(COUNTED_SECONDS)
        time.sleep(SETTLE_SECONDS)
        return {
            "handshake_us": handshake / size * 1e6,
            "kib_per_connection": (self.process.memory() - memory) / size,
        }

    def deliver(self, cues: int) -> Figures:
        arrivals: list[Figures] = []
        before, deliveries = self.process.cpu(), 0
        for _ in range(cues):
            self._load.tell(f"expect {self.subject.mark}")
            said = time.monotonic_ns()
            self.subject.cue()
            came = self._load.arrivals()
            if came["reached"] != came["wanted"]:
                raise RuntimeError(f"a cue has come to {came['reached']} of {came['wanted']}")
            deliveries += came["reached"]
            arrivals.append({f"{name}_ms": (came[name] - said) / 1e6 for name in ("p50", "p99", "last")})
        cpu = self.process.cpu() - before
        return {"us_per_delivery": cpu / deliveries * 1e6, **medians(arrivals)}

    def agreed(self) -> Figures:
        """In the end viewers of ours must hold the truth; and what it costs to read who they are."""
        if not isinstance(self.subject, Live):
            return {}
        agree(self.subject.venue, self._load)
        return {"session_read_us": _session_read(self.subject.venue)}

    def close(self) -> None:
        self._load.end()
        self.subject.end()


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


def _summary(results: Mapping[int, Result]) -> Figures:
    """Of the largest size, but ratios of the middle one, at which the design was measured."""
    sizes = sorted(results)
    middle, largest = results[sizes[len(sizes) // 2]], results[sizes[-1]]
    figures = {"us_per_delivery": middle.figures()["live"]["us_per_delivery"]}
    for key, peer in (("ratio_c", "C write()"), ("ratio_nchan", "Nchan"), ("ratio_naive", "naive")):
        ratio = middle.ratio("us_per_delivery", "live", peer)
        if ratio is not None:
            figures[key] = ratio
    figures[f"last_ms_{sizes[-1]}"] = largest.figures()["live"]["last_ms"]
    figures["last_over_c"] = largest.ratio("last_ms", "live", "C write()") or 0.0
    return figures


def _alone(venues: Venues, size: int, scale: Scale) -> Figures:
    """What coming in costs while nobody else's viewers are there, and a page's delay while cues go out."""
    rounds = []
    for _ in range(scale.rounds):
        with closing(Watched(lambda: Live(venues.fresh(size)), size)) as ours:
            over_idle = _http_over_idle(ours, scale)
            rounds.append(ours.cost | ours.agreed() | {"http_p99_ms_over_idle": over_idle})
    figures = medians(rounds)
    figures["handshake_us"] -= figures["session_read_us"]
    return figures


def _http_over_idle(ours: Watched, scale: Scale) -> float:
    """How much longer a page takes at the 99th percentile while cues go out, one after another."""
    idle = Probe(ours.subject.port, "/")
    time.sleep(0.2 * scale.cues)
    resting = idle.end()
    busy = Probe(ours.subject.port, "/")
    ours.deliver(max(PROBED_CUES, scale.cues) if scale.cues >= CUES else scale.cues)
    return busy.end()["p99_ms"] - resting["p99_ms"]
