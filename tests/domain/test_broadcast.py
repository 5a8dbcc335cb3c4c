"""One broadcast: the features united, and nothing forgotten between them."""

from typing import get_args

import msgspec
import pytest

from live.domain import broadcast, changes, decisions, polls, questions, turns, verdicts
from live.domain.base import AUDIENCES, CODES, Rejected
from live.domain.consequences import follow
from live.domain.life import Ended, Started
from live.domain.permits import PERMITS
from live.domain.polls import PollAdded
from live.domain.questions import QuestionAsked, question_id
from live.domain.votes import Vote
from tests.domain.scenes import ANN, COLOURS, MO, drafted, fresh, given, opened

ASKED = QuestionAsked(question="q", text="Why?", anonymous=False, pending=False)


def test_all_events_have_a_name_of_their_own() -> None:
    tags = [kind.__struct_config__.tag for kind in get_args(broadcast.Event)]
    assert len(tags) == len(set(tags))


def test_every_command_has_its_permit_and_its_own_name() -> None:
    tags = {kind.__struct_config__.tag for kind in PERMITS}
    assert len(tags) == len(PERMITS)


def test_every_command_is_decided_and_every_event_applied() -> None:
    assert set(decisions.DECIDED) == set(PERMITS)
    assert set(changes.APPLIED) == set(get_args(broadcast.Event))


def test_an_event_that_is_not_known_is_not_read() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"type":"exploded"}', type=broadcast.Event)


def test_what_a_command_made_is_told() -> None:
    scene = given(drafted())
    add = polls.AddPoll(title="And?", ballot=COLOURS)
    assert broadcast.made_by(add, scene.when(add, MO)) == "poll/2"
    ask = questions.Ask(key="k" * 22, text="Why?", anonymous=False)
    assert broadcast.made_by(ask, scene.when(ask, ANN)) == f"question/{question_id(ask.key)}"
    vote = polls.RemovePoll(poll=1)
    assert broadcast.made_by(vote, scene.when(vote, MO)) is None


def test_only_what_brings_a_doc_into_being_made_something() -> None:
    assert broadcast.made(PollAdded(poll=3, title="?", ballot=COLOURS)) == "poll/3"
    assert broadcast.made(ASKED) == "question/q"
    assert broadcast.made(Started()) is None


def test_a_poll_that_opens_in_no_live_broadcast_does_not_go_on_stage() -> None:
    scene = given(Started(), drafted(), Ended())
    assert follow(scene.state, turns.PollOpened(poll=1, round=1), scene.now) == ()


def test_a_decision_changes_nothing_by_itself() -> None:
    scene = given(*opened())
    before = [fresh(scene.state, audience) for audience in AUDIENCES]
    broadcast.decide(scene.state, Vote(poll=1, round=1, n=1, choice=(1,)), ANN, scene.now)
    assert [fresh(scene.state, audience) for audience in AUDIENCES] == before
    assert verdicts.mine(scene.state.polls, "ann") == {}


def test_a_refusal_says_when_to_come_again() -> None:
    refusal = Rejected("busy", 250)
    assert (refusal.code, refusal.retry_ms, str(refusal)) == ("busy", 250, "busy")
    assert len(CODES) == len(set(CODES))
