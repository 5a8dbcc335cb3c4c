"""What each installation of a test would do anew, done once: its tables, and hashes that are dear on purpose.

Used by conftest.py for all tests in this process; what a test starts as a program of its own does everything
itself. A new database is a copy of one that was brought up to date, byte for byte what `migrate` leaves. How
it comes to that, and what a password costs in earnest, have tests that ask for the real ones.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from live.database.migrations import migrate

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # KiB; a hash is 30 ms otherwise


@contextmanager
def done_once(folder: Path) -> Iterator[None]:
    template = folder / "live.db"
    migrate(template)

    def copy_or_migrate(path: Path) -> None:
        if path.exists():
            migrate(path)
        else:
            shutil.copyfile(template, path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("live.database.file.migrate", copy_or_migrate)
        patch.setattr("live.auth.passwords.HASHER", CHEAP)
        yield
