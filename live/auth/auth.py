"""The cookie, the bearer token, the link: from a secret in a request to a visitor or an actor.

One cookie for each browser, random, kept as SHA-256. It gets a new value when its browser signs in or
gains a seat at the desk, so that a value planted before is worth nothing; the seats come along. Link
tokens are derived from the server's secret key, so they can be shown again but are in no table.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Callable

from starlette.requests import HTTPConnection
from starlette.responses import Response

from live import security
from live.auth.failures import Failures, neighbourhood
from live.auth.passwords import Passwords
from live.database import Database
from live.directory import accounts, people, sessions
from live.directory.accounts import Account, LinkSpent
from live.directory.people import Link, Newcomer
from live.directory.sessions import HOUR_MS, STRANGER, Seat, Visitor
from live.domain.base import DESK, Actor, Audience, Role
from live.steady import wall

# In the order in which an organiser gives the links away. An organiser needs no link: there is the account.
INVITED: tuple[Role, ...] = ("attendee", "screen", "lecturer", "moderator")
SETUP_LINK_MS = HOUR_MS  # long enough to walk to a browser, short enough to be left in a terminal
COOKIE_SECONDS = 400 * 24 * 3600  # the longest that browsers keep one; when it expires is decided here
FREE_PASSWORDS = 5  # by account and address
FREE_CODES = 100  # by address: a hall of 150 behind one address mistypes, and that is no attack


def ask_token() -> str:
    """A new secret: 192 bits, 32 characters that stand in addresses and headers."""
    return secrets.token_urlsafe(24)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class Auth:
    """`secret` is the key of the links, `origin` what people type when the server is told (--url)."""

    def __init__(
        self, database: Database, secret: bytes, origin: str | None = None, now: Callable[[], int] = wall
    ) -> None:
        self._database = database
        self._secret = secret
        self._origin = origin
        self.now = now
        self.passwords = Passwords()
        self.wrong_passwords = Failures(FREE_PASSWORDS)
        self.wrong_codes = Failures(FREE_CODES)

    # Who is it?

    async def visitor(self, connection: HTTPConnection) -> Visitor:
        """Whoever sends this request, looked up once for each request."""
        state = connection.scope.setdefault("state", {})
        if "visitor" not in state:
            state["visitor"] = await self._look_up(self._token(connection))
        visitor: Visitor = state["visitor"]
        return visitor

    async def actor(self, connection: HTTPConnection, broadcast: int, audience: Audience) -> Actor | None:
        """Who acts on this request or socket, in one audience; None: nobody who may be there."""
        seat = (await self.visitor(connection)).seat(broadcast, audience)
        return seat.actor if seat else None

    async def bearer(self, connection: HTTPConnection, broadcast: int) -> Actor | None:
        """Who acts by an `Authorization: Bearer` token; its one seat says in which audience."""
        if not security.bearer(connection.scope):
            return None
        seats = (await self.visitor(connection)).seats
        return next((seat.actor for seat in seats if seat.broadcast == broadcast), None)

    def _token(self, connection: HTTPConnection) -> str | None:
        """A bearer token, where one is given, instead of the cookie."""
        name = security.cookie(connection.scope, self._origin)
        return security.bearer(connection.scope) or connection.cookies.get(name)

    async def _look_up(self, token: str | None) -> Visitor:
        if not token:
            return STRANGER
        session, now = digest(token), self.now()
        visitor = await self._database.read(lambda db: sessions.find(db, session, now))
        if visitor.session is not None and now - visitor.seen_at > HOUR_MS:
            await self._database.write(lambda db: sessions.touch(db, session, now))
        return visitor

    # Coming in and going out

    async def seat(self, visitor: Visitor, newcomer: Newcomer) -> str | None:
        """Keep somebody new and give their browser the seat. The answer: its new cookie, if it needs one."""
        desk = newcomer.role in DESK
        token = ask_token() if desk or visitor.session is None else None
        session = digest(token) if token else str(visitor.session)
        now = self.now()

        def job(db: sqlite3.Connection) -> None:
            if token:
                sessions.start(db, visitor.session, session, now)
            people.add(db, newcomer, now)
            people.sit(db, session, newcomer.broadcast, audience_of(newcomer.role), newcomer.id)

        await self._database.write(job)
        return token

    async def organise(self, visitor: Visitor, broadcast: int, role: Role = "organiser") -> Actor | None:
        """The signed-in organiser's seat at the desk (or, with its role, at the screen); taken on first use.

        The cookie stays: it was new when the account signed in, and that is what gave this right.
        """
        account, session, audience = visitor.account, visitor.session, audience_of(role)
        seat = visitor.seat(broadcast, audience)
        if seat or account is None or session is None:
            return seat.actor if seat else None
        name = "" if role == "screen" else account.name
        newcomer = Newcomer(id=new_id(), broadcast=broadcast, role=role, name=name, account=account.id)
        now = self.now()

        def job(db: sqlite3.Connection) -> str:
            participant = people.vacant(db, broadcast, role, account.id)
            if participant is None:
                people.add(db, newcomer, now)
                participant = newcomer.id
            people.sit(db, session, broadcast, audience, participant)
            return participant

        return Actor(participant=await self._database.write(job), role=role)

    async def token_for(self, broadcast: int, participant: str, role: Role) -> str:
        """A bearer token for a participant who exists: for programs, which have no cookie."""
        token, now = ask_token(), self.now()

        def job(db: sqlite3.Connection) -> None:
            sessions.start(db, None, digest(token), now)
            people.sit(db, digest(token), broadcast, audience_of(role), participant)

        await self._database.write(job)
        return token

    async def sign_in(self, visitor: Visitor, name: str, password: str, host: str | None) -> str | None:
        """The browser's new cookie, or None: wrong name or password. Raises `TooMany`."""
        key, now = f"{name.casefold()}\n{neighbourhood(host)}", self.now()
        self.wrong_passwords.check(key, now)
        # Counted before it is known, so that a hundred guesses sent at once do not all count as the first.
        self.wrong_passwords.add(key, now)
        found = await self._database.read(lambda db: accounts.find(db, name))
        account, kept = found or (None, None)
        if not await self.passwords.match(kept, password) or account is None:
            return None
        self.wrong_passwords.forgive(key)
        return await self._signed_in(visitor, account)

    async def _signed_in(self, visitor: Visitor, account: Account) -> str:
        token, now = ask_token(), self.now()

        def job(db: sqlite3.Connection) -> None:
            sessions.start(db, visitor.session, digest(token), now)
            sessions.sign_in(db, digest(token), account.id)

        await self._database.write(job)
        return token

    async def sign_out(self, visitor: Visitor) -> list[Seat]:
        """Forget the browser. The sockets of these seats are to be closed."""
        session = visitor.session
        if session is None:
            return []
        return await self._database.write(lambda db: sessions.end(db, session))

    async def set_up(self, visitor: Visitor, link: str, name: str, password: str) -> str:
        """Make the account of a set-up link and sign its browser in.

        Raises `WeakPassword`, `LinkSpent` or `NameTaken`; the link is spent only when the account is made.
        """
        now, spent = self.now(), digest(link)
        if not await self._database.read(lambda db: accounts.is_open(db, spent, now)):
            raise LinkSpent  # before any work is done for it
        kept = await self.passwords.hash(password, name)
        account = await self._database.write(lambda db: accounts.set_up(db, spent, name, kept, now))
        return await self._signed_in(visitor, account)

    def keep(self, response: Response, connection: HTTPConnection, token: str | None) -> None:
        """Send the browser its new cookie, if there is one."""
        if token is not None:
            secure = security.is_secure(connection.scope, self._origin)
            name = security.cookie(connection.scope, self._origin)
            response.set_cookie(
                name, token, max_age=COOKIE_SECONDS, secure=secure, httponly=True, samesite="lax"
            )

    def drop(self, response: Response, connection: HTTPConnection) -> None:
        secure = security.is_secure(connection.scope, self._origin)
        response.delete_cookie(
            security.cookie(connection.scope, self._origin), secure=secure, httponly=True, samesite="lax"
        )

    # Links

    def link_token(self, link: str) -> str:
        """What a link's address ends with. Always the same for the same link."""
        mac = hmac.digest(self._secret, f"link:{link}".encode(), "sha256")[:16]
        return base64.urlsafe_b64encode(mac).decode().rstrip("=")

    def make_link(self, db: sqlite3.Connection, broadcast: int, role: Role) -> Link:
        """A new link beside those that are there."""
        link = Link(id=new_id(), broadcast=broadcast, role=role, created_at=self.now(), revoked_at=None)
        people.add_link(db, link, digest(self.link_token(link.id)))
        return link

    def make_links(self, db: sqlite3.Connection, broadcast: int) -> None:
        """A link for each role: nobody should have to find out that they are needed."""
        for role in INVITED:
            self.make_link(db, broadcast, role)

    async def link(self, token: str) -> Link | None:
        """The link of a token, if it still lets somebody in."""
        return await self._database.read(lambda db: people.find_link(db, digest(token)))

    def setup_link(self, db: sqlite3.Connection) -> str:
        """The token of a new set-up link: `/setup#TOKEN`."""
        token = ask_token()
        accounts.add_setup_link(db, digest(token), self.now() + SETUP_LINK_MS)
        return token


def new_id() -> str:
    """The id of a participant or link: no secret, but nobody meets it twice."""
    return secrets.token_hex(8)


def audience_of(role: Role) -> Audience:
    if role in DESK:
        return "desk"
    return "screen" if role == "screen" else "attendee"
