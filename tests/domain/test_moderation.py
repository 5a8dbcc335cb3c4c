"""What the desk does with questions: every step, what the stage makes of it, and how each is undone."""

import pytest

from live.domain import broadcast
from live.domain.consequences import follow
from live.domain.cues import Blank, ClearOverlay, Cued, Goto, PollOverlay, QuestionOverlay
from live.domain.driver import DriveTaken
from live.domain.life import BroadcastDoc, Ended, Started
from live.domain.moderation import (
    HISTORY_LIMIT,
    Answer,
    Approve,
    Dismiss,
    Edit,
    Present,
    QuestionEdited,
    QuestionMoved,
    QuestionRestored,
    QuestionsSet,
    SetQuestions,
    Undo,
)
from live.domain.permits import Command
from live.domain.question_docs import QuestionDoc
from live.domain.questions import QuestionAsked, QuestionState, QuestionWithdrawn
from live.domain.turns import OpenPoll, PollOpened
from tests.domain.scenes import ANN, BOB, LI, MO, By, Scene, deck, drafted, given

MOVES: tuple[tuple[Command, QuestionState], ...] = (
    (Approve(question="q"), "live"),
    (Present(question="q"), "on_screen"),
    (Answer(question="q"), "answered"),
    (Dismiss(question="q"), "dismissed"),
)
OVER_Q, OVER_R = (Cued(overlay=QuestionOverlay(question=name)) for name in "qr")


def ask(name: str, *, pending: bool = False) -> By:
    return ANN, QuestionAsked(question=name, text=f"{name}?", anonymous=False, pending=pending)


def live(*more: broadcast.Event | By) -> Scene:
    """A live broadcast in which everyone sees the questions q and r."""
    return given(Started(), DriveTaken(by="li"), deck("one"), ask("q"), ask("r"), *more)


def on_screen() -> Scene:
    return live(QuestionMoved(question="q", to="on_screen"), OVER_Q)


def question(scene: Scene, name: str = "q") -> QuestionDoc:
    doc = scene.doc(f"question/{name}")
    assert isinstance(doc, QuestionDoc)
    return doc


# Steps ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("command", "after"), MOVES, ids=[after for _, after in MOVES])
def test_the_desk_moves_a_question_that_is_pending(command: Command, after: QuestionState) -> None:
    scene = given(Started(), ask("q", pending=True))
    assert scene.when(command, MO)[0] == QuestionMoved(question="q", to=after)
    assert question(scene).state == after
    assert scene.when(command, MO) == ()


@pytest.mark.parametrize(("command", "after"), MOVES, ids=[after for _, after in MOVES])
def test_a_withdrawn_question_is_out_of_reach(command: Command, after: QuestionState) -> None:
    scene = live(QuestionWithdrawn(question="q", anonymous=False))
    for each in (command, Edit(question="q", text="New"), Undo(question="q")):
        assert scene.refused(each, MO) == "question_closed"
    assert question(scene).state != after
    assert not question(scene).undo


@pytest.mark.parametrize(
    "command",
    [*(command for command, _ in MOVES), Edit(question="q", text="New"), Undo(question="q")],
    ids=lambda command: str(command.__struct_config__.tag),
)
def test_a_question_that_was_never_asked_is_not_moderated(command: Command) -> None:
    assert given(Started()).refused(command, MO) == "no_such_question"


def test_the_wording_is_changed_and_the_original_kept_for_the_desk() -> None:
    scene = live()
    assert scene.when(Edit(question="q", text=" Why so? "), MO) == (
        QuestionEdited(question="q", text="Why so?"),
    )
    assert (question(scene).text, question(scene).original, question(scene).edited) == ("Why so?", "q?", True)
    public = scene.doc("question/q", "attendee")
    assert isinstance(public, QuestionDoc)
    assert (public.text, public.original, public.edited, public.undo) == ("Why so?", None, True, False)


def test_a_wording_that_is_so_already_changes_nothing() -> None:
    assert live().when(Edit(question="q", text="q?"), MO) == ()


@pytest.mark.parametrize(("text", "code"), [("", "empty"), ("x" * 1_001, "too_long")])
def test_a_wording_is_refused(text: str, code: str) -> None:
    assert live().refused(Edit(question="q", text=text), MO) == code


# The stage follows ----------------------------------------------------------------------------


def test_a_question_goes_on_screen() -> None:
    scene = live()
    assert scene.when(Present(question="q"), MO) == (QuestionMoved(question="q", to="on_screen"), OVER_Q)
    shown = scene.doc("question/q", "screen")
    assert isinstance(shown, QuestionDoc)
    assert (shown.text, shown.state) == ("q?", "on_screen")


@pytest.mark.parametrize("command", [Approve(question="q"), Answer(question="q"), Dismiss(question="q")])
def test_a_question_leaves_the_screen(command: Command) -> None:
    scene = on_screen()
    assert scene.when(command, MO)[1:] == (Cued(),)
    assert scene.doc("question/q", "screen") is None


def test_the_next_question_answers_the_one_before() -> None:
    scene = on_screen()
    answered = QuestionMoved(question="q", to="answered")
    assert scene.when(Present(question="r"), MO) == (
        QuestionMoved(question="r", to="on_screen"),
        OVER_R,
        answered,
    )
    assert (question(scene, "q").state, question(scene, "r").state) == ("answered", "on_screen")


@pytest.mark.parametrize("command", [Goto(item="s1"), ClearOverlay()], ids=["goto", "clear_overlay"])
def test_a_question_has_been_answered_when_the_stage_moves_on(command: Command) -> None:
    scene = on_screen()
    assert scene.when(command, LI)[1:] == (QuestionMoved(question="q", to="answered"),)
    assert question(scene).state == "answered"


def test_a_question_has_been_answered_when_a_poll_opens() -> None:
    scene = on_screen()
    scene.happen(drafted(), "mo")
    assert scene.when(OpenPoll(poll=1), MO) == (
        PollOpened(poll=1, round=1),
        Cued(overlay=PollOverlay(poll=1)),
        QuestionMoved(question="q", to="answered"),
    )


def test_a_blank_is_no_move_and_gives_the_question_back() -> None:
    scene = on_screen()
    assert len(scene.when(Blank(on=True), LI)) == 1
    assert question(scene).state == "on_screen"
    assert scene.when(Blank(on=False), LI) == (OVER_Q,)
    assert question(scene).state == "on_screen"


def test_a_question_that_is_answered_behind_a_blank_neither_lifts_it_nor_comes_back() -> None:
    scene = on_screen()
    scene.when(Blank(on=True), LI)
    assert scene.when(Answer(question="q"), MO) == (QuestionMoved(question="q", to="answered"),)
    assert scene.when(Blank(on=False), LI) == (Cued(),)
    assert question(scene).state == "answered"


def test_a_poll_that_opens_on_a_bare_stage_answers_nothing() -> None:
    scene = live(drafted())
    assert len(scene.when(OpenPoll(poll=1), MO)) == 2


# Undo -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("command", "after"), MOVES, ids=[after for _, after in MOVES])
def test_every_move_is_undone(command: Command, after: QuestionState) -> None:
    scene = given(Started(), ask("q", pending=True))
    scene.when(command, MO)
    assert question(scene).undo
    assert scene.when(Undo(question="q"), MO)[0] == QuestionRestored(question="q", to="pending", text="q?")
    assert (question(scene).state, question(scene).undo) == ("pending", False)
    assert scene.refused(Undo(question="q"), MO) == "nothing_to_undo"
    assert after != "pending"


def test_a_wording_is_undone() -> None:
    scene = live()
    scene.when(Edit(question="q", text="Why so?"), MO)
    scene.when(Undo(question="q"), MO)
    assert (question(scene).text, question(scene).edited, question(scene).original) == ("q?", False, None)


def test_steps_are_undone_one_by_one() -> None:
    scene = live()
    for command in (Edit(question="q", text="One"), Dismiss(question="q"), Approve(question="q")):
        scene.when(command, MO)
    states = []
    for _ in range(3):
        scene.when(Undo(question="q"), MO)
        states.append((question(scene).state, question(scene).text))
    assert states == [("dismissed", "One"), ("live", "One"), ("live", "q?")]


def test_to_undo_an_answer_puts_the_question_back_on_the_screen() -> None:
    scene = on_screen()
    scene.when(Answer(question="q"), MO)
    assert scene.when(Undo(question="q"), MO) == (
        QuestionRestored(question="q", to="on_screen", text="q?"),
        OVER_Q,
    )


def test_to_undo_an_answer_pushes_the_question_on_the_screen_off() -> None:
    scene = on_screen()
    scene.when(Present(question="r"), MO)
    scene.when(Undo(question="q"), MO)
    assert (question(scene, "q").state, question(scene, "r").state) == ("on_screen", "answered")
    assert scene.state.questions.on_screen == "q"


def test_to_undo_a_presentation_clears_the_screen() -> None:
    scene = live()
    scene.when(Present(question="q"), MO)
    assert scene.when(Undo(question="q"), MO)[1:] == (Cued(),)


def test_what_the_stage_did_to_a_question_is_undone_too() -> None:
    scene = on_screen()
    scene.when(Goto(item="s1"), LI)
    scene.when(Undo(question="q"), MO)
    assert question(scene).state == "on_screen"
    assert scene.state.cues.overlay == QuestionOverlay(question="q")


def test_a_question_remembers_its_last_steps_only() -> None:
    scene = live()
    for number in range(2 * HISTORY_LIMIT):
        scene.when(Edit(question="q", text=f"Version {number}"), MO)
    assert len(scene.state.questions.questions["q"].history) == HISTORY_LIMIT


def test_questions_are_moderated_after_the_end() -> None:
    scene = on_screen()
    scene.happen(Ended(), "li")
    assert scene.when(Answer(question="q"), MO)
    assert scene.refused(Present(question="r"), MO) == "not_live"


# How questions are taken ----------------------------------------------------------------------


def test_how_questions_are_taken_is_told_to_everyone() -> None:
    scene = given()
    command = SetQuestions(mode="open", anonymous=False)
    assert scene.when(command, MO) == (QuestionsSet(mode="open", anonymous=False),)
    assert scene.when(command, MO) == ()
    doc = scene.doc("broadcast", "attendee")
    assert isinstance(doc, BroadcastDoc)
    assert (doc.question_mode, doc.anonymous) == ("open", False)


def test_what_was_pending_stays_pending_when_the_mode_changes() -> None:
    scene = given(ask("q", pending=True))
    scene.when(SetQuestions(mode="open", anonymous=True), MO)
    assert question(scene).state == "pending"


def test_an_attendee_cannot_lift_a_blank_by_withdrawing() -> None:
    scene = on_screen()
    scene.when(Blank(on=True), LI)
    scene.happen(QuestionWithdrawn(question="q", anonymous=False), BOB.participant)
    assert follow(scene.state, QuestionWithdrawn(question="q", anonymous=False), scene.now) == ()
