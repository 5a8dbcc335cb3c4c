"""A join storm: everybody loads the page with its files at once, opens the socket and is welcomed.

Each is a bearer token with a connection of its own: page, style, script and the picture of the slide over one
keep-alive connection without any cache, then the socket. At the end all hold the same docs as the log.
"""

from __future__ import annotations

import re
import tempfile
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.fanout import agree
from bench.load import Load
from bench.measuring import Figures, medians, table
from bench.venue import Served, Venue, prepare

Say = Callable[[str], None]
TOGETHER = 1_000  # on their way at the same time: a hall that scans a code
FILES = re.compile(r'(?:src|href)="(/static/built/[^"]+)"')
COLUMNS = ("cpu_us_per_join", "last_s", "kib_per_join", "requests")


@dataclass(frozen=True)
class Scale:
    attendees: int = 5_000
    rounds: int = 5


QUICK = Scale(attendees=50, rounds=1)


def run(scale: Scale, say: Say) -> Figures:
    rounds = []
    with tempfile.TemporaryDirectory(prefix="live-bench-") as folder:
        for number in range(scale.rounds):
            venue = prepare(Path(folder) / str(number), scale.attendees)
            rounds.append(_storm(venue))
            say(f"  round {number + 1}: {rounds[-1]['cpu_us_per_join']:,.0f} µs each")
    result = medians(rounds)
    say(f"\n{scale.attendees:,} attendees, medians of {scale.rounds} rounds\n")
    say(table({"live": result}, COLUMNS))
    return {name: result[name] for name in ("cpu_us_per_join", "last_s")}


def _storm(venue: Venue) -> Figures:
    served = Served(venue)
    load = Load(served.port, venue.path, len(venue.attendees), venue.tokens)
    desk = served.desk()
    try:
        desk.take_the_stage()
        desk.cue()
        desk.leave()
        listed = venue.folder / "pages"
        needed = _needed(venue, served)
        listed.write_text("".join(f"{each}\n" for each in needed))
        before = served.process.cpu()
        came = load.tell(f"storm {TOGETHER} {listed}")
        cpu = served.process.cpu() - before
        if came["joined"] != load.many:
            raise RuntimeError(f"{came['joined']} of {load.many} have joined")
        agree(venue, load)
        return {
            "cpu_us_per_join": cpu / load.many * 1e6,
            "last_s": came["seconds"],
            "kib_per_join": came["bytes"] / load.many / 1024,
            "requests": len(needed) + 1,
        }
    finally:
        load.end()
        served.end()


def _needed(venue: Venue, served: Served) -> list[str]:
    """The page, the files that it names, and the picture of the slide that is on stage."""
    page = f"/b/{venue.where.slug}/"
    token = venue.tokens.read_text().split()[0]
    request = urllib.request.Request(
        f"http://127.0.0.1:{served.port}{page}", headers={"Authorization": f"Bearer {token}"}
    )
    with urllib.request.urlopen(request) as answer:
        text = answer.read().decode()
    return [page, *FILES.findall(text), f"{page}{venue.slides[1].id}.small.webp"]
