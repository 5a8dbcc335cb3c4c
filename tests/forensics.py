"""Somebody who has every file that the server leaves, and wants to know who asked without a name.

`Evidence` reads a database file, its write-ahead log and its tables, and lays what it finds in lines: named
acts and anonymous ones, in an order that might be that of their coming. `linked` guesses from a line who
asked: the one who acted by name just before, or just after. It uses nothing of the server's code.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FIVE_MINUTES = 300_000
HEADER, FRAME = 32, 24  # bytes of a write-ahead log before its frames, and of each before its page


@dataclass(frozen=True)
class Anonymous:
    """An act of which the asker is sought: `text` is the question's, unlike any other."""

    text: str
    kind: Literal["ask", "withdraw"]


Item = str | Anonymous  # a participant who did something by name, or an act without one
Line = list[Item]


def linked(line: Line, truth: dict[str, str], look: Literal["before", "after"]) -> int:
    """Of how many anonymous acts the asker is the nearest named one in that direction."""
    hits, last = 0, ""
    acts = {each for each in line if isinstance(each, Anonymous)}
    for item in line if look == "before" else reversed(line):
        if isinstance(item, str):
            last = item
        elif item in acts:  # the first time that it is met
            acts.discard(item)
            hits += truth[item.text] == last
    return hits


class Evidence:
    """What is kept, as a copy in `folder`: live.db and perhaps live.db-wal."""

    def __init__(self, folder: Path, participants: Iterable[str], texts: Iterable[str]) -> None:
        self.file = (folder / "live.db").read_bytes()
        wal = folder / "live.db-wal"
        self.wal = wal.read_bytes() if wal.exists() else b""
        self.participants = tuple(participants)
        self.texts = tuple(texts)
        database = sqlite3.connect(folder / "live.db")
        try:
            log = "SELECT at, actor, body FROM event ORDER BY seq"
            self.log: list[tuple[int, str | None, str]] = database.execute(log).fetchall()
            kept = "SELECT question, text, at, withdrawn_at FROM anonymous_question"
            self.kept: list[tuple[str, str, int, int | None]] = database.execute(kept).fetchall()
        finally:
            database.close()
        self.page_bytes = int.from_bytes(self.file[16:18], "big")

    def acts(self) -> list[tuple[Anonymous, int]]:
        """Each anonymous act with the time that its row tells."""
        asked = [(Anonymous(text, "ask"), at) for _, text, at, _ in self.kept]
        return asked + [(Anonymous(text, "withdraw"), at) for _, text, _, at in self.kept if at is not None]

    def pages(self) -> list[bytes]:
        """All pages of the file, free ones too, and then those of the write-ahead log."""
        size, first = self.page_bytes, HEADER + FRAME
        main = [self.file[start : start + size] for start in range(0, len(self.file), size)]
        return main + [self.wal[start : start + size] for start in range(first, len(self.wal), size + FRAME)]

    # Lines: orders in which it may have come ----------------------------------------------------

    def lines(self) -> dict[str, Line]:
        return {
            "the beginning of its five minutes": self._by_time(lambda at: at),
            "the middle of its five minutes": self._by_time(lambda at: at + FIVE_MINUTES // 2),
            "the end of its five minutes": self._by_time(lambda at: at + FIVE_MINUTES),
            "its place in the file": self._by_place(self.file),
            "its place in the write-ahead log": self._by_place(self.wal),
            "its commit": self._by_commit(),
            "its place among the others of its five minutes": self._by_rank(),
            "the first who speaks of it": self._by_mention(),
        }

    def _by_time(self, when: Callable[[int], int]) -> Line:
        timed: list[tuple[int, Item]] = [(at, actor) for at, actor, _ in self.log if actor]
        timed += [(when(at), act) for act, at in self.acts()]
        return _ordered(timed)

    def _by_place(self, content: bytes) -> Line:
        found: list[tuple[int, Item]] = []
        for participant in self.participants:
            found += [(place, participant) for place in _places(content, participant)]
        for act, _ in self.acts():
            found += [(place, act) for place in _places(content, act.text)]
        return _ordered(found)

    def _by_rank(self) -> Line:
        """As they lie in the file, evenly spread over their five minutes."""
        slots: dict[tuple[str, int], list[Anonymous]] = {}
        for act, at in self.acts():
            slots.setdefault((act.kind, at), []).append(act)
        timed: list[tuple[int, Item]] = [(at, actor) for at, actor, _ in self.log if actor]
        for (_, at), acts in slots.items():
            # A page fills from its end: what came last lies first.
            acts.sort(key=lambda act: self.file.rfind(act.text.encode()), reverse=True)
            timed += [(at + FIVE_MINUTES * (2 * n + 1) // (2 * len(acts)), act) for n, act in enumerate(acts)]
        return _ordered(timed)

    def _by_mention(self) -> Line:
        """Right before the log first speaks of it: somebody upvotes what has just been asked."""
        text_of = {question: text for question, text, _, _ in self.kept}
        line: Line = []
        for _, actor, body in self.log:
            for question in [each for each in text_of if each in body]:
                line.append(Anonymous(text_of.pop(question), "ask"))
            if actor:
                line.append(actor)
        return line

    def _by_commit(self) -> Line:
        """What each commit in the write-ahead log has brought: names and texts that a page did not have."""
        line: Line = []
        before: dict[int, bytes] = {}
        size = self.page_bytes + FRAME
        for start in range(HEADER, len(self.wal), size):
            number, _ = struct.unpack_from(">II", self.wal, start)
            page = self.wal[start + FRAME : start + size]
            former = before.get(number, b"")
            before[number] = page
            line += [each for each in self.participants if _more(each, page, former)]
            line += [Anonymous(each, "ask") for each in self.texts if _more(each, page, former)]
        return line


def _more(token: str, page: bytes, former: bytes) -> bool:
    return page.count(token.encode()) > former.count(token.encode())


def _places(content: bytes, token: str) -> Iterable[int]:
    raw = token.encode()
    place = content.find(raw)
    while place >= 0:
        yield place
        place = content.find(raw, place + 1)


def _ordered(placed: list[tuple[int, Item]]) -> Line:
    return [item for _, item in sorted(placed, key=lambda each: each[0])]
