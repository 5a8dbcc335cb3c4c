"""The shell of a page that draws itself: rendered and compressed once, and only the first frame put in.

Answered by `audience` for every join, so what is the same for everybody is kept ready: the shell, and the
docs of an audience until they change. Nothing personal is compressed, nor are the desk's docs: in one window
with words that somebody else has written, the length of an answer would tell what stands there (BREACH).
What attendees and screens are given is no secret among those who can write something into it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePath

from starlette.requests import Request
from starlette.responses import Response

from live import assets, i18n
from live.built import accepted
from live.domain.base import Audience
from live.pages.render import environment, language

FIRST = "\0"  # where the first frame goes: no sentence has one
DOCS = b',"docs":'  # inside a string of JSON the quotes would be escaped: it stands in a frame once
HEADERS = {"Content-Type": "text/html; charset=utf-8", "Vary": "Cookie, Accept-Language, Accept-Encoding"}

GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
GZIP_END = b"\x03\x00"  # an empty last block
BLOCK = 0xFFFF  # the most that a block holds of what is not compressed

Part = tuple[bytes, bytes]  # what it says, and the same as blocks of a gzip stream


def answer(request: Request, template: str, title: str, audience: Audience, first: bytes) -> Response:
    """The page with its first frame, a `welcome`."""
    lang = language(request)
    built = frozenset(assets.manifest().items())  # a rebuild is another page
    before, after = _shell(template, lang, request.path_params["slug"], title, audience, built)
    personal, _, docs = first.partition(DOCS)
    parts = (before, plain(_embedded(personal + DOCS)), _docs(docs, audience != "desk"), after)
    headers = {**HEADERS, "Content-Language": lang}
    if "gzip" not in accepted(request.headers.get("accept-encoding", "")):
        return Response(b"".join(said for said, _ in parts), headers=headers)
    return Response(b"".join(_gzip(parts)), headers={**headers, "Content-Encoding": "gzip"})


@lru_cache(maxsize=64)
def _shell(
    template: str, lang: str, slug: str, title: str, audience: Audience, _built: frozenset[tuple[str, str]]
) -> tuple[Part, Part]:
    """All before the first frame and all after it. It is given nothing that is one person's."""
    text = (
        environment(lang)
        .get_template(template)
        .render(
            lang=lang,
            broadcast={"slug": slug, "title": title},
            audience=audience,
            first=FIRST,
            messages=i18n.messages(lang, assets.text(f"{PurePath(template).stem}.js")),
        )
    )
    before, _, after = text.partition(FIRST)
    return small(before.encode()), small(after.encode())


@lru_cache(maxsize=16)
def _docs(docs: bytes, compress: bool) -> Part:
    return small(_embedded(docs)) if compress else plain(_embedded(docs))


def _embedded(frame: bytes) -> bytes:
    """JSON has "<" only in strings, and there it may be written so: no "</script>" can end the element."""
    return frame.replace(b"<", b"\\u003c")


def small(said: bytes) -> Part:
    """Blocks that refer to nothing outside of them, so they may stand in any stream."""
    squeezer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    return said, squeezer.compress(said) + squeezer.flush(zlib.Z_FULL_FLUSH)


def plain(said: bytes) -> Part:
    """Blocks that are not compressed."""
    return said, b"".join(
        b"\0" + len(block).to_bytes(2, "little") + (len(block) ^ BLOCK).to_bytes(2, "little") + block
        for block in (said[start : start + BLOCK] for start in range(0, len(said), BLOCK))
    )


def _gzip(parts: tuple[Part, ...]) -> Iterator[bytes]:
    yield GZIP_HEAD
    checksum = length = 0
    for said, blocks in parts:
        yield blocks
        checksum, length = zlib.crc32(said, checksum), length + len(said)
    yield GZIP_END + checksum.to_bytes(4, "little") + (length & 0xFFFFFFFF).to_bytes(4, "little")
