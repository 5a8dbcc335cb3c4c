"""The renderer's child process: what it may do, what the server believes of it, and LibreOffice before it."""

import asyncio
import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from live.decks import SENTENCES, DeckCode, sentence
from live.rendering.frames import Count, Frame, Office, Page, write
from tests.crafted_decks import odp, ole, pdf, pptx, words
from tests.uploading import children, pages_of, refusal

PARAMS = {"too_many_pages": {"max"}, "too_large": {"max_mb"}, "page_too_large": {"page"}}
CONFINED = """
import json, os, resource, socket, sys
from live.rendering.confine import confine
confine(memory_mb=512, cpu_seconds=7, file_mb=1, open_files=64)
limits = {name: resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in sys.argv[1:]}
network = open("/proc/self/net/dev").read().count(":") - 1
print(json.dumps({"limits": limits, "nice": os.nice(0), "network": network}))
"""


@pytest.fixture(autouse=True)
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the renderer keeps its temporary files during this test."""
    place = tmp_path / "rooms"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only directory on PATH, so that no LibreOffice of this machine is found."""
    place = tmp_path / "bin"
    place.mkdir()
    monkeypatch.setenv("PATH", str(place))
    return place


def upload(tmp_path: Path, content: bytes) -> Path:
    source = tmp_path / "upload"
    source.write_bytes(content)
    return source


def program(path: Path, script: str) -> Path:
    path.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
    path.chmod(0o755)
    return path


# --- Limits


def test_the_child_is_confined_before_it_reads() -> None:
    names = {"AS": 512 << 20, "CPU": 7, "FSIZE": 1 << 20, "NOFILE": 64, "CORE": 0}
    run = subprocess.run([sys.executable, "-c", CONFINED, *names], check=True, capture_output=True)
    found = json.loads(run.stdout)
    assert {name: soft for name, (soft, _) in found["limits"].items()} == names
    assert all(hard <= soft + 1 for soft, hard in found["limits"].values())
    assert found["nice"] >= 10


@pytest.mark.skipif(
    subprocess.run(["unshare", "--net", "true"], capture_output=True).returncode != 0,
    reason="this kernel or container gives no network namespace",
)
def test_the_child_has_no_network_but_a_loopback_that_is_down() -> None:
    run = subprocess.run([sys.executable, "-c", CONFINED], check=True, capture_output=True)
    assert json.loads(run.stdout)["network"] == 0


# --- Frames


class Pipe(io.BytesIO):
    def add(self, frame: Frame) -> "Pipe":
        write(self, frame)
        return self


PAGE = Page(1, 1, 1, "", b"", None, b"")
UNBELIEVABLE = {
    "nothing": b"",
    "noise": b"\x00\x00\x00\x04oops",
    "a frame of 4 GB": b"\xff\xff\xff\xff",
    "a page before the count": Pipe().add(PAGE).getvalue(),
    "a page too few": Pipe().add(Count(2)).add(PAGE).getvalue(),
    "a page too many": Pipe().add(Count(1)).add(PAGE).add(PAGE).getvalue(),
    "page 2 first": Pipe().add(Count(2)).add(Page(2, 1, 1, "", b"", None, b"")).getvalue(),
    "more pages than allowed": Pipe().add(Count(501)).getvalue(),
    "a page of no width": Pipe().add(Count(1)).add(Page(1, 0, 1, "", b"", None, b"")).getvalue(),
    "a change of mind": Pipe().add(Count(1)).add(Office("pptx")).getvalue(),
    "half a frame": Pipe().add(Count(1)).add(PAGE).getvalue()[:-3],
}


@pytest.mark.parametrize("said", UNBELIEVABLE)
async def test_a_renderer_that_was_taken_over_is_not_believed(
    said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "said").write_bytes(UNBELIEVABLE[said])
    monkeypatch.setattr(sys, "executable", str(program(tmp_path / "python", f"cat {tmp_path}/said")))
    assert await refusal(upload(tmp_path, b"any")) == ("damaged", {})
    assert "The renderer failed" in caplog.text


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("kill -XCPU $$", "took_too_long"),
        ("kill -KILL $$", "out_of_memory"),
        ("kill -ABRT $$", "out_of_memory"),
        ("kill -SEGV $$", "damaged"),
        ("exec >&-; exec sleep 1000", "took_too_long"),
    ],
)
async def test_the_way_the_child_dies_says_what_was_wrong(
    end: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(program(tmp_path / "python", f"ulimit -c 0; {end}")))
    before = children()
    assert await refusal(upload(tmp_path, b"any"), seconds=0.5) == (code, {})
    assert children() == before


async def test_what_a_broken_installation_complains_about_reaches_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = program(tmp_path / "python", "echo 'No module named pypdfium2' >&2; exit 1")
    monkeypatch.setattr(sys, "executable", str(broken))
    assert await refusal(upload(tmp_path, pdf(b""))) == ("damaged", {})
    assert "exit status 1\nNo module named pypdfium2" in caplog.text


# --- Presentations


@pytest.mark.parametrize("content", [pptx(), odp(), ole("PowerPoint Document")], ids=["pptx", "odp", "ppt"])
async def test_a_presentation_needs_libreoffice(content: bytes, tmp_path: Path, path: Path) -> None:
    assert await refusal(upload(tmp_path, content)) == ("needs_libreoffice", {})


async def test_a_presentation_becomes_a_pdf_and_then_pages(tmp_path: Path, path: Path, room: Path) -> None:
    (tmp_path / "made.pdf").write_bytes(pdf(words("from PowerPoint")))
    program(
        path / "soffice",
        f'for last; do :; done; test "$PWD/deck.pptx" = "$last" && cp {tmp_path}/made.pdf "$PWD/deck.pdf"',
    )
    assert [page.text for page in await pages_of(upload(tmp_path, pptx()))] == ["from PowerPoint"]
    assert not list(room.iterdir())


async def test_libreoffice_that_makes_nothing_means_a_damaged_presentation(
    tmp_path: Path, path: Path
) -> None:
    program(path / "soffice", "true")
    assert await refusal(upload(tmp_path, pptx())) == ("damaged", {})


async def test_libreoffice_is_stopped_with_all_that_it_started(
    tmp_path: Path, path: Path, room: Path
) -> None:
    os.mkfifo(tmp_path / "alive")
    program(path / "soffice", f"exec 3>{tmp_path}/alive; sleep 1000 & echo started >&3; wait")
    task = asyncio.create_task(pages_of(upload(tmp_path, pptx())))
    alive = await asyncio.to_thread((tmp_path / "alive").open)
    assert await asyncio.to_thread(alive.readline) == "started\n"
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with alive:
        assert await asyncio.to_thread(alive.read) == ""  # the end comes when the last of them has gone
    assert not list(room.iterdir())


# --- Sentences


@pytest.mark.parametrize("code", get_args(DeckCode))
def test_each_code_has_a_sentence_with_its_params(code: DeckCode) -> None:
    named = {field for _, field, _, _ in Formatter().parse(sentence(code)) if field}
    assert named == PARAMS.get(code, set())


def test_there_is_no_sentence_without_a_code() -> None:
    assert SENTENCES.keys() == set(get_args(DeckCode))
