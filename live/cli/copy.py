"""`live copy`: a new broadcast that is prepared like an earlier one, also while a server uses the file.

What goes over is said in `live.copying`; the links are new. It prints how the new one is called in addresses.
"""

from __future__ import annotations

import argparse
import sqlite3
from pathlib import Path

from live import copying
from live.auth import Auth, key_in
from live.cli.folder import broadcast_named, database_in
from live.database import Database, telling
from live.directory import broadcasts
from live.directory.broadcasts import Broadcast
from live.domain.base import TITLE_LIMIT, Rejected, clean
from live.problem import Problem
from live.settings import Settings


def arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--data", type=Path, required=True, metavar="DIR", help="the folder of the server")
    verb.add_argument("--title", help="of the new one (the same)")
    verb.add_argument("--people", action="store_true", help="with the same roster")
    verb.add_argument("broadcast", metavar="BROADCAST", help="as in its address: /b/BROADCAST/")


async def run(chosen: argparse.Namespace) -> None:
    database = await Database.beside(database_in(chosen.data))
    auth = Auth(database, key_in(Settings(data=chosen.data).secret))
    try:
        with telling(database.path):
            earlier = await database.read(lambda db: broadcast_named(db, chosen.broadcast, chosen.data))
            title = earlier.title if chosen.title is None else _title(chosen.title)
            sites = await database.read(lambda db: broadcasts.sites(db, earlier.id))

            def make(db: sqlite3.Connection) -> Broadcast:
                made = broadcasts.create(
                    db,
                    title=title,
                    lecturer=earlier.lecturer,
                    minutes=earlier.minutes,
                    languages=earlier.languages,
                    sites=sites,
                    created_by=None,
                    now=auth.now(),
                )
                auth.make_links(db, made.id)
                return made

            made = await copying.copy(database, earlier.id, make, people=chosen.people, now=auth.now())
    finally:
        await database.close()
    print(made.slug)


def _title(text: str) -> str:
    try:
        return clean(text, TITLE_LIMIT)
    except Rejected:
        raise Problem(f"A title has from 1 to {TITLE_LIMIT} characters.") from None
