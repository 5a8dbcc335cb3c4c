"""The organiser's own door: making the account by the set-up link, signing in, signing out.

It says no more about a wrong name than about a wrong password, and it never sees where passwords are kept.
"""

from __future__ import annotations

import unicodedata

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from live.auth import PASSWORD_MINIMUM, TooMany, WeakPassword
from live.directory.accounts import LinkSpent, NameTaken
from live.domain.base import NAME_LIMIT
from live.pages import forms, state
from live.pages.entrance import turn_out
from live.pages.forms import Form
from live.pages.render import N_, render, sentence

START = "/broadcasts"
WRONG = N_("The name or the password is not right.")
WAIT = N_("Too many wrong passwords. Try again in %(seconds)d s.")
SPENT = N_(
    "This set-up link was used already or has expired. Run `live setup-link` on the server to get a new one."
)
TAKEN = N_("Another account has this name. Choose a different one.")
NO_NAME = N_("Please give a name to sign in with.")
LONG_NAME = N_("This name is too long: at most %(limit)d characters.")
WEAK = {
    "short": N_("Too short: at least %(minimum)d characters. A sentence that only you would say is good."),
    "long": N_("Too long for a password."),
    "name": N_("A password that is the name is the first one that is tried. Choose another."),
}


async def show_setup(request: Request) -> Response:
    return _setup(request, Form())


async def set_up(request: Request) -> Response:
    form, auth = await forms.read(request), state.auth(request)
    limit = sentence(request, LONG_NAME, limit=NAME_LIMIT)
    name = form.text("name", NAME_LIMIT, empty=sentence(request, NO_NAME), too_long=limit)
    if form.errors:
        return _setup(request, form, 422)
    visitor = await auth.visitor(request)
    try:
        token = await auth.set_up(visitor, form["token"], name, form["password"])
    except LinkSpent:
        form.errors["token"] = sentence(request, SPENT)
    except NameTaken:
        form.errors["name"] = sentence(request, TAKEN)
    except WeakPassword as weak:
        form.errors["password"] = sentence(request, WEAK[weak.reason], minimum=PASSWORD_MINIMUM)
    else:
        response = RedirectResponse(START, 303)
        auth.keep(response, request, token)
        return response
    return _setup(request, form, 422)


def _setup(request: Request, form: Form, status: int = 200) -> Response:
    return render(request, "setup.html", status, form=form, minimum=PASSWORD_MINIMUM)


async def show_login(request: Request) -> Response:
    next_page = _inside(request.query_params.get("next", ""))
    visitor = await state.auth(request).visitor(request)
    if visitor.account:
        return RedirectResponse(next_page, 303)
    return render(request, "login.html", form=Form({"next": next_page}))


async def log_in(request: Request) -> Response:
    form, auth = await forms.read(request), state.auth(request)
    host = request.client.host if request.client else None
    visitor = await auth.visitor(request)
    try:
        token = await auth.sign_in(visitor, _plain(form["name"]), form["password"], host)
    except TooMany as wait:
        seconds = -(-wait.wait_ms // 1_000)
        form.errors["password"] = sentence(request, WAIT, seconds=seconds)
        response: Response = render(request, "login.html", 429, form=form)
        response.headers["Retry-After"] = str(seconds)
        return response
    if token is None:
        form.errors["password"] = sentence(request, WRONG)
        return render(request, "login.html", 422, form=form)
    response = RedirectResponse(_inside(form["next"]), 303)
    auth.keep(response, request, token)
    return response


async def log_out(request: Request) -> Response:
    """Forget this browser, with all its seats: it may be a shared one."""
    auth = state.auth(request)
    await turn_out(request, await auth.sign_out(await auth.visitor(request)))
    response = RedirectResponse("/", 303)
    auth.drop(response, request)
    return response


def _plain(name: str) -> str:
    """As it was kept: composed, without spaces around it."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def _inside(path: str) -> str:
    """A page of ours to go on to. `//host` and `/\\host` would lead away."""
    return path if path.startswith("/") and path[1:2] not in {"/", "\\"} and path.isprintable() else START


routes: list[BaseRoute] = [
    Route("/setup", show_setup, methods=["GET"]),
    Route("/setup", set_up, methods=["POST"]),
    Route("/login", show_login, methods=["GET"]),
    Route("/login", log_in, methods=["POST"]),
    Route("/logout", log_out, methods=["POST"]),
]
