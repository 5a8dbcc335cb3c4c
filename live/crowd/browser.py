"""The little of a browser that it takes to get in: pages, forms, redirects and one cookie jar.

Each attendee has its own. It runs on the loop, without threads, so leaving is immediate: a crowd in
the server's own process must never hold a thread that the server needs to answer it.
"""

from __future__ import annotations

import asyncio
import io
import socket
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from typing import cast
from urllib.parse import urlencode, urljoin, urlsplit

from .forms import Form, Reader
from .outbox import Pause

REDIRECTS_MAX = 5
STEPS_MAX = 4  # forms between the door and the hall: code, then name, and some to spare
ANSWER_SECONDS = 10.0  # an honest server is a hundred times faster
PATIENCE_SECONDS = 3.0  # before the door is tried again when the server is busy or not there
LATER = frozenset({429, 503})


class TurnedAway(Exception):
    """The server would not let us in; `status` is that of the last page."""

    def __init__(self, status: int, path: str) -> None:
        super().__init__(f"{path} answered {status}")
        self.status = status


@dataclass(frozen=True)
class Page:
    """Where we ended up, and what is written there."""

    status: int
    path: str
    forms: tuple[Form, ...]
    body: Mapping[str, str]

    @property
    def socket(self) -> str | None:
        """The path of the broadcast's socket, on the pages that have one."""
        return self.body.get("data-socket")


class Browser:
    """One person's browser at the site `url`. `dial`: where that site is really listening, if not there."""

    def __init__(self, url: str, language: str = "zh", *, dial: str | None = None) -> None:
        parts, dialled = urlsplit(url), urlsplit(dial or url)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.secure = dialled.scheme == "https"
        self.host, self.port = dialled.hostname or "", dialled.port or (443 if self.secure else 80)
        self._netloc = parts.netloc
        self._language = language
        self._cookies: dict[str, str] = {}

    @property
    def cookie(self) -> str:
        """The Cookie header."""
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    @property
    def headers(self) -> dict[str, str]:
        """What goes with every request, also with the socket's."""
        always = {"Accept-Language": self._language, "User-Agent": "live-crowd"}
        return always | ({"Cookie": self.cookie} if self._cookies else {})

    def socket_address(self, path: str) -> str:
        return f"{'wss' if self.secure else 'ws'}://{self._netloc}{path}"

    async def get(self, path: str) -> Page:
        return await self._visit("GET", path, None)

    async def post(self, path: str, fields: Mapping[str, str]) -> Page:
        return await self._visit("POST", path, fields)

    async def arrive(
        self, door: Callable[[], Awaitable[Page]], answers: Mapping[str, str], pause: Pause
    ) -> Page:
        """Open the door and walk in; again and again while the server is not there, or has no time."""
        while True:
            try:
                return await self.walk_in(await door(), answers)
            except (OSError, TimeoutError):
                pass
            except TurnedAway as refusal:
                if refusal.status not in LATER:
                    raise
            await pause(PATIENCE_SECONDS)

    async def walk_in(self, page: Page, answers: Mapping[str, str]) -> Page:
        """Fill in one form after the other until we stand on a page with a socket."""
        for _ in range(STEPS_MAX):
            if page.socket is not None:
                return page
            form = next((form for form in page.forms if form.fields.keys() & answers.keys()), None)
            if page.status >= 400 or form is None:
                break
            page = await self.post(urljoin(page.path, form.action), form.filled(answers))
        if page.socket is not None:
            return page
        raise TurnedAway(page.status, page.path)

    async def _visit(self, method: str, path: str, fields: Mapping[str, str] | None) -> Page:
        for _ in range(REDIRECTS_MAX):
            async with asyncio.timeout(ANSWER_SECONDS):
                response, text = await self._ask(method, path, fields)
            self._keep(response)
            where = response.headers.get("Location")
            if where is None or not 300 <= response.status < 400:
                return _page(response.status, path, text)
            method, path, fields = "GET", urlsplit(urljoin(path, where)).path, None
        raise TurnedAway(response.status, path)

    async def _ask(
        self, method: str, path: str, fields: Mapping[str, str] | None
    ) -> tuple[HTTPResponse, str]:
        body = urlencode(fields or {}).encode()
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self._netloc}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if method == "POST":
            lines += [f"Origin: {self.origin}", "Sec-Fetch-Site: same-origin", f"Content-Length: {len(body)}"]
            lines += ["Content-Type: application/x-www-form-urlencoded"]
        reader, writer = await asyncio.open_connection(self.host, self.port, ssl=self.secure or None)
        try:
            writer.write("\r\n".join([*lines, "", ""]).encode() + body)
            raw = await reader.read()
        finally:
            writer.close()
        return _parsed(raw)

    def _keep(self, response: HTTPResponse) -> None:
        for header in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(header).items():
                if morsel["max-age"] == "0":
                    self._cookies.pop(name, None)
                else:
                    self._cookies[name] = morsel.value


class _Canned:
    """An answer that has been read, as the socket that http.client wants to read from."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    def makefile(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(self._raw)


def _parsed(raw: bytes) -> tuple[HTTPResponse, str]:
    response = HTTPResponse(cast("socket.socket", _Canned(raw)))
    try:
        response.begin()
        return response, response.read().decode("utf-8", "replace")
    except HTTPException as cut:
        raise ConnectionResetError("the server went away in the middle of its answer") from cut


def _page(status: int, path: str, text: str) -> Page:
    reader = Reader()
    reader.feed(text)
    reader.close()
    return Page(status, path, tuple(reader.forms), reader.body)
