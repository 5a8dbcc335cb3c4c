"""The fold of a long log: many votes taken over at once are the same as each of them one after another."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest

from live.database import Database
from live.directory import broadcasts
from live.domain import broadcast
from live.domain.base import Setup
from live.domain.votes import Voted
from live.log import eventlog
from live.log.eventlog import EventLog, Kept, Receipt, Votes, entries
from live.log.fold import Fold
from tests.domain.ballot_rows import KINDS
from tests.domain.scenes import drafted, opened
from tests.serving import START


def log_of_all_kinds(chance: random.Random) -> list[Kept]:
    """Polls of all kinds, and few people who vote in them often, with what happens in between."""
    kept: list[Kept] = []

    def happened(event: broadcast.Event, who: str | None = None) -> None:
        receipt = Receipt(f"command-{len(kept):015}", chance.getrandbits(62)) if who else None
        kept.extend(entries(len(kept), START + chance.randrange(1_000), who, (event,), receipt))

    rows = list(enumerate(KINDS.values(), start=1))
    for number, row in rows:
        happened(msgspec.structs.replace(drafted(ballot=row.cleaned), poll=number))
        happened(msgspec.structs.replace(opened()[-1], poll=number))
    for n in range(400):
        number, row = chance.choice(rows[: 1 + n // 50])  # first one poll alone, in the end all of them
        choice = chance.choice(row.good)[1]
        vote = Voted(poll=number, round=1, n=n, choice=choice, marks=row.cleaned.marks(choice))
        happened(vote, chance.choice(("ann", "bob", "cat", None)) if n > 300 else chance.choice("abc"))
        if n % 90 == 0:
            happened(msgspec.structs.replace(opened()[-1], poll=number, round=2 + n))
    return kept


@pytest.mark.parametrize("together", [1, 7, 1_000])
async def test_what_is_replayed_is_the_same_state_as_one_entry_after_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    monkeypatch.setattr(eventlog, "TOGETHER", together)
    monkeypatch.setattr(eventlog, "SLICE", 100)
    kept = log_of_all_kinds(random.Random(together))
    one_by_one, replayed = Fold.of(kept, Setup(), {}), Fold(Setup(), {})
    pieces: list[Kept | Votes] = []

    database = await Database.open(tmp_path / "live.db")
    try:
        made = await database.write(lambda db: broadcasts.create(db, title="", created_by=None, now=START))
        log = EventLog(database, made.id)
        await log.append(kept)
        await log.replay(pieces.append)
        await log.replay(replayed.replay)
    finally:
        await database.close()

    assert any(isinstance(piece, Votes) for piece in pieces)
    assert replayed.state == one_by_one.state
    assert (replayed.seq, replayed.at) == (one_by_one.seq, one_by_one.at)
    assert replayed.receipts._digests == one_by_one.receipts._digests
    for number, poll in one_by_one.state.polls.polls.items():
        again = replayed.state.polls.polls[number]
        assert list(again.counts) == list(poll.counts), "answers are shown in the order in which they came"
        assert list(again.votes) == list(poll.votes)
