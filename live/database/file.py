"""The open database file: its writer, its reader, and the settings that make a commit durable.

aiosqlite gives each connection a thread of its own. A job goes there whole, from BEGIN to COMMIT, so a
caller who is cancelled halfway leaves no transaction open: the thread ends it all the same.
"""

from __future__ import annotations

import asyncio
import fcntl
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar

import aiosqlite

from live.database.migrations import DatabaseProblem, migrate

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], T]

# What every connection is told. FULL: a commit is on disk before it returns (NORMAL lost up to all of the
# last commits in replayed power cuts). Deleted names must not stay readable in free pages.
BUSY_MS = 5_000
SETTINGS = f"""
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
PRAGMA trusted_schema = OFF;
PRAGMA busy_timeout = {BUSY_MS};
PRAGMA journal_size_limit = 67108864;
"""
# Pages of 4 KiB after which the writer moves its log into the file. Whoever votes then waits for it: 12 ms,
# about twice a second at 5,000 votes a second. With four times as many pages it took 55 ms.
WAL_PAGES = 1_000
# The record's views read JSON, and SQLite 3.40 (Debian 12) trusts no JSON function in a view by itself.
NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE}  # in the file or its log; beside them
READER_SETTINGS = f"PRAGMA trusted_schema = ON; PRAGMA busy_timeout = {BUSY_MS};"


class _Connection(aiosqlite.Connection):
    """An aiosqlite connection whose thread runs whole jobs: one hop instead of one for each statement."""

    async def run(self, job: Job[T]) -> T:
        result: T = await self._execute(lambda: job(self._conn))  # type: ignore[no-untyped-call]
        return result

    @classmethod
    async def to(cls, path: Path, *, writable: bool, checkpoints: bool) -> _Connection:
        connection = cls(lambda: _open(path, writable), iter_chunk_size=64)
        await connection
        try:
            await connection.run(lambda opened: _prepare(opened, writable, checkpoints))
        except BaseException:
            await connection.close()  # its thread must not outlive the event loop
            raise
        return connection


class Database:
    """One file, opened by one process at a time."""

    def __init__(self, path: Path, lock: IO[str] | None, writer: _Connection, reader: _Connection) -> None:
        self.path = path
        self._lock = lock
        self._writer = writer
        self._reader = reader
        self._asked: list[tuple[Job[Any], asyncio.Future[Any]]] = []  # reads that go to the thread together
        self._reading: set[asyncio.Task[None]] = set()

    @classmethod
    async def open(cls, path: Path) -> Database:
        """Open the file, make it if there is none, bring its schema up to date.

        Raises `DatabaseProblem`: another process has it, a newer version made it, it is no database.
        """
        lock = _only_one(path.with_name("lock"))
        try:
            with telling(path):
                migrate(path)
                return cls(path, lock, *await _both(path))
        except BaseException:
            lock.close()
            raise

    @classmethod
    async def beside(cls, path: Path) -> Database:
        """Open a file that a server may be using. It never checkpoints, and changes little and quickly."""
        with telling(path):
            return cls(path, None, *await _both(path, checkpoints=False))

    async def write(self, job: Job[T]) -> T:
        """Run a job as one transaction: returns after COMMIT, or rolls back and raises what it raised."""
        return await self._writer.run(lambda connection: _transaction(connection, job))

    async def read(self, job: Job[T]) -> T:
        """Run a job that only reads. It sees one moment: a snapshot of what is committed."""
        loop = asyncio.get_running_loop()
        answered: asyncio.Future[T] = loop.create_future()
        if not self._asked:
            loop.call_soon(self._read_all)
        self._asked.append((job, answered))
        return await answered

    def _read_all(self) -> None:
        """All that was asked in one turn of the loop goes over together: the way is longer than a look."""
        asked, self._asked = self._asked, []
        reading = asyncio.get_running_loop().create_task(self._answer(asked))
        self._reading.add(reading)
        reading.add_done_callback(self._reading.discard)

    async def _answer(self, asked: list[tuple[Job[Any], asyncio.Future[Any]]]) -> None:
        def all_of_them(connection: sqlite3.Connection) -> list[tuple[Any, Exception | None]]:
            return _snapshot(connection, lambda db: [_outcome(db, job) for job, _ in asked])

        try:
            outcomes = await self._reader.run(all_of_them)
        except Exception as error:  # there was no snapshot to be had
            outcomes = [(None, error)] * len(asked)
        for (_, answered), (result, failed) in zip(asked, outcomes, strict=True):
            if answered.done():  # whoever asked has gone
                continue
            if failed is None:
                answered.set_result(result)
            else:
                answered.set_exception(failed)

    async def checkpoint(self) -> bool:
        """Move the write-ahead log into the file and cut it off; False: a reader is in the way just now."""
        return await self._writer.run(_checkpoint)

    async def close(self) -> None:
        await self._reader.close()
        if self._lock is not None:
            await self.checkpoint()
        await self._writer.close()
        if self._lock is not None:
            self._lock.close()


def is_full(error: BaseException) -> bool:
    """Whether a write failed because there is no room: it heals by itself when there is."""
    return getattr(error, "sqlite_errorcode", 0) in NO_ROOM


def passes(error: BaseException) -> bool:
    """Whether a write failed for a reason that passes: no room, or another program that holds the file."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without what SQLite adds to it
    return is_full(error) or code == sqlite3.SQLITE_BUSY


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """What SQLite cannot do with the file, as a sentence."""
    try:
        yield
    except sqlite3.Error as error:
        if is_full(error):
            raise DatabaseProblem(f"There is no room left on the disk that holds {path}.") from error
        raise DatabaseProblem(f"{path} cannot be opened: {error}.") from error


def connect(path: Path, writable: bool = False, checkpoints: bool = False) -> sqlite3.Connection:
    """A plain connection with our settings; not for the event loop's thread."""
    connection = _open(path, writable)
    try:
        _prepare(connection, writable, checkpoints)
    except BaseException:
        connection.close()
        raise
    return connection


def _open(path: Path, writable: bool) -> sqlite3.Connection:
    mode = "rw" if writable else "ro"
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)


def _prepare(connection: sqlite3.Connection, writable: bool, checkpoints: bool) -> None:
    connection.row_factory = sqlite3.Row
    connection.executescript(SETTINGS if writable else READER_SETTINGS)
    connection.execute(f"PRAGMA wal_autocheckpoint = {WAL_PAGES if checkpoints else 0}")


async def _both(path: Path, *, checkpoints: bool = True) -> tuple[_Connection, _Connection]:
    writer = await _Connection.to(path, writable=True, checkpoints=checkpoints)
    try:
        return writer, await _Connection.to(path, writable=False, checkpoints=False)
    except BaseException:
        await writer.close()
        raise


def _transaction(connection: sqlite3.Connection, job: Job[T]) -> T:
    connection.execute("BEGIN IMMEDIATE")
    try:
        result = job(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has ended it already
            connection.execute("ROLLBACK")
        raise
    return result


def _checkpoint(connection: sqlite3.Connection) -> bool:
    connection.execute("PRAGMA busy_timeout = 0")  # an export that takes seconds must not hold up the votes
    try:
        busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    return not busy


def _snapshot(connection: sqlite3.Connection, job: Job[T]) -> T:
    connection.execute("BEGIN")
    try:
        return job(connection)
    finally:
        connection.execute("ROLLBACK")


def _outcome(connection: sqlite3.Connection, job: Job[T]) -> tuple[T | None, Exception | None]:
    """What a job gives, or raises: it must not cost the others their answer."""
    try:
        return job(connection), None
    except Exception as error:
        return None, error


def _only_one(path: Path) -> IO[str]:
    try:
        lock = path.open("w")
    except OSError as error:
        raise DatabaseProblem(f"{path.parent} cannot be written: {error.strerror}.") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise DatabaseProblem(
            f"Another live server is using {path.parent}. Stop it first, or choose another folder (--data)."
        ) from None
    return lock
