"""Pictures into pages: decoded, turned upright, flattened on white, scaled and encoded afresh as WebP.

Called by `reader` for uploaded pictures and by `pdf` for rendered pages. Of the file that came only the
pixels survive: no metadata, no colour profile, no second frame.
"""

import io
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from PIL import Image, ImageOps

from live.rendering.frames import Count, DeckError, Frame, Limits, Page
from live.rendering.kinds import members

MIB = 1024 * 1024
QUALITY = 80  # of WebP: about 90 KB a slide, text still sharp
EFFORT = 2  # of WebP, 0-6: 4 makes files 3 % smaller and takes twice the time
SMOOTH = ("L", "LA", "RGB", "RGBA", "CMYK")  # what can be scaled as it is; palettes and 16 bit cannot
FORMATS = ("PNG", "JPEG", "WEBP")  # the only readers of Pillow that a stranger can reach


def read_picture(source: BinaryIO, limits: Limits) -> Iterator[Frame]:
    yield Count(1)
    yield _page_of(source, 1, limits)


def read_pictures(source: BinaryIO, limits: Limits) -> Iterator[Frame]:
    with zipfile.ZipFile(source) as archive:
        files = members(archive)
        if sum(each.file_size for each in files) > limits.unpacked_mb * MIB:
            raise DeckError("too_large", max_mb=limits.unpacked_mb)
        yield Count(len(files))
        for number, each in enumerate(files, 1):
            with archive.open(each) as opened:
                yield _page_of(io.BytesIO(opened.read(each.file_size)), number, limits)


def page(number: int, picture: Image.Image, text: str, limits: Limits) -> Page:
    picture.thumbnail((limits.long_side, limits.long_side), Image.Resampling.LANCZOS)
    small = _narrowed(picture, limits.small_width)
    thumb = _narrowed(picture, limits.thumb_width)
    return Page(
        number,
        *picture.size,
        text,
        image=_webp(picture),
        small=_webp(small) if small.width < picture.width else None,
        thumb=_webp(thumb),
    )


def _narrowed(picture: Image.Image, width: int) -> Image.Image:
    narrow = picture.copy()
    narrow.thumbnail((width, 2 * width), Image.Resampling.LANCZOS)
    return narrow


def _page_of(source: BinaryIO, number: int, limits: Limits) -> Page:
    Image.MAX_IMAGE_PIXELS = limits.pixels  # Pillow refuses at twice this, so a phone's 48 MP photo passes
    try:
        with Image.open(source, formats=FORMATS) as opened:
            if opened.mode in SMOOTH:  # first of all: each later step makes a copy
                opened.thumbnail((limits.long_side, limits.long_side), Image.Resampling.LANCZOS)
            return page(number, _flat(ImageOps.exif_transpose(opened)), "", limits)
    except Image.DecompressionBombError:
        raise DeckError("page_too_large", page=number) from None


def _flat(picture: Image.Image) -> Image.Image:
    """RGB on white, whatever it was. 16-bit grey is brought to 8 by hand: Pillow would clip it to white."""
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    picture = picture.convert("RGBA")
    paper = Image.new("RGBA", picture.size, "white")
    paper.alpha_composite(picture)
    return paper.convert("RGB")


def _webp(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=QUALITY, method=EFFORT)
    return file.getvalue()
