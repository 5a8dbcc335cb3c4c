"""A broadcast for browser tests, set up without a browser: a deck of plain pages, links, a command line.

`Show` is for the tests that begin where the organiser has finished. What it makes are the same rows and
events that the organiser's pages make.
"""

from __future__ import annotations

import io
import secrets
import sqlite3
from dataclasses import dataclass, field
from typing import Any

import msgspec
from PIL import Image
from playwright.async_api import Page, expect

from live.auth import Auth, audience_of, new_id
from live.directory import broadcasts, decks, people, videos
from live.directory.broadcasts import Broadcast
from live.directory.people import Newcomer
from live.domain.ballots import Ballot
from live.domain.base import Actor, Role, Video
from live.domain.cues import Goto
from live.domain.driver import TakeDrive
from live.domain.life import EditSetup, Start
from live.domain.permits import Command
from live.domain.polls import AddPoll
from live.domain.rundown import AttachDeck, Slide
from live.domain.turns import OpenPoll
from live.pages.newcomers import page_of
from live.protocol import Done, Welcome
from tests.serving import House

ROLES: tuple[Role, ...] = ("lecturer", "moderator", "screen", "attendee")


@dataclass
class Show:
    """A broadcast in a house, its links by role, and somebody who may give commands without a page."""

    house: House
    where: Broadcast
    url: str
    tokens: dict[Role, str] = field(default_factory=dict)
    someone: Actor = field(default_factory=lambda: Actor(participant=new_id(), role="organiser"))

    def link(self, role: Role) -> str:
        return f"{self.url}/enter#{self.tokens[role]}"

    async def seat(self, page: Page, role: Role, name: str = "", site: str = "room") -> None:
        """Open the page of a role for somebody who has come in before: no link, no form."""
        newcomer = Newcomer(id=new_id(), broadcast=self.where.id, role=role, name=name, site=site)
        await self.house.database.write(lambda db: people.add(db, newcomer, self.house.time()))
        token = await self.house.server.app.state.auth.token_for(self.where.id, newcomer.id, role)
        await page.context.add_cookies([{"name": "live", "value": token, "url": self.url}])
        await page.goto(f"{self.url}{page_of(self.where.slug, audience_of(role))}")
        await expect(page.locator("#page > *").first).to_be_visible()

    async def order(self, command: Command) -> str:
        """Give a command that must succeed; gives `made`."""
        stage = await self.house.stage(self.where)
        answer = await stage.order(self.someone, secrets.token_urlsafe(16), command)
        assert isinstance(answer, Done), answer
        return answer.made or ""

    async def docs(self) -> dict[str, Any]:
        """What the desk knows."""
        stage = await self.house.stage(self.where)
        return msgspec.json.decode(await stage.welcome(self.someone, "desk"), type=Welcome).docs

    async def start(self) -> None:
        await self.order(Start())

    async def watch(self, video: Video) -> None:
        """This is what people elsewhere watch from now on."""
        await self.house.database.write(lambda db: videos.put(db, self.where.id, video))
        await (await self.house.stage(self.where)).signal(EditSetup())

    async def item(self, place: int) -> str:
        """What stands at a place of the rundown, from 1."""
        found: str = (await self.docs())["rundown"]["items"][place - 1]["id"]
        return found

    async def slide(self, number: int) -> str:
        """The id of a page of the deck."""
        slides = {key: doc for key, doc in (await self.docs()).items() if key.startswith("slide/")}
        return next(key.removeprefix("slide/") for key, doc in slides.items() if doc["number"] == number)

    async def go(self, place: int) -> None:
        """Bring it on stage, whoever drives."""
        await self.order(TakeDrive())
        await self.order(Goto(item=await self.item(place)))

    async def open_poll(self, title: str, ballot: Ballot) -> int:
        number = int((await self.order(AddPoll(title=title, ballot=ballot))).removeprefix("poll/"))
        await self.order(OpenPoll(poll=number))
        return number


async def put_on(house: House, title: str = "Safety course", pages: int = 6) -> Show:
    where = await house.broadcast(title, sites=broadcasts.default_sites(["en"]))
    show = Show(house, where, house.url)
    auth: Auth = house.server.app.state.auth
    newcomer = Newcomer(id=show.someone.participant, broadcast=where.id, role="organiser", name="Zhou Min")

    def job(db: sqlite3.Connection) -> tuple[int, tuple[Slide, ...]]:
        people.add(db, newcomer, house.time())
        for role in ROLES:
            show.tokens[role] = auth.link_token(auth.make_link(db, where.id, role).id)
        return _draw(db, where.id, pages, house.time())

    deck, slides = await house.database.write(job)
    await (await house.stage(where)).signal(AttachDeck(deck=deck, slides=slides))
    return show


def _draw(db: sqlite3.Connection, broadcast: int, pages: int, now: int) -> tuple[int, tuple[Slide, ...]]:
    deck = decks.add(db, broadcast, name="course.pdf", sha256="0" * 64, now=now)
    decks.count(db, deck, pages)
    for number in range(1, pages + 1):
        decks.add_slide(
            db,
            deck,
            number=number,
            width=640,
            height=360,
            text=f"Page {number}",
            picture=_plain(640, 360, number),
            thumb=_plain(160, 90, number),
        )
    return deck, decks.ready(db, deck)


def _plain(width: int, height: int, number: int) -> bytes:
    """One colour, another on each page."""
    picture = io.BytesIO()
    Image.new("RGB", (width, height), (40 * number % 256, 120, 160)).save(picture, "WEBP")
    return picture.getvalue()
