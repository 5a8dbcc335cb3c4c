"""A broadcast held again, for another unit or next month: a new one that is prepared like an earlier one.

Asked by the organiser's pages and `live copy`. Deck, rundown, polls, video and settings go over, the roster
if it is wanted; nothing that happened does, and the code and all links are new. The log of the earlier one
is read beside the writer; what is written is one transaction, whole or not at all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from live.database import Database
from live.directory import broadcasts, decks, roster, videos
from live.directory.broadcasts import Broadcast
from live.domain import again
from live.domain.base import Setup
from live.domain.known import State
from live.domain.rundown import DeckAttached
from live.log.eventlog import EventLog, begin
from live.log.fold import Fold

Make = Callable[[sqlite3.Connection], Broadcast]


async def copy(database: Database, earlier: int, make: Make, *, people: bool, now: int) -> Broadcast:
    """`make` writes the new broadcast as it is called and planned; `people`: with the roster."""
    fold = Fold(Setup(), {})
    await EventLog(database, earlier).replay(fold.replay)

    def job(db: sqlite3.Connection) -> Broadcast:
        made = make(db)
        _set_up(db, earlier, made.id, people=people)
        _prepare(db, fold.state, made.id, now)
        return made

    return await database.write(job)


def _set_up(db: sqlite3.Connection, earlier: int, broadcast: int, *, people: bool) -> None:
    videos.put(db, broadcast, videos.of(db, earlier))
    broadcasts.set_words(db, broadcast, broadcasts.words(db, earlier))
    broadcasts.set_hour(db, broadcast, broadcasts.hour(db, earlier))
    if people:
        roster.replace(db, broadcast, roster.people(db, earlier))


def _prepare(db: sqlite3.Connection, state: State, broadcast: int, now: int) -> None:
    attached: list[DeckAttached] = []
    renamed: dict[str, str] = {}
    for slides in again.decks(state):
        deck, copies = decks.copy(db, slides, broadcast, now)
        attached.append(DeckAttached(deck=deck, slides=copies))
        renamed |= {old.id: new.id for old, new in zip(slides, copies, strict=True)}
    begin(db, broadcast, now, again.events(state, attached, renamed))
