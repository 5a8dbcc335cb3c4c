"""The open file: a job is a transaction, whoever waits for it, and it is on disk when it returns."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from live.database import Database, DatabaseProblem, is_full, passes
from tests.backstage import failure
from tests.patience import PATIENCE


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "live.db")
    await database.write(lambda db: db.execute("CREATE TABLE lamp (id INTEGER PRIMARY KEY, colour TEXT)"))
    yield database
    await database.close()


def add(db: sqlite3.Connection, count: int = 1) -> None:
    db.executemany("INSERT INTO lamp (colour) VALUES (?)", [("red",)] * count)


def count(db: sqlite3.Connection) -> int:
    number: int = db.execute("SELECT count(*) FROM lamp").fetchone()[0]
    return number


async def test_what_a_job_returns_is_committed(database: Database) -> None:
    def job(db: sqlite3.Connection) -> str:
        add(db)
        return "done"

    assert await database.write(job) == "done"
    beside = sqlite3.connect(database.path)
    assert count(beside) == 1
    beside.close()


async def test_a_job_that_raises_leaves_nothing(database: Database) -> None:
    def job(db: sqlite3.Connection) -> None:
        add(db, 100)
        raise KeyError("halfway")

    with pytest.raises(KeyError):
        await database.write(job)
    assert await database.read(count) == 0
    await database.write(add)
    assert await database.read(count) == 1


async def test_a_caller_who_is_cancelled_leaves_no_transaction_open(database: Database) -> None:
    begun, go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def slow(db: sqlite3.Connection) -> None:
        add(db, 1_000)
        loop.call_soon_threadsafe(begun.set)
        assert go_on.wait(PATIENCE)

    writing = asyncio.create_task(database.write(slow))
    await begun.wait()
    writing.cancel()
    await asyncio.wait({writing})
    assert writing.cancelled()
    go_on.set()
    await database.write(add)
    assert await database.read(count) == 1_001, "it was carried out, and the next one did not end up in it"


async def test_many_cancelled_callers_break_nothing(database: Database) -> None:
    tasks = [asyncio.create_task(database.write(add)) for _ in range(500)]
    for task in tasks[::2]:
        await asyncio.sleep(0)
        task.cancel()
    await asyncio.wait(tasks)
    await database.write(add)
    assert await database.read(count) >= 251
    assert not await database.write(lambda db: db.execute("PRAGMA foreign_key_check").fetchall())


async def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await database.read(add)


async def test_reads_that_are_asked_for_together_share_one_way_and_not_their_failures(
    database: Database,
) -> None:
    moments = []

    def look(db: sqlite3.Connection) -> int:
        moments.append(db.execute("PRAGMA data_version").fetchone()[0])
        return count(db)

    def fail(_db: sqlite3.Connection) -> int:
        raise KeyError("only mine")

    await database.write(add)
    gone = asyncio.create_task(database.read(look))
    asking = [asyncio.create_task(database.read(job)) for job in (look, fail, look)]
    await asyncio.sleep(0)
    gone.cancel()
    first, failed, last = await asyncio.gather(*asking, return_exceptions=True)
    assert (first, last) == (1, 1)
    assert isinstance(failed, KeyError)
    assert len(moments) == 3, "whoever has gone costs the others nothing either"
    assert len(set(moments)) == 1


async def test_a_reader_sees_one_moment_and_no_unfinished_work(database: Database) -> None:
    begun, go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def slow(db: sqlite3.Connection) -> None:
        add(db)
        loop.call_soon_threadsafe(begun.set)
        assert go_on.wait(PATIENCE)

    writing = asyncio.create_task(database.write(slow))
    await begun.wait()
    assert await database.read(count) == 0, "not yet, and without waiting for it"
    go_on.set()
    await writing
    assert await database.read(count) == 1


async def test_a_commit_is_durable_and_keys_are_guarded(database: Database) -> None:
    def settings(db: sqlite3.Connection) -> dict[str, int | str]:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "trusted_schema")
        return {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in names}

    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
    }
    assert await database.write(settings) == wanted


async def test_only_the_writer_checkpoints(database: Database) -> None:
    def pages(db: sqlite3.Connection) -> int:
        number: int = db.execute("PRAGMA wal_autocheckpoint").fetchone()[0]
        return number

    assert await database.write(pages) > 0
    assert await database.read(pages) == 0
    beside = await Database.beside(database.path)
    assert await beside.write(pages) == 0
    await beside.close()


async def test_one_process_at_a_time(database: Database) -> None:
    with pytest.raises(DatabaseProblem, match="Another live server"):
        await Database.open(database.path)


async def test_beside_a_server_somebody_may_change_a_little(database: Database) -> None:
    beside = await Database.beside(database.path)
    await beside.write(add)
    await beside.close()
    await database.write(add)
    assert await database.read(count) == 2


async def test_a_closed_file_is_whole_without_its_log(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "live.db")
    await database.close()
    left = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert left.pop("live.db") > 0
    assert left.get("live.db-wal", 0) == 0
    again = await Database.open(tmp_path / "live.db")
    await again.close()


async def test_deleted_names_do_not_stay_in_the_file(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "live.db")
    name = "Zhuge Unforgettable"
    await database.write(
        lambda db: db.execute("INSERT INTO account (name, password, created_at) VALUES (?, '', 0)", (name,))
    )
    await database.write(lambda db: db.execute("DELETE FROM account"))
    await database.close()
    assert name.encode() not in (tmp_path / "live.db").read_bytes()


async def test_a_full_disk_is_told_apart_and_heals(database: Database) -> None:
    def stop_growing(db: sqlite3.Connection) -> None:
        db.execute(f"PRAGMA max_page_count = {db.execute('PRAGMA page_count').fetchone()[0]}")

    await database.write(stop_growing)
    with pytest.raises(sqlite3.OperationalError) as full:
        await database.write(lambda db: add(db, 10_000))
    assert is_full(full.value)
    assert await database.read(count) == 0
    await database.write(lambda db: db.execute("PRAGMA max_page_count = 1000000"))
    await database.write(lambda db: add(db, 10_000))
    assert await database.read(count) == 10_000


async def test_a_file_that_cannot_be_opened_leaves_no_thread_behind(tmp_path: Path) -> None:
    (tmp_path / "live.db").write_text("Dear diary, " * 1_000)
    before = set(threading.enumerate())
    with pytest.raises(DatabaseProblem, match="is not a database"):
        await Database.beside(tmp_path / "live.db")
    for thread in set(threading.enumerate()) - before:
        thread.join(PATIENCE)
        assert not thread.is_alive()


@pytest.mark.parametrize(
    ("code", "full", "passing"),
    [
        (sqlite3.SQLITE_FULL, True, True),
        (sqlite3.SQLITE_IOERR_SHMSIZE, True, True),
        (sqlite3.SQLITE_BUSY, False, True),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, False, True),
        (sqlite3.SQLITE_IOERR, False, False),
        (sqlite3.SQLITE_IOERR_FSYNC, False, False),
        (sqlite3.SQLITE_CORRUPT, False, False),
    ],
)
def test_what_passes_by_itself_and_what_does_not(code: int, full: bool, passing: bool) -> None:
    error = failure(code)
    assert (is_full(error), passes(error)) == (full, passing)
    assert not passes(ValueError())
