"""`live verify`: checks an archive pack, without a server and without its database.

It says in one line that everything is right, or names the first thing that is not and ends with exit code 2.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from live.archive.check import check


def arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--seal", metavar="HEX", help="the seal that was kept elsewhere: it must be this pack")
    verb.add_argument("file", metavar="FILE", type=Path, help="made by live export --pack or on a page")


async def run(chosen: argparse.Namespace) -> None:
    found = check(chosen.file, chosen.seal)
    manifest = found.manifest
    print(
        f"Right: {len(manifest.files)} files and {manifest.log.events} events of {manifest.broadcast},"
        f" packed {manifest.made_at}. Seal {found.seal}"
    )
