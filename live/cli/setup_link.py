"""`live setup-link`: a new link at which somebody makes an organiser's account.

For when the first one has expired, or for a colleague. The server may run meanwhile.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from live.auth import Auth, key_in
from live.cli import address
from live.cli.folder import database_in
from live.database import Database, telling


def arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--data", type=Path, required=True, metavar="DIR", help="the folder of the server")
    address.arguments(verb)


async def run(chosen: argparse.Namespace) -> None:
    given = address.settings(chosen, chosen.data)
    database = await Database.beside(database_in(chosen.data))
    try:
        with telling(given.database):
            link = await database.write(Auth(database, key_in(given.secret), given.origin).setup_link)
    finally:
        await database.close()
    print(f"{given.address}/setup#{link}")
