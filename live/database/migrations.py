"""Brings the schema of a database file up to date: numbered SQL scripts, each run once and remembered.

Called when the file is opened. Each script is one transaction, so after a crash a file has the old schema
or the new one, never something between. A file made by a newer version of live is left untouched.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from live.paths import MIGRATIONS
from live.problem import Problem

APPLICATION_ID = 0x6C697665  # "live" in the file's header: `file live.db` and we know it again


class DatabaseProblem(Problem):
    """The database cannot be used."""


class Script(NamedTuple):
    number: int
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def scripts(folder: Path = MIGRATIONS) -> list[Script]:
    """`0001_directory.sql` and those after it, in order."""
    return [
        Script(int(path.stem.partition("_")[0]), path.stem, path.read_text("utf-8"))
        for path in sorted(folder.glob("[0-9]*.sql"))
    ]


def migrate(path: Path, folder: Path = MIGRATIONS) -> list[str]:
    """Run what has not been run; gives the names of those. Raises `DatabaseProblem`."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA secure_delete = ON")  # what a script takes away is gone from the file
        return [script.name for script in _missing(connection, path, folder) if _run(connection, script)]
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            raise DatabaseProblem(f"{path} is not a database of live.") from None
        raise
    finally:
        connection.close()


def _missing(connection: sqlite3.Connection, path: Path, folder: Path) -> Iterator[Script]:
    known = scripts(folder)
    done = _done(connection, path)
    newest = known[-1].number if known else 0
    if max(done, default=0) > newest:
        raise DatabaseProblem(
            f"{path} was made by a newer version of live. Install that version, or choose another folder "
            "with --data."
        )
    for script in known:
        if script.number not in done:
            yield script
        elif done[script.number] != script.checksum:
            raise DatabaseProblem(f"{path} was made with another {script.name}.sql than this version has.")


def _done(connection: sqlite3.Connection, path: Path) -> dict[int, str]:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if tables and application != APPLICATION_ID:
        raise DatabaseProblem(f"{path} is not a database of live.")
    if not tables:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(
            "CREATE TABLE migration "
            "(number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL) STRICT"
        )
    return dict(connection.execute("SELECT number, checksum FROM migration"))


def _run(connection: sqlite3.Connection, script: Script) -> bool:
    record = f"INSERT INTO migration VALUES ({script.number}, '{script.name}', '{script.checksum}');"
    try:
        connection.executescript(f"BEGIN IMMEDIATE;\n{script.sql}\n{record}\nCOMMIT;")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return True
