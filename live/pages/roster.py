"""The page of the roster: paste or open a table, look at what it would become, keep it.

Nothing is kept before it has been looked at, and looking costs nothing: the text stays in the field. Reading
the table is `directory.roster_table`'s part; a file is read by the page's script, in the browser.
"""

from __future__ import annotations

import csv
import io
import sqlite3
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from live import assets, i18n
from live.directory import roster, roster_table
from live.directory.broadcasts import Broadcast
from live.directory.people import match
from live.directory.roster import Change, Person
from live.directory.roster_table import Code, Problem
from live.domain.attendance import Rename
from live.domain.base import NAME_LIMIT
from live.domain.life import EditSetup
from live.pages import forms, state
from live.pages.render import N_, language, render, sentence
from live.pages.signed_in import page_of, signed_in, the_broadcast

BODY_LIMIT = 4 * 1024 * 1024  # bytes: 20,000 people; a Chinese character takes nine in a form
SENTENCES: dict[Code, str] = {
    "nameless": N_("Line %(line)d has no name."),
    "name_long": N_("Line %(line)d: the name “%(text)s …” is longer than %(limit)d characters."),
    "unit_long": N_("Line %(line)d: the unit “%(text)s …” is longer than %(limit)d characters."),
    "number_long": N_("Line %(line)d: the number “%(text)s …” is longer than %(limit)d characters."),
    "number_twice": N_("Line %(line)d: the number %(text)s stands there a second time."),
    "too_many": N_("From line %(line)d on there are more than %(text)s people. Is it the right table?"),
    "no_name_column": N_("The first line has titles but none for the names. Call that column “Full name”."),
}


@dataclass(frozen=True)
class Preview:
    """What a pasted table would become, or what is wrong with it."""

    people: list[Person]
    problems: list[str]
    change: Change | None = None

    @property
    def units(self) -> dict[str, int]:
        return roster.by_unit(self.people)


@signed_in
async def show(request: Request) -> Response:
    broadcast = await the_broadcast(request)
    people = await state.database(request).read(lambda db: roster.people(db, broadcast.id))
    return _page(request, broadcast, text=_written(request, people), listed=len(people), preview=None)


@signed_in
async def change(request: Request) -> Response:
    """Show what the table would become; with `keep` and no mistake in it, keep it."""
    broadcast, form = await the_broadcast(request), await forms.read(request, limit=BODY_LIMIT)
    table = roster_table.read(form["table"])
    problems = [_sentence(request, problem) for problem in table.problems]
    if "keep" in form and not problems:
        await _keep(request, broadcast, table.people)
        return RedirectResponse(page_of(broadcast, "roster"), 303)

    def job(db: sqlite3.Connection) -> tuple[int, Change]:
        return len(roster.people(db, broadcast.id)), roster.compare(db, broadcast.id, table.people)

    listed, change = await state.database(request).read(job)
    preview = Preview(table.people, problems, None if problems else change)
    status = 422 if problems else 200
    return _page(request, broadcast, form["table"], listed=listed, preview=preview, status=status)


async def _keep(request: Request, broadcast: Broadcast, people: list[Person]) -> None:
    def job(db: sqlite3.Connection) -> list[str]:
        roster.replace(db, broadcast.id, people)
        return match(db, broadcast.id)

    told = await state.database(request).write(job)
    stage = await state.stages(request).get(broadcast.id)
    await stage.signal(EditSetup())
    for participant in told:  # the desk sees their unit
        await stage.signal(Rename(participant=participant))


def _page(
    request: Request,
    broadcast: Broadcast,
    text: str,
    *,
    listed: int,
    preview: Preview | None,
    status: int = 200,
) -> Response:
    return render(
        request,
        "roster.html",
        status,
        broadcast=broadcast,
        text=text,
        listed=listed,
        preview=preview,
        messages=i18n.messages(language(request), assets.text("pages/roster.js")),
    )


def _written(request: Request, people: list[Person]) -> str:
    """The roster as a table again, so that a line can be changed without the file."""
    if not people:
        return ""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(sentence(request, title) for title in (N_("Number"), N_("Full name"), N_("Unit")))
    writer.writerows((person.number, person.name, person.unit) for person in people)
    return out.getvalue()


def _sentence(request: Request, problem: Problem) -> str:
    limits = {"line": problem.line, "text": problem.text[:20], "limit": NAME_LIMIT}
    return sentence(request, SENTENCES[problem.code], **limits)


routes: list[BaseRoute] = [
    Route("/broadcasts/{slug}/roster", show, methods=["GET"]),
    Route("/broadcasts/{slug}/roster", change, methods=["POST"]),
]
