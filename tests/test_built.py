"""Bundled files on the wire: what a browser gets for a name, and what it can never get."""

import gzip
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from live.built import Built, accepted

TEXT = b"export const answer = 42;\n" * 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    built = tmp_path / "built"
    built.mkdir()
    (built / "page-ABC.js").write_bytes(TEXT)
    (built / "page-ABC.js.gz").write_bytes(gzip.compress(TEXT))
    (built / "page-ABC.js.br").write_bytes(b"brotli")
    (built / "photo-ABC.webp").write_bytes(b"RIFF")
    (built / "manifest.json").write_text("{}")
    (built / ".meta.js").write_text("a build at work")
    (tmp_path / "secret.js").write_text("outside")
    return built


@pytest.fixture
def browser(folder: Path) -> httpx.AsyncClient:
    app = Starlette(middleware=[Middleware(Built, prefix="/built/", folder=folder)])
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://hall", headers={"Accept-Encoding": ""}
    )


async def test_a_file_comes_as_it_is_with_its_type_and_length(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/built/page-ABC.js")
    assert answer.content == TEXT
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["content-length"] == str(len(TEXT))
    assert "content-encoding" not in answer.headers


async def test_a_browser_that_reads_gzip_gets_the_smaller_form(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/built/page-ABC.js", headers={"Accept-Encoding": "gzip, deflate"})
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < len(TEXT)
    assert answer.content == TEXT


async def test_brotli_is_preferred_as_it_is_the_smallest(folder: Path, browser: httpx.AsyncClient) -> None:
    headers = {"Accept-Encoding": "gzip, br"}
    async with browser.stream("GET", "/built/page-ABC.js", headers=headers) as answer:
        assert answer.headers["content-encoding"] == "br"
        assert [raw async for raw in answer.aiter_raw()] == [b"brotli"]


async def test_caches_know_that_the_answer_depends_on_the_browser(browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/built/page-ABC.js")).headers["vary"] == "Accept-Encoding"
    assert "vary" not in (await browser.get("/built/photo-ABC.webp")).headers


async def test_head_says_all_but_the_body(browser: httpx.AsyncClient) -> None:
    answer = await browser.head("/built/page-ABC.js")
    assert answer.headers["content-length"] == str(len(TEXT))
    assert answer.content == b""


async def test_a_file_is_read_once(folder: Path, browser: httpx.AsyncClient) -> None:
    await browser.get("/built/page-ABC.js")
    (folder / "page-ABC.js").unlink()
    assert (await browser.get("/built/page-ABC.js")).content == TEXT


async def test_what_a_rebuild_adds_is_found(folder: Path, browser: httpx.AsyncClient) -> None:
    assert (await browser.get("/built/page-XYZ.js")).status_code == 404
    (folder / "page-XYZ.js").write_text("new")
    assert (await browser.get("/built/page-XYZ.js")).text == "new"


@pytest.mark.parametrize(
    "name",
    [
        "nothing.js",
        "manifest.json",
        "page-ABC.js.gz",
        ".meta.js",
        "..%2Fsecret.js",
        "%2e%2e/secret.js",
        "",
        "%00.js",
        f"{300 * 'a'}.js",
    ],
)
async def test_nothing_else_has_an_address(browser: httpx.AsyncClient, name: str) -> None:
    assert (await browser.get(f"/built/{name}")).status_code == 404


async def test_nothing_can_be_posted(browser: httpx.AsyncClient) -> None:
    assert (await browser.post("/built/page-ABC.js")).status_code == 404


@pytest.mark.parametrize(
    ("header", "encodings"),
    [
        ("gzip, deflate, br, zstd", ("br", "gzip")),
        ("GZIP;q=0.5", ("gzip",)),
        ("br;q=0, gzip", ("gzip",)),
        ("identity", ()),
        ("", ()),
    ],
)
def test_the_encodings_that_a_browser_allows(header: str, encodings: tuple[str, ...]) -> None:
    assert accepted(header) == encodings
