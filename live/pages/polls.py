"""The page of a broadcast's polls: take some from an earlier broadcast, from the templates or from a file.

Whatever is taken becomes drafts of this broadcast, by the same commands as the desk's, and can be taken back
as one. Files are `directory.poll_file`'s part. It opens nothing and places nothing in the rundown.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from live import assets, i18n
from live.auth import new_id
from live.directory import poll_file, poll_library
from live.directory.broadcasts import Broadcast
from live.directory.poll_file import KINDS, Problem, Trouble
from live.directory.poll_library import Source, Template
from live.domain.base import Actor, Rejected
from live.domain.polls import AddPoll, RemovePoll
from live.pages import forms, state
from live.pages.forms import Form
from live.pages.render import N_, language, render, sentence
from live.pages.signed_in import page_of, signed_in, the_broadcast
from live.protocol import Done
from live.stage import Stage

TEMPLATES = "templates"  # stands where the name of a broadcast may: no slug is a single word without digits
BODY_LIMIT = 1024 * 1024  # bytes: 60 polls; a Chinese character takes nine in a form
SENTENCES: dict[Trouble, str] = {
    "no_polls": N_("There is no poll in it."),
    "not_yaml": N_("This is no YAML. Look at a file that was saved here for how it is written."),
    "no_kind_column": N_("The first line must name the columns; “title” and “kind” have to be among them."),
    "no_kind": N_("Poll %(poll)d: there is no such kind of poll. The kinds are: %(kinds)s."),
    "bad_field": N_("Poll %(poll)d: the field “%(text)s” is missing or cannot be read."),
    "bad_ballot": N_("Poll %(poll)d (%(text)s): the answers do not fit the kind of poll."),
    "empty": N_("Poll %(poll)d: something that must be said is empty."),
    "too_long": N_("Poll %(poll)d (%(text)s): something in it is too long."),
    "too_many": N_("No more than %(text)s polls at once: take the rest in a second file."),
    "no_such_slide": N_("“%(text)s” is about a page that is not in this broadcast's deck."),
}


@dataclass
class Shown:
    """What the page shows beside the broadcast's own polls."""

    chosen: str = ""  # a broadcast, or the templates
    offered: dict[str, AddPoll] = field(default_factory=dict)  # what there is, by a field's name
    absent: frozenset[str] = frozenset()  # those of them that are about a page of another deck
    text: str = ""  # the file that was not taken
    problems: list[str] = field(default_factory=list)
    added: tuple[int, ...] = ()


@signed_in
async def show(request: Request) -> Response:
    broadcast, query = await the_broadcast(request), request.query_params
    added = tuple(
        int(each) for each in query.get("added", "").split(",") if each.isascii() and each.isdigit()
    )
    offered = await _offered(request, broadcast, query.get("from", ""))
    return await _page(request, broadcast, Shown(query.get("from", ""), offered, added=added))


@signed_in
async def change(request: Request) -> Response:
    broadcast, form = await the_broadcast(request), await forms.read(request, limit=BODY_LIMIT)
    match form["do"]:
        case "take":
            offered = await _offered(request, broadcast, form["from"])
            return await _take(request, broadcast, Shown(form["from"], offered), _ticked(form, offered))
        case "read":
            return await _read(request, broadcast, form["file"])
        case "keep":
            own = await state.database(request).read(lambda db: poll_library.of_broadcast(db, broadcast.id))
            kept, now = _ticked(form, _named(own)), state.auth(request).now()
            await state.database(request).write(lambda db: poll_library.keep(db, kept, now))
            return _back(broadcast, f"?from={TEMPLATES}")
        case "forget":
            number = int(form["template"]) if form["template"].isdigit() else 0
            await state.database(request).write(lambda db: poll_library.forget(db, number))
            return _back(broadcast, f"?from={TEMPLATES}")
        case "undo":
            return await _undo(request, broadcast, form)
        case _:
            return _back(broadcast)


@signed_in
async def download(request: Request) -> Response:
    """The broadcast's polls as a file."""
    broadcast = await the_broadcast(request)
    polls = await state.database(request).read(lambda db: poll_library.of_broadcast(db, broadcast.id))
    table = request.scope["path"].endswith(".csv")
    text = poll_file.to_csv(polls.values()) if table else poll_file.to_yaml(polls.values())
    ending, media = ("csv", "text/csv") if table else ("yaml", "application/yaml")
    named = {"Content-Disposition": f'attachment; filename="polls-{broadcast.slug}.{ending}"'}
    return Response(text, media_type=f"{media}; charset=utf-8", headers=named)


# Taking ----------------------------------------------------------------------------------------


async def _read(request: Request, broadcast: Broadcast, text: str) -> Response:
    """All of a file or nothing of it: what was typed stays in the field until all of it is right."""
    found = poll_file.read(text, lambda name: _tag(name))
    shown = Shown(text=text, problems=[_sentence(request, each) for each in found.problems])
    if shown.problems:
        return await _page(request, broadcast, shown, 422)
    return await _take(request, broadcast, shown, found.polls)


async def _take(request: Request, broadcast: Broadcast, shown: Shown, polls: list[AddPoll]) -> Response:
    stage = await state.stages(request).get(broadcast.id)
    actor = await _actor(request, broadcast)
    lost = [each.title for each in polls if not _has_page(stage, each)]
    shown.problems = [_sentence(request, Problem(0, "no_such_slide", title)) for title in lost]
    if shown.problems:
        return await _page(request, broadcast, shown, 422)
    made = [await _add(stage, actor, each) for each in polls]
    added = ",".join(each.partition("/")[2] for each in made if each)
    return _back(broadcast, f"?added={added}" if added else "")


async def _add(stage: Stage, actor: Actor, poll: AddPoll) -> str | None:
    answer = await stage.order(actor, new_id(), poll)
    return answer.made if isinstance(answer, Done) else None


def _has_page(stage: Stage, poll: AddPoll) -> bool:
    page = poll.ballot.pictured()
    return page is None or stage.may_see_slide(page, "desk")


async def _undo(request: Request, broadcast: Broadcast, form: Form) -> Response:
    """Put away what was added. A poll that has been opened meanwhile stays."""
    stage, actor = await state.stages(request).get(broadcast.id), await _actor(request, broadcast)
    for number in _numbers(form["added"]):
        await stage.order(actor, new_id(), RemovePoll(poll=number))
    return _back(broadcast)


async def _actor(request: Request, broadcast: Broadcast) -> Actor:
    auth = state.auth(request)
    actor = await auth.organise(await auth.visitor(request), broadcast.id)
    if actor is None:  # signed out between two lines
        raise Rejected("not_allowed")
    return actor


# Showing ---------------------------------------------------------------------------------------


async def _offered(request: Request, broadcast: Broadcast, chosen: str) -> dict[str, AddPoll]:
    """What can be taken from there, by the name of its field."""

    def job(db: sqlite3.Connection) -> dict[str, AddPoll]:
        if chosen == TEMPLATES:
            return {f"template-{each.id}": each.poll for each in poll_library.templates(db)}
        return _named(poll_library.by_slug(db, chosen))

    return await state.database(request).read(job) if chosen else {}


def _named(polls: dict[int, AddPoll]) -> dict[str, AddPoll]:
    return {f"poll-{number}": poll for number, poll in polls.items()}


def _ticked(form: Form, offered: dict[str, AddPoll]) -> list[AddPoll]:
    return [poll for name, poll in offered.items() if name in form][: poll_file.POLLS_LIMIT]


async def _page(request: Request, broadcast: Broadcast, shown: Shown, status: int = 200) -> Response:
    def job(db: sqlite3.Connection) -> tuple[dict[int, AddPoll], list[Source], list[Template]]:
        own = poll_library.of_broadcast(db, broadcast.id)
        return own, poll_library.sources(db, broadcast.id), poll_library.templates(db)

    stage = await state.stages(request).get(broadcast.id)
    shown.absent = frozenset(name for name, poll in shown.offered.items() if not _has_page(stage, poll))
    own, sources, templates = await state.database(request).read(job)
    shown.added = tuple(each for each in shown.added if each in own)
    return render(
        request,
        "polls.html",
        status,
        broadcast=broadcast,
        own=own,
        sources=sources,
        templates=templates,
        shown=shown,
        kind_name=lambda poll: sentence(request, poll.ballot.name),
        messages=i18n.messages(language(request), assets.text("pages/polls.js")),
    )


def _numbers(text: str) -> Iterator[int]:
    """Of "5,6,7"."""
    yield from (int(each) for each in text.split(",") if each.isascii() and each.isdigit() and len(each) < 10)


def _back(broadcast: Broadcast, query: str = "") -> RedirectResponse:
    return RedirectResponse(f"{page_of(broadcast)}/polls{query}", 303)


def _tag(name: str) -> str:
    """What people call a kind, in any language, → its tag; or the name itself."""
    plain = name.casefold()
    for tag, kind in KINDS.items():
        if plain in {i18n.gettext(lang, kind.name).casefold() for lang in i18n.LANGUAGES}:
            return tag
    return name


def _sentence(request: Request, problem: Problem) -> str:
    kinds = _listed(sentence(request, kind.name) for kind in KINDS.values())
    return sentence(request, SENTENCES[problem.code], poll=problem.poll, text=problem.text, kinds=kinds)


def _listed(names: Iterable[str]) -> str:
    return " · ".join(names)


routes: list[BaseRoute] = [
    Route("/broadcasts/{slug}/polls", show, methods=["GET"]),
    Route("/broadcasts/{slug}/polls", change, methods=["POST"]),
    Route("/broadcasts/{slug}/polls.yaml", download),
    Route("/broadcasts/{slug}/polls.csv", download),
]
