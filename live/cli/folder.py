"""The folder of a server, for verbs that make none: it must be there, and so must what they name in it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from live.directory import broadcasts
from live.directory.broadcasts import Broadcast
from live.problem import Problem
from live.settings import Settings


def database_in(data: Path) -> Path:
    """The database file in a server's folder."""
    path = Settings(data=data).database
    if not path.exists():
        raise Problem(f"There is no live.db in {data}.")
    return path


def broadcast_named(db: sqlite3.Connection, slug: str, data: Path) -> Broadcast:
    found = broadcasts.find(db, slug)
    if found is None:
        raise Problem(f"There is no broadcast {slug} in {data}.")
    return found
