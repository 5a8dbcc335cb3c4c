"""`live demo`: a broadcast to look at. What there is to see is made by `live.demo`."""

from __future__ import annotations

import argparse
from pathlib import Path

from live import demo
from live.cli import address


def arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--data", type=Path, metavar="DIR", help="keep the demo in this folder")
    verb.add_argument("--people", type=_count, default=30, metavar="N", help="how many attend (30)")
    verb.add_argument("--no-autopilot", action="store_true", help="nobody drives the slides but you")
    address.arguments(verb)


async def run(chosen: argparse.Namespace) -> None:
    await demo.run(
        lambda data: address.settings(chosen, data),
        data=chosen.data,
        people=chosen.people,
        autopilot=not chosen.no_autopilot,
    )


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) > 2_000:
        raise argparse.ArgumentTypeError(f"{text} is not a number of people: give one from 0 to 2000")
    return int(text)
