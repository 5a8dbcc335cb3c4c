"""Scores: who has earned how many points in the quiz questions that are closed, and how units have done.

Reckoned from the votes whenever it is looked at, never kept. The desk always sees it, everyone else once it
has been brought on stage. A secret poll gives no points, because nobody may know who voted what.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from .base import Audience, Participant, Struct
from .rounds import Poll, State

BEST = 10  # people: as many as a screen shows in type for 20 m
UNIT_MIN = 5  # people: of fewer an average tells of one of them


class Score(Struct):
    """Of equal points the place is the same."""

    place: int
    name: str
    points: int
    unit: str = ""


class UnitScore(Struct):
    """`average` of its people who answered any question."""

    unit: str
    people: int
    average: float


class ScoresDoc(Struct):
    """`scores`: the best, the units from five people on, and what `possible` points there were."""

    questions: int
    possible: int
    people: int
    best: tuple[Score, ...] = ()
    units: tuple[UnitScore, ...] = ()


Doc = ScoresDoc


def keys(_state: State) -> Iterator[str]:
    yield "scores"


def dirtied(state: State, number: int) -> set[str]:
    """What looks different when the votes or the state of a poll do."""
    poll = state.polls.get(number)  # none while secret votes are folded, before the log
    return {"scores"} if poll is not None and poll.rules.quiz is not None else set()


def view(state: State, people: Mapping[str, Participant], audience: Audience, *, shown: bool) -> Doc | None:
    """None while there is no question, or for others than the desk while it has not been `shown`."""
    asked = [poll for poll in state.polls.values() if counts(poll)]
    if not asked or not (shown or audience == "desk"):
        return None
    points = earned(asked)
    return ScoresDoc(
        questions=len(asked),
        possible=sum(poll.rules.quiz.points for poll in asked if poll.rules.quiz),
        people=len(points),
        best=tuple(_best(points, people)),
        units=tuple(_units(points, people)),
    )


def counts(poll: Poll) -> bool:
    """Whether a poll gives points: a question that is closed, by name."""
    return poll.rules.quiz is not None and poll.state == "closed" and not poll.rules.secret


def earned(asked: list[Poll]) -> dict[str, int]:
    """Points by participant, of everyone who answered anything."""
    points: dict[str, int] = {}
    for poll in asked:
        if (quiz := poll.rules.quiz) is None:
            continue
        for participant, vote in poll.votes.items():
            points[participant] = points.get(participant, 0) + quiz.earned(poll.ballot, vote.choice)
    return points


def _best(points: Mapping[str, int], people: Mapping[str, Participant]) -> Iterator[Score]:
    """In the order of points, then of names: the same for everyone who looks."""
    ranked = sorted(points.items(), key=lambda each: (-each[1], _name(people, each[0]), each[0]))
    place, before = 0, -1
    for at, (participant, total) in enumerate(ranked[:BEST], start=1):
        place, before = (place, before) if total == before else (at, total)
        person = people.get(participant)
        unit = person.unit if person else ""
        yield Score(place=place, name=_name(people, participant), points=total, unit=unit)


def _units(points: Mapping[str, int], people: Mapping[str, Participant]) -> Iterator[UnitScore]:
    grouped: dict[str, list[int]] = {}
    for participant, total in points.items():
        if person := people.get(participant):
            grouped.setdefault(person.unit, []).append(total)
    large = [(unit, each) for unit, each in grouped.items() if unit and len(each) >= UNIT_MIN]
    for unit, each in sorted(large, key=lambda group: (-sum(group[1]) / len(group[1]), group[0])):
        yield UnitScore(unit=unit, people=len(each), average=round(sum(each) / len(each), 1))


def _name(people: Mapping[str, Participant], participant: str) -> str:
    person = people.get(participant)
    return person.name if person else ""
