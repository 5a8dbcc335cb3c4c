"""What the organiser's pages have in common: they are for accounts only, and most are about one broadcast.

`@signed_in` sends anybody else to the login and lets them come back; `@signed_in_script` answers scripts with
JSON instead. `the_broadcast` is the one of the address. It decides nothing else.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from live import security
from live.directory import broadcasts
from live.directory.broadcasts import Broadcast
from live.pages import state
from live.pages.render import N_, sentence

Page = Callable[[Request], Awaitable[Response]]

SIGNED_OUT = N_("You have been signed out. Open this page again, sign in, and repeat the last step.")


def signed_in(page: Page) -> Page:
    @wraps(page)
    async def guarded(request: Request) -> Response:
        if await _has_account(request):
            return await page(request)
        return RedirectResponse(f"/login?next={quote(_way_back(request))}", 303)

    return guarded


def signed_in_script(page: Page) -> Page:
    @wraps(page)
    async def guarded(request: Request) -> Response:
        if await _has_account(request):
            return await page(request)
        return JSONResponse({"problem": sentence(request, SIGNED_OUT)}, 401)

    return guarded


async def the_broadcast(request: Request) -> Broadcast:
    slug = request.path_params["slug"]
    found = await state.database(request).read(lambda db: broadcasts.find(db, slug))
    if found is None:
        raise HTTPException(404)
    return found


def page_of(broadcast: Broadcast, part: str = "") -> str:
    """The set-up page of a broadcast, at one of its sections."""
    return f"/broadcasts/{broadcast.slug}" + (f"#{part}" if part else "")


def site(request: Request) -> str:
    """How people reach this server: as it was told (--url), else as this browser did."""
    settings = state.settings(request)
    return settings.address if settings.url else security.site(request.scope, None)


async def _has_account(request: Request) -> bool:
    return (await state.auth(request).visitor(request)).account is not None


def _way_back(request: Request) -> str:
    """Where to go on after the login. A post is not repeated: back to the page that it belongs to."""
    if request.method in {"GET", "HEAD"}:
        return str(request.scope["path"])
    slug = request.path_params.get("slug")
    return f"/broadcasts/{slug}" if slug else "/broadcasts"
