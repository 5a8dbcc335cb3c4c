"""`live serve`: the server, with everything in one folder.

The first start prints a link at which the organiser makes an account; there is no default password. It
ends with Ctrl-C or SIGTERM.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from starlette.applications import Starlette

from live import server
from live.cli import address
from live.directory import accounts


def arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--data", type=Path, required=True, metavar="DIR", help="the folder for everything")
    address.arguments(verb)
    verb.add_argument(
        "--recording-gb", type=_gigabytes, default=8, metavar="N", help="the largest recording to upload (8)"
    )


async def run(chosen: argparse.Namespace) -> None:
    given = replace(address.settings(chosen, chosen.data), recording_gb=chosen.recording_gb)

    async def started(app: Starlette) -> None:
        print(f"live is serving {given.address} and keeps everything in {given.data}/. Ctrl-C ends it.")
        if not await app.state.database.read(accounts.any_account):
            link = await app.state.database.write(app.state.auth.setup_link)
            print(f"Make the organiser's account here, within an hour:\n\n  {given.address}/setup#{link}\n")
        sys.stdout.flush()

    await server.serve(given, started)


def _gigabytes(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 1_000:
        raise argparse.ArgumentTypeError(f"{text} is not a size in GB: give a number from 1 to 1000")
    return int(text)
