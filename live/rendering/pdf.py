"""A PDF into pages: pixels by pdfium, and the words of each page for search and screen readers.

Called by `reader`. pdfium repairs what it can and says nothing, so a file that ends too early is refused here
first: a deck that silently lost its last pages is worse than a sentence.
"""

import math
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from live.rendering.frames import Count, DeckError, Frame, Limits, Page
from live.rendering.pictures import page as page_of_picture

TAIL_BYTES = 64 * 1024  # some servers append a page of HTML to a download; pdfium does not mind, nor do we
READ_AHEAD = 4  # times the characters that are kept: cleaning drops some, and must not be fed a million
ENCRYPTED = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def read_pdf(source: Path, limits: Limits) -> Iterator[Frame]:
    _check_end(source)
    with _open(source) as document:
        if len(document) > limits.pages:
            raise DeckError("too_many_pages", max=limits.pages)
        sizes = [document.get_page_size(index) for index in range(len(document))]
        for number, size in enumerate(sizes, 1):
            if not all(0 < side <= limits.page_points for side in size):
                raise DeckError("page_too_large", page=number)
        yield Count(len(document))
        for number in range(1, len(document) + 1):
            yield _page(document, number, limits)


def clean(text: str, most: int) -> str:
    """NFC, single spaces and line breaks, no controls, bidi overrides, lone surrogates or icon fonts."""
    text = unicodedata.normalize("NFC", text.replace("\r", "\n"))
    kept = "".join(each for each in text if each == "\n" or (_is_text(each) and each not in BIDI))
    lines = (" ".join(line.split()) for line in kept.split("\n"))
    return "\n".join(line for line in lines if line)[:most].rstrip()


def _is_text(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs", "Co", "Cn")


def _check_end(source: Path) -> None:
    with source.open("rb") as file:
        file.seek(-min(TAIL_BYTES, source.stat().st_size), os.SEEK_END)
        if b"startxref" not in file.read():
            raise DeckError("damaged")


def _open(source: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        if error.err_code in ENCRYPTED:
            raise DeckError("encrypted") from None
        raise DeckError("empty" if error.err_code == pdfium.FPDF_ERR_SUCCESS else "damaged") from None


def _page(document: pypdfium2.PdfDocument, number: int, limits: Limits) -> Page:
    page = document[number - 1]
    width, height = page.get_size()
    # A thousandth of a pixel less, because the size in pixels is rounded up.
    scale = min((limits.long_side - 0.001) / max(width, height), math.sqrt(limits.pixels / (width * height)))
    bitmap = page.render(scale=scale, rev_byteorder=True, limit_image_cache=True)
    words = page.get_textpage()
    text = clean(words.get_text_bounded()[: limits.text * READ_AHEAD], limits.text)
    made = page_of_picture(number, bitmap.to_pil(), text, limits)
    for each in (words, bitmap, page):  # pdfium's memory, not Python's: 500 pages would add up
        each.close()
    return made
