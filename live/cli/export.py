"""`live export`: a table of the record, to standard output, also while a server uses the file.

It opens the file for reading alone and asks the very same views as the organiser's page.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path

from live import exports
from live.cli.folder import broadcast_named, database_in
from live.database import connect, telling


def arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--data", type=Path, required=True, metavar="DIR", help="the folder of the server")
    verb.add_argument("--lang", choices=("zh", "en"), default="en", help="of the headings (en)")
    verb.add_argument("broadcast", metavar="BROADCAST", help="as in its address: /b/BROADCAST/")
    verb.add_argument("table", metavar="TABLE", choices=exports.NAMES, help=", ".join(exports.NAMES))


async def run(chosen: argparse.Namespace) -> None:
    path = database_in(chosen.data)
    with telling(path), closing(connect(path)) as reader:
        found = broadcast_named(reader, chosen.broadcast, chosen.data)
        exports.write(reader, found.id, chosen.table, chosen.lang, sys.stdout)
