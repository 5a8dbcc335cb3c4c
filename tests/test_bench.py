"""The benchmarks run: a handful of clients, once, and what they hold in the end is the truth."""

import shutil
from pathlib import Path

import pytest

from bench import fanout, growth, votes
from bench.peers.subjects import Floor, Live
from bench.venue import prepare

pytestmark = pytest.mark.skipif(shutil.which("cc") is None, reason="the load generator is a C program")


@pytest.fixture(autouse=True)
def _soon_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fanout, "SETTLE_SECONDS", 0.4)


def test_a_cue_comes_to_everyone_and_all_agree(tmp_path: Path) -> None:
    venue = prepare(tmp_path, 20, growth.past(questions=5, votes=22))
    figures = fanout.measure(lambda: Live(venue), 20, cues=3)
    assert figures["us_per_delivery"] > 0
    assert figures["last_ms"] >= figures["p50_ms"] > 0


def test_the_floor_reaches_everyone() -> None:
    assert fanout.measure(Floor, 20, cues=3)["us_per_delivery"] > 0


def test_every_vote_is_answered_and_in_the_log() -> None:
    scale = votes.Scale(connections=20, rounds=1, seconds=0.3, rates=(100,), excess=(1.5,))
    figures = votes.run(scale, lambda _line: None)
    assert figures["lost"] == 0
    assert figures["votes_per_core_s"] > 0
