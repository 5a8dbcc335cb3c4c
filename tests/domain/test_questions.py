"""Questions of the audience: asked, upvoted, withdrawn; what an anonymous one leaves behind: nothing."""

import pytest

from live.domain import broadcast, questions
from live.domain.base import AUDIENCES, Actor, Audience
from live.domain.cues import Cued, QuestionOverlay
from live.domain.life import Started
from live.domain.moderation import QuestionEdited, QuestionMoved, QuestionsSet
from live.domain.question_docs import QuestionDoc
from live.domain.questions import (
    Ask,
    QuestionAsked,
    QuestionState,
    QuestionUpvoted,
    QuestionWithdrawn,
    Upvote,
    Withdraw,
    question_id,
)
from tests.domain.scenes import ANN, BOB, LI, MO, OLGA, SECOND, START, By, Scene, deck, given

KEY = "k" * 22
ID = question_id(KEY)
WHY = Ask(key=KEY, text="Why?", anonymous=False)
SECRETLY = Ask(key=KEY, text="Why?", anonymous=True)
OPEN = QuestionsSet(mode="open", anonymous=True)


def asked(*, anonymous: bool = False, pending: bool = False) -> By | QuestionAsked:
    event = QuestionAsked(question=ID, text="Why?", anonymous=anonymous, pending=pending)
    return event if anonymous else (ANN, event)


def question(scene: Scene, audience: Audience = "desk") -> QuestionDoc | None:
    doc = scene.doc(f"question/{ID}", audience)
    assert doc is None or isinstance(doc, QuestionDoc)
    return doc


# Asking ---------------------------------------------------------------------------------------


def test_a_question_waits_for_the_desk() -> None:
    scene = given()
    assert scene.when(WHY, ANN) == (QuestionAsked(question=ID, text="Why?", anonymous=False, pending=True),)
    assert question(scene, "attendee") == QuestionDoc(state="pending")
    assert question(scene, "screen") is None
    at = START + SECOND
    assert question(scene) == QuestionDoc(
        state="pending", text="Why?", by="Ann", unit="Depot", at=at, author="ann", since=at
    )


def test_in_an_open_broadcast_everyone_sees_a_question_at_once() -> None:
    scene = given(OPEN)
    scene.when(WHY, ANN)
    assert question(scene, "attendee") == QuestionDoc(
        state="live", text="Why?", by="Ann", unit="Depot", at=scene.now, since=scene.now
    )
    assert question(scene, "screen") is None


@pytest.mark.parametrize("actor", [MO, LI, OLGA])
def test_the_desks_own_question_waits_for_nobody(actor: Actor) -> None:
    scene = given()
    scene.when(WHY, actor)
    doc = question(scene)
    assert doc is not None
    assert doc.state == "live"


def test_a_question_keeps_the_slide_it_was_asked_about() -> None:
    scene = given(deck("one"), Cued(item="s1", slide="one"))
    scene.when(WHY, ANN)
    doc = question(scene)
    assert doc is not None
    assert doc.slide == "one"


def test_what_is_typed_is_cleaned() -> None:
    scene = given()
    (event,) = scene.when(Ask(key=KEY, text=" Why\u202e?\x00 ", anonymous=False), ANN)
    assert isinstance(event, QuestionAsked)
    assert event.text == "Why?"


@pytest.mark.parametrize("command", [WHY, SECRETLY], ids=["named", "anonymous"])
def test_the_retry_of_a_phone_that_did_not_hear_the_answer_is_harmless(command: Ask) -> None:
    scene = given()
    first = broadcast.made_by(command, scene.when(command, ANN))
    retried = scene.when(command, ANN)
    assert retried == ()
    assert broadcast.made_by(command, retried) == first == f"question/{ID}"


def test_a_retry_is_known_after_the_desk_has_changed_the_wording() -> None:
    scene = given(asked(), QuestionEdited(question=ID, text="Why not?"))
    assert scene.when(WHY, ANN) == ()


def test_a_key_is_used_once() -> None:
    scene = given(asked())
    assert scene.refused(Ask(key=KEY, text="What?", anonymous=False), ANN) == "id_reused"
    assert scene.refused(SECRETLY, ANN) == "id_reused"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (Ask(key="k" * 21, text="Why?", anonymous=False), "bad_frame"),
        (Ask(key="k" * 65, text="Why?", anonymous=False), "bad_frame"),
        (Ask(key="钥" * 22, text="Why?", anonymous=False), "bad_frame"),
        (Ask(key="\ud800" * 22, text="Why?", anonymous=False), "bad_frame"),
        (Ask(key=KEY, text="", anonymous=False), "empty"),
        (Ask(key=KEY, text="\u200b\u3164", anonymous=False), "empty"),
        (Ask(key=KEY, text="x" * 10_000, anonymous=False), "too_long"),
    ],
)
def test_a_question_is_refused(command: Ask, code: str) -> None:
    assert given().refused(command, ANN) == code


def test_anonymous_questions_can_be_turned_off() -> None:
    scene = given(QuestionsSet(mode="open", anonymous=False))
    assert scene.refused(SECRETLY, ANN) == "anonymous_off"
    assert scene.when(WHY, ANN)


# Anonymity ------------------------------------------------------------------------------------


@pytest.mark.parametrize("actor", [ANN, MO, LI, OLGA], ids=lambda each: each.role)
def test_no_doc_of_any_audience_tells_who_asked_anonymously(actor: Actor) -> None:
    scene = given(OPEN)
    events = scene.when(SECRETLY, actor)
    assert broadcast.unlinked(*events)
    assert scene.log[-1][1].actor is None
    for audience in AUDIENCES:
        doc = question(scene, audience)
        assert doc is None or (doc.by, doc.unit, doc.author, doc.anonymous) == (None, None, None, True)
    assert questions.mine(scene.state.questions, actor.participant) == ([], [])


def test_even_if_the_log_named_somebody_the_doc_would_not() -> None:
    scene = given((ANN, QuestionAsked(question=ID, text="Why?", anonymous=True, pending=False)))
    doc = question(scene)
    assert doc is not None
    assert (doc.by, doc.unit, doc.author) == (None, None, None)


def test_the_log_does_not_link_what_an_anonymous_withdrawal_does_to_the_stage() -> None:
    scene = given(
        Started(),
        asked(anonymous=True),
        QuestionMoved(question=ID, to="on_screen"),
        Cued(overlay=QuestionOverlay(question=ID)),
    )
    events = scene.when(Withdraw(question=ID, key=KEY), ANN)
    assert events == (QuestionWithdrawn(question=ID, anonymous=True), Cued())
    assert [broadcast.unlinked(event) for event in events] == [True, False]
    assert [stamp.actor for _, stamp in scene.log[-2:]] == [None, None]


def test_named_acts_are_linked() -> None:
    scene = given()
    assert not broadcast.unlinked(*scene.when(WHY, ANN))
    assert not broadcast.unlinked(*scene.when(Withdraw(question=ID, key=KEY), ANN))


# Upvotes --------------------------------------------------------------------------------------


def test_an_upvote_counts_once_and_is_taken_back() -> None:
    scene = given(asked())
    up, down = Upvote(question=ID, on=True), Upvote(question=ID, on=False)
    assert scene.when(up, BOB) == (QuestionUpvoted(question=ID, on=True),)
    assert scene.when(up, BOB) == ()
    scene.when(up, ANN)
    doc = question(scene, "attendee")
    assert doc is not None
    assert doc.votes == 2
    assert scene.when(down, BOB) == (QuestionUpvoted(question=ID, on=False),)
    assert scene.when(down, BOB) == ()
    doc = question(scene, "attendee")
    assert doc is not None
    assert doc.votes == 1


@pytest.mark.parametrize("state", ["live", "on_screen", "answered"])
def test_what_everyone_sees_can_be_upvoted(state: QuestionState) -> None:
    scene = given(Started(), asked(), QuestionMoved(question=ID, to=state))
    assert scene.when(Upvote(question=ID, on=True), BOB)


@pytest.mark.parametrize("state", ["pending", "dismissed", "withdrawn"])
def test_what_nobody_sees_cannot_be_upvoted(state: QuestionState) -> None:
    scene = given(Started(), asked(), QuestionMoved(question=ID, to=state))
    assert scene.refused(Upvote(question=ID, on=True), BOB) == "question_closed"


def test_nobody_upvotes_a_question_that_was_never_asked() -> None:
    assert given().refused(Upvote(question="nowhere", on=True), BOB) == "no_such_question"


# Withdrawing ----------------------------------------------------------------------------------


def test_a_question_is_withdrawn_by_who_has_its_secret() -> None:
    scene = given(asked())
    withdraw = Withdraw(question=ID, key=KEY)
    assert scene.when(withdraw, ANN) == (QuestionWithdrawn(question=ID, anonymous=False),)
    assert scene.when(withdraw, ANN) == ()
    assert question(scene, "attendee") == QuestionDoc(state="withdrawn")


@pytest.mark.parametrize("key", ["", "x" * 22, ID, "\ud800" * 22, "x" * 16_000])
def test_nobody_else_can_withdraw_it(key: str) -> None:
    scene = given(asked())
    assert scene.refused(Withdraw(question=ID, key=key), BOB) == "not_yours"


def test_nothing_is_withdrawn_that_was_never_asked() -> None:
    assert given().refused(Withdraw(question=ID, key=KEY), ANN) == "no_such_question"


def test_a_withdrawn_question_leaves_the_screen() -> None:
    scene = given(
        Started(),
        asked(),
        QuestionMoved(question=ID, to="on_screen"),
        Cued(overlay=QuestionOverlay(question=ID)),
    )
    events = scene.when(Withdraw(question=ID, key=KEY), ANN)
    assert events == (QuestionWithdrawn(question=ID, anonymous=False), Cued())
    assert question(scene, "screen") is None


# What is mine ---------------------------------------------------------------------------------


def test_everyone_knows_the_own_questions_and_upvotes_and_no_others() -> None:
    scene = given(asked())
    other = Ask(key="o" * 22, text="What?", anonymous=False)
    scene.when(other, MO)
    for upvote in (ID, question_id(other.key)):
        scene.when(Upvote(question=upvote, on=True), ANN)
    scene.when(Upvote(question=ID, on=False), ANN)
    assert questions.mine(scene.state.questions, "ann") == ([question_id(other.key)], [ID])
    assert questions.mine(scene.state.questions, "bob") == ([], [])


def test_the_screen_sees_only_the_question_on_screen() -> None:
    scene = given(Started(), asked())
    assert question(scene, "screen") is None
    scene.happen(QuestionMoved(question=ID, to="on_screen"), "mo")
    doc = question(scene, "screen")
    assert doc is not None
    assert (doc.text, doc.by, doc.original, doc.author, doc.undo) == ("Why?", "Ann", None, None, False)
