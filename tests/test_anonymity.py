"""Anonymous means unlinkable at rest: whoever has all the files does no better than guessing.

Fifty people take part by name, and each asks without one right after something that they did by name, so that
any trace of order or time gives them away. `forensics` looks for it. That it can find one is shown by two
controls: a log in which anonymous acts stand in line, and the write-ahead log before it is settled.
"""

from __future__ import annotations

import io
import logging
import random
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from zipfile import ZipFile

import pytest

from live import exports
from live.archive import pack
from live.directory import broadcasts
from live.directory.broadcasts import Broadcast
from live.stage import stages
from tests.forensics import Anonymous, Evidence, Line, linked
from tests.serving import Guest, House, at_home

PEOPLE, ACTS = 50, 400
TWICE_CHANCE = 2 / PEOPLE
SLOTS, SLOT_SECONDS = 16, 300
READ_AFTER = 3  # so many others are asked before somebody upvotes one: half a minute
WITHDRAWN = 0.3  # of those who could, how many take a question back instead of asking another
LOOKS: tuple[Literal["before", "after"], ...] = ("before", "after")


@dataclass
class Hall:
    """A lecture of eighty minutes: each acts by name twice in five minutes, and eight times without one."""

    house: House
    where: Broadcast
    people: list[Guest]
    chance: random.Random
    truth: dict[str, str] = field(default_factory=dict)  # text → who asked
    diary: Line = field(default_factory=list)  # all that happened, in its order
    secrets: list[str] = field(default_factory=list)  # keys and command ids, which nothing may keep
    public: list[str] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)  # nobody has read these yet
    withdrawable: list[tuple[Guest, str, str]] = field(default_factory=list)
    toggles: set[tuple[str, str]] = field(default_factory=set)

    async def lecture(self) -> None:
        for _ in range(SLOTS):
            turns = self.people * 2
            self.chance.shuffle(turns)
            chosen = set(self.chance.sample(range(len(turns)), ACTS // SLOTS))
            for number, person in enumerate(turns):
                self.house.now += SLOT_SECONDS * 1_000 // len(turns) - self.chance.randrange(900)
                await self.named(person)
                if number in chosen:
                    self.house.now += self.chance.randrange(10, 900)
                    await self.unnamed(person)
                if len(self.fresh) > READ_AFTER:
                    self.public.append(self.fresh.pop(0))

    async def named(self, person: Guest) -> None:
        question = self.chance.choice(self.public)
        on = (person.participant, question) not in self.toggles
        self.toggles ^= {(person.participant, question)}
        await say(person, "upvote", question=question, on=on)
        self.diary.append(person.participant)

    async def unnamed(self, person: Guest) -> None:
        mine = [each for each in self.withdrawable if each[0] is person]
        if mine and self.chance.random() < WITHDRAWN:
            _, key, question = mine[0]
            self.withdrawable.remove(mine[0])
            self.public = [each for each in self.public if each != question]
            self.fresh = [each for each in self.fresh if each != question]
            await say(person, "withdraw", self.secrets, question=question, key=key)
            return
        text = f"Question {len(self.truth):03d} of nobody: who checks the rope?"
        key = f"{self.chance.getrandbits(128):032x}"
        self.secrets.append(key)
        made = await say(person, "ask", self.secrets, key=key, text=text, anonymous=True)
        self.truth[text] = person.participant
        self.diary.append(Anonymous(text, "ask"))
        self.withdrawable.append((person, key, made.partition("/")[2]))
        self.fresh.append(made.partition("/")[2])

    def evidence(self, folder: Path) -> Evidence:
        """A copy of what is on the disk now."""
        folder.mkdir()
        for path in self.house.data.iterdir():
            if path.name.startswith("live.db"):
                shutil.copy(path, folder / path.name)
        if (folder / "live.db-shm").exists():
            (folder / "live.db-shm").unlink()  # opened alone, the copy makes its own
        return Evidence(folder, [each.participant for each in self.people], self.truth)


async def say(person: Guest, do: str, secrets: list[str] | None = None, **fields: Any) -> str:
    """Give a command and wait for its answer alone; gives what it made."""
    name = f"{person.participant}-{len(person.frames):012d}"
    if secrets is not None:
        secrets.append(name)
    await person.send({"type": "command", "id": name, "do": do, **fields})
    await person.until(lambda: any(each.get("id") == name for each in person.frames), f"was answered: {do}")
    answer = next(each for each in person.frames if each.get("id") == name)
    assert answer["type"] == "done", answer
    return str(answer.get("made", ""))


@pytest.fixture
async def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hall]:
    monkeypatch.setattr("live.database.file.WAL_PAGES", 4_000)  # all of it still in the log
    monkeypatch.setattr(stages, "SERVING_SECONDS", 3_600)  # the test says when it is time to settle
    async with at_home(tmp_path / "kept") as house:
        where = await house.broadcast()
        desk = await house.guest(where, "lecturer")
        await say(desk, "set_questions", mode="open", anonymous=True)
        people = [await house.guest(where, name=f"Person {n:02d}") for n in range(PEOPLE)]
        hall = Hall(house, where, people, random.Random(5))
        for person in people[:3]:
            key = f"{hall.chance.getrandbits(128):032x}"
            made = await say(person, "ask", key=key, text="By name: why?", anonymous=False)
            hall.public.append(made.partition("/")[2])
        yield hall


def best(evidence: Evidence, truth: dict[str, str]) -> tuple[float, str]:
    """The best guesser, and what it went by: its share of hits, in both directions together."""
    return max(
        (sum(linked(line, truth, look) for look in LOOKS) / (len(LOOKS) * ACTS), name)
        for name, line in evidence.lines().items()
    )


async def test_who_has_every_file_links_anonymous_acts_no_better_than_twice_by_chance(
    hall: Hall, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "live")
    await hall.lecture()
    truth = hall.truth

    # Controls: the same guesser, given an order.
    assert linked(hall.diary, truth, "before") == len(truth), "anonymous acts in line with the log"
    early = hall.evidence(tmp_path / "early")
    share, by = best(early, truth)
    assert by == "its commit"
    assert share > 0.3, "the write-ahead log before it is settled shows in half of the looks who asked"

    stage = await hall.house.stage(hall.where)
    await stage.serving()  # what happens every few seconds
    live = hall.evidence(tmp_path / "live")
    backup = tmp_path / "backup"
    backup.mkdir()
    with closing(sqlite3.connect(tmp_path / "live" / "live.db")) as copy:
        copy.execute("VACUUM INTO ?", (str(backup / "live.db"),))
    told = exported(hall, tmp_path / "live" / "live.db")
    await hall.house.close()
    people = [each.participant for each in hall.people]
    left = hall.evidence(tmp_path / "left")
    for evidence in (live, left, Evidence(backup, people, truth)):
        assert len(evidence.acts()) == ACTS
        share, by = best(evidence, truth)
        assert share <= TWICE_CHANCE, by
        nothing_beside_it(evidence, hall)
    for secret in (*hall.secrets, *truth):
        assert secret not in caplog.text
    for line in told.splitlines():
        assert not ("of nobody" in line and any(each in line for each in (*people, "Person "))), line


def nothing_beside_it(evidence: Evidence, hall: Hall) -> None:
    """In a page with an anonymous row is no participant, and nowhere what the phone alone may know."""
    for page in evidence.pages():
        if b"of nobody" in page:
            assert not [each for each in evidence.participants if each.encode() in page]
    for secret in hall.secrets:
        assert secret.encode() not in evidence.file
        assert secret.encode() not in evidence.wal
    for text in hall.truth:
        assert evidence.file.count(text.encode()) + evidence.wal.count(text.encode()) == 1, text


def exported(hall: Hall, path: Path) -> str:
    """All tables of the record, one after another, and what else is in an archive pack."""
    out = io.StringIO()
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        for name in exports.NAMES:
            exports.write(database, hall.where.id, name, "en", out)
        found = broadcasts.by_id(database, hall.where.id)
        assert found is not None
        pack.write(database, found, path.with_name("pack.zip"), lang="en", share=0, now=hall.house.now)
    with ZipFile(path.with_name("pack.zip")) as zipped:
        for name in ("record.html", "log.jsonl"):
            out.write(zipped.read(name).decode())
    return out.getvalue()
