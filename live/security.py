"""What every answer says and every request must show: headers, cookies' names, origins.

`middleware(origin, refusal)` is the list for the application; `allowed_origin` is also asked by the
socket. `origin` is the one of --url, or None: then a request's own Host is taken. It knows nobody.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from live import assets
from live.domain.base import Video
from live.settings import Settings

SAFE = {"GET", "HEAD", "OPTIONS"}
HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?")
FOREVER = "public, max-age=31536000, immutable"  # a year: the name has a hash, so it never means another
# lit-html makes the one policy of Trusted Types that there is; see its source.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
    " connect-src 'self'{connect};{video} object-src 'none'; form-action 'self'; frame-ancestors 'none';"
    " base-uri 'none'; require-trusted-types-for 'script'; trusted-types lit-html"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_ALWAYS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]


def middleware(origin: str | None, refusal: ASGIApp) -> list[Middleware]:
    """In order, outermost first. `refusal` answers a post that came from elsewhere."""
    return [Middleware(SecureHeaders, origin=origin), Middleware(OwnPosts, origin=origin, refusal=refusal)]


def is_secure(scope: Scope, origin: str | None) -> bool:
    """Whether the browser came by TLS. uvicorn has read X-Forwarded-Proto, from proxies that may say it."""
    scheme = urlsplit(origin).scheme if origin else scope.get("scheme", "http")
    return scheme in {"https", "wss"}


def cookie(scope: Scope, origin: str | None) -> str:
    """The name of the session's cookie. A browser takes `__Host-` only with TLS, and from nobody but us."""
    return "__Host-live" if is_secure(scope, origin) else "live"


def site(scope: Scope, origin: str | None) -> str:
    """Where this browser found us, to begin an address with: `https://live.example.org`."""
    if origin:
        return origin
    return f"{'https' if is_secure(scope, None) else 'http'}://{_host(scope) or 'localhost'}"


def allowed_origin(scope: Scope, origin: str | None) -> bool:
    """Whether Origin names this very site. A request that has none is not allowed by it."""
    given = header(scope, b"origin") or ""
    if origin:
        return given == origin
    parts = urlsplit(given)
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and parts.netloc == _host(scope)


def same_site(scope: Scope, settings: Settings) -> bool:
    """Whether a socket may be opened: by a page of this site, or by a program with a bearer token."""
    if header(scope, b"origin") is not None:
        return allowed_origin(scope, settings.origin)
    return bearer(scope) is not None


def own_request(scope: Scope, origin: str | None) -> bool:
    """Whether one of our own pages sent it, or a program with a bearer token.

    Browsers say which of the first two it is; those before 2023 only send Origin.
    """
    fetched = header(scope, b"sec-fetch-site")
    if fetched is not None:
        return fetched == "same-origin"
    if header(scope, b"origin") is not None:
        return allowed_origin(scope, origin)
    return bearer(scope) is not None


def bearer(scope: Scope) -> str | None:
    """The token of an `Authorization: Bearer` header, which may be empty; None: there is no such header."""
    scheme, space, token = (header(scope, b"authorization") or "").partition(" ")
    return token.strip() if space and scheme.lower() == "bearer" else None


def header(scope: Scope, name: bytes) -> str | None:
    """The first header of that name, as it came. Several are asked for of everybody who comes."""
    for each, value in scope["headers"]:
        if each == name:
            return str(value, "latin-1")
    return None


def _host(scope: Scope) -> str:
    """The Host header, if it is one: it ends up in a header of ours."""
    host = header(scope, b"host") or ""
    return host if HOST.fullmatch(host) else ""


def policy(scope: Scope, origin: str | None, video: Video | None = None) -> str:
    """The content security policy, of a page that shows `video` with what that needs and nothing more.

    Safari before 16 does not count our own sockets as 'self'.
    """
    host = urlsplit(origin).netloc if origin else _host(scope)
    scheme = "wss" if is_secure(scope, origin) else "ws"
    connect, shown = _video(video or Video())
    return POLICY.format(connect=(f" {scheme}://{host}" if host else "") + connect, video=shown)


def _video(video: Video) -> tuple[str, str]:
    """What the policy says more: where scripts may fetch from, and the directive for what is shown."""
    if video.kind == "embed":
        frame = urlsplit(video.embed)
        return "", f" frame-src https://{frame.netloc} https://*.{video.site};" if frame.netloc else ""
    if video.kind == "none":
        return "", ""
    parts = urlsplit(video.url)
    source = f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""  # none: it is on this server
    # data: is the empty track that hls.js makes for captions
    return source, f" media-src 'self' blob: data:{source};"


class SecureHeaders:
    """Gives every answer its headers, and a page that knows somebody `no-store`."""

    def __init__(self, app: ASGIApp, origin: str | None) -> None:
        self.app = app
        self.origin = origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                secure(MutableHeaders(scope=message), scope, message["status"], self.origin)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def secure(headers: MutableHeaders, scope: Scope, status: int, origin: str | None) -> None:
    """Add what is missing: an answer that has said otherwise keeps its word."""
    given = {name for name, _ in headers.raw}  # in small letters; asked once, for every answer passes here
    headers.raw.extend(each for each in _ALWAYS if each[0] not in given)
    if b"content-security-policy" not in given:
        headers.append("Content-Security-Policy", policy(scope, origin))
    if b"cache-control" not in given:
        bundled = scope["path"].startswith(assets.PREFIX) and status in {200, 206, 304}
        headers.append("Cache-Control", FOREVER if bundled else "no-store")
    if is_secure(scope, origin):
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")


class OwnPosts:
    """Lets nothing that changes something through from another site."""

    def __init__(self, app: ASGIApp, origin: str | None, refusal: ASGIApp) -> None:
        self.app = app
        self.origin = origin
        self.refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        own = scope["type"] != "http" or scope["method"] in SAFE
        app = self.app if own or own_request(scope, self.origin) else self.refusal
        await app(scope, receive, send)
