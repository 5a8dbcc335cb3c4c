"""Decks as they are kept: what was uploaded, how far it has been drawn, and its pages as pictures.

Written by the task that renders, read by the organiser's pages and by everyone who sees a slide. A deck that
was ever in a rundown stays, since the log refers to its slides. It never draws and never reads the upload.
"""

import secrets
import sqlite3
from dataclasses import dataclass
from typing import Literal

import msgspec
from msgspec import structs

from live.domain.rundown import Slide

State = Literal["rendering", "ready", "failed"]
INTERRUPTED = "interrupted"  # the server stopped while it was drawing; the other codes are live.decks' own


class Problem(msgspec.Struct, frozen=True):
    """Why there is no deck: a code, and the numbers that its sentence names."""

    code: str
    params: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class Deck:
    """`pages` is None until the file has been opened."""

    id: int
    name: str
    state: State
    pages: int | None
    problem: Problem | None
    created_at: int


@dataclass(frozen=True, slots=True)
class Thumb:
    """A page that has been drawn."""

    slide: str
    number: int


@dataclass(frozen=True, slots=True)
class Wide:
    """A page with nothing but its large picture."""

    slide: str
    picture: bytes


def add(db: sqlite3.Connection, broadcast: int, *, name: str, sha256: str, now: int) -> int:
    """A deck of which nothing is drawn yet. What failed before is forgotten: this is the next attempt."""
    db.execute("DELETE FROM deck WHERE broadcast = ? AND state = 'failed'", (broadcast,))
    row = db.execute(
        "INSERT INTO deck (broadcast, name, sha256, created_at) VALUES (?, ?, ?, ?) RETURNING id",
        (broadcast, name, sha256, now),
    ).fetchone()
    return int(row["id"])


def count(db: sqlite3.Connection, deck: int, pages: int) -> None:
    db.execute("UPDATE deck SET pages = ? WHERE id = ?", (pages, deck))


def add_slide(
    db: sqlite3.Connection,
    deck: int,
    *,
    number: int,
    width: int,
    height: int,
    text: str,
    picture: bytes,
    thumb: bytes,
    small: bytes | None = None,
) -> None:
    """Keep a page. Its id is in the addresses of its pictures and never means anything else.

    `small`: None if the picture is small enough for a phone.
    """
    db.execute(
        "INSERT INTO slide (id, deck, number, width, height, text, picture, small, thumb)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (secrets.token_hex(8), deck, number, width, height, text, picture, small, thumb),
    )


def ready(db: sqlite3.Connection, deck: int) -> tuple[Slide, ...]:
    """All of it is drawn; the slides are the answer, as the rundown takes them."""
    db.execute("UPDATE deck SET state = 'ready' WHERE id = ?", (deck,))
    rows = db.execute(
        "SELECT id, number, width, height, text FROM slide WHERE deck = ? ORDER BY number", (deck,)
    )
    return tuple(Slide(**dict(row)) for row in rows)


def copy(
    db: sqlite3.Connection, slides: tuple[Slide, ...], broadcast: int, now: int
) -> tuple[int, tuple[Slide, ...]]:
    """A deck of these slides for another broadcast, ready; gives it and its slides, in the same order."""
    deck: int = db.execute(
        "INSERT INTO deck (broadcast, name, sha256, state, pages, created_at)"
        " SELECT ?, name, sha256, 'ready', ?, ? FROM deck"
        " WHERE id = (SELECT deck FROM slide WHERE id = ?) RETURNING id",
        (broadcast, len(slides), now, slides[0].id),
    ).fetchone()["id"]
    made: list[Slide] = []
    for number, slide in enumerate(slides, start=1):
        made.append(structs.replace(slide, id=secrets.token_hex(8), number=number))
        db.execute(
            "INSERT INTO slide (id, deck, number, width, height, text, picture, small, thumb)"
            " SELECT ?, ?, ?, width, height, text, picture, small, thumb FROM slide WHERE id = ?",
            (made[-1].id, deck, number, slide.id),
        )
    return deck, tuple(made)


def fail(db: sqlite3.Connection, deck: int, problem: Problem) -> None:
    """There will be no deck: half of one is of no use to anybody."""
    db.execute("DELETE FROM slide WHERE deck = ?", (deck,))
    encoded = msgspec.json.encode(problem).decode()
    db.execute("UPDATE deck SET state = 'failed', problem = ? WHERE id = ?", (encoded, deck))


def discard(db: sqlite3.Connection, deck: int) -> None:
    """Another upload has taken its place before it was ready."""
    db.execute("DELETE FROM deck WHERE id = ? AND state = 'rendering'", (deck,))


def interrupted(db: sqlite3.Connection) -> None:
    """Called at start-up: what was being drawn when the server stopped will not go on by itself.

    Neither will a deck that was drawn but had not reached the rundown.
    """
    rows = db.execute(
        "SELECT id FROM deck WHERE state = 'rendering' OR (state = 'ready'"
        " AND id IN (SELECT max(id) FROM deck WHERE state = 'ready' GROUP BY broadcast)"
        " AND NOT EXISTS (SELECT 1 FROM event WHERE event.broadcast = deck.broadcast"
        """ AND body GLOB '{"type":"deck_attached","deck":' || deck.id || ',*'))"""
    ).fetchall()
    for row in rows:
        fail(db, row["id"], Problem(INTERRUPTED))


def latest(db: sqlite3.Connection, broadcast: int) -> Deck | None:
    """The last one that was uploaded, whatever has become of it."""
    return _one(db, "broadcast = ?", broadcast)


def in_use(db: sqlite3.Connection, broadcast: int) -> Deck | None:
    """The one that the rundown is made of."""
    return _one(db, "broadcast = ? AND state = 'ready'", broadcast)


def thumbs(db: sqlite3.Connection, deck: int) -> list[Thumb]:
    rows = db.execute("SELECT id, number FROM slide WHERE deck = ? ORDER BY number", (deck,))
    return [Thumb(*row) for row in rows]


def picture(db: sqlite3.Connection, broadcast: int, slide: str) -> bytes | None:
    """The page in full, WebP."""
    return _image(db, "picture", broadcast, slide)


def small(db: sqlite3.Connection, broadcast: int, slide: str) -> bytes | None:
    """The page for a phone, WebP: in full if it was drawn before there were such."""
    return _image(db, "coalesce(small, picture)", broadcast, slide)


def thumb(db: sqlite3.Connection, broadcast: int, slide: str) -> bytes | None:
    """The page as a thumbnail, WebP."""
    return _image(db, "thumb", broadcast, slide)


def without_small(db: sqlite3.Connection, *, width: int, after: str, most: int) -> list[Wide]:
    """Slides wider than that with no small picture, by id, after this one."""
    rows = db.execute(
        "SELECT slide.id, picture FROM slide JOIN deck ON deck.id = slide.deck AND deck.state = 'ready'"
        " WHERE slide.id > ? AND width > ? AND typeof(small) = 'null'"  # unlike IS NULL it reads no picture
        " ORDER BY slide.id LIMIT ?",
        (after, width, most),
    )
    return [Wide(*row) for row in rows]


def add_small(db: sqlite3.Connection, slide: str, small: bytes) -> None:
    db.execute("UPDATE slide SET small = ? WHERE id = ?", (small, slide))


def _one(db: sqlite3.Connection, where: str, broadcast: int) -> Deck | None:
    row = db.execute(
        "SELECT id, name, state, pages, problem, created_at FROM deck"
        f" WHERE {where} ORDER BY id DESC LIMIT 1",
        (broadcast,),
    ).fetchone()
    if row is None:
        return None
    told = row["problem"]
    problem = None if told is None else msgspec.json.decode(told, type=Problem)
    return Deck(row["id"], row["name"], row["state"], row["pages"], problem, row["created_at"])


def _image(
    db: sqlite3.Connection,
    column: Literal["picture", "coalesce(small, picture)", "thumb"],
    broadcast: int,
    slide: str,
) -> bytes | None:
    row = db.execute(
        f"SELECT {column} FROM slide JOIN deck ON deck.id = slide.deck"
        " WHERE slide.id = ? AND deck.broadcast = ?",
        (slide, broadcast),
    ).fetchone()
    return None if row is None else bytes(row[0])
