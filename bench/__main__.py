"""`python -m bench NAME … [--json] [--quick]`: run benchmarks; without a name, all of them.

With --json the last line of each is one JSON object of medians, for machines that keep them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from functools import partial

from bench import clock, conformance, fanout, growth, join, page, questions, stalled, votes
from bench.measuring import Figures

Say = Callable[[str], None]
BENCHMARKS: dict[str, Callable[[bool, Say], Figures]] = {
    "fanout": lambda quick, say: fanout.run(fanout.QUICK if quick else fanout.Scale(), say),
    "votes": lambda quick, say: votes.run(votes.QUICK if quick else votes.Scale(), say),
    "join": lambda quick, say: join.run(join.QUICK if quick else join.Scale(), say),
    "growth": lambda quick, say: growth.run(growth.QUICK if quick else growth.Scale(), say),
    "stalled": lambda quick, say: stalled.run(stalled.QUICK if quick else stalled.Scale(), say),
    "page": lambda quick, say: page.run(page.QUICK if quick else page.Scale(), say),
    "questions": lambda quick, say: questions.run(questions.QUICK if quick else questions.Scale(), say),
    "clock": lambda quick, say: clock.run(clock.QUICK if quick else clock.Scale(), say),
}


ON_REQUEST: dict[str, Callable[[bool, Say], Figures]] = {
    "conformance": lambda _quick, say: conformance.run(say),  # wants a program of Python 2.7
}


def main() -> None:
    program = argparse.ArgumentParser(prog="python -m bench", description="What the server costs.")
    program.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS | ON_REQUEST))
    program.add_argument("--json", action="store_true", help="last line: one JSON object of medians")
    program.add_argument("--quick", action="store_true", help="small and once: to see that it runs")
    chosen = program.parse_args()
    known = BENCHMARKS | ON_REQUEST
    unknown = [name for name in chosen.names if name not in known]
    if unknown:
        program.error(f"there is no benchmark {unknown[0]}: choose from {', '.join(known)}")
    say = partial(print, flush=True, file=sys.stdout)
    for name in chosen.names or BENCHMARKS:
        say(f"\n== {name}")
        figures = known[name](chosen.quick, say)
        if chosen.json:
            say(json.dumps({key: round(value, 3) for key, value in figures.items()}))
        else:
            say("\n" + "\n".join(f"{key:<24}{value:>14,.3f}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
