"""Migrations: each script once, whole or not at all, and no file touched that is not ours."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from live.database import DatabaseProblem
from live.database.migrations import migrate, scripts

FIRST = "CREATE TABLE lamp (id INTEGER PRIMARY KEY) STRICT;"
SECOND = "ALTER TABLE lamp ADD COLUMN colour TEXT NOT NULL DEFAULT 'white';"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A version with one script."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_lamps.sql").write_text(FIRST)
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "live.db"


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    database = sqlite3.connect(path)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


def test_a_new_file_gets_every_script_in_order(folder: Path, path: Path) -> None:
    (folder / "0002_colours.sql").write_text(SECOND)
    assert migrate(path, folder) == ["0001_lamps", "0002_colours"]
    assert rows(path, "SELECT number, name FROM migration") == [(1, "0001_lamps"), (2, "0002_colours")]
    assert rows(path, "PRAGMA journal_mode") == [("wal",)]


def test_a_second_start_runs_nothing(folder: Path, path: Path) -> None:
    migrate(path, folder)
    assert migrate(path, folder) == []


def test_an_update_runs_what_is_new_and_keeps_what_is_there(folder: Path, path: Path) -> None:
    migrate(path, folder)
    with sqlite3.connect(path) as database:
        database.execute("INSERT INTO lamp VALUES (7)")
    database.close()
    (folder / "0002_colours.sql").write_text(SECOND)
    assert migrate(path, folder) == ["0002_colours"]
    assert rows(path, "SELECT * FROM lamp") == [(7, "white")]


def test_a_script_that_fails_leaves_nothing_of_itself(folder: Path, path: Path) -> None:
    migrate(path, folder)
    (folder / "0002_broken.sql").write_text(f"{SECOND}\nCREATE TABLE shade (id);\nCREATE TABLE lamp (id);")
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrate(path, folder)
    assert rows(path, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name") == [
        ("lamp",),
        ("migration",),
    ]
    assert rows(path, "SELECT number FROM migration") == [(1,)]
    (folder / "0002_broken.sql").write_text(SECOND)
    assert migrate(path, folder) == ["0002_broken"], "repaired, it runs"


def test_a_crash_between_two_scripts_goes_on_with_the_second(folder: Path, path: Path) -> None:
    (folder / "0002_colours.sql").write_text("not SQL")
    with pytest.raises(sqlite3.OperationalError):
        migrate(path, folder)
    (folder / "0002_colours.sql").write_text(SECOND)
    assert migrate(path, folder) == ["0002_colours"]


def test_a_file_of_a_newer_version_is_refused_with_advice(folder: Path, path: Path) -> None:
    (folder / "0002_colours.sql").write_text(SECOND)
    migrate(path, folder)
    (folder / "0002_colours.sql").unlink()
    before = path.read_bytes()
    with pytest.raises(DatabaseProblem, match=r"newer version of live\. Install that version"):
        migrate(path, folder)
    assert path.read_bytes() == before


def test_a_script_that_was_changed_afterwards_is_noticed(folder: Path, path: Path) -> None:
    migrate(path, folder)
    (folder / "0001_lamps.sql").write_text(FIRST + " -- better")
    with pytest.raises(DatabaseProblem, match=r"another 0001_lamps\.sql"):
        migrate(path, folder)


@pytest.mark.parametrize("content", [b"Dear diary, " * 500, b"%PDF-1.7\n" + b"\x00" * 5_000])
def test_a_file_that_is_no_database_is_refused_and_left_alone(
    folder: Path, path: Path, content: bytes
) -> None:
    path.write_bytes(content)
    with pytest.raises(DatabaseProblem, match=r"is not a database of live\.$"):
        migrate(path, folder)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused_and_left_alone(folder: Path, path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE contact (name TEXT)")
    database.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseProblem, match=r"is not a database of live\.$"):
        migrate(path, folder)
    assert path.read_bytes() == before


def test_an_empty_file_is_a_new_one(folder: Path, path: Path) -> None:
    path.touch()
    assert migrate(path, folder) == ["0001_lamps"]


def test_anonymous_questions_of_earlier_versions_leave_the_log_and_no_gap(tmp_path: Path, path: Path) -> None:
    earlier = tmp_path / "earlier"
    earlier.mkdir()
    for script in scripts()[:4]:
        (earlier / f"{script.name}.sql").write_text(script.sql, "utf-8")
    migrate(path, earlier)
    asked = '{"type":"question_asked","question":"%s","text":"Why %s?","anonymous":%s,"pending":true}'
    taken = '{"type":"question_withdrawn","question":"%s","anonymous":%s}'
    log = [
        (1, 600_000, None, asked % ("q1", "me", "true")),
        (2, 623_456, "ann", asked % ("q2", "you", "false")),
        (3, 900_000, None, taken % ("q1", "true")),
        (4, 923_456, "ann", taken % ("q2", "false")),
        (5, 900_000, None, asked % ("q3", "us", "true")),
        (6, 999_999, "bob", '{"type":"question_upvoted","question":"q3","on":true}'),
    ]
    with sqlite3.connect(path) as database:
        database.execute(
            "INSERT INTO broadcast (id, slug, code, epoch, title, created_at) VALUES (7, '', '', '', '', 0)"
        )
        insert = "INSERT INTO event (broadcast, seq, at, actor, body) VALUES (7, ?, ?, ?, ?)"
        database.executemany(insert, log)
    database.close()
    migrate(path)
    assert rows(path, "SELECT * FROM anonymous_question ORDER BY question") == [
        (7, "q1", 600_000, "Why me?", 1, 900_000, 0),
        (7, "q3", 900_000, "Why us?", 1, None, 0),
    ]
    assert rows(path, "SELECT seq, at, actor FROM event ORDER BY seq") == [
        (1, 623_456, "ann"),
        (2, 923_456, "ann"),
        (3, 999_999, "bob"),
    ]
    assert rows(path, "SELECT id, state, votes FROM question ORDER BY id") == [
        ("q1", "withdrawn", 0),
        ("q2", "withdrawn", 0),
        ("q3", "pending", 1),
    ]


def test_our_own_scripts_are_numbered_without_gaps_and_make_strict_tables(path: Path) -> None:
    assert [script.number for script in scripts()] == list(range(1, len(scripts()) + 1))
    migrate(path)
    loose = (
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'"
    )
    assert rows(path, loose) == []
    assert rows(path, "PRAGMA foreign_key_check") == []
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
