"""What reading the session costs: the part of a handshake that is the same for every server with accounts.

`python -m bench.reading FOLDER TOKENS` looks up the session and the seats of each token, as the socket's
entrance does, 64 at a time, and prints the CPU of one of them in µs.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

from live.auth.auth import digest
from live.database import Database
from live.directory import sessions

TOGETHER = 64  # as many as the load generator shakes hands with at a time


async def _read(database: Database, token: str, now: int) -> None:
    assert (await database.read(lambda db: sessions.find(db, digest(token), now))).session


async def measure(path: Path, tokens: list[str]) -> float:
    database = await Database.beside(path)
    try:
        now, before = time.time_ns() // 1_000_000, time.process_time()
        for first in range(0, len(tokens), TOGETHER):
            await asyncio.gather(*(_read(database, each, now) for each in tokens[first : first + TOGETHER]))
        return (time.process_time() - before) / len(tokens) * 1e6
    finally:
        await database.close()


if __name__ == "__main__":
    folder, listed = sys.argv[1:]
    found = Path(listed).read_text().split()
    print(asyncio.run(measure(Path(folder) / "live.db", found)), flush=True)
