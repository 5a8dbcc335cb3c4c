"""The bundled files as they go over the wire: each read once, then answered from memory.

`app` puts it before the router: of what a page asks for when it joins these are most. The build
(hatch_build.py) has put a smaller form of a text beside it, `.br` and `.gz`; the browser gets the smallest
that it reads. A name has a hash, so what is behind it never changes, and a rebuild brings new names. It
compresses nothing and knows no folder but one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from live.paths import BUILT

# What is served at all: neither the manifest nor the smaller forms have an address of their own.
KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".ico": "image/vnd.microsoft.icon",
}
SMALLER = {"br": ".br", "gzip": ".gz"}  # encoding → what the file's name ends with; the smallest first

Raw = list[tuple[bytes, bytes]]
Answer = tuple[Raw, bytes]


class Built:
    """Answers for the files of one folder, at `prefix`; all else, and what is not there, is for `app`."""

    def __init__(self, app: ASGIApp, prefix: str, folder: Path = BUILT) -> None:
        self._app = app
        self._prefix = prefix
        self._folder = folder
        self._files: dict[str, Mapping[str, Answer]] = {}  # only names that there are: a folder's worth

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        forms = self._forms(scope["path"]) if asked and scope["path"].startswith(self._prefix) else None
        if forms is None:
            await self._app(scope, receive, send)
            return
        wanted = accepted(Headers(scope=scope).get("accept-encoding", ""))
        headers, body = next((forms[each] for each in wanted if each in forms), forms[""])
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    def _forms(self, path: str) -> Mapping[str, Answer] | None:
        name = path.removeprefix(self._prefix)
        known = self._files.get(name)
        if known is None and (known := self._read(name)) is not None:
            self._files[name] = known
        return known

    def _read(self, name: str) -> Mapping[str, Answer] | None:
        """The finished answers of a file, by encoding; "" is the file as it is. None: there is none."""
        kind = KINDS.get(Path(name).suffix)
        there = {path.name for path in self._folder.glob("[!.]*")}
        if kind is None or name not in there:
            return None
        names = {"": name} | {
            each: small for each, suffix in SMALLER.items() if (small := name + suffix) in there
        }
        bodies = {each: (self._folder / file).read_bytes() for each, file in names.items()}
        return {
            each: (_headers(kind, each, len(body), len(bodies) > 1), body) for each, body in bodies.items()
        }


def _headers(kind: str, encoding: str, length: int, varies: bool) -> Raw:
    headers = [("content-type", kind), ("content-length", str(length))]
    if encoding:
        headers.append(("content-encoding", encoding))
    if varies:
        headers.append(("vary", "Accept-Encoding"))
    return [(name.encode(), value.encode()) for name, value in headers]


@lru_cache(maxsize=64)
def accepted(header: str) -> tuple[str, ...]:
    """Those of our encodings that an Accept-Encoding header allows, the smallest first."""
    allowed = set()
    for part in header.lower().split(","):
        name, _, weight = part.partition(";")
        if weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}:
            allowed.add(name.strip())
    return tuple(each for each in SMALLER if each in allowed)
