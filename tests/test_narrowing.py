"""Slides from before phones had pictures of their own are given them at a start."""

from __future__ import annotations

import io
import sqlite3
import tempfile
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from live.database import Database
from live.directory import broadcasts, decks
from live.pages import narrowing

WIDE, NARROW, PHONE = (1920, 1080), (800, 600), (1080, 608)

Size = tuple[int, int]


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(tmp_path / "live.db")
    yield opened
    await opened.close()


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "scratch"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def picture(size: Size) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "red").save(file, "WEBP")
    return file.getvalue()


def keep(pictures: list[tuple[Size, bytes]], db: sqlite3.Connection) -> list[str]:
    """A deck as it was kept before; the ids of its slides."""
    where = broadcasts.create(db, title="Course", created_by=None, now=0)
    deck = decks.add(db, where.id, name="course.pdf", sha256="", now=0)
    for number, ((width, height), image) in enumerate(pictures, start=1):
        decks.add_slide(
            db, deck, number=number, width=width, height=height, text="", picture=image, thumb=b""
        )
    return [each.id for each in decks.ready(db, deck)]


async def sent(database: Database, slide: str) -> bytes:
    """What a phone is sent."""
    found = await database.read(lambda db: decks.small(db, 1, slide))
    assert found
    return found


async def test_wide_slides_are_given_a_small_picture_and_narrow_ones_keep_theirs(
    database: Database, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrowing, "MANY", 2)
    sizes = [WIDE, NARROW, WIDE, WIDE]
    slides = await database.write(partial(keep, [(size, picture(size)) for size in sizes]))
    await narrowing.narrow(database)
    found = [Image.open(io.BytesIO(await sent(database, each))).size for each in slides]
    assert found == [PHONE, NARROW, PHONE, PHONE]
    assert await database.read(partial(decks.without_small, width=PHONE[0], after="", most=9)) == []
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("damaged", [picture(WIDE)[:40], b"?" * 40])
async def test_a_picture_that_cannot_be_read_holds_up_no_other(
    database: Database, scratch: Path, damaged: bytes
) -> None:
    slides = await database.write(partial(keep, [(WIDE, damaged), (WIDE, picture(WIDE))]))
    await narrowing.narrow(database)
    assert await sent(database, slides[0]) == damaged
    assert Image.open(io.BytesIO(await sent(database, slides[1]))).size == PHONE
    assert list(scratch.iterdir()) == []


async def test_what_is_left_of_a_disk_is_left_to_who_is_live(
    database: Database, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrowing, "SPARE_BYTES", 1 << 62)
    [slide] = await database.write(partial(keep, [(WIDE, picture(WIDE))]))
    await narrowing.narrow(database)
    assert await sent(database, slide) == picture(WIDE)
