"""The child process that makes a pack: `python -m live.archive DATABASE SLUG FILE LANG SHARE NOW`.

Started by `live.pages.packing`, so that a broadcast beside it does not stutter. It prints percents, a line
each, and at the end the seal. It only reads the database.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path

from live.archive import pack
from live.database import connect
from live.directory import broadcasts

NICENESS = 10  # a live broadcast on the same machine goes first


def main(database: str, slug: str, out: str, lang: str, share: str, now: str) -> None:
    os.nice(NICENESS)
    os.umask(0o077)  # it has names in it
    with closing(connect(Path(database))) as db:
        found = broadcasts.find(db, slug)
        if found is None:
            raise LookupError(slug)
        seal = pack.write(
            db, found, Path(out), lang=lang, share=int(share), now=int(now), progress=_percents()
        )
    print(seal, flush=True)


def _percents() -> pack.Progress:
    """Says each percent once."""
    said = 0

    def say(percent: int) -> None:
        nonlocal said
        if percent > said:
            said = percent
            print(percent, flush=True)

    return say


if __name__ == "__main__":
    main(*sys.argv[1:])
