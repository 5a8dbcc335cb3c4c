"""The application: every part made once and put together. Nothing else constructs a part of the server.

`server` runs it, tests run it without one. The parts find each other in `app.state`; what they are to one
another stands here.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

from starlette.applications import Starlette
from starlette.middleware import Middleware

from live import api, assets, pages, security, socket
from live.auth import Auth, key_in
from live.built import Built
from live.database import Database
from live.directory import decks
from live.pages.narrowing import narrow
from live.pages.packing import Packing
from live.pages.renderings import Renderings
from live.settings import Settings
from live.stage import Stages
from live.steady import Steady
from live.watch import Door, Watches


def create_app(
    settings: Settings,
    database: Database,
    *,
    now: Callable[[], int] | None = None,
    on_fatal: Callable[[BaseException], None] = lambda _error: None,
) -> Starlette:
    """The whole server as an ASGI application. `on_fatal` is told when nothing can be saved any more.

    `now` is its clock, ms since 1970, which must not run backwards; a steady one unless given.
    """
    now = now or Steady()
    app = Starlette(
        routes=[
            *socket.routes,  # first: a hall that comes back asks for nothing else
            *pages.routes,
            *api.routes,
        ],
        middleware=[
            *security.middleware(settings.origin, pages.foreign_post),
            Middleware(Built, prefix=assets.PREFIX),
        ],
        exception_handlers=pages.handlers,
        lifespan=partial(_lifespan, database=database),
    )
    app.state.settings = settings
    app.state.clock = now
    app.state.database = database
    app.state.auth = Auth(database, key_in(settings.secret), settings.origin, now)
    app.state.stages = Stages(database, settings.address, clock=now, on_fatal=on_fatal)
    app.state.watches = Watches(app.state.stages.open_now, _door(settings))
    app.state.renderings = Renderings(database, app.state.stages, now)
    app.state.packing = Packing(database.path)
    return app


def _door(settings: Settings) -> Door:
    """Whom the watch of streams may ask."""
    here = replace(settings, url=None)  # where this server listens, whatever it is called outside
    return Door(own=here.address, origin=settings.address, networks=settings.stream_networks)


@asynccontextmanager
async def _lifespan(app: Starlette, *, database: Database) -> AsyncIterator[None]:
    await database.write(decks.interrupted)
    app.state.stages.start()
    app.state.watches.start()
    narrowing = asyncio.create_task(narrow(database))
    try:
        yield
    finally:
        narrowing.cancel()
        await asyncio.wait([narrowing])
        await app.state.watches.close()
        await app.state.renderings.close()
        await app.state.packing.close()
        await app.state.stages.close()
