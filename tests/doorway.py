"""An installation that answers in this process, and the browsers that knock at it.

Used by the tests of pages, identity and security: the real application on a real database file, with a
clock that a test sets. A `Browser` keeps its cookies and sends what a browser sends with its requests.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from starlette.applications import Starlette

from live.app import create_app
from live.auth import Auth
from live.database import Database
from live.directory import broadcasts
from live.directory.broadcasts import Broadcast
from live.domain.base import Role
from live.settings import Settings

START = 1_800_000_000_000  # ms
PASSWORD = "a sentence of my own"


class Browser(httpx.AsyncClient):
    """Somebody's browser. `post` sends a form from a page of the site."""

    async def fill(self, path: str, _from: str = "/", **fields: str) -> httpx.Response:
        referer = str(self.base_url.join(_from))
        return await self.post(path, data=fields, headers={"Referer": referer})


@dataclass
class Site:
    app: Starlette
    now: int = START

    @property
    def database(self) -> Database:
        database: Database = self.app.state.database
        return database

    @property
    def auth(self) -> Auth:
        auth: Auth = self.app.state.auth
        return auth

    def browser(
        self, host: str = "192.0.2.1", *, scheme: str = "http", lang: str = "en", failing: bool = False
    ) -> Browser:
        return Browser(
            transport=httpx.ASGITransport(self.app, raise_app_exceptions=not failing, client=(host, 4711)),
            base_url=f"{scheme}://live.test",
            headers={"Sec-Fetch-Site": "same-origin", "Accept-Language": lang},
        )

    async def broadcast(self, title: str = "Safety course", roster: list[tuple[str, str]] = []) -> Broadcast:  # noqa: B006
        def job(db: Any) -> Broadcast:
            made = broadcasts.create(db, title=title, languages=("en",), created_by=None, now=self.now)
            db.executemany(
                "INSERT INTO person (broadcast, position, name, unit) VALUES (?, ?, ?, ?)",
                [(made.id, place, name, unit) for place, (name, unit) in enumerate(roster)],
            )
            return made

        return await self.database.write(job)

    async def link(self, where: Broadcast, role: Role) -> str:
        """The token of a new link."""
        made = await self.database.write(lambda db: self.auth.make_link(db, where.id, role))
        return self.auth.link_token(made.id)

    async def organiser(self, name: str = "Wang Lixin") -> Browser:
        """A browser that is signed in."""
        browser = self.browser()
        token = await self.database.write(self.auth.setup_link)
        answer = await browser.fill("/setup", token=token, name=name, password=PASSWORD)
        assert answer.status_code == 303, answer.text
        return browser

    async def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        return await self.database.read(lambda db: [dict(row) for row in db.execute(query, values)])


@asynccontextmanager
async def site_in(folder: Path, url: str | None = None) -> AsyncIterator[Site]:
    settings = Settings(data=folder, url=url)
    database = await Database.open(settings.database)
    site = Site(Starlette())
    site.app = create_app(settings, database, now=lambda: site.now)
    try:
        yield site
    finally:
        await site.app.state.stages.close()
        await database.close()


def leads_to(answer: httpx.Response, path: str) -> bool:
    return answer.status_code == 303 and answer.headers["location"] == path


async def join(browser: Browser, code: str, name: str = "Li Na", **fields: str) -> httpx.Response:
    """Fill in the form behind a code, as somebody in the room."""
    return await browser.fill(f"/join/{code}", name=name, **({"site": "room"} | fields))
