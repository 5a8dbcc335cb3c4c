"""Browsers for the people of a test, and all that goes wrong in them.

`Browsing` opens one browser profile for each person and listens to every page in it: an error in the
console, an exception, a violation of the content security policy, or a request that leaves the server
fails the test at its end. What a test brings about on purpose it forgives beforehand.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Page

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PROJECTOR: dict[str, Any] = {"viewport": {"width": 1920, "height": 1080}}

# The policy's violations are in the console as well, but not those that are only reported.
WATCH_POLICY = """addEventListener("securitypolicyviolation",
  (event) => console.error("policy:", event.violatedDirective, event.blockedURI, event.sample))"""

CUT = "net::ERR_"  # what a browser says of a server that is not there
REFUSED = "the server responded with a status of 422"  # a form that came back with a sentence
NOT_FOUND = "the server responded with a status of 404"


class Browsing:
    """Opened by a fixture for one test. `wrong` is what went wrong so far."""

    def __init__(self, browser: Browser) -> None:
        self.wrong: list[str] = []
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._forgiven: list[str] = []
        self._hosts: set[str] = set()

    async def page(self, origin: str, device: dict[str, Any], locale: str = "en-GB") -> Page:
        """A new person's browser. It may ask nobody but `origin`."""
        self._hosts.add(urlsplit(origin).netloc)
        context = await self._browser.new_context(
            base_url=origin, locale=locale, timezone_id="Asia/Shanghai", reduced_motion="reduce", **device
        )
        self._contexts.append(context)
        await context.add_init_script(WATCH_POLICY)
        context.on("weberror", lambda error: self._note(f"exception: {error.error}"))
        context.on("console", lambda said: self._note(said.text) if said.type == "error" else None)
        context.on("request", lambda request: self._asked(request.url))
        context.on("page", lambda page: page.on("websocket", lambda socket: self._asked(socket.url)))
        return await context.new_page()

    def forgive(self, *words: str) -> None:
        """These are brought about on purpose."""
        self._forgiven += words

    async def close(self) -> None:
        for context in self._contexts:
            await context.close()

    def _note(self, what: str) -> None:
        if not any(words in what for words in self._forgiven):
            self.wrong.append(what)

    def _asked(self, url: str) -> None:
        where = urlsplit(url)
        if where.netloc not in self._hosts and where.scheme not in {"data", "blob"}:
            self.wrong.append(f"left the server: {url}")
