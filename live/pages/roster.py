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
from live.directory import broadcasts, corrections, roster, roster_table
from live.directory.broadcasts import Broadcast
from live.directory.corrections import REASON_LIMIT, Word
from live.directory.people import match
from live.directory.roster import Change, Person
from live.directory.roster_table import Code, Problem
from live.domain.attendance import Rename
from live.domain.base import NAME_LIMIT
from live.domain.life import EditSetup
from live.pages import correcting, forms, state
from live.pages.forms import Form
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
    """What a pasted table would become, or what is wrong with it. `asks`: the form that has to say why."""

    people: list[Person]
    problems: list[str]
    change: Change | None = None
    asks: Form | None = None

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
    """Show what the table would become; with `keep` and no mistake in it, keep it.

    After the start a list that there was is part of the record, and is not changed without a reason.
    """
    broadcast, form = await the_broadcast(request), await forms.read(request, limit=BODY_LIMIT)
    table = roster_table.read(form["table"])

    def job(db: sqlite3.Connection) -> tuple[bool, int, Change]:
        begun, listed = broadcasts.phase(db, broadcast.id)[0] != "planned", roster.people(db, broadcast.id)
        return begun, len(listed), roster.compare(db, broadcast.id, table.people)

    begun, listed, change = await state.database(request).read(job)
    problems = [_sentence(request, problem) for problem in table.problems]
    asks_why = begun and listed > 0
    if "keep" in form and not problems:
        why = correcting.reason(request, form) if asks_why else ""
        if not form.errors:
            word = await correcting.word(request, why) if asks_why else None
            await _keep(request, broadcast, table.people, word)
            return RedirectResponse(page_of(broadcast, "roster"), 303)
    preview = Preview(table.people, problems, None if problems else change, form if asks_why else None)
    status = 422 if problems or form.errors else 200
    return _page(request, broadcast, form["table"], listed=listed, preview=preview, status=status)


async def _keep(request: Request, broadcast: Broadcast, people: list[Person], word: Word | None) -> None:
    def job(db: sqlite3.Connection) -> list[str]:
        changes = roster.replace(db, broadcast.id, people)
        if word is not None:
            corrections.add(db, broadcast.id, word, changes)
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
        reason_limit=REASON_LIMIT,
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
