"""A feed: what an audience may see, what has changed since a number, and each doc encoded once."""

from __future__ import annotations

import json
from collections.abc import Set
from typing import Any

import pytest

from live import protocol
from live.domain import broadcast, life, sight
from live.domain.base import AUDIENCES, Stamp
from live.domain.notices import NoticeCleared, Notified
from live.domain.votes import Voted
from live.fanout.feed import GONE, Feed
from tests.domain.scenes import ANN, BOB, opened


class Told:
    """A state, and one feed of it; each event is told to the feed at once."""

    def __init__(self, audience: Any = "attendee") -> None:
        self.state = broadcast.State()
        self.seq = 0
        for event in opened():
            self._apply(event, None)
        self.feed = Feed(audience, self.state, self.seq)

    def happen(self, event: broadcast.Event, actor: str | None = None) -> bool:
        return self.feed.refresh(self.state, self._apply(event, actor), self.seq)

    def _apply(self, event: broadcast.Event, actor: str | None) -> Set[str]:
        self.seq += 1
        return broadcast.evolve(self.state, event, Stamp(seq=self.seq, at=self.seq, actor=actor))

    def vote(self, actor: Any, n: int = 1, choice: int = 0) -> bool:
        return self.happen(Voted(poll=1, round=1, n=n, choice=(choice,)), actor.participant)


def test_a_new_feed_has_every_doc_and_stands_at_the_log() -> None:
    for audience in AUDIENCES:
        told = Told(audience)
        docs = {key: sight.view(told.state, key, audience) for key in sight.keys(told.state)}
        assert told.feed.all().keys() == {key for key, doc in docs.items() if doc is not None}
        assert told.feed.seq == told.seq


def test_only_what_changed_is_new() -> None:
    told = Told()
    before = told.feed.seq
    assert told.vote(ANN)
    assert list(told.feed.since(before)) == ["tally/1"]
    assert told.feed.since(told.feed.seq) == {}


def test_a_doc_that_looks_the_same_is_no_news() -> None:
    told = Told()
    told.vote(ANN, 1, 0)
    before = told.feed.seq
    assert not told.vote(ANN, 2, 1), "an attendee sees how many have voted, not what"
    assert told.feed.seq == before
    assert told.feed.since(before) == {}


def test_a_doc_that_is_gone_is_null_for_those_who_had_it_and_nothing_for_a_newcomer() -> None:
    told = Told()
    told.happen(Notified(text="Tea"))
    had = told.feed.seq
    told.happen(NoticeCleared())
    assert told.feed.since(had) == {"notice": GONE}
    assert "notice" not in told.feed.all()


def test_old_docs_and_what_came_since_are_all_docs_from_whatever_number() -> None:
    told = Told("desk")
    held = {told.feed.seq: dict(told.feed.all())}
    steps: list[tuple[broadcast.Event, str | None]] = [
        (Voted(poll=1, round=1, n=1, choice=(0,)), "ann"),
        (Notified(text="Tea"), None),
        (Voted(poll=1, round=1, n=1, choice=(1,)), "bob"),
        (NoticeCleared(), None),
        (life.Ended(), None),
        (Voted(poll=1, round=1, n=2, choice=(1,)), "ann"),
    ]
    for event, actor in steps:
        told.happen(event, actor)
        held[told.feed.seq] = dict(told.feed.all())
    for seq, docs in held.items():
        laid = docs | told.feed.since(seq)
        assert {key: doc for key, doc in laid.items() if doc != GONE} == told.feed.all()


def test_it_knows_from_where_it_can_tell_the_whole_truth() -> None:
    told = Told()
    born = told.feed.seq
    told.vote(ANN)
    assert told.feed.knows(born)
    assert told.feed.knows(told.feed.seq)
    assert not told.feed.knows(born - 1)
    assert not told.feed.knows(told.feed.seq + 1), "of another life"


def test_a_patch_is_made_once_for_all_who_stand_at_the_same_number(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told()
    start = told.feed.seq
    made: list[int] = []
    patch = protocol.patch

    def counted(**given: Any) -> bytes:
        made.append(given["since"])
        return patch(**given)

    monkeypatch.setattr(protocol, "patch", counted)
    told.vote(ANN)
    for _ in range(100):
        told.feed.patch(start, 0)
        told.feed.frame(start, 0)
    assert made == [start]
    told.vote(BOB)
    told.feed.patch(start, 0)
    assert made == [start, start], "news make it anew"


def test_a_patch_says_from_where_to_where() -> None:
    told = Told()
    start = told.feed.seq
    told.vote(ANN)
    frame = json.loads(told.feed.patch(start, 77))
    assert frame == {
        "type": "patch",
        "from": start,
        "seq": told.seq,
        "at": 77,
        "docs": {"tally/1": {"round": 1, "votes": 1}},
    }


def test_changes_that_are_told_together_are_one_step() -> None:
    told = Told()
    start = told.feed.seq
    dirty = told._apply(Voted(poll=1, round=1, n=1, choice=(0,)), "ann")
    dirty |= told._apply(Notified(text="Tea"), None)
    assert told.feed.refresh(told.state, dirty, told.seq)
    assert told.feed.since(start).keys() == {"tally/1", "notice"}
    assert told.feed.since(told.seq - 1).keys() == {"tally/1", "notice"}, "whoever is between gets both again"


def test_all_who_come_between_two_changes_get_the_same_bytes() -> None:
    told = Told()
    before = told.feed.joined()
    assert told.feed.joined() is before
    told.happen(Notified(text="Five minutes."))
    assert told.feed.joined() is told.feed.joined() is not before
    assert json.loads(told.feed.joined()) == {key: json.loads(doc) for key, doc in told.feed.all().items()}
