"""What the two sides of the renderer's pipe say to each other: limits in, frames out.

`live.decks` (the server) decodes, `live.rendering.__main__` (the child) encodes. A frame is a length of four
bytes, big-endian, and a msgpack object. The server never trusts a frame: the bounds below are checked when it
decodes.
"""

from dataclasses import dataclass
from typing import Annotated, BinaryIO, Literal

import msgspec

DeckCode = Literal[
    "not_a_deck",
    "encrypted",
    "damaged",
    "too_many_pages",
    "too_large",
    "page_too_large",
    "took_too_long",
    "out_of_memory",
    "needs_libreoffice",
    "empty",
]

LENGTH_BYTES = 4
FRAME_BYTES = 16 * 1024 * 1024  # 16 MiB: a picture of 1920 × 1920 without any compression is 11 MiB
MOST_PAGES = 10_000  # no setting of Limits may ask for more: a number from the child stays a sane number


@dataclass(frozen=True)
class Limits:
    """What one deck may cost. Tests pass smaller ones; the server uses these."""

    file_mb: int = 50  # MiB on disk: a 100-page deck full of photos has 20-40
    unpacked_mb: int = 100  # MiB out of a ZIP: pictures hardly shrink, so twice the file is generous
    pages: int = 500  # a whole day of slides; 2,000 pages is a book
    pixels: int = 25_000_000  # a raster in memory, 75 MB as RGB; pages are scaled down to fit
    long_side: int = 1920  # pixels: the projectors and large monitors of the audience show no more
    small_width: int = 1080  # pixels: a phone of 360 at triple density; core/pictures.js knows it too
    thumb_width: int = 320  # pixels: the desk's strip at double density
    text: int = 2000  # characters of a page, for search and screen readers
    page_points: int = 14_400  # 1/72 inch (5.08 m): the largest page that the PDF standard speaks of
    seconds: float = 120  # from start to last page, conversion included
    cpu_seconds: int = 60  # of the renderer; an ordinary page takes 0.1
    memory_mb: int = 1024  # MiB of address space; an ordinary deck needs 100, a photo of 48 MP 500
    office_cpu_seconds: int = 110  # of LibreOffice, which takes seconds only to start
    office_memory_mb: int = 4096  # MiB: LibreOffice maps over 1 GiB before it has opened anything
    office_file_mb: int = 512  # MiB: the PDF that LibreOffice writes, and its profile


class DeckError(Exception):
    """The deck cannot be shown. The code has a sentence in `live.decks`; the params fill its braces."""

    def __init__(self, code: DeckCode, /, **params: int) -> None:
        super().__init__(code, params)
        self.code: DeckCode = code
        self.params = params


Side = Annotated[int, msgspec.Meta(ge=1, le=16_383)]  # 16,383 pixels: the most that WebP can hold
Number = Annotated[int, msgspec.Meta(ge=1, le=MOST_PAGES)]


class Count(msgspec.Struct, frozen=True, tag="count", forbid_unknown_fields=True):
    """How many pages will come; always the first frame of a deck that can be read."""

    pages: Number


class Page(msgspec.Struct, frozen=True, tag="page", forbid_unknown_fields=True):
    """One page, ready for the audience. Numbers start at 1 and come in order."""

    number: Number
    width: Side
    height: Side
    text: Annotated[str, msgspec.Meta(max_length=10_000)]
    image: bytes
    small: bytes | None  # for phones; None where the image is no wider
    thumb: bytes


class Office(msgspec.Struct, frozen=True, tag="office", forbid_unknown_fields=True):
    """Not a deck yet: LibreOffice has to make a PDF of it first."""

    suffix: Literal["pptx", "ppt", "odp"]


class Refused(msgspec.Struct, frozen=True, tag="refused", forbid_unknown_fields=True):
    """The last frame of a deck that cannot be shown."""

    code: DeckCode
    params: dict[str, int]


Frame = Count | Page | Office | Refused

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Frame)


def write(pipe: BinaryIO, frame: Frame) -> None:
    body = _encoder.encode(frame)
    pipe.write(len(body).to_bytes(LENGTH_BYTES, "big"))
    pipe.write(body)
    pipe.flush()


def decode(body: bytes) -> Frame:
    """Raises msgspec.DecodeError for anything that is not a frame."""
    frame: Frame = _decoder.decode(body)
    return frame
