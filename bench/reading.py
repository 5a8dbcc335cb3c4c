"""What reading the session costs: the part of a handshake that is the same for every server with accounts.

`python -m bench.reading FOLDER SLUG TOKENS` does, for each token, the two reads that the socket's endpoint
does (which broadcast, whose seat), 64 at a time, and prints the CPU of one such pair in µs.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

from live.auth.auth import digest
from live.database import Database
from live.directory import broadcasts, sessions

TOGETHER = 64  # as many as the load generator shakes hands with at a time


async def _read(database: Database, slug: str, token: str, now: int) -> None:
    assert await database.read(lambda db: broadcasts.find(db, slug))
    assert (await database.read(lambda db: sessions.find(db, digest(token), now))).session


async def measure(path: Path, slug: str, tokens: list[str]) -> float:
    database = await Database.beside(path)
    try:
        now, before = time.time_ns() // 1_000_000, time.process_time()
        for first in range(0, len(tokens), TOGETHER):
            pairs = (_read(database, slug, token, now) for token in tokens[first : first + TOGETHER])
            await asyncio.gather(*pairs)
        return (time.process_time() - before) / len(tokens) * 1e6
    finally:
        await database.close()


if __name__ == "__main__":
    folder, slug, listed = sys.argv[1:]
    found = Path(listed).read_text().split()
    print(asyncio.run(measure(Path(folder) / "live.db", slug, found)), flush=True)
