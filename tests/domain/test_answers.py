"""All that is written reaches the desk and the screen, page by page, and no frame grows with their number.

`Scene` compares after every event what each audience holds with what a newcomer would get.
"""

from __future__ import annotations

from live import protocol
from live.domain import life
from live.domain.answers import AnswersDoc
from live.domain.ballots import Wall
from live.domain.ballots.kind import PAGE, PAGES_MAX
from live.domain.ballots.wall import ANSWER_LIMIT
from live.domain.base import Actor, Audience
from live.domain.cues import PollOverlay, ShowPoll
from live.domain.polls import AddPoll
from live.domain.results import JudgeAnswer, ShowResults
from live.domain.turns import ClosePoll, OpenPoll, RerunPoll
from live.domain.votes import Vote, Voted
from tests.domain.scenes import COLOURS, LI, MO, Scene, actor, given

FRAME = 30_000  # bytes: what may go to every screen five times a second


def asked(*, moderated: bool = False, secret: bool = False) -> Scene:
    scene = given(life.Started())
    scene.when(AddPoll(title="What?", ballot=Wall(moderated=moderated), secret=secret), LI)
    scene.when(OpenPoll(poll=1), LI)
    return scene


def person(number: int) -> Actor:
    return actor(f"p{number}", "attendee")


def write(scene: Scene, number: int, text: str, n: int = 1) -> None:
    scene.when(Vote(poll=1, round=1, n=n, choice=(text,)), person(number))


def page(scene: Scene, number: int, audience: Audience = "desk") -> list[str] | None:
    doc = scene.doc(f"answers/1/{number}", audience)
    assert doc is None or isinstance(doc, AnswersDoc)
    return None if doc is None else [each.text for each in doc.said]


def test_answers_stand_on_pages_in_the_order_in_which_they_came() -> None:
    scene = asked()
    for number in range(2 * PAGE + 1):
        write(scene, number, f"text {number}")
    assert page(scene, 0) == [f"text {number}" for number in range(PAGE)]
    assert page(scene, 2) == [f"text {2 * PAGE}"]
    assert page(scene, 3) is None


def test_one_more_answer_changes_only_the_page_on_which_it_stands() -> None:
    scene = asked()
    for number in range(PAGE + 1):
        write(scene, number, f"text {number}")
    more = Voted(poll=1, round=1, n=1, choice=("one more",))
    assert scene.happen(more, "late") == {"tally/1", "split/1", "answers/1/1"}
    same = Voted(poll=1, round=1, n=1, choice=("text 3",))
    assert scene.happen(same, "later") == {"tally/1", "split/1", "answers/1/0"}


def test_an_answer_that_is_changed_leaves_no_gap() -> None:
    scene = asked()
    for number in range(PAGE + 1):
        write(scene, number, f"text {number}")
    write(scene, 0, "another", n=2)
    assert page(scene, 0) == [f"text {number}" for number in range(1, PAGE + 1)]
    assert page(scene, 1) == ["another"]
    write(scene, 1, "another", n=2)
    assert page(scene, 1) is None


def test_the_screen_has_what_was_let_through_once_the_result_is_shown_and_phones_never() -> None:
    scene = asked(moderated=True)
    for number in range(3):
        write(scene, number, f"Text {number}")
    scene.when(JudgeAnswer(poll=1, text="text 1", shown=True), MO)
    assert page(scene, 0) == ["Text 0", "Text 1", "Text 2"]
    assert page(scene, 0, "screen") is None
    scene.when(ShowResults(poll=1, shown=True), MO)
    assert page(scene, 0, "screen") == ["Text 1"]
    assert page(scene, 0, "attendee") is None
    scene.when(ShowResults(poll=1, shown=False), MO)
    assert page(scene, 0, "screen") is None


def test_the_desk_has_the_screen_stay_on_the_page_of_an_answer_and_go_on() -> None:
    scene = asked()
    scene.when(ShowPoll(poll=1, first=40), MO)
    assert scene.state.cues.overlay == PollOverlay(poll=1, first=40)
    scene.when(ShowPoll(poll=1), MO)
    assert scene.state.cues.overlay == PollOverlay(poll=1)
    for wrong in (-1, PAGE * PAGES_MAX):
        assert scene.refused(ShowPoll(poll=1, first=wrong), MO) == "out_of_range"
    scene.when(AddPoll(title="Which?", ballot=COLOURS), LI)
    assert scene.refused(ShowPoll(poll=2, first=0), MO) == "out_of_range", "it has no pages"


def test_another_round_begins_with_an_empty_wall() -> None:
    scene = asked()
    for number in range(PAGE + 1):
        write(scene, number, f"text {number}")
    scene.when(ClosePoll(poll=1), MO)
    scene.when(RerunPoll(poll=1), MO)
    assert page(scene, 0) is None


def test_a_secret_wall_has_pages_too() -> None:
    scene = asked(secret=True)
    write(scene, 1, "one")
    write(scene, 2, "two")
    assert page(scene, 0) == ["one", "two"]


def test_no_frame_grows_with_the_number_of_answers() -> None:
    scene = asked()
    poll = scene.state.polls.polls[1]
    long = "安" * (ANSWER_LIMIT - 4)
    poll.counts.update(dict.fromkeys((f"{number:04}{long}" for number in range(5_000)), 1))
    poll.shown = True
    for key in ("tally/1", "answers/1/0", f"answers/1/{PAGES_MAX - 1}"):
        for audience in ("desk", "screen", "attendee"):
            doc = scene.doc(key, audience)
            assert doc is None or len(protocol.encode(doc)) < FRAME
    assert page(scene, PAGES_MAX - 1) is not None
    assert page(scene, PAGES_MAX) is None
