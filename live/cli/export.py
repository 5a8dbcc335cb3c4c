"""`live export`: a table of the record to standard output, or all of it as an archive pack.

Also while a server uses the file: it opens it for reading alone and asks the very same views as the
organiser's page.
"""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import closing
from pathlib import Path

from live import exports
from live.cli.folder import broadcast_named, database_in
from live.database import connect, telling
from live.problem import Problem
from live.steady import wall


def arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--data", type=Path, required=True, metavar="DIR", help="the folder of the server")
    verb.add_argument("--lang", choices=("zh", "en"), default="en", help="of the headings (en)")
    verb.add_argument("--pack", type=Path, metavar="FILE", help="all of it, as an archive pack")
    verb.add_argument(
        "--share",
        type=_share,
        default=0,
        metavar="PERCENT",
        help="of the live time, from which on the record of a pack says that somebody took part (0)",
    )
    verb.add_argument("broadcast", metavar="BROADCAST", help="as in its address: /b/BROADCAST/")
    verb.add_argument(
        "table", metavar="TABLE", nargs="?", choices=exports.NAMES, help=", ".join(exports.NAMES)
    )


async def run(chosen: argparse.Namespace) -> None:
    if (chosen.table is None) == (chosen.pack is None):
        raise Problem("Name a table, or a file for --pack, and not both.")
    path = database_in(chosen.data)
    with telling(path), closing(connect(path)) as reader:
        found = broadcast_named(reader, chosen.broadcast, chosen.data)
        if chosen.table is not None:
            exports.write(reader, found.id, chosen.table, chosen.lang, sys.stdout)
            return
        from live.archive import pack  # draws a page: a table needs none of that

        os.umask(0o077)  # it has names in it
        try:
            seal = pack.write(
                *(reader, found, chosen.pack),
                lang=chosen.lang,
                share=chosen.share,
                now=wall(),
                progress=_percents if sys.stderr.isatty() else lambda _percent: None,
            )
        except OSError as error:
            raise Problem(f"{chosen.pack} cannot be written: {error.strerror}.") from None
    print(f"{chosen.pack} is made. Seal {seal}")


def _share(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 100):
        raise argparse.ArgumentTypeError("a share has from 0 to 100 percent")
    return int(text)


def _percents(percent: int) -> None:
    print(f"\r{percent} %", end="", file=sys.stderr, flush=True)
