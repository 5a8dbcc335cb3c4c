"""Tests side by side (`pytest -n 2 --dist loadfile`): a turn for those that need the whole machine.

Used by conftest.py. A file's tests stay in one process. What is marked `alone` measures how long something
takes: it waits until no other test runs, and no other begins until it has ended. Nothing here decides what
is tested.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__)


@contextmanager
def turn(*, alone: bool) -> Iterator[None]:
    """Among the processes that run tests of this tree: beside the others, or with none of them."""
    with HERE.open() as door, HERE.parent.joinpath("conftest.py").open() as room:
        fcntl.flock(door, fcntl.LOCK_EX)  # who waits to be alone holds the door, else there is always another
        fcntl.flock(room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        fcntl.flock(door, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(room, fcntl.LOCK_UN)  # said, because a child may have the file as well
