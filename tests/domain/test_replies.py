"""Replies in writing: for everyone who sees the question, also after the end, and for nobody alone."""

import pytest

from live.domain.base import QUESTION_LIMIT, Audience, Code
from live.domain.life import Ended, Started
from live.domain.moderation import QuestionMerged, QuestionMoved
from live.domain.questions import QuestionAsked, QuestionDoc, QuestionState, QuestionWithdrawn
from live.domain.replies import QuestionReplied, Reply
from tests.domain.scenes import ANN, MO, Scene, given

REPLY = Reply(question="q", text="Because of the dust.")
REPLIED = QuestionReplied(question="q", reply="Because of the dust.")


def asked(*, anonymous: bool = False, pending: bool = False) -> Scene:
    event = QuestionAsked(question="q", text="Why?", anonymous=anonymous, pending=pending)
    return given(Started(), event if anonymous else (ANN, event))


def reply(scene: Scene, audience: Audience) -> str | None:
    doc = scene.doc("question/q", audience)
    assert isinstance(doc, QuestionDoc)
    return doc.reply


def test_a_reply_stands_under_its_question_for_everyone() -> None:
    scene = asked()
    assert scene.when(REPLY, MO) == (REPLIED,)
    assert scene.when(REPLY, MO) == ()
    assert reply(scene, "attendee") == reply(scene, "desk") == "Because of the dust."


def test_a_reply_to_an_anonymous_question_leads_to_nobody() -> None:
    scene = asked(anonymous=True)
    scene.when(REPLY, MO)
    doc = scene.doc("question/q", "desk")
    assert isinstance(doc, QuestionDoc)
    assert (doc.by, doc.author, doc.reply) == (None, None, "Because of the dust.")


def test_questions_are_replied_to_after_the_end() -> None:
    scene = asked()
    scene.happen(Ended(), None)
    assert scene.when(REPLY, MO) == (REPLIED,)


def test_a_new_reply_takes_the_place_of_the_old_and_can_be_taken_back() -> None:
    scene = asked()
    scene.when(REPLY, MO)
    scene.when(Reply(question="q", text=" Dust\u202e. "), MO)
    assert reply(scene, "attendee") == "Dust."
    assert scene.when(Reply(question="q"), MO) == (QuestionReplied(question="q"),)
    assert reply(scene, "desk") is None


@pytest.mark.parametrize("state", ["pending", "dismissed"])
def test_nobody_reads_the_reply_to_what_nobody_sees(state: QuestionState) -> None:
    scene = asked()
    scene.happen(QuestionMoved(question="q", to=state), "mo")
    scene.when(REPLY, MO)
    assert scene.doc("question/q", "attendee") == QuestionDoc(state=state)
    assert reply(scene, "desk") == "Because of the dust."


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (Reply(question="nowhere", text="Yes."), "no_such_question"),
        (Reply(question="q", text=" "), "empty"),
        (Reply(question="q", text="x" * (QUESTION_LIMIT + 1)), "too_long"),
    ],
)
def test_a_reply_is_refused(command: Reply, code: Code) -> None:
    assert asked().refused(command, MO) == code


def test_what_is_gone_is_not_replied_to() -> None:
    scene = asked()
    scene.happen(QuestionAsked(question="r", text="Why so?", anonymous=True, pending=False), None)
    scene.happen(QuestionMerged(question="q", into="r"), "mo")
    assert scene.refused(REPLY, MO) == "question_merged"
    scene.happen(QuestionWithdrawn(question="q", anonymous=False), "ann")
    assert scene.refused(REPLY, MO) == "question_closed"
