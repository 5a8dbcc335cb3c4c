"""The split of a secret poll: promised before it opens, known to nobody meanwhile, written once for good."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from live.domain import broadcast, cues, life
from live.domain.ballots import Multiple, Numeric, Wall
from live.domain.base import Participant, Setup
from live.domain.groups import By, Group
from live.domain.passing import Ephemeral
from live.domain.polls import AddPoll
from live.domain.results import ResultsShown, ShowResults
from live.domain.rounds import MISTAKE_MS
from live.domain.secret import BallotCast, VoterTicked
from live.domain.secret_split import LEAST, UNDO_MS, SplitCounted
from live.domain.splits import Split, SplitDoc
from live.domain.turns import ClosePoll, OpenPoll, PollReopened, ReopenPoll, RerunPoll
from live.domain.viewers import Watch
from live.domain.votes import Vote
from tests.domain.scenes import COLOURS, LI, MO, Scene, actor, given, set_up

UNITS = ("Workshop", "Depot", "Stores", "Office")


def asked(split: By | None = "unit") -> Scene:
    scene = given(life.Started())
    set_up(scene, Setup(units=UNITS))
    scene.when(AddPoll(title="Which?", ballot=COLOURS, secret=True, split=split), MO)
    scene.when(OpenPoll(poll=1), MO)
    return scene


def vote(scene: Scene, unit: str, people: int, option: int = 0, number: int = 1) -> None:
    """So many people of a unit vote; in another round the same ones."""
    for one in range(people):
        name = f"{unit}/{option}/{one}"
        scene.state.people[name] = Participant(id=name, name=name, role="attendee", unit=unit)
        scene.when(Vote(poll=1, round=number, n=1, choice=(option,)), actor(name, "attendee"))


def pass_by(scene: Scene, ms: int = UNDO_MS) -> tuple[broadcast.Event, ...]:
    """Time goes on; what has become due by then."""
    scene.now += ms
    return scene.notice(life.Due())


def over(scene: Scene) -> SplitCounted | None:
    """The round is closed and shown; what is written of it."""
    scene.when(ClosePoll(poll=1), MO)
    scene.when(ShowResults(poll=1, shown=True), MO)
    return next((each for each in pass_by(scene) if isinstance(each, SplitCounted)), None)


def known(scene: Scene) -> SplitDoc | None:
    doc = scene.doc("split/1")
    assert doc is None or isinstance(doc, SplitDoc)
    return doc


def test_a_round_that_is_over_is_written_by_unit_and_shown_to_the_desk() -> None:
    scene = asked()
    vote(scene, "Workshop", 5, option=1)
    vote(scene, "Depot", 6)
    groups = Group(name="Depot", votes=6, counts=(6, 0, 0)), Group(name="Workshop", votes=5, counts=(0, 5, 0))
    assert known(scene) is None
    assert over(scene) == SplitCounted(poll=1, round=1, by="unit", groups=groups)
    assert known(scene) == SplitDoc(round=1, splits=(Split(by="unit", groups=groups[::-1]),))
    assert scene.doc("split/1", "attendee") is None
    scene.when(cues.ShowPoll(poll=1, by="unit"), MO)
    assert scene.doc("split/1", "attendee") == known(scene)
    assert scene.folded().polls.polls[1].split == groups, "a server that starts again knows it from the log"


def test_nothing_is_written_while_a_vote_may_follow() -> None:
    scene = asked()
    scene.passing(Watch(connection="x", rung="playlist", behind_ms=20_000))
    vote(scene, "Depot", 6)
    assert not pass_by(scene)
    scene.when(ClosePoll(poll=1), MO)
    scene.when(ShowResults(poll=1, shown=True), MO)
    assert not pass_by(scene, UNDO_MS), "those who are behind still vote"
    assert broadcast.due(scene.state) == scene.state.polls.polls[1].until
    until = scene.state.polls.polls[1].until
    assert pass_by(scene, 20_000) == (ResultsShown(poll=1, shown=True, since=until),)
    assert isinstance(pass_by(scene, 0)[0], SplitCounted)
    assert not pass_by(scene, 20_000), "and only once"


def test_it_is_not_written_while_a_close_can_still_be_undone() -> None:
    scene = asked()
    vote(scene, "Depot", 6)
    scene.when(ClosePoll(poll=1), MO)
    assert not pass_by(scene)
    scene.when(ReopenPoll(poll=1), MO)
    assert not pass_by(scene)
    vote(scene, "Depot", 1, option=2)
    counted = over(scene)
    assert counted is not None
    assert counted.groups == (Group(name="Depot", votes=7, counts=(6, 0, 1)),)


def test_after_it_is_written_nobody_can_come_who_would_be_the_difference() -> None:
    scene = asked()
    vote(scene, "Depot", 6)
    over(scene)
    assert scene.refused(ReopenPoll(poll=1), MO) == "round_over"
    scene.when(RerunPoll(poll=1), MO)
    assert known(scene) is None
    vote(scene, "Depot", 7, number=2)
    assert over(scene) == SplitCounted(
        poll=1, round=2, by="unit", groups=(Group(name="Depot", votes=7, counts=(7, 0, 0)),)
    )


def test_a_result_that_nobody_shows_is_written_when_another_round_follows_or_at_the_end() -> None:
    scene = asked()
    vote(scene, "Depot", 6)
    scene.when(ClosePoll(poll=1), MO)
    assert not pass_by(scene)
    events = scene.when(RerunPoll(poll=1), MO)
    assert [each.round for each in events if isinstance(each, SplitCounted)] == [1]
    former = scene.doc("split/1/1")
    assert isinstance(former, SplitDoc)
    assert [(group.name, group.votes) for group in former.splits[0].groups] == [("Depot", 6)]
    vote(scene, "Depot", 5, number=2)
    scene.when(ClosePoll(poll=1), MO)
    assert not pass_by(scene)
    scene.when(life.End(), LI)
    assert [each.round for each in pass_by(scene, 0) if isinstance(each, SplitCounted)] == [2]


def test_an_end_by_mistake_leaves_a_minute_before_the_split_makes_the_round_final() -> None:
    scene = asked()
    vote(scene, "Depot", 6)
    scene.when(life.End(), LI)
    assert not pass_by(scene)
    assert PollReopened(poll=1) in scene.when(life.Start(), LI)
    scene.when(life.End(), LI)
    assert [each.round for each in pass_by(scene, MISTAKE_MS) if isinstance(each, SplitCounted)] == [1]


def test_the_rest_is_five_people_or_takes_the_smallest_of_the_others_in() -> None:
    scene = asked()
    for unit, people in (("Workshop", 7), ("Depot", 6), ("Stores", 3), ("Office", 1)):
        vote(scene, unit, people)
    counted = over(scene)
    assert counted is not None
    assert [(group.name, group.votes, group.rest) for group in counted.groups] == [
        ("Workshop", 7, 0),
        ("", 10, 3),
    ]


def test_where_all_groups_are_small_there_is_none() -> None:
    scene = asked()
    for unit in UNITS:
        vote(scene, unit, 4)
    assert over(scene) == SplitCounted(poll=1, round=1, by="unit")
    assert known(scene) == SplitDoc(round=1, splits=(Split(by="unit"),))


def test_a_server_that_has_started_again_does_not_split_and_says_so() -> None:
    scene = asked()
    vote(scene, "Depot", 6)
    scene.state.ephemeral = Ephemeral()
    vote(scene, "Workshop", 6)
    scene.changed({"split/1"})
    assert known(scene) == SplitDoc(round=1, lost=True)
    assert scene.doc("split/1", "screen") is None
    assert over(scene) is None
    scene.when(RerunPoll(poll=1), MO)
    vote(scene, "Depot", 6, number=2)
    assert over(scene) is not None, "the next round is whole"


def test_a_secret_poll_is_split_by_nothing_but_what_it_promised() -> None:
    scene = asked("site")
    assert scene.refused(cues.ShowPoll(poll=1, by="unit"), MO) == "not_split"
    scene.when(cues.ShowPoll(poll=1, by="site"), MO)
    scene = asked(None)
    vote(scene, "Depot", 6)
    assert over(scene) is None
    assert known(scene) is None
    assert scene.refused(cues.ShowPoll(poll=1, by="unit"), MO) == "not_split"


def test_only_a_secret_poll_of_options_or_numbers_promises_a_split() -> None:
    scene = asked()
    for poll in (
        AddPoll(title="?", ballot=COLOURS, split="unit"),
        AddPoll(title="?", ballot=Wall(), secret=True, split="unit"),
    ):
        assert scene.refused(poll, MO) == "bad_ballot"
    scene.when(AddPoll(title="?", ballot=Numeric(min=0, max=9), secret=True, split="kind"), MO)


def test_what_a_voter_is_counted_in_is_known_when_they_vote() -> None:
    scene = asked()
    vote(scene, "Depot", 5)
    for name, person in list(scene.state.people.items()):
        if person.unit == "Depot":
            scene.state.people[name] = Participant(id=name, name=name, role="attendee", unit="Office")
    counted = over(scene)
    assert counted is not None
    assert [group.name for group in counted.groups] == ["Depot"]


def test_one_who_chooses_two_is_one_of_a_group() -> None:
    scene = given(life.Started())
    ballot = Multiple(options=("A", "B", "C"), max=2)
    scene.when(AddPoll(title="?", ballot=ballot, secret=True, split="unit"), MO)
    scene.when(OpenPoll(poll=1), MO)
    for one in range(LEAST):
        scene.when(Vote(poll=1, round=1, n=1, choice=(0, 2)), actor(f"{one}", "attendee"))
    assert over(scene) == SplitCounted(
        poll=1, round=1, by="unit", groups=(Group(name="", votes=5, counts=(5, 0, 5)),)
    )


@drawn(st.lists(st.tuples(st.sampled_from(UNITS), st.integers(0, 2)), max_size=40))
def test_no_group_has_fewer_than_five_and_none_is_missing(voters: list[tuple[str, int]]) -> None:
    scene = asked()
    for at, (unit, option) in enumerate(voters):
        event = BallotCast(poll=1, round=1, choice=(option,), group=unit)
        for each in (event, VoterTicked(poll=1, round=1, voter=str(at))):
            broadcast.evolve(scene.state, each, scene.log[-1][1])
    scene.when(ClosePoll(poll=1), MO)
    scene.when(life.End(), LI)
    (counted,) = pass_by(scene) or (None,)
    if not isinstance(counted, SplitCounted):
        assert not voters
        return
    assert all(group.votes >= LEAST for group in counted.groups)
    if counted.groups:
        assert sum(group.votes for group in counted.groups) == len(voters)
        options = Counter(option for _, option in voters)
        sums = [sum(group.counts[option] for group in counted.groups) for option in range(3)]
        assert sums == [options[option] for option in range(3)]
    else:
        people = Counter(unit for unit, _ in voters).values()
        assert sum(each >= LEAST for each in people) <= 1


@pytest.mark.parametrize("by", ["kind", "site", "unit"])
def test_whoever_is_nowhere_is_counted_together(by: By) -> None:
    scene = asked(by)
    for one in range(6):
        scene.when(Vote(poll=1, round=1, n=1, choice=(0,)), actor(f"guest {one}", "attendee"))
    counted = over(scene)
    assert counted is not None
    assert counted.groups == (Group(name="", votes=6, counts=(6, 0, 0)),)
