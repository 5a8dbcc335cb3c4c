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


def test_a_cue_comes_to_everyone_beside_the_floor_and_all_agree(tmp_path: Path) -> None:
    venue = prepare(tmp_path, 20, growth.past(questions=5, votes=22))
    cost, turns = fanout.measure({"C write()": Floor, "live": lambda: Live(venue)}, 20, cues=3)
    assert cost["live"]["session_read_us"] > 0, "so they agreed"
    for [turn] in turns.values():
        assert turn["us_per_delivery"] > 0
        assert turn["last_ms"] >= turn["p50_ms"] > 0


def test_a_ratio_is_of_turns_beside_each_other_so_a_machine_that_slows_down_does_not_change_it() -> None:
    result = fanout.Result(["live", "floor"])
    turns = {
        "floor": [{"us": 8.0}, {"us": 16.0}, {"us": 8.0}],
        "live": [{"us": 9.0}, {"us": 18.0}, {"us": 16.0}],
    }
    result.add({"live": {}, "floor": {}}, turns)
    assert result.ratio("us", "live", "floor") == 1.125
    assert result.ratio("us", "live", "nobody") is None


def test_every_vote_is_answered_and_in_the_log() -> None:
    scale = votes.Scale(connections=20, rounds=1, seconds=0.3, rates=(100,), excess=(1.5,))
    figures = votes.run(scale, lambda _line: None)
    assert figures["lost"] == 0
    assert figures["votes_per_core_s"] > 0
