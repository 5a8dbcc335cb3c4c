"""One broadcast as its organiser sets it up: making it, its page, its details, and whether people can join.

The page shows the parts in the order of work; deck, roster and invitations have modules of their own. What
is changed here goes to the directory first and then to the stage, which tells everybody. It never touches
what happens live.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from live import assets, i18n
from live.copying import Make
from live.decks import Limits
from live.directory import broadcasts, corrections, players, recordings, roster, videos
from live.directory.broadcasts import Broadcast
from live.directory.corrections import REASON_LIMIT, Change
from live.directory.recordings import Recording
from live.domain.base import Site, Video
from live.domain.life import EditSetup, Phase
from live.exports.tables import TABLES
from live.pages import correcting, deck_upload, details, forms, invitations, questions, state, times
from live.pages import video as video_form
from live.pages.details import Details
from live.pages.forms import Form
from live.pages.render import language, render
from live.pages.signed_in import page_of, signed_in, the_broadcast
from live.pages.video import Hosts


@signed_in
async def new(request: Request) -> Response:
    return _new(request, details.blank(language(request)))


@signed_in
async def create(request: Request) -> Response:
    form = await forms.read(request)
    if details.rearrange(form):
        return _new(request, form)
    given = details.read(request, form)
    if form.errors:
        return _new(request, form, 422)
    made = await state.database(request).write(await maker(request, given))
    return RedirectResponse(page_of(made), 303)


async def maker(request: Request, given: Details) -> Make:
    """Makes it, and a link for each role."""
    auth = state.auth(request)
    account = (await auth.visitor(request)).account
    now = auth.now()

    def job(db: sqlite3.Connection) -> Broadcast:
        made = broadcasts.create(
            db,
            title=given.title,
            lecturer=given.lecturer,
            planned_at=given.planned_at,
            minutes=given.minutes,
            languages=given.languages,
            sites=given.sites,
            created_by=account.id if account else None,
            now=now,
        )
        auth.make_links(db, made.id)
        return made

    return job


def _new(request: Request, form: Form, status: int = 200) -> Response:
    return render(request, "broadcast_new.html", status, **filled(request, form))


@signed_in
async def show(request: Request) -> Response:
    return await _show(request, await the_broadcast(request))


@signed_in
async def save(request: Request) -> Response:
    """The details. With a mistake in them the page comes back with the form open, as it was typed."""
    broadcast, form = await the_broadcast(request), await forms.read(request)
    if details.rearrange(form):
        return await _show(request, broadcast, form)

    def known(db: sqlite3.Connection) -> tuple[list[Site], dict[str, int], Phase]:
        where = broadcast.id
        return broadcasts.sites(db, where), broadcasts.peopled(db, where), broadcasts.phase(db, where)[0]

    sites, peopled, phase = await state.database(request).read(known)
    given = details.read(request, form, sites, peopled)
    changes = details.changes(request, broadcast, sites, given) if phase != "planned" else []
    why = correcting.reason(request, form) if changes else ""
    if form.errors:
        return await _show(request, broadcast, form, 422)
    await _save(request, broadcast, given, changes, why)
    return RedirectResponse(page_of(broadcast), 303)


async def _save(
    request: Request, broadcast: Broadcast, given: Details, changes: list[Change], why: str
) -> None:
    """`changes`: of what the record says, after the start."""
    word = await correcting.word(request, why)

    def job(db: sqlite3.Connection) -> None:
        broadcasts.edit(
            db,
            broadcast.id,
            title=given.title,
            lecturer=given.lecturer,
            planned_at=given.planned_at,
            minutes=given.minutes,
            languages=given.languages,
        )
        broadcasts.edit_sites(db, broadcast.id, given.sites)
        corrections.add(db, broadcast.id, word, changes)

    await state.database(request).write(job)
    await _tell(request, broadcast)


@signed_in
async def joining(request: Request) -> Response:
    """Whether the code takes people in. Who is in stays in."""
    broadcast, form = await the_broadcast(request), await forms.read(request)
    open_now = form["joining"] == "on"
    await state.database(request).write(lambda db: broadcasts.set_joining(db, broadcast.id, open_now))
    await _tell(request, broadcast)
    return RedirectResponse(page_of(broadcast, "invitations"), 303)


@signed_in
async def save_video(request: Request) -> Response:
    broadcast, form = await the_broadcast(request), await forms.read(request)
    video = video_form.read(request, form, await state.database(request).read(players.hosts))
    if form.errors:
        return await _show(request, broadcast, status=422, video=form)
    await state.database(request).write(lambda db: videos.put(db, broadcast.id, video))
    await _tell(request, broadcast)
    return RedirectResponse(page_of(broadcast, "video"), 303)


@signed_in
async def save_players(request: Request) -> Response:
    """The sites whose players may stand in pages, of all broadcasts."""
    broadcast = await the_broadcast(request)
    given = video_form.read_hosts(request, await forms.read(request))
    if given.error:
        return await _show(request, broadcast, status=422, players_typed=given)
    await state.database(request).write(lambda db: players.put_hosts(db, given.hosts))
    await state.stages(request).edited()
    return RedirectResponse(page_of(broadcast, "video"), 303)


@signed_in
async def save_words(request: Request) -> Response:
    """With which words a question waits for a moderator."""
    broadcast, form = await the_broadcast(request), await forms.read(request)
    given = questions.read_words(request, form)
    if form.errors:
        return await _show(request, broadcast, status=422, words=form)
    await state.database(request).write(lambda db: broadcasts.set_words(db, broadcast.id, given))
    await _tell(request, broadcast)
    return RedirectResponse(page_of(broadcast, "questions"), 303)


async def _tell(request: Request, broadcast: Broadcast) -> None:
    await (await state.stages(request).get(broadcast.id)).signal(EditSetup())


@dataclass(frozen=True)
class _Known:
    """What the page shows of the directory."""

    sites: list[Site]
    units: dict[str, int]
    phase: Phase
    since: int | None
    video: Video
    players: list[str]
    recording: Recording
    words: tuple[str, ...]
    actions: list[questions.Item]


async def _known(request: Request, broadcast: int) -> _Known:
    def job(db: sqlite3.Connection) -> _Known:
        units = roster.by_unit(roster.people(db, broadcast))
        phase, since = broadcasts.phase(db, broadcast)
        sites, video = broadcasts.sites(db, broadcast), videos.of(db, broadcast)
        recording = recordings.find(db, broadcast)
        return _Known(
            sites,
            units,
            phase,
            since,
            video,
            players.hosts(db),
            recording,
            broadcasts.words(db, broadcast),
            questions.items(db, broadcast),
        )

    return await state.database(request).read(job)


async def _show(
    request: Request,
    broadcast: Broadcast,
    form: Form | None = None,
    status: int = 200,
    *,
    video: Form | None = None,
    players_typed: Hosts | None = None,
    words: Form | None = None,
) -> Response:
    """The page. A form that was sent but not saved is shown open."""
    known = await _known(request, broadcast.id)
    told = await deck_upload.told(request, broadcast.id, broadcast.slug)
    return render(
        request,
        "broadcast.html",
        status,
        broadcast=broadcast,
        known=known,
        editing=form is not None,
        deck=json.dumps(told).replace("<", "\\u003c"),
        deck_mb=Limits().file_mb,
        invitations=await invitations.of(request, broadcast),
        role_names=invitations.NAMES,
        role_hints=invitations.HINTS,
        only_here=invitations.only_here(request),
        exports={name: table.title for name, table in TABLES.items()},
        words_form=words or Form({"words": "\n".join(known.words)}),
        video_editing=video is not None,
        video_form=video or video_form.of(known.video),
        video_kinds=video_form.KINDS,
        video_hints=video_form.HINTS,
        recording_gb=state.settings(request).recording_gb,
        players=players_typed or Hosts("\n".join(known.players), tuple(known.players)),
        **filled(request, form or details.of(broadcast, known.sites)),
    )


def filled(request: Request, form: Form) -> dict[str, object]:
    """What the template of the details' form is given."""
    lang = language(request)
    return {
        "form": form,
        "rows": details.rows(form),
        "kinds": details.KINDS,
        "reason_limit": REASON_LIMIT,
        "shown": lambda at: times.shown(at, lang),
        "machine": times.machine,
        "messages": i18n.messages(lang, assets.text("pages/broadcast.js")),
    }


routes: list[BaseRoute] = [
    Route("/broadcasts/new", new, methods=["GET"]),
    Route("/broadcasts/new", create, methods=["POST"]),
    Route("/broadcasts/{slug}", show, methods=["GET"]),
    Route("/broadcasts/{slug}", save, methods=["POST"]),
    Route("/broadcasts/{slug}/joining", joining, methods=["POST"]),
    Route("/broadcasts/{slug}/video", save_video, methods=["POST"]),
    Route("/broadcasts/{slug}/words", save_words, methods=["POST"]),
    Route("/broadcasts/{slug}/players", save_players, methods=["POST"]),
]
