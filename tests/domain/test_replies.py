"""Replies in writing: for everyone who sees the question or for the asker alone, also after the end."""

import pytest

from live.domain import broadcast
from live.domain.base import QUESTION_LIMIT, Actor, Audience, Code
from live.domain.life import Ended, Started
from live.domain.moderation import Approve, QuestionMerged, QuestionMoved
from live.domain.question_docs import QuestionDoc
from live.domain.questions import QuestionAsked, QuestionState, QuestionWithdrawn, question_id
from live.domain.replies import QuestionReplied, ReadReply, Reply
from tests.domain.scenes import ANN, BOB, MAX, MO, Scene, given

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


# For the asker alone ---------------------------------------------------------------------------

KEY = "k" * 22
QUIET = QuestionAsked(question=question_id(KEY), text="Why?", anonymous=True, pending=True)
TO_YOU = Reply(question=QUIET.question, text="Come by the depot.", private=True)


def told(scene: Scene, command: ReadReply, by: Actor) -> object:
    assert scene.when(command, by) == ()
    return broadcast.told(scene.state, command, by)


def test_a_private_reply_is_read_with_the_secret_of_the_question_and_stands_in_no_doc() -> None:
    scene = given(QUIET)
    scene.when(TO_YOU, MO)
    with_key = ReadReply(question=QUIET.question, key=KEY)
    assert told(scene, with_key, BOB) == "Come by the depot.", "nobody knows that Bob has asked"
    for key in ("", "x" * 22):
        assert scene.refused(ReadReply(question=QUIET.question, key=key), ANN) == "not_yours"
    assert scene.doc(f"question/{QUIET.question}", "attendee") == QuestionDoc(
        state="pending", private_reply=1
    )
    scene.when(Approve(question=QUIET.question), MO)
    seen = scene.doc(f"question/{QUIET.question}", "attendee")
    assert isinstance(seen, QuestionDoc)
    assert (seen.reply, seen.private_reply) == (None, 1)


def test_who_asked_by_name_reads_it_on_any_device() -> None:
    scene = asked()
    scene.when(Reply(question="q", text="For you.", private=True), MO)
    assert told(scene, ReadReply(question="q"), ANN) == "For you."
    assert scene.refused(ReadReply(question="q"), BOB) == "not_yours"


def test_each_private_reply_is_counted_so_that_a_phone_asks_again() -> None:
    scene = given(QUIET)
    scene.when(TO_YOU, MO)
    scene.when(Reply(question=QUIET.question, text="Or call.", private=True), MO)
    scene.when(Reply(question=QUIET.question, text="To all."), MO)
    doc = scene.doc(f"question/{QUIET.question}", "attendee")
    assert doc == QuestionDoc(state="pending", private_reply=2)
    assert told(scene, ReadReply(question=QUIET.question, key=KEY), ANN) is None, "it is public now"


def test_a_reply_that_somebody_else_has_changed_meanwhile_is_refused() -> None:
    scene = asked()
    scene.when(Reply(question="q", text="One.", was=""), MO)
    assert scene.refused(Reply(question="q", text="Two.", was=""), MAX) == "question_changed"
    assert scene.when(Reply(question="q", text="Two.", was="One."), MAX)
