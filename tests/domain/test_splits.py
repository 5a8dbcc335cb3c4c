"""Splits of named polls: by site, kind of site and unit; what everyone sees of them, and when."""

from __future__ import annotations

import pytest

from live.domain import attendance, broadcast, cues, life
from live.domain.ballots import Ballot, Cloud, Numeric, Ranking, Spotting, Zone
from live.domain.base import Audience, Participant, Setup, Site
from live.domain.groups import By, Group
from live.domain.results import ShowResults
from live.domain.splits import AT_DESK, LEGIBLE, SplitDoc
from live.domain.turns import ClosePoll, RerunPoll
from live.domain.votes import Vote
from tests.domain.scenes import COLOURS, MO, Scene, actor, given, opened, set_up

SITES = (
    Site(id="room", name="Training room", kind="room"),
    Site(id="gate", name="Gatehouse", kind="room"),
    Site(id="home", name="From afar", kind="remote"),
)
UNITS = ("Workshop", "Depot")
OTHERS: tuple[Audience, ...] = ("attendee", "screen")


def held(ballot: Ballot = COLOURS, sites: tuple[Site, ...] = SITES) -> Scene:
    scene = given(*opened(ballot=ballot))
    set_up(scene, Setup(sites=sites, units=UNITS))
    return scene


def comes(scene: Scene, name: str, unit: str, site: str) -> None:
    """Somebody the directory knows, or knows better by now."""
    scene.state.people[name] = Participant(id=name, name=name, role="attendee", unit=unit, site=site)


def votes(scene: Scene, name: str, *choice: int | str, unit: str = "Depot", site: str = "room") -> None:
    comes(scene, name, unit, site)
    scene.when(Vote(poll=1, round=1, n=1, choice=choice), actor(name, "attendee"))


def split(scene: Scene, by: By, audience: Audience = "desk") -> tuple[Group, ...] | None:
    doc = scene.doc("split/1", audience)
    if doc is None:
        return None
    assert isinstance(doc, SplitDoc)
    return next((each.groups for each in doc.splits if each.by == by), None)


def test_the_desk_sees_a_result_by_unit_by_site_and_by_kind_of_site() -> None:
    scene = held()
    votes(scene, "a", 0, unit="Depot", site="home")
    votes(scene, "b", 1, unit="Workshop", site="room")
    votes(scene, "c", 1, unit="Workshop", site="gate")
    assert split(scene, "unit") == (
        Group(name="Workshop", votes=2, counts=(0, 2, 0)),
        Group(name="Depot", votes=1, counts=(1, 0, 0)),
    )
    assert split(scene, "site") == (
        Group(name="Training room", votes=1, counts=(0, 1, 0)),
        Group(name="Gatehouse", votes=1, counts=(0, 1, 0)),
        Group(name="From afar", votes=1, counts=(1, 0, 0)),
    )
    assert split(scene, "kind") == (
        Group(name="room", votes=2, counts=(0, 2, 0)),
        Group(name="remote", votes=1, counts=(1, 0, 0)),
    )


def test_a_split_that_would_be_the_result_again_is_none() -> None:
    scene = held(sites=(SITES[0], SITES[2]))
    votes(scene, "a", 0, site="room")
    assert scene.doc("split/1") is None
    votes(scene, "b", 0, site="home")
    assert split(scene, "site") is not None
    assert split(scene, "kind") is None, "each kind has one site"
    assert split(scene, "unit") is None, "they are all of one unit"


def test_who_belongs_nowhere_comes_last_and_a_unit_that_is_not_on_the_roster_before() -> None:
    scene = held()
    for name, unit in (("a", ""), ("b", "Depot"), ("c", "Another firm")):
        votes(scene, name, 0, unit=unit)
    assert [group.name for group in split(scene, "unit") or ()] == ["Depot", "Another firm", ""]


def test_a_corrected_unit_moves_the_vote() -> None:
    scene = held()
    votes(scene, "a", 0)
    votes(scene, "b", 1, unit="Workshop")
    comes(scene, "b", "Stores", "room")
    scene.notice(life.EditSetup())
    assert [group.name for group in split(scene, "unit") or ()] == ["Depot", "Stores"]


def test_everyone_else_sees_what_was_brought_on_stage_once_the_result_is_shown() -> None:
    scene = held()
    votes(scene, "a", 0)
    votes(scene, "b", 1, unit="Workshop", site="home")
    scene.when(ShowResults(poll=1, shown=True), MO)
    for audience in OTHERS:
        assert scene.doc("split/1", audience) is None
    scene.when(cues.ShowPoll(poll=1, by="unit"), MO)
    assert scene.state.cues.now.overlay == cues.PollOverlay(poll=1, by="unit")
    for audience in OTHERS:
        assert split(scene, "unit", audience) == split(scene, "unit")
        assert split(scene, "site", audience) is None
    scene.when(ShowResults(poll=1, shown=False), MO)
    assert scene.doc("split/1", "attendee") is None
    assert scene.doc("split/1", "desk") is not None


def test_a_new_round_begins_without_groups() -> None:
    scene = held()
    votes(scene, "a", 0)
    votes(scene, "b", 1, unit="Workshop")
    scene.when(ClosePoll(poll=1), MO)
    scene.when(RerunPoll(poll=1), MO)
    assert scene.doc("split/1") is None


def test_a_screen_shows_twelve_groups_and_the_desk_more_with_the_smallest_put_together() -> None:
    scene = held()
    scene.when(cues.ShowPoll(poll=1, by="unit"), MO)
    scene.when(ShowResults(poll=1, shown=True), MO)
    for number in range(AT_DESK + 5):
        for each in range(2 if number < 20 else 1):
            votes(scene, f"{number}/{each}", each, unit=f"Unit {number:02}")
    shown, desk = split(scene, "unit", "screen") or (), split(scene, "unit") or ()
    assert len(shown) == LEGIBLE
    assert len(desk) == AT_DESK
    assert (shown[-1].name, shown[-1].rest) == ("", AT_DESK + 5 - LEGIBLE + 1)
    assert sum(group.votes for group in shown) == sum(group.votes for group in desk) == AT_DESK + 25
    assert all(group.votes == 2 for group in shown[:-1])


@pytest.mark.parametrize(
    ("ballot", "choice", "counts", "median"),
    [
        (Numeric(min=0, max=9), ("4",), (), "4"),
        (Ranking(options=("A", "B", "C")), (2, 0, 1), (0, 0, 1), None),
        (Spotting(slide="s", max=1, zones=(Zone(name="Z", points=(0, 0, 9, 9)),)), (5, 5), (1,), None),
    ],
)
def test_of_a_group_there_are_its_options_or_its_median(
    ballot: Ballot, choice: tuple[int | str, ...], counts: tuple[int, ...], median: str | None
) -> None:
    scene = held(ballot)
    votes(scene, "a", *choice)
    votes(scene, "b", *choice, unit="Workshop")
    for group in split(scene, "unit") or ():
        assert (group.counts, group.median) == (counts, median)


def test_what_was_said_in_words_is_not_split() -> None:
    scene = held(Cloud())
    votes(scene, "a", "fork")
    votes(scene, "b", "fire", unit="Workshop")
    assert scene.doc("split/1") is None
    assert scene.refused(cues.ShowPoll(poll=1, by="unit"), MO) == "not_split"


def test_somebody_the_directory_does_not_know_belongs_nowhere() -> None:
    scene = held()
    votes(scene, "a", 0)
    votes(scene, "b", 1)
    del scene.state.people["b"]
    scene.changed(broadcast.evolve(scene.state, life.SetupEdited(), scene.log[-1][1]))
    assert split(scene, "unit") == (
        Group(name="Depot", votes=1, counts=(1, 0, 0)),
        Group(name="", votes=1, counts=(0, 1, 0)),
    )


def test_a_former_round_keeps_its_groups_for_the_desk_alone_and_knows_corrected_units() -> None:
    scene = held()
    votes(scene, "a", 0, unit="Depot")
    votes(scene, "b", 1, unit="Workshop")
    scene.when(ClosePoll(poll=1), MO)
    scene.when(RerunPoll(poll=1), MO)
    assert split(scene, "unit") is None
    comes(scene, "a", "Office", "room")
    scene.notice(attendance.Rename(participant="a"))
    former = scene.doc("split/1/1")
    assert isinstance(former, SplitDoc)
    assert [group.name for each in former.splits if each.by == "unit" for group in each.groups] == [
        "Workshop",
        "Office",
    ]
    assert all(scene.doc("split/1/1", audience) is None for audience in OTHERS)


def test_words_of_a_former_round_are_not_split_either() -> None:
    scene = held(Cloud())
    votes(scene, "a", "fork")
    scene.when(ClosePoll(poll=1), MO)
    scene.when(RerunPoll(poll=1), MO)
    assert scene.doc("split/1/1") is None
