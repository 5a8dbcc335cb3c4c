"""Quiz questions: what is hidden until it is shown, who earns what, and what the scoreboard tells to whom."""

from __future__ import annotations

import pytest

from live.domain import broadcast, life, turns
from live.domain.attendance import Renamed
from live.domain.ballots import Multiple, Rating, Single
from live.domain.base import Audience, Participant, Rejected, Stamp
from live.domain.cues import ClearOverlay, PollOverlay, ScoresOverlay, ShowScores
from live.domain.pairs import Gain
from live.domain.polls import AddPoll, EditPoll, PollDoc
from live.domain.quiz import Quiz
from live.domain.results import ShowResults
from live.domain.scores import Score, ScoresDoc, UnitScore
from live.domain.turns import ClosePoll, OpenPoll
from live.domain.votes import TallyDoc, Vote
from tests.domain.scenes import ANN, BOB, CAT, COLOURS, LI, MO, Scene, actor, given

RED = Quiz(right=(0,), points=10, explanation="Red is right.")


def live() -> Scene:
    return given(life.Started())


def ask(scene: Scene, ballot: Single = COLOURS, **rules: object) -> int:
    """A poll with these rules, opened."""
    scene.when(AddPoll(title="Which?", ballot=ballot, **rules), LI)  # type: ignore[arg-type]
    number = len(scene.state.polls.polls)
    scene.when(OpenPoll(poll=number), LI)
    return number


def vote(scene: Scene, poll: int, *choices: int) -> None:
    """Ann, Bob and Cat choose."""
    for who, choice in zip((ANN, BOB, CAT), choices, strict=False):
        scene.when(Vote(poll=poll, round=1, n=1, choice=(choice,)), who)


def poll(scene: Scene, number: int, audience: Audience = "attendee") -> PollDoc:
    doc = scene.doc(f"poll/{number}", audience)
    assert isinstance(doc, PollDoc)
    return doc


def scores(scene: Scene, audience: Audience = "desk") -> ScoresDoc | None:
    doc = scene.doc("scores", audience)
    assert doc is None or isinstance(doc, ScoresDoc)
    return doc


def test_the_right_answer_is_the_desk_s_until_the_result_is_shown() -> None:
    scene = live()
    number = ask(scene, quiz=RED)
    assert poll(scene, number, "desk").quiz == RED
    assert poll(scene, number).quiz == poll(scene, number, "screen").quiz == Quiz(points=10)
    scene.when(ClosePoll(poll=number), MO)
    assert poll(scene, number).quiz == Quiz(points=10)
    scene.when(ShowResults(poll=number, shown=True), MO)
    assert poll(scene, number).quiz == RED
    scene.when(ShowResults(poll=number, shown=False), MO)
    assert poll(scene, number).quiz == Quiz(points=10)


@pytest.mark.parametrize(
    "quiz",
    [Quiz(), Quiz(right=()), Quiz(right=(7,)), Quiz(right=(0,), points=0), Quiz(right=(0,), points=101)],
)
def test_a_question_without_an_answer_is_refused(quiz: Quiz) -> None:
    with pytest.raises(Rejected):
        live().when(AddPoll(title="Which?", ballot=COLOURS, quiz=quiz), LI)


def test_an_opinion_has_no_right_answer() -> None:
    command = AddPoll(title="How was it?", ballot=Rating(), quiz=Quiz(right=(0,)))
    with pytest.raises(Rejected):
        live().when(command, LI)


def test_a_draft_may_cease_to_be_a_question() -> None:
    scene = live()
    scene.when(AddPoll(title="Which?", ballot=COLOURS, quiz=RED), LI)
    scene.when(EditPoll(poll=1, title="Which?", ballot=COLOURS), LI)
    assert poll(scene, 1, "desk").quiz is None


def test_points_count_from_the_close_and_equal_ones_share_a_place() -> None:
    scene = live()
    first, second = ask(scene, quiz=RED), ask(scene, quiz=Quiz(right=(2,), points=5))
    vote(scene, first, 0, 0, 1)
    vote(scene, second, 2, 1, 1)
    assert scores(scene) is None, "open questions tell nothing"
    scene.when(ClosePoll(poll=first), MO)
    found = scores(scene)
    assert found
    assert [(each.place, each.name, each.points) for each in found.best] == [
        (1, "Ann", 10),
        (1, "Bob", 10),
        (3, "Cat", 0),
    ]
    scene.when(ClosePoll(poll=second), MO)
    found = scores(scene)
    assert found
    assert (found.questions, found.possible, found.people) == (2, 15, 3)
    assert found.best[0] == Score(place=1, name="Ann", points=15, unit="Depot")
    assert found.units == (), "three people are too few to speak of a unit"


def test_units_of_five_are_compared_and_smaller_ones_are_not() -> None:
    scene = live()
    number = ask(scene, quiz=RED)
    for at in range(8):
        unit = "Yard" if at < 5 else "Office"
        name = f"p{at}"
        scene.state.people[name] = Participant(id=name, name=name, role="attendee", unit=unit)
        scene.when(Vote(poll=number, round=1, n=1, choice=(at % 2,)), actor(name, "attendee"))
    scene.when(ClosePoll(poll=number), MO)
    found = scores(scene)
    assert found
    assert found.units == (UnitScore(unit="Yard", people=5, average=6.0),)


def test_a_corrected_name_stands_in_the_scores_at_once() -> None:
    scene = live()
    vote(scene, number := ask(scene, quiz=RED), 0)
    scene.when(ClosePoll(poll=number), MO)
    people = scene.state.people
    people["ann"] = Participant(id="ann", name="Anna", role="attendee", unit="Depot")
    dirty = broadcast.evolve(scene.state, Renamed(participant="ann"), Stamp(seq=99, at=scene.now))
    assert "scores" in dirty
    found = scores(scene)
    assert found
    assert found.best[0].name == "Anna"


def test_a_secret_question_gives_no_points() -> None:
    scene = live()
    vote(scene, number := ask(scene, quiz=RED, secret=True), 0, 0)
    scene.when(ClosePoll(poll=number), MO)
    assert scores(scene) is None


def test_the_scoreboard_is_the_desk_s_until_it_has_been_on_stage() -> None:
    scene = live()
    vote(scene, number := ask(scene, quiz=RED), 0)
    scene.when(ClosePoll(poll=number), MO)
    assert scores(scene, "attendee") is scores(scene, "screen") is None
    scene.when(ShowScores(), MO)
    assert scene.state.cues.overlay == ScoresOverlay()
    assert scores(scene, "attendee") == scores(scene, "screen") == scores(scene)
    scene.when(ClearOverlay(), MO)
    assert scores(scene, "attendee"), "who is behind is still to see it"


def test_what_comes_after_is_compared_with_what_was_before() -> None:
    scene = live()
    before = ask(scene)
    vote(scene, before, 1, 0, 0)
    scene.when(ClosePoll(poll=before), MO)
    after = ask(scene, quiz=RED, repeats=before)
    vote(scene, after, 0, 0)
    tally = scene.doc(f"tally/{after}")
    assert isinstance(tally, TallyDoc)
    assert tally.gain == Gain(
        earlier=before, votes=3, both=2, changed=1, counts=(2, 1, 0), right_before=1, right_after=2
    )
    hidden = scene.doc(f"tally/{after}", "attendee")
    assert isinstance(hidden, TallyDoc)
    assert hidden.gain is None


@pytest.mark.parametrize("repeats", [7, 1])
def test_only_the_same_question_can_be_asked_again(repeats: int) -> None:
    scene = live()
    ask(scene, Single(options=("A", "B")))
    with pytest.raises(Rejected):
        scene.when(AddPoll(title="Which?", ballot=COLOURS, repeats=repeats), LI)


def test_a_draft_that_is_to_be_asked_again_keeps_its_ballot() -> None:
    scene = live()
    scene.when(AddPoll(title="Before", ballot=COLOURS), LI)
    scene.when(AddPoll(title="After", ballot=COLOURS, repeats=1), LI)
    scene.when(EditPoll(poll=1, title="Before!", ballot=COLOURS), LI)
    with pytest.raises(Rejected):
        scene.when(EditPoll(poll=1, title="Before", ballot=Single(options=("A", "B"))), LI)


def test_half_a_point_goes_up() -> None:
    half = Quiz(right=(0, 1), points=5)
    assert half.earned(Multiple(options=("A", "B", "C"), max=2), (0,)) == 3


def test_polls_of_one_form_open_and_close_together_and_one_of_them_is_on_stage() -> None:
    scene = live()
    for _ in range(3):
        scene.when(AddPoll(title="Which?", ballot=COLOURS, form="Feedback"), LI)
    scene.when(AddPoll(title="Another?", ballot=COLOURS), LI)
    scene.when(OpenPoll(poll=2), LI)
    assert [poll(scene, number, "desk").state for number in (1, 2, 3, 4)] == ["open", "open", "open", "draft"]
    assert [each.overlay for each in scene.state.cues.cues] == [PollOverlay(poll=2)]
    scene.when(ClosePoll(poll=3), LI)
    assert [poll(scene, number, "desk").state for number in (1, 2, 3, 4)] == ["closed"] * 3 + ["draft"]


def test_what_was_opened_before_the_rest_of_its_form_stays_as_it_is() -> None:
    scene = live()
    first = ask(scene, form="Feedback")
    scene.when(ClosePoll(poll=first), LI)
    scene.when(AddPoll(title="Which?", ballot=COLOURS, form="Feedback"), LI)
    events = scene.when(OpenPoll(poll=2), LI)
    assert [each.poll for each in events if isinstance(each, turns.PollOpened)] == [2]
