"""Templates in the reader's language: what every page module answers with.

`render(request, "home.html", code=…)` is all that a page calls. One environment for each language,
autoescape on, and a name that a template asks for but was not given is an error. Which language a
reader gets is decided here and nowhere else. It never reads the database.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse

from live import assets, i18n
from live.auth import Visitor
from live.paths import TEMPLATES

LANGUAGE_COOKIE = "lang"
# Each language in its own name: who needs it cannot read the others.
LANGUAGES = {"zh": "中文", "en": "English"}


def N_(msgid: str) -> str:
    """Marks a sentence for the catalogues; `sentence` translates it where it is shown."""
    return msgid


def render(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """The page. Every template also knows `lang`, `languages`, `path`, `visitor` and `asset()`."""
    lang = language(request)
    page = environment(lang).get_template(template)
    known = {"lang": lang, "path": request.scope["path"], "visitor": recognised(request)}
    return HTMLResponse(
        page.render({**known, **context}),
        status,
        {"Content-Language": lang, "Vary": "Cookie, Accept-Language"},
    )


def language(connection: HTTPConnection) -> str:
    """What the reader chose, else what the browser likes best."""
    chosen = connection.cookies.get(LANGUAGE_COOKIE)
    if chosen in i18n.LANGUAGES:
        return str(chosen)
    return i18n.negotiate(connection.headers.get("accept-language"))


def sentence(request: Request, msgid: str, /, **values: object) -> str:
    """A sentence that Python says, marked with `N_` where it stands."""
    said = i18n.gettext(language(request), msgid)
    return said % values if values else said


def recognised(request: Request) -> Visitor | None:
    """Who this is, where the page has already asked `auth` for it."""
    visitor: Visitor | None = request.scope.get("state", {}).get("visitor")
    return visitor


@lru_cache(maxsize=len(i18n.LANGUAGES))
def environment(lang: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    i18n.install(made, lang)
    made.policies["ext.i18n.trimmed"] = True  # as live/i18n/catalogue.py reads them
    made.globals.update(asset=assets.url, languages=LANGUAGES)
    return made
