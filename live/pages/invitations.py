"""Invitations: a link for each role, as text and as a QR code, to be given away, printed and revoked.

Part of a broadcast's set-up page. A link's token stands behind the "#" of its address, where no server logs
it; it is made anew from the link's id each time. It lets nobody in: that is the doors' part.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from live.auth import INVITED
from live.directory import people
from live.directory.broadcasts import Broadcast
from live.domain.base import Role
from live.pages import forms, qr, state
from live.pages.render import N_, render
from live.pages.signed_in import page_of, signed_in, site, the_broadcast

LINKS_LIMIT = 20  # links of one role: one for each hall and team; more is a mistake

NAMES: dict[Role, str] = {
    "attendee": N_("Attendees"),
    "screen": N_("Screen"),
    "lecturer": N_("Lecturer"),
    "moderator": N_("Moderators"),
}
HINTS: dict[Role, str] = {
    "attendee": N_("For the hall door, the e-mail, the group chat. Everybody may use the same link."),
    "screen": N_("Open it once on the computer that drives the projector."),
    "lecturer": N_("Drives the slides, opens polls, sees the questions."),
    "moderator": N_("Reads and approves questions, opens polls, writes notices."),
}


@dataclass(frozen=True)
class Invitation:
    """A link as it is shown. `joined` people came in by it."""

    id: str
    role: Role
    address: str
    joined: int


async def of(request: Request, broadcast: Broadcast) -> dict[Role, list[Invitation]]:
    """The open links by role, every role of them, oldest first."""
    links = await state.database(request).read(lambda db: people.links(db, broadcast.id))
    shown = [Invitation(link.id, link.role, _address(request, link.id), link.joined) for link in links]
    return {role: [each for each in shown if each.role == role] for role in INVITED}


def only_here(request: Request) -> bool:
    """Whether the addresses name this very machine, so that no phone can open them."""
    host = urlsplit(site(request)).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@signed_in
async def change(request: Request) -> Response:
    """Make a link for a role, or revoke one and turn out whoever came in by it."""
    broadcast, form = await the_broadcast(request), await forms.read(request)
    role = next((role for role in INVITED if role == form["make"]), None)
    if role is not None:
        await _make(request, broadcast, role)
    elif "revoke" in form:
        await _revoke(request, broadcast, form["revoke"])
    else:
        raise HTTPException(400)
    return RedirectResponse(page_of(broadcast, "invitations"), 303)


@signed_in
async def code(request: Request) -> Response:
    """The QR code of a link."""
    return qr.answer((await _the_link(request))[1].address)


@signed_in
async def sheet(request: Request) -> Response:
    """A page to print and put up."""
    broadcast, link = await _the_link(request)
    return render(request, "invitation_sheet.html", broadcast=broadcast, link=link, site=site(request))


async def _make(request: Request, broadcast: Broadcast, role: Role) -> None:
    auth = state.auth(request)
    if len((await of(request, broadcast))[role]) < LINKS_LIMIT:
        await state.database(request).write(lambda db: auth.make_link(db, broadcast.id, role))


async def _revoke(request: Request, broadcast: Broadcast, link: str) -> None:
    at = state.auth(request).now()
    gone = await state.database(request).write(lambda db: people.revoke_link(db, broadcast.id, link, at))
    if gone:
        (await state.stages(request).get(broadcast.id)).turn_out(gone)


async def _the_link(request: Request) -> tuple[Broadcast, Invitation]:
    broadcast, wanted = await the_broadcast(request), request.path_params["link"]
    for links in (await of(request, broadcast)).values():
        for link in links:
            if link.id == wanted:
                return broadcast, link
    raise HTTPException(404)


def _address(request: Request, link: str) -> str:
    return f"{site(request)}/enter#{state.auth(request).link_token(link)}"


routes: list[BaseRoute] = [
    Route("/broadcasts/{slug}/links", change, methods=["POST"]),
    Route("/broadcasts/{slug}/links/{link}.svg", code),
    Route("/broadcasts/{slug}/links/{link}", sheet),
]
