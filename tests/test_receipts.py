"""Receipts: what has been done is known, what says something else is refused, and both survive a fold."""

from __future__ import annotations

import sys

import pytest

from live.domain.base import Actor, Participant, Rejected, Setup
from live.domain.polls import AddPoll
from live.domain.questions import Ask
from live.domain.votes import Vote
from live.log.eventlog import entries
from live.log.fold import Fold
from live.log.receipts import Receipts, digest
from live.log.unlinked import Unlinked
from live.stage.errands import Order
from tests.domain.scenes import COLOURS, opened

ANN = Actor(participant="ann", role="attendee")
NAME = "command-000000000000001"
VOTE = Vote(poll=1, round=1, n=1, choice=(0,))


def test_what_was_never_done_is_not_known() -> None:
    assert Receipts().find("ann", NAME, digest(VOTE)) is None


def test_what_was_done_is_known_with_what_it_made() -> None:
    receipts = Receipts()
    receipts.note("ann", NAME, digest(VOTE))
    receipts.note("mo", NAME, 7, "poll/1")
    assert receipts.find("ann", NAME, digest(VOTE)) == (None,)
    assert receipts.find("mo", NAME, 7) == ("poll/1",)
    assert receipts.find("bob", NAME, digest(VOTE)) is None, "an id belongs to its actor"


def test_the_same_id_with_other_contents_is_refused() -> None:
    receipts = Receipts()
    receipts.note("ann", NAME, digest(VOTE))
    with pytest.raises(Rejected) as refused:
        receipts.find("ann", NAME, digest(Vote(poll=1, round=1, n=2, choice=(0,))))
    assert refused.value.code == "id_reused"


def test_a_name_and_an_id_cannot_be_shifted_into_one_another() -> None:
    receipts = Receipts()
    receipts.note("ab", "c" * 22, 1)
    assert receipts.find("a", "b" + "c" * 22, 1) is None


def test_a_digest_is_of_all_that_a_command_says_and_fits_into_the_log() -> None:
    commands = [VOTE, Vote(poll=2, round=1, n=1, choice=(0,)), Vote(poll=1, round=1, n=1, choice=(1,))]
    digests = {digest(each) for each in commands}
    assert len(digests) == 3
    assert all(-(2**63) <= each < 2**63 for each in digests)
    assert digest(VOTE) == digest(Vote(poll=1, round=1, n=1, choice=(0,), seen_at=None))


def test_a_digest_stays_what_it_is_or_old_commands_are_done_again() -> None:
    """It is in the logs of old broadcasts: this number never changes."""
    assert digest(VOTE) == -3188979891058040268


def fold() -> Fold:
    """Poll 1 is open."""
    people = {"ann": Participant(id="ann", name="Ann", role="attendee")}
    return Fold.of(entries(0, 0, None, opened()), Setup(), people)


def order(what: Vote | Ask | AddPoll, actor: Actor = ANN) -> Order:
    return Order(actor, NAME, what, lambda _answer: None)


def test_a_command_leaves_a_receipt_in_the_log_which_a_fold_finds() -> None:
    state, errand = fold(), order(VOTE)
    logged = entries(state.seq, 0, "ann", errand.decide(state, 0), errand.receipt)
    for entry in logged:
        state.apply(entry)
    assert order(VOTE).decide(state, 0) == ()
    again = Fold.of([*entries(0, 0, None, opened()), *logged], Setup(), {})
    assert again.receipts.find("ann", NAME, digest(VOTE)) == (None,)


def test_what_changed_nothing_is_not_done_later_after_all() -> None:
    state = fold()
    for entry in entries(
        state.seq, 0, "ann", order(Vote(poll=1, round=1, n=5, choice=(0,))).decide(state, 0)
    ):
        state.apply(entry)
    assert order(VOTE).decide(state, 0) == (), "an older vote"
    assert state.receipts.find("ann", NAME, digest(VOTE)) == (None,)


def test_an_anonymous_act_leaves_none_not_even_in_memory() -> None:
    state = fold()
    errand = order(Ask(key="k" * 22, text="Why?", anonymous=True))
    for entry in entries(state.seq, 0, "ann", errand.decide(state, 0), errand.receipt):
        assert isinstance(entry, Unlinked)
        state.apply(entry)
    errand.decide(state, 0)  # the retry
    assert state.receipts.find("ann", NAME, errand.receipt.digest) is None


def test_what_a_command_made_is_known_after_a_fold() -> None:
    state, moderator = fold(), Actor(participant="mo", role="moderator")
    errand = order(AddPoll(title="Which?", ballot=COLOURS), moderator)
    for entry in entries(state.seq, 0, "mo", errand.decide(state, 0), errand.receipt):
        state.apply(entry)
    assert state.receipts.find("mo", NAME, errand.receipt.digest) == ("poll/2",)


def test_a_million_of_them_fit_into_memory() -> None:
    """Two numbers a command: with ten thousand of them, less than 200 bytes each."""
    receipts = Receipts()
    for n in range(10_000):
        receipts.note("ann", f"command-{n:015d}", n)
    held = receipts._digests
    size = sys.getsizeof(held) + sum(sys.getsizeof(key) + sys.getsizeof(each) for key, each in held.items())
    assert size / len(held) < 200
