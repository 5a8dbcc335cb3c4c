"""Polls: drafted, opened, closed, run again; their results shown or hidden; and who sees what of it."""

import pytest

from live.domain import polls
from live.domain.ballots import Ballot, Cloud, Rating, Said, Single
from live.domain.base import Audience
from live.domain.cues import Cued, PollOverlay
from live.domain.life import Ended, Started
from live.domain.permits import Command
from live.domain.polls import (
    AddPoll,
    EditPoll,
    PollAdded,
    PollDoc,
    PollEdited,
    PollRemoved,
    PollRestored,
    RemovePoll,
    RestorePoll,
)
from live.domain.results import AnswerJudged, JudgeAnswer, ResultsShown, ShowResults
from live.domain.rounds import FormerRound
from live.domain.turns import ClosePoll, OpenPoll, PollClosed, PollOpened, PollReopened, ReopenPoll, RerunPoll
from live.domain.votes import TallyDoc, Vote, Voted
from tests.domain.scenes import ANN, BOB, COLOURS, MO, SECOND, START, Scene, drafted, given, opened

ON_STAGE = Cued(overlay=PollOverlay(poll=1))


def poll(scene: Scene, number: int = 1) -> PollDoc:
    doc = scene.doc(f"poll/{number}")
    assert isinstance(doc, PollDoc)
    return doc


# Drafts ---------------------------------------------------------------------------------------


def test_a_poll_is_drafted_and_numbered() -> None:
    scene = given(drafted())
    added = PollAdded(poll=2, title="And now?", ballot=Rating(low="Poor"))
    assert scene.when(AddPoll(title=" And now? ", ballot=Rating(low=" Poor")), MO) == (added,)
    assert poll(scene, 2) == PollDoc(
        title="And now?", ballot=Rating(low="Poor"), state="draft", round=0, shown=False
    )


@pytest.mark.parametrize("audience", ["attendee", "screen"])
def test_nobody_outside_the_desk_sees_a_draft(audience: Audience) -> None:
    scene = given(Started(), drafted())
    scene.when(ShowResults(poll=1, shown=True), MO)
    assert scene.doc("poll/1", audience) is None
    assert scene.doc("tally/1", audience) is None


def test_a_draft_is_changed() -> None:
    scene = given(drafted())
    edited = PollEdited(poll=1, title="Better?", ballot=Rating())
    assert scene.when(EditPoll(poll=1, title="Better?", ballot=Rating()), MO) == (edited,)
    assert (poll(scene).title, poll(scene).ballot) == ("Better?", Rating())


def test_a_draft_is_put_away_and_brought_back() -> None:
    scene = given(Started(), drafted())
    assert scene.when(RemovePoll(poll=1), MO) == (PollRemoved(poll=1),)
    assert scene.when(RemovePoll(poll=1), MO) == ()
    assert poll(scene).removed
    assert scene.refused(OpenPoll(poll=1), MO) == "no_such_poll"
    assert scene.when(RestorePoll(poll=1), MO) == (PollRestored(poll=1),)
    assert scene.when(RestorePoll(poll=1), MO) == ()
    assert not poll(scene).removed


@pytest.mark.parametrize(
    ("title", "ballot", "code"),
    [
        ("", COLOURS, "empty"),
        ("t" * 201, COLOURS, "too_long"),
        ("Which?", Single(options=("One",)), "bad_ballot"),
        ("Which?", Single(options=("One", " ")), "empty"),
    ],
)
def test_a_draft_is_refused(title: str, ballot: Ballot, code: str) -> None:
    scene = given(drafted())
    assert scene.refused(AddPoll(title=title, ballot=ballot), MO) == code
    assert scene.refused(EditPoll(poll=1, title=title, ballot=ballot), MO) == code


@pytest.mark.parametrize(
    "command",
    [EditPoll(poll=1, title="?", ballot=COLOURS), RemovePoll(poll=1), RestorePoll(poll=1)],
    ids=lambda command: str(command.__struct_config__.tag),
)
def test_what_has_been_opened_is_no_draft_any_more(command: Command) -> None:
    scene = given(*opened())
    assert scene.refused(command, MO) == "poll_not_draft"


@pytest.mark.parametrize(
    "command",
    [
        EditPoll(poll=2, title="?", ballot=COLOURS),
        RemovePoll(poll=2),
        RestorePoll(poll=2),
        OpenPoll(poll=2),
        ClosePoll(poll=0),
        ReopenPoll(poll=-1),
        RerunPoll(poll=10**400),
        ShowResults(poll=2, shown=True),
    ],
    ids=lambda command: str(command.__struct_config__.tag),
)
def test_there_is_no_such_poll(command: Command) -> None:
    assert given(*opened()).refused(command, MO) == "no_such_poll"


# Rounds ---------------------------------------------------------------------------------------


def test_a_poll_that_opens_goes_on_stage() -> None:
    scene = given(Started(), drafted())
    assert scene.when(OpenPoll(poll=1), MO) == (PollOpened(poll=1, round=1), ON_STAGE)
    assert (poll(scene).state, poll(scene).round) == ("open", 1)
    assert poll(scene).opened_at == START + 3 * SECOND


def test_two_moderators_may_press_at_once() -> None:
    scene = given(*opened())
    assert scene.when(OpenPoll(poll=1), MO) == ()
    assert scene.when(ReopenPoll(poll=1), MO) == ()
    assert scene.when(ClosePoll(poll=1), MO) == (PollClosed(poll=1),)
    assert scene.when(ClosePoll(poll=1), MO) == ()


def test_a_closed_poll_says_since_when() -> None:
    scene = given(*opened())
    scene.when(ClosePoll(poll=1), MO)
    assert (poll(scene).state, poll(scene).closed_at) == ("closed", scene.now)


def test_a_close_is_undone_and_the_round_keeps_its_votes() -> None:
    vote = Voted(poll=1, round=1, n=1, choice=(0,))
    scene = given(*opened(), (ANN, vote), PollClosed(poll=1))
    assert scene.when(ReopenPoll(poll=1), MO) == (PollReopened(poll=1),)
    assert (poll(scene).state, poll(scene).closed_at, poll(scene).round) == ("open", None, 1)
    assert scene.doc("tally/1") == TallyDoc(round=1, votes=1, counts=(1, 0, 0))


def test_a_poll_is_run_again_and_the_former_rounds_are_kept() -> None:
    votes = [(who, Voted(poll=1, round=1, n=1, choice=(1,))) for who in (ANN, BOB)]
    scene = given(*opened(), *votes, ResultsShown(poll=1, shown=True), PollClosed(poll=1))
    assert scene.when(RerunPoll(poll=1), MO) == (PollOpened(poll=1, round=2), ON_STAGE)
    former = FormerRound(round=1, votes=2, counts=(0, 2, 0))
    assert scene.doc("tally/1") == TallyDoc(round=2, votes=0, counts=(0, 0, 0), former=(former,))
    assert scene.doc("tally/1", "attendee") == TallyDoc(round=2, votes=0)


@pytest.mark.parametrize(
    ("before", "command", "code"),
    [
        ((), ClosePoll(poll=1), "poll_not_open"),
        ((), ReopenPoll(poll=1), "poll_not_open"),
        ((), RerunPoll(poll=1), "poll_not_open"),
        ((PollOpened(poll=1, round=1),), RerunPoll(poll=1), "poll_open"),
        ((PollOpened(poll=1, round=1), PollClosed(poll=1)), OpenPoll(poll=1), "poll_not_draft"),
    ],
)
def test_a_turn_is_refused(before: tuple[polls.Event, ...], command: Command, code: str) -> None:
    assert given(Started(), drafted(), *before).refused(command, MO) == code


def test_a_poll_that_an_older_version_left_open_after_the_end_can_be_closed_and_not_opened_again() -> None:
    scene = given(*opened(), Ended())
    assert scene.when(ClosePoll(poll=1), MO) == (PollClosed(poll=1),)
    assert scene.refused(ReopenPoll(poll=1), MO) == "not_live"


# Results --------------------------------------------------------------------------------------


def test_counts_are_the_desks_until_they_are_shown() -> None:
    scene = given(*opened(), (ANN, Voted(poll=1, round=1, n=1, choice=(2,))))
    for audience in ("attendee", "screen"):
        assert scene.doc("tally/1", audience) == TallyDoc(round=1, votes=1)
    assert scene.doc("tally/1") == TallyDoc(round=1, votes=1, counts=(0, 0, 1))


def test_results_are_shown_and_hidden_again() -> None:
    scene = given(*opened(), (ANN, Voted(poll=1, round=1, n=1, choice=(2,))))
    assert scene.when(ShowResults(poll=1, shown=True), MO) == (ResultsShown(poll=1, shown=True),)
    assert scene.when(ShowResults(poll=1, shown=True), MO) == ()
    assert scene.doc("tally/1", "screen") == TallyDoc(round=1, votes=1, counts=(0, 0, 1))
    scene.when(ShowResults(poll=1, shown=False), MO)
    assert scene.doc("tally/1", "screen") == TallyDoc(round=1, votes=1)


def test_a_new_round_starts_with_its_results_hidden() -> None:
    scene = given(*opened(), ResultsShown(poll=1, shown=True), PollClosed(poll=1))
    scene.when(RerunPoll(poll=1), MO)
    assert not poll(scene).shown


def test_a_word_is_taken_away_and_stays_away_when_it_is_said_again() -> None:
    scene = given(*opened(ballot=Cloud()), ResultsShown(poll=1, shown=True))
    scene.when(Vote(poll=1, round=1, n=1, choice=("Damn", "Safety")), ANN)
    away = JudgeAnswer(poll=1, text="DAMN", shown=False)
    assert scene.when(away, MO) == (AnswerJudged(poll=1, text="damn", shown=False),)
    assert scene.when(away, MO) == ()
    scene.when(Vote(poll=1, round=1, n=1, choice=("damn",)), BOB)
    seen, told = scene.doc("tally/1", "screen"), scene.doc("tally/1", "desk")
    assert seen == TallyDoc(round=1, votes=2, counts=(), said=(Said(text="Safety", votes=1),))
    assert isinstance(told, TallyDoc)
    assert told.said[0] == Said(text="Damn", votes=2, shown=False)


def test_only_what_was_said_in_a_free_poll_can_be_judged() -> None:
    scene = given(*opened(ballot=Cloud()), drafted(2), PollOpened(poll=2, round=1))
    scene.when(Vote(poll=2, round=1, n=1, choice=(0,)), ANN)
    assert scene.refused(JudgeAnswer(poll=1, text="Unsaid", shown=False), MO) == "bad_choice"
    assert scene.refused(JudgeAnswer(poll=2, text="0", shown=False), MO) == "bad_choice"
    assert scene.refused(JudgeAnswer(poll=9, text="0", shown=False), MO) == "no_such_poll"
