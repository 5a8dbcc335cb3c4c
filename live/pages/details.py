"""The form of a broadcast's details: title, lecturer, planned start and length, languages and places.

Used by the pages that make a broadcast and that change one. Places are rows of the form; rows are added and
removed by the page's script, or without one by buttons that show the form again. It writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from starlette.requests import Request

from live.directory import broadcasts
from live.directory.broadcasts import Broadcast
from live.directory.corrections import Change
from live.domain.base import NAME_LIMIT, TITLE_LIMIT, Rejected, Site, clean
from live.pages import times
from live.pages.forms import Form
from live.pages.render import LANGUAGES, N_, sentence

ROW = re.compile(r"site\.([0-9]{1,4})\.name")
LONGEST = 24 * 60  # minutes: no course is held through a night, but a test of the stream may be
SITES_LIMIT = 20  # places: more do not fit into the list that an attendee chooses from

Kind = Literal["room", "remote", "shared"]
KINDS: dict[Kind, str] = {
    "room": N_("A room"),
    "remote": N_("Remote, each alone"),
    "shared": N_("A shared screen elsewhere"),
}

NO_TITLE = N_("Please give the broadcast a title.")
TOO_LONG = N_("This is too long: at most %(limit)d characters.")
NO_SUCH_TIME = N_("This is not a date and time. Write it like 2026-11-24 14:00, or leave it empty.")
NO_SUCH_LENGTH = N_("Please give the planned length in minutes, from 1 to %(limit)d, or leave it empty.")
NO_LANGUAGE = N_("Please choose at least one language.")
NO_SITES = N_("Please name at least one place.")
TOO_MANY_SITES = N_("At most %(limit)d places.")
SAME_SITE = N_("Two places have this name.")
PEOPLED_SITE = N_(
    "People take part from “%(name)s” (%(count)d), so it cannot be taken away. You may rename it."
)


@dataclass(frozen=True)
class Details:
    title: str
    lecturer: str
    planned_at: int | None
    minutes: int | None
    languages: tuple[str, ...]
    sites: tuple[Site, ...]


@dataclass(frozen=True)
class Row:
    """A place in the form; `index` is in the names of its fields."""

    index: int
    id: str
    name: str
    kind: str


def blank(lang: str) -> Form:
    """The form of a broadcast that does not exist yet: both languages, the reader's first; two places."""
    languages = sorted(LANGUAGES, key=lambda each: each != lang)
    form = Form({"title": "", "lecturer": "", "planned": "", "minutes": "", "offset": ""})
    form.typed |= {f"lang.{each}": "on" for each in languages}
    _put_sites(form, broadcasts.default_sites(languages))
    return form


def of(broadcast: Broadcast, sites: Iterable[Site]) -> Form:
    form = Form({"title": broadcast.title, "lecturer": broadcast.lecturer, "offset": ""})
    form.typed["planned"] = times.typed(broadcast.planned_at)
    form.typed["minutes"] = str(broadcast.minutes or "")
    form.typed |= {f"lang.{each}": "on" for each in broadcast.languages}
    _put_sites(form, sites)
    return form


def rows(form: Form) -> list[Row]:
    """The places of the form, in order. A row is there when its name is, even an empty one."""
    indexes = sorted(int(match[1]) for name in form.typed if (match := ROW.fullmatch(name)))
    return [
        Row(at, form[f"site.{at}.id"], form[f"site.{at}.name"], form[f"site.{at}.kind"] or "room")
        for at in indexes
    ]


def rearrange(form: Form) -> bool:
    """Add or remove the row whose button was pressed; False: neither, the form is to be saved."""
    if "add" in form:
        after = max((row.index for row in rows(form)), default=-1) + 1
        form.typed[f"site.{after}.name"] = ""
        return True
    if "remove" in form:
        for part in ("id", "name", "kind"):
            form.typed.pop(f"site.{form['remove']}.{part}", None)
        return True
    return False


def read(
    request: Request, form: Form, before: Iterable[Site] = (), peopled: Mapping[str, int] | None = None
) -> Details:
    """What the form says; look at its errors before using it. `before` are the places that there were."""
    long_title, long_name = (sentence(request, TOO_LONG, limit=limit) for limit in (TITLE_LIMIT, NAME_LIMIT))
    title = form.text("title", TITLE_LIMIT, empty=sentence(request, NO_TITLE), too_long=long_title)
    lecturer = form.text("lecturer", NAME_LIMIT, empty=None, too_long=long_name)
    languages = tuple(each for each in LANGUAGES if f"lang.{each}" in form)
    if not languages:
        form.errors["languages"] = sentence(request, NO_LANGUAGE)
    planned_at, minutes = _planned(request, form), _minutes(request, form)
    known = {site.id: site for site in before}
    sites = _read_sites(request, form, known)
    _keep_peopled(request, form, known, sites, peopled or {})
    return Details(title, lecturer, planned_at, minutes, languages, tuple(sites))


def changes(request: Request, before: Broadcast, sites: Iterable[Site], given: Details) -> list[Change]:
    """What is another than it was, of that which the record says."""
    had, has = ({site.id: _told(request, site) for site in each} for each in (sites, given.sites))
    there = [Change("site", text, has.get(name, "")) for name, text in had.items()]
    new = [Change("site", "", _told(request, site)) for site in given.sites if site.id not in had]
    changed = [
        Change("title", before.title, given.title),
        Change("lecturer", before.lecturer, given.lecturer),
        *there,
        *new,
    ]
    return [each for each in changed if each.before != each.after]


def _told(request: Request, site: Site) -> str:
    return f"{site.name} ({sentence(request, KINDS[site.kind])})"


def _planned(request: Request, form: Form) -> int | None:
    text = form["planned"].strip()
    if not text:
        return None
    try:
        return times.read(text, form["offset"])
    except ValueError:
        form.errors["planned"] = sentence(request, NO_SUCH_TIME)
        return None


def _minutes(request: Request, form: Form) -> int | None:
    text = form["minutes"].strip()
    if not text:
        return None
    minutes = int(text) if text.isdecimal() and len(text) <= len(str(LONGEST)) else 0
    if not 1 <= minutes <= LONGEST:
        form.errors["minutes"] = sentence(request, NO_SUCH_LENGTH, limit=LONGEST)
        return None
    return minutes


def _read_sites(request: Request, form: Form, known: Mapping[str, Site]) -> list[Site]:
    """The named rows; an id is kept only if it is one of this broadcast's."""
    found: list[Site] = []
    for row in rows(form):
        name = _site_name(request, form, row)
        if not name:
            continue
        if any(site.name == name for site in found):
            form.errors[f"site.{row.index}.name"] = sentence(request, SAME_SITE)
        taken = any(site.id == row.id for site in found)
        identity = row.id if row.id in known and not taken else ""
        found.append(Site(id=identity, name=name, kind=_kind(row.kind)))
    if not found and not any(name.startswith("site.") for name in form.errors):
        form.errors["sites"] = sentence(request, NO_SITES)
    if len(found) > SITES_LIMIT:
        form.errors["sites"] = sentence(request, TOO_MANY_SITES, limit=SITES_LIMIT)
    return found


def _site_name(request: Request, form: Form, row: Row) -> str:
    try:
        return " ".join(clean(row.name, NAME_LIMIT).split())
    except Rejected as refusal:
        if refusal.code == "too_long":
            form.errors[f"site.{row.index}.name"] = sentence(request, TOO_LONG, limit=NAME_LIMIT)
        return ""


def _kind(text: str) -> Kind:
    return next((kind for kind in get_args(Kind) if kind == text), "room")


def _keep_peopled(
    request: Request,
    form: Form,
    known: Mapping[str, Site],
    sites: list[Site],
    peopled: Mapping[str, int],
) -> None:
    """A place from which people take part stays: put its row back and say why."""
    kept = {site.id for site in sites}
    for identity, count in peopled.items():
        site = known.get(identity)
        if site is None or identity in kept:
            continue
        form.errors["sites"] = sentence(request, PEOPLED_SITE, count=count, name=site.name)
        row = next((row for row in rows(form) if row.id == identity), None)
        at = row.index if row else max((row.index for row in rows(form)), default=-1) + 1
        _put_site(form, at, site)


def _put_sites(form: Form, sites: Iterable[Site]) -> None:
    for at, site in enumerate(sites):
        _put_site(form, at, site)


def _put_site(form: Form, at: int, site: Site) -> None:
    form.typed |= {f"site.{at}.id": site.id, f"site.{at}.name": site.name, f"site.{at}.kind": site.kind}
