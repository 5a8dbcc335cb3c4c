"""Every kind of upload, good and bad, through the real child process of live.decks."""

import asyncio
import io
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from live.decks import DeckCode, DeckError, Limits, Page, render
from live.rendering.kinds import natural
from live.rendering.pdf import clean
from tests.crafted_decks import (
    bomb_png,
    endless_pdf,
    greedy_pdf,
    lines_of_words,
    locked_pdf,
    locked_zip,
    ole,
    pdf,
    picture,
    saved,
    words,
    zipped,
)
from tests.uploading import children, pages_of, refusal

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


@pytest.fixture(autouse=True)
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the renderer keeps its temporary files during this test."""
    place = tmp_path / "rooms"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@pytest.fixture
def deck(tmp_path: Path) -> Callable[[bytes], Path]:
    """Puts an upload on disk, under a name that says nothing."""

    def keep(content: bytes) -> Path:
        path = tmp_path / "upload"
        path.write_bytes(content)
        return path

    return keep


def opened(image: bytes) -> Image.Image:
    return Image.open(io.BytesIO(image), formats=["WEBP"])


def colour(image: bytes, at: tuple[int, int] = (5, 5)) -> tuple[int, ...]:
    """Pure colours only: WebP moves each channel by a few steps."""
    pixel = opened(image).convert("RGB").getpixel(at)
    assert isinstance(pixel, tuple)
    return tuple(255 if channel > 200 else 0 if channel < 50 else 128 for channel in pixel)


# --- Decks that are fine


async def test_pages_of_a_pdf_arrive_in_order_with_their_text(deck: Callable[[bytes], Path]) -> None:
    pages = await pages_of(deck(pdf(words("First slide"), words("Second"), b"")))
    assert [(page.number, page.text) for page in pages] == [(1, "First slide"), (2, "Second"), (3, "")]


async def test_a_page_comes_for_projectors_for_phones_and_as_a_thumb(deck: Callable[[bytes], Path]) -> None:
    [page] = await pages_of(deck(pdf(b"1 0 0 rg 0 0 960 540 re f")))
    assert (page.width, page.height) == opened(page.image).size == (1920, 1080)
    assert opened(page.thumb).size == (320, 180)
    assert page.small
    assert opened(page.small).size == (1080, 608)
    assert colour(page.image) == colour(page.small) == colour(page.thumb) == RED


async def test_an_upright_page_fits_by_its_height(deck: Callable[[bytes], Path]) -> None:
    [page] = await pages_of(deck(pdf(b"", box=(540, 960))))
    assert (page.width, page.height) == (1080, 1920)
    assert page.small is None, "it is no wider than a phone needs"


async def test_a_pdf_of_another_program_is_read_like_ours(tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument.new()
    for _ in range(3):
        document.new_page(595, 842).close()
    document.save(tmp_path / "upload")
    document.close()
    assert len(await pages_of(tmp_path / "upload")) == 3


async def test_a_pdf_that_only_forbids_copying_is_shown(deck: Callable[[bytes], Path]) -> None:
    assert len(await pages_of(deck(locked_pdf(user_password=b"")))) == 1


async def test_pages_before_one_that_never_ends_have_arrived_already(deck: Callable[[bytes], Path]) -> None:
    got: list[str] = []

    async def on_count(count: int) -> None:
        got.append(f"{count} pages")

    async def on_page(page: Page) -> None:
        got.append(page.text)

    limits = Limits(cpu_seconds=2, memory_mb=8192)
    with pytest.raises(DeckError, match="took_too_long"):
        await render(deck(endless_pdf()), on_count=on_count, on_page=on_page, limits=limits)
    assert got == ["2 pages", "before"]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
async def test_a_picture_is_a_deck_of_one_page(kind: str, deck: Callable[[bytes], Path]) -> None:
    [page] = await pages_of(deck(picture(kind, (64, 36), "blue")))
    assert (page.number, page.width, page.height, page.text) == (1, 64, 36, "")
    assert colour(page.image) == BLUE


async def test_a_photo_is_turned_upright_and_loses_its_metadata(deck: Callable[[bytes], Path]) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: a quarter turn
    exif[0x010E] = "taken at home"
    [page] = await pages_of(deck(picture("JPEG", (400, 300), exif=exif, comment=b"taken at home")))
    assert (page.width, page.height) == (300, 400)
    assert b"taken at home" not in page.image
    assert not opened(page.image).getexif()


async def test_a_large_photo_is_scaled_down(deck: Callable[[bytes], Path]) -> None:
    [page] = await pages_of(deck(picture("JPEG", (8000, 6000))))  # 48 MP, as phones take them
    assert (page.width, page.height) == (1920, 1440)


async def test_transparent_parts_of_a_picture_are_white(deck: Callable[[bytes], Path]) -> None:
    [page] = await pages_of(deck(saved(Image.new("RGBA", (50, 50), (0, 0, 0, 0)))))
    assert colour(page.image) == WHITE


async def test_a_scan_in_16_bit_grey_keeps_its_shades(deck: Callable[[bytes], Path]) -> None:
    [page] = await pages_of(deck(saved(Image.new("I;16", (50, 50), 0x8000))))
    assert colour(page.image) == (128, 128, 128)


async def test_a_zip_of_pictures_is_in_the_order_that_people_count_in(deck: Callable[[bytes], Path]) -> None:
    files = {
        "s/page 10.png": picture(colour="blue"),
        "s/page 2.JPG": picture("JPEG"),
        "s/Thumbs.db": b"litter",
    }
    files |= {"__MACOSX/s/._page 2.JPG": b"litter", "s/.DS_Store": b"litter"}
    pages = await pages_of(deck(zipped(files)))
    assert [colour(page.image) for page in pages] == [RED, BLUE]


def test_names_sort_by_their_numbers_however_long() -> None:
    names = ["b", "a10", "a9", "A1", "a" + "9" * 5000, "10", "9"]
    assert sorted(names, key=natural) == ["9", "10", "A1", "a9", "a10", "a" + "9" * 5000, "b"]


def test_text_is_composed_and_free_of_controls_overrides_and_surrogates() -> None:
    assert clean("e\u0301cole\r\n\r\n  \u202eevil\u2066  x\x00\x07\ud800\ufffe ", 100) == "\u00e9cole\nevil x"
    assert clean("交通安全 " * 1000, 12) == "交通安全 交通安全 交通"


async def test_text_of_a_page_is_bounded(deck: Callable[[bytes], Path]) -> None:
    [page] = await pages_of(deck(pdf(lines_of_words("abcd " * 20, 100))))
    assert 1900 < len(page.text) <= 2000


# --- Decks that are refused

REFUSED: dict[str, tuple[bytes, DeckCode, dict[str, int]]] = {
    "empty file": (b"", "empty", {}),
    "pdf without pages": (pdf(), "empty", {}),
    "locked pdf": (locked_pdf(), "encrypted", {}),
    "half a pdf": (pdf(*[words("page")] * 40)[:6000], "damaged", {}),
    "pdf that is noise": (b"%PDF-1.7\n" + bytes(range(256)) * 50 + b"startxref\n9\n%%EOF", "damaged", {}),
    "2,000 pages": (pdf(*[b""] * 2000), "too_many_pages", {"max": 500}),
    "1 m x 100 m": (pdf(b"", box=(2835, 283_465)), "page_too_large", {"page": 1}),
    "renamed zip": (zipped({"letter.txt": b"Dear Sir", "a.png": picture()}), "not_a_deck", {}),
    "word document": (zipped({"[Content_Types].xml": b"", "word/media/1.png": picture()}), "not_a_deck", {}),
    "odt": (
        zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}),
        "not_a_deck",
        {},
    ),
    "empty zip": (zipped({}), "empty", {}),
    "half a zip": (zipped({"1.png": picture()})[:-20], "damaged", {}),
    "locked zip": (locked_zip(), "encrypted", {}),
    "501 pictures": (zipped({f"{n}.png": picture() for n in range(501)}), "too_many_pages", {"max": 500}),
    "zip bomb": (
        zipped({f"{n}.png": picture() + bytes(30 << 20) for n in range(4)}),
        "too_large",
        {"max_mb": 100},
    ),
    "picture bomb": (bomb_png(60_000, 60_000), "page_too_large", {"page": 1}),
    "bomb in a zip": (
        zipped({"1.png": picture(), "2.png": bomb_png(60_000, 60_000)}),
        "page_too_large",
        {"page": 2},
    ),
    "half a picture": (picture("JPEG", (900, 900))[:400], "damaged", {}),
    "svg": (
        b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        "not_a_deck",
        {},
    ),
    "gif": (picture("GIF"), "not_a_deck", {}),
    "executable": (b"\x7fELF" + bytes(100), "not_a_deck", {}),
    "locked pptx": (ole("EncryptedPackage"), "encrypted", {}),
    "old spreadsheet": (ole("Workbook"), "not_a_deck", {}),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_a_deck_that_cannot_be_shown_is_refused_with_its_code(
    name: str, deck: Callable[[bytes], Path], room: Path
) -> None:
    content, code, params = REFUSED[name]
    before = children()
    assert await refusal(deck(content)) == (code, params)
    assert children() == before
    assert not list(room.iterdir())


async def test_a_file_over_the_limit_is_not_even_opened(deck: Callable[[bytes], Path]) -> None:
    source = deck(b"")
    os.truncate(source, (50 << 20) + 1)
    assert await refusal(source) == ("too_large", {"max_mb": 50})


async def test_a_deck_that_never_ends_is_stopped_by_the_clock(
    deck: Callable[[bytes], Path], room: Path
) -> None:
    before = children()
    assert await refusal(deck(endless_pdf()), seconds=0.5) == ("took_too_long", {})
    assert children() == before
    assert not list(room.iterdir())


async def test_a_deck_that_takes_all_memory_is_stopped(deck: Callable[[bytes], Path]) -> None:
    assert await refusal(deck(greedy_pdf()), memory_mb=300) == ("out_of_memory", {})


async def test_a_cancelled_upload_leaves_no_process_and_no_file(
    deck: Callable[[bytes], Path], room: Path
) -> None:
    before, started = children(), asyncio.Event()

    async def on_count(count: int) -> None:
        assert children() > before

    async def on_page(page: Page) -> None:
        started.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(render(deck(endless_pdf()), on_count=on_count, on_page=on_page))
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert children() == before
    assert not list(room.iterdir())


async def test_a_failure_to_keep_a_page_ends_the_renderer(deck: Callable[[bytes], Path], room: Path) -> None:
    async def on_count(count: int) -> None:
        raise OSError("disk full")

    async def on_page(page: Page) -> None:
        raise AssertionError

    before = children()
    with pytest.raises(OSError, match="disk full"):
        await render(deck(endless_pdf()), on_count=on_count, on_page=on_page)
    assert children() == before
    assert not list(room.iterdir())
