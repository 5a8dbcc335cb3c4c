"""Sets the demo up as an organiser would: broadcast, roster, deck, rundown, links.

The deck goes the way of an upload and the rundown goes through the stage, so that everything is a real
row and a real event. In a folder that has the demo already it only looks up the links.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import shutil
import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
from starlette.applications import Starlette

from live.auth import Auth, new_id
from live.database import Database
from live.demo import rundown, stream
from live.demo.roster import ROSTER, SITES
from live.directory import accounts, broadcasts, decks, people, roster, videos
from live.directory.broadcasts import Broadcast
from live.domain.base import Actor, Role, Video
from live.domain.permits import Command
from live.domain.polls import AddPoll
from live.domain.rundown import BreakItem, Item, NoticeItem, Place, PollItem, SlideItem
from live.pages.renderings import Renderings, Upload
from live.protocol import Done, Welcome
from live.settings import Settings
from live.stage import Stage

COURSE = Path(__file__).parent / "course.pdf"
DESK_NAME = "演示 / Demo"
STREAM = Video(kind="hls", url=stream.PLAYLIST, delay_ms=8_000)
LINKED: tuple[Role, ...] = ("lecturer", "moderator", "screen")


@dataclass(frozen=True)
class Invitation:
    """How to get in: the join code, and the secret ends of the links. `setup`: while there is no account."""

    code: str
    lecturer: str
    moderator: str
    screen: str
    setup: str | None


async def prepare(app: Starlette) -> Invitation:
    """Make the demo in the application's database, or find the one that is there."""
    database: Database = app.state.database
    auth: Auth = app.state.auth
    found = await database.read(_complete)
    if found is None:
        found = await _make(app, database, auth)
    links = await database.read(lambda db: people.links(db, found.id))
    tokens = {link.role: auth.link_token(link.id) for link in links}
    known = await database.read(accounts.any_account)
    setup = None if known else await database.write(auth.setup_link)
    return Invitation(found.code, tokens["lecturer"], tokens["moderator"], tokens["screen"], setup)


def _complete(db: sqlite3.Connection) -> Broadcast | None:
    """The demo that was made here before. Its links come last, so it has them only if it is whole."""
    made = (each for each in broadcasts.all(db) if each.title == rundown.TITLE)
    return next(
        (each for each in made if {link.role for link in people.links(db, each.id)} >= {*LINKED}), None
    )


async def _make(app: Starlette, database: Database, auth: Auth) -> Broadcast:
    organiser = new_id()

    def job(db: sqlite3.Connection) -> Broadcast:
        now = auth.now()
        made = broadcasts.create(
            db,
            title=rundown.TITLE,
            lecturer=rundown.LECTURER,
            planned_at=now,
            minutes=60,
            sites=SITES,
            created_by=None,
            now=now,
        )
        videos.put(db, made.id, STREAM)
        expected = [roster.Person(each.name, each.unit, each.number) for each in ROSTER]
        roster.replace(db, made.id, expected)
        someone = people.Newcomer(id=organiser, broadcast=made.id, role="organiser", name=DESK_NAME)
        people.add(db, someone, now)
        return made

    found = await database.write(job)
    stage: Stage = await app.state.stages.get(found.id)
    await _draw(app, found.id)
    await _lay_out(stage, Actor(participant=organiser, role="organiser"))
    for role in LINKED:
        await database.write(lambda db, role=role: auth.make_link(db, found.id, role))  # type: ignore[misc]
    return found


async def _draw(app: Starlette, broadcast: int) -> None:
    """Put the course in as an upload would be."""
    database: Database = app.state.database
    settings: Settings = app.state.settings
    upload = settings.data / f"course-{broadcast}.pdf"  # gone once it is drawn
    await asyncio.to_thread(shutil.copyfile, COURSE, upload)
    sha256 = hashlib.sha256(await asyncio.to_thread(upload.read_bytes)).hexdigest()
    renderings: Renderings = app.state.renderings
    await renderings.start(Upload(broadcast, upload, COURSE.name, sha256))
    await renderings.wait(broadcast)
    deck = await database.read(lambda db: decks.latest(db, broadcast))
    if deck is None or deck.state != "ready":
        raise RuntimeError(f"the course could not be drawn: {deck and deck.problem}")


async def _lay_out(stage: Stage, actor: Actor) -> None:
    """Put notes on the pages, and what was planned behind them."""
    pages = await _pages(stage, actor)
    for number, notes in rundown.NOTES.items():
        page = pages[number - 1]
        annotated = SlideItem(id=page.id, slide=page.slide, notes=notes)
        await _order(stage, actor, Place(item=annotated, before=page.id))
    followers = [*(page.id for page in pages[1:]), None]
    for number, planned in enumerate(rundown.PLAN, start=1):
        item = await _item(stage, actor, f"plan-{number}", _pictured(planned, pages))
        await _order(stage, actor, Place(item=item, before=followers[planned.after - 1]))


def _pictured(planned: rundown.Planned, pages: list[SlideItem]) -> rundown.Planned:
    """A poll about a picture: of which slide is known only now."""
    if not isinstance(planned, rundown.PlannedPoll) or planned.about is None:
        return planned
    slide = pages[planned.about - 1].slide
    return replace(planned, ballot=msgspec.structs.replace(planned.ballot, slide=slide))


async def _pages(stage: Stage, actor: Actor) -> list[SlideItem]:
    welcome = msgspec.json.decode(await stage.welcome(actor, "desk"), type=Welcome)
    items = msgspec.convert(welcome.docs["rundown"]["items"], list[Item])
    return [item for item in items if isinstance(item, SlideItem)]


async def _item(stage: Stage, actor: Actor, item_id: str, planned: rundown.Planned) -> Item:
    match planned:
        case rundown.PlannedPoll():
            rules = planned.rules.ruled()
            made = await _order(stage, actor, AddPoll(title=planned.title, ballot=planned.ballot, **rules))
            return PollItem(id=item_id, poll=int((made or "").partition("/")[2]))
        case rundown.PlannedNotice():
            return NoticeItem(id=item_id, text=planned.text)
        case rundown.PlannedBreak():
            return BreakItem(id=item_id, text=planned.text, minutes=planned.minutes)


async def _order(stage: Stage, actor: Actor, command: Command) -> str | None:
    """Give a command and wait until it is done; gives what it made."""
    while True:
        answer = await stage.order(actor, secrets.token_urlsafe(16), command)
        if isinstance(answer, Done):
            return answer.made
        if answer.retry_ms is None:
            raise RuntimeError(f"the demo's rundown was refused: {answer.code}")
        await asyncio.sleep(answer.retry_ms / 1000)
