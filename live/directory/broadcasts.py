"""Broadcasts as they are set up: title, plan, places, and the code that people type to join.

Used by the organiser's pages, the doors and the stage. `setup` is what the live part may know of a broadcast.
It never changes what has happened: the phase is only read, from the log.
"""

import random
import re
import secrets
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import msgspec

from live.directory import recordings, videos
from live.domain.base import Setup, Site
from live.domain.life import Phase
from live.i18n import gettext

# 31 characters that are told apart on a projector and over the phone: no 0 O 1 I L.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 6  # 31^6 = 887 million: with a few open broadcasts, guessing finds none in a lifetime
SLUG_WORDS = 24  # characters of the title in an address: enough to recognise it
SLUG_CHANCE = 5  # random characters behind them; also keeps a slug from being a word such as "new"
EPOCH_BITS = 128
TRIES = 20  # a clash of codes has one chance in a million: twenty in a row is a broken source of chance
LANGUAGES = ("zh", "en")
SYSTEM = secrets.SystemRandom()


def N_(msgid: str) -> str:
    """Marks a sentence for the catalogues; it is translated where it is shown."""
    return msgid


PHASES: dict[str, Phase] = {"started": "live", "ended": "ended"}


@dataclass(frozen=True, slots=True)
class Broadcast:
    id: int
    slug: str
    code: str
    epoch: str
    title: str
    lecturer: str
    planned_at: int | None
    languages: tuple[str, ...]
    joining: bool
    created_at: int
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list: the broadcast, where it stands, and since when (ms)."""

    broadcast: Broadcast
    phase: Phase
    since: int | None


def create(
    db: sqlite3.Connection,
    *,
    title: str,
    lecturer: str = "",
    planned_at: int | None = None,
    minutes: int | None = None,
    languages: Iterable[str] = LANGUAGES,
    sites: Iterable[Site] = (),
    created_by: int | None,
    now: int,
    chance: random.Random = SYSTEM,
) -> Broadcast:
    """A new broadcast with its sites; without any, one room and "remote"."""
    row = db.execute(
        "INSERT INTO broadcast (slug, code, epoch, title, lecturer, planned_at, minutes, languages,"
        " created_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *",
        (
            _fresh(db, "slug", lambda: _slug(title, chance)),
            _fresh(db, "code", lambda: _letters(chance, CODE_LENGTH)),
            f"{chance.getrandbits(EPOCH_BITS):032x}",
            *(title, lecturer, planned_at, minutes, " ".join(languages), created_by, now),
        ),
    ).fetchone()
    _put_sites(db, row["id"], list(sites) or default_sites(languages), chance)
    return _broadcast(row)


def default_sites(languages: Iterable[str] = LANGUAGES) -> list[Site]:
    """One hall and everybody elsewhere, named in the broadcast's first language."""
    lang = next(iter(languages), LANGUAGES[0])
    hall, remote = gettext(lang, N_("Hall")), gettext(lang, N_("Remote"))
    return [Site(id="room", name=hall, kind="room"), Site(id="remote", name=remote, kind="remote")]


def find(db: sqlite3.Connection, slug: str) -> Broadcast | None:
    return _one(db.execute("SELECT * FROM broadcast WHERE slug = ?", (slug,)))


def by_id(db: sqlite3.Connection, broadcast: int) -> Broadcast | None:
    return _one(db.execute("SELECT * FROM broadcast WHERE id = ?", (broadcast,)))


def find_by_code(db: sqlite3.Connection, code: str) -> Broadcast | None:
    """The broadcast that takes people in by this code. Unknown and closed are one answer of one query."""
    return _one(db.execute("SELECT * FROM broadcast WHERE code = ? AND joining = 1", (plain_code(code),)))


def plain_code(typed: str) -> str:
    """The code as it is stored: whatever case, spaces, hyphens or full-width letters it was typed with."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", typed[:100]))).upper()


def all(db: sqlite3.Connection) -> list[Broadcast]:
    rows = db.execute("SELECT * FROM broadcast ORDER BY created_at DESC, id DESC")
    return [_broadcast(row) for row in rows]


def overview(db: sqlite3.Connection) -> list[Listed]:
    """All of them: live ones first, then the planned, soonest first, then the ended, latest first."""
    return sorted((Listed(each, *phase(db, each.id)) for each in all(db)), key=_rank)


def phase(db: sqlite3.Connection, broadcast: int) -> tuple[Phase, int | None]:
    """Where it stands and since when: what the log said last about starting and ending."""
    # The tag is what msgspec writes first: comparing a prefix is ten times as fast as reading the JSON.
    row = db.execute(
        "SELECT body, at FROM event WHERE broadcast = ?"
        """ AND (body GLOB '{"type":"started"*' OR body GLOB '{"type":"ended"*')"""
        " ORDER BY seq DESC LIMIT 1",
        (broadcast,),
    ).fetchone()
    if row is None:
        return "planned", None
    return PHASES[msgspec.json.decode(row["body"])["type"]], row["at"]


def edit(
    db: sqlite3.Connection,
    broadcast: int,
    *,
    title: str,
    lecturer: str,
    planned_at: int | None,
    minutes: int | None,
    languages: Iterable[str],
) -> None:
    db.execute(
        "UPDATE broadcast SET title = ?, lecturer = ?, planned_at = ?, minutes = ?, languages = ?"
        " WHERE id = ?",
        (title, lecturer, planned_at, minutes, " ".join(languages), broadcast),
    )


def edit_sites(
    db: sqlite3.Connection, broadcast: int, sites: Iterable[Site], *, chance: random.Random = SYSTEM
) -> None:
    """These sites and no others, in this order. One without an id is new and gets one that never was used."""
    db.execute("DELETE FROM site WHERE broadcast = ?", (broadcast,))
    _put_sites(db, broadcast, sites, chance)


def set_joining(db: sqlite3.Connection, broadcast: int, joining: bool) -> None:
    db.execute("UPDATE broadcast SET joining = ? WHERE id = ?", (int(joining), broadcast))


def sites(db: sqlite3.Connection, broadcast: int) -> list[Site]:
    rows = db.execute("SELECT id, name, kind FROM site WHERE broadcast = ? ORDER BY position", (broadcast,))
    return [Site(id=row["id"], name=row["name"], kind=row["kind"]) for row in rows]


def peopled(db: sqlite3.Connection, broadcast: int) -> dict[str, int]:
    """Sites by id from which somebody takes part, and how many: these cannot be taken away."""
    rows = db.execute(
        "SELECT site, count(*) FROM participant WHERE broadcast = ? AND site <> '' AND removed_at IS NULL"
        " GROUP BY site",
        (broadcast,),
    )
    return dict(rows)


def units(db: sqlite3.Connection, broadcast: int) -> list[str]:
    """The units of the roster, in its order."""
    rows = db.execute(
        "SELECT unit FROM person WHERE broadcast = ? AND unit <> '' GROUP BY unit ORDER BY min(position)",
        (broadcast,),
    )
    return [row["unit"] for row in rows]


def words(db: sqlite3.Connection, broadcast: int) -> tuple[str, ...]:
    """With which a question waits for a moderator."""
    row = db.execute("SELECT words FROM broadcast WHERE id = ?", (broadcast,)).fetchone()
    return tuple(row["words"].split("\n")) if row and row["words"] else ()


def set_words(db: sqlite3.Connection, broadcast: int, words: Iterable[str]) -> None:
    db.execute("UPDATE broadcast SET words = ? WHERE id = ?", ("\n".join(words), broadcast))


def hour(db: sqlite3.Connection, broadcast: int) -> int | None:
    """How many minutes an hour of training has; None: it is not counted in such hours."""
    found = db.execute("SELECT hour FROM broadcast WHERE id = ?", (broadcast,)).fetchone()
    return None if found is None else found["hour"]


def set_hour(db: sqlite3.Connection, broadcast: int, minutes: int | None) -> None:
    db.execute("UPDATE broadcast SET hour = ? WHERE id = ?", (minutes, broadcast))


def setup(db: sqlite3.Connection, broadcast: int, base_url: str) -> Setup:
    """What the stage may know. Without joining there is no code to show."""
    found = by_id(db, broadcast)
    if found is None:
        raise LookupError(broadcast)
    return Setup(
        title=found.title,
        lecturer=found.lecturer,
        planned_at=found.planned_at,
        minutes=found.minutes,
        languages=found.languages,
        sites=tuple(sites(db, broadcast)),
        units=tuple(units(db, broadcast)),
        code=found.code if found.joining else None,
        join_url=join_url(found, base_url) if found.joining else None,
        words=words(db, broadcast),
        video=videos.of(db, broadcast),
        replay=recordings.is_published(db, broadcast),
    )


def join_url(broadcast: Broadcast, base_url: str) -> str:
    return f"{base_url.rstrip('/')}/join/{broadcast.code}"


def _one(rows: sqlite3.Cursor) -> Broadcast | None:
    row = rows.fetchone()
    return None if row is None else _broadcast(row)


def _broadcast(row: sqlite3.Row) -> Broadcast:
    return Broadcast(
        id=row["id"],
        slug=row["slug"],
        code=row["code"],
        epoch=row["epoch"],
        title=row["title"],
        lecturer=row["lecturer"],
        planned_at=row["planned_at"],
        languages=tuple(row["languages"].split()),
        joining=bool(row["joining"]),
        created_at=row["created_at"],
        minutes=row["minutes"],
    )


def _put_sites(db: sqlite3.Connection, broadcast: int, sites: Iterable[Site], chance: random.Random) -> None:
    db.executemany(
        "INSERT INTO site (broadcast, id, position, name, kind) VALUES (?, ?, ?, ?, ?)",
        [
            (broadcast, site.id or f"{chance.getrandbits(32):08x}", position, site.name, site.kind)
            for position, site in enumerate(sites)
        ],
    )


def _fresh(db: sqlite3.Connection, column: str, draw: Callable[[], str]) -> str:
    for _ in range(TRIES):
        drawn = draw()
        if db.execute(f"SELECT 1 FROM broadcast WHERE {column} = ?", (drawn,)).fetchone() is None:
            return drawn
    raise RuntimeError(f"no free {column} in {TRIES} tries")


def _slug(title: str, chance: random.Random) -> str:
    """safety-training-7k3mq; of a title without ASCII letters only the random part."""
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    if len(words) > SLUG_WORDS:
        words = words[: SLUG_WORDS + 1].rpartition("-")[0] or words[:SLUG_WORDS]
    ending = _letters(chance, SLUG_CHANCE).lower()
    return f"{words}-{ending}" if words else ending


def _letters(chance: random.Random, count: int) -> str:
    return "".join(chance.choice(ALPHABET) for _ in range(count))


def _rank(listed: Listed) -> tuple[int, bool, int]:
    if listed.phase == "planned":
        return 1, listed.broadcast.planned_at is None, listed.broadcast.planned_at or 0
    return (0 if listed.phase == "live" else 2), False, -(listed.since or 0)
