"""The archive pack: whole, checked without a server, and the first thing that is wrong is named."""

from __future__ import annotations

import asyncio
import hashlib
import io
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from live import exports
from live.archive import pack
from live.archive.check import check
from live.directory import broadcasts
from live.domain.attendance import Arrive
from live.domain.moderation import Approve
from live.domain.questions import Ask, Upvote, question_id
from live.domain.rundown import DeckAttached, Placed, Slide, SlideItem
from live.domain.votes import Vote
from live.problem import Problem
from tests.domain.scenes import ANN, BOB, MO, START, given, opened
from tests.doorway import Site, leads_to, site_in
from tests.exports.records import add_participant, add_person, in_memory, keep

KEY = "k" * 22
Files = dict[str, bytes]


def database() -> sqlite3.Connection:
    """A poll with a vote, a slide, an anonymous question that Bob wants answered."""
    db = in_memory()
    add_person(db, 1, "Ann <b>", "Depot")
    add_participant(db, "ann", "Ann <b>", "Depot", person=1)
    add_participant(db, "bob", "Bob")
    slide = Slide(id="one", number=1, width=1600, height=900, text="")
    note = Placed(item=SlideItem(id="s1", slide="one", notes="Mind the time"), before="s1")
    scene = given(DeckAttached(deck=1, slides=(slide,)), note, *opened())
    scene.notice(Arrive(connection="c1"), ANN)
    scene.when(Vote(poll=1, round=1, n=1, choice=(0,)), ANN)
    scene.when(Ask(key=KEY, text="Who checks the rope?", anonymous=True), ANN)
    scene.when(Approve(question=question_id(KEY)), MO)
    scene.when(Upvote(question=question_id(KEY), on=True), BOB)
    keep(db, scene.log)
    db.execute("UPDATE deck SET state = 'ready', pages = 1")
    return db


def packed(folder: Path) -> tuple[Path, str]:
    """A pack and its seal."""
    db, out = database(), folder / "course.zip"
    found = broadcasts.find(db, "slug7")
    assert found is not None
    percents: list[int] = []
    seal = pack.write(db, found, out, lang="en", share=80, now=START, progress=percents.append)
    assert (percents[0], percents[-1], percents) == (30, 99, sorted(percents))
    db.close()
    return out, seal


def unpacked(path: Path) -> Files:
    with ZipFile(path) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def test_a_pack_has_everything_with_its_hash_and_is_right(tmp_path: Path) -> None:
    path, seal = packed(tmp_path)
    found, files = check(path, seal), unpacked(path)
    assert found.seal == seal == hashlib.sha256(files["manifest.json"]).hexdigest()
    assert files.keys() > {"record.html", "record.css", "READ-ME.txt", "slides/1-001.webp", "log.jsonl"}
    assert files.keys() > {f"tables/{name}.csv" for name in exports.NAMES}
    assert b"Ann &lt;b&gt;" in files["record.html"]
    assert b"at least 80 % of the live time" in files["record.html"]
    for line in files["SHA256SUMS"].decode().splitlines():  # as sha256sum -c reads it
        digest, _, name = line.partition("  ")
        assert hashlib.sha256(files[name]).hexdigest() == digest
    head = bytes(32)
    for row, told in zip(files["log.jsonl"].splitlines(), files["log.chain"].split(), strict=True):
        head = hashlib.sha256(head + row).digest()
        assert head.hex().encode() == told
    assert found.manifest.log.head == head.hex()


def test_nothing_in_it_says_who_asked_without_a_name_or_who_wants_it_answered(tmp_path: Path) -> None:
    files = unpacked(packed(tmp_path)[0])
    log = files["log.jsonl"].decode()
    assert "rope" not in log
    assert [line for line in log.splitlines() if "question_upvoted" in line and '"actor":null' in line]
    assert '"actor":"bob"' not in log
    assert "Mind the time" not in log, "notes are the lecturer's alone"
    for content in (files["tables/questions.csv"], files["record.html"]):
        [line] = [each for each in content.decode().splitlines() if "rope" in each]
        assert "ann" not in line.lower()


def changed(name: str, change: Callable[[bytes], bytes]) -> Callable[[Files], None]:
    def tamper(files: Files) -> None:
        files[name] = change(files[name])

    return tamper


def without(name: str) -> Callable[[Files], None]:
    def tamper(files: Files) -> None:
        del files[name]

    return tamper


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (changed("log.jsonl", lambda log: log.replace(b'"choice":[0]', b'"choice":[1]')), "event 7 is not"),
        (
            changed("log.jsonl", lambda log: log[: log.rindex(b'{"seq"')]),
            "event 9 is not what the chain says",
        ),
        (changed("log.chain", lambda chain: b"0" + chain[1:]), "event 1 is not what the chain says"),
        (
            changed("tables/votes.csv", lambda table: table + b"x"),
            "tables/votes.csv is not what the manifest",
        ),
        (changed("record.html", bytes.swapcase), "record.html is not what the manifest says"),
        (changed("manifest.json", lambda text: text.replace(b"Safety", b"Danger")), "SHA256SUMS is not what"),
        (changed("manifest.json", lambda _: b"{}"), "manifest.json cannot be read"),
        (without("slides/1-001.webp"), "slides/1-001.webp is missing"),
        (without("manifest.json"), "It has no manifest.json"),
        (lambda files: files.update({"more.txt": b"?"}), "more.txt is not in the manifest"),
        (lambda files: files.update({"\r\x1b[2KRight: 9 files": b""}), "2KRight: 9 files' is no name"),
        (
            changed("manifest.json", lambda text: text.replace(b'"slug7"', rb'"\u001b[2K"')),
            "manifest.json has signs in it that cannot be shown",
        ),
    ],
)
def test_the_first_thing_that_is_wrong_is_named(
    tmp_path: Path, tamper: Callable[[Files], None], said: str
) -> None:
    files = unpacked(packed(tmp_path)[0])
    tamper(files)
    with pytest.raises(Problem, match=said):
        check(forged(tmp_path, files))


@pytest.mark.parametrize("packing", [ZIP_BZIP2, ZIP_LZMA])
def test_a_few_bytes_never_unpack_to_gigabytes_in_memory(tmp_path: Path, packing: int) -> None:
    files = unpacked(packed(tmp_path)[0])
    with pytest.raises(Problem, match="is packed in a way in which no pack is made"):
        check(forged(tmp_path, files, packing))


def forged(folder: Path, files: Files, packing: int = ZIP_STORED) -> Path:
    out = folder / "forged.zip"
    with ZipFile(out, "w", packing) as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return out


def test_what_is_no_pack_or_another_one_is_said(tmp_path: Path) -> None:
    path, _ = packed(tmp_path)
    with pytest.raises(Problem, match="it is another pack"):
        check(path, "0" * 64)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(Problem, match="cannot be read as an archive pack"):
        check(path)
    with pytest.raises(Problem, match="There is no file"):
        check(tmp_path / "nothing.zip")


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with site_in(tmp_path) as site:
        yield site
        await site.app.state.packing.close()


async def test_an_organiser_presses_waits_and_takes_a_pack_that_is_right(site: Site, tmp_path: Path) -> None:
    where = await site.broadcast("Safety: 1/2")
    path = f"/broadcasts/{where.slug}/archive"
    stranger = await site.browser().get(f"{path}.zip")
    assert leads_to(stranger, f"/login?next={path}.zip")
    organiser = await site.organiser()
    assert "Make the pack" in (await organiser.get(path)).text
    assert (await organiser.get(f"{path}.zip")).status_code == 404
    packing = site.app.state.packing
    async with packing._turn:  # another one is being made
        assert leads_to(await organiser.post(path, data={"share": "80"}), f"{path}?share=80")
        assert (await organiser.get(path)).headers["refresh"] == "1"
    await packing.wait(where)
    ready = await organiser.get(path)
    assert "refresh" not in ready.headers
    taken = await organiser.get(f"{path}.zip")
    out = tmp_path / "taken.zip"
    out.write_bytes(taken.content)
    assert check(out).seal in ready.text
    assert "Safety%20%201" in taken.headers["content-disposition"] or "Safety 1" in str(taken.headers)
    with ZipFile(io.BytesIO(taken.content)) as zipped:
        assert "at least 80 %" in zipped.read("record.html").decode()


async def test_who_presses_twice_gets_one_pack_and_none_is_made_that_nobody_knows_of(site: Site) -> None:
    where, packing = await site.broadcast(), site.app.state.packing
    async with packing._turn:  # another one is being made
        await packing.start(where, "en", 0, START)
        await asyncio.gather(*(packing.start(where, "en", share, START) for share in (10, 20)))
        made = [task for task in asyncio.all_tasks() if "Packing._run" in repr(task)]
        assert made == [packing.of(where).task]


async def test_half_a_pack_is_not_left_lying_about(site: Site) -> None:
    where, packing = await site.broadcast(), site.app.state.packing
    await packing.start(where, "en", 0, -(10**15))  # a date that no pack can have
    await packing.wait(where)
    pack = packing.of(where)
    assert (pack.state, pack.path.exists()) == ("failed", False)


async def test_a_pack_that_the_system_has_cleared_away_can_be_made_again(site: Site) -> None:
    where, packing, organiser = await site.broadcast(), site.app.state.packing, await site.organiser()
    for _ in range(2):
        await packing.start(where, "en", 0, START)
        await packing.wait(where)
        made = packing.of(where).path
        shutil.rmtree(made.parent)
        assert "Make the pack" in (await organiser.get(f"/broadcasts/{where.slug}/archive")).text
        assert (await organiser.get(f"/broadcasts/{where.slug}/archive.zip")).status_code == 404
