"""All that is known of one broadcast, and what may happen in it: the features' own, united.

`broadcast` decides and applies with these, `sight` draws with them. No rule stands here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from . import (
    answers,
    attendance,
    cues,
    driver,
    inquiry,
    life,
    notices,
    passing,
    polls,
    questions,
    reactions,
    results,
    rounds,
    rundown,
    scores,
    secret_split,
    splits,
    turns,
    video,
    viewers,
    votes,
)
from .base import Participant

Signal = life.EditSetup | life.Due | rundown.AttachDeck | attendance.Signal | video.Signal
Event = (
    life.Event
    | cues.Event
    | driver.Event
    | rundown.Event
    | polls.Event
    | turns.Event
    | results.Event
    | votes.Event
    | secret_split.Event
    | inquiry.Event
    | notices.Event
    | reactions.Event
    | video.Event
    | attendance.Event
)
Doc = (
    life.Doc
    | cues.Doc
    | driver.Doc
    | rundown.Doc
    | polls.Doc
    | votes.Doc
    | splits.Doc
    | answers.Doc
    | scores.Doc
    | inquiry.Doc
    | notices.Doc
    | reactions.Doc
    | attendance.Doc
    | video.Doc
    | viewers.Doc
)


@dataclass
class State:
    """All that is known. `people` and `life.setup` are the directory's; the log has all but `ephemeral`.

    `due`: the next moment at which something happens by itself, unless all has been `stirred` since.
    """

    people: dict[str, Participant] = field(default_factory=dict)
    life: life.State = field(default_factory=life.State)
    cues: cues.State = field(default_factory=cues.State)
    driver: driver.State = field(default_factory=driver.State)
    rundown: rundown.State = field(default_factory=rundown.State)
    polls: rounds.State = field(default_factory=rounds.State)
    notices: notices.State = field(default_factory=notices.State)
    video: video.State = field(default_factory=video.State)
    reactions: reactions.State = field(default_factory=reactions.State)
    ephemeral: passing.Ephemeral = field(default_factory=passing.Ephemeral)
    due: int | None = None
    stirred: bool = True
    questions: questions.State = field(init=False)
    attendance: attendance.State = field(init=False)

    def __post_init__(self) -> None:
        self.questions = questions.State(people=self.people)
        self.attendance = attendance.State(people=self.people)
