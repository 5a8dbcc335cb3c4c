"""One broadcast: the features united.

`decide` says which events a command gives, `evolve` applies one, `told` is what only its giver learns of it.
What a feature makes of a command is in `decisions`, of an event in `changes`, what one means for another in
`consequences`, what is known in `known`, who sees what of it in `sight`.
"""

from __future__ import annotations

from collections.abc import Set

from . import (
    attendance,
    changes,
    decisions,
    inquiry,
    known,
    life,
    passing,
    polls,
    questions,
    rundown,
    secret,
    secret_split,
    turns,
    verdicts,
    video,
    viewers,
    votes,
)
from .base import Actor, Rejected, Stamp
from .consequences import follow
from .permits import PERMITS, Command
from .rounds import MyVote

State = known.State
Signal = known.Signal
Event = known.Event
Note = passing.Note
Ephemeral = passing.Ephemeral


def decide(state: State, command: Command, actor: Actor, at: int) -> tuple[Event, ...]:
    """The events that a command gives at `at` (server ms); raises `Rejected`. No event: it is so already."""
    permit(state, type(command), actor)
    events: list[Event] = []
    for each in decisions.take(state, command, actor, at):
        events += (each, *follow(state, each, at))
    return tuple(events)


def signal(state: State, what: Signal, actor: Actor | None, at: int) -> tuple[Event, ...]:
    """The events of what the server itself has noticed at `at`: no role, no refusal."""
    match what:
        case life.Due():
            return _expired(state, at)
        case life.EditSetup():
            return life.decide(state.life, what)
        case rundown.AttachDeck():
            return rundown.decide(state.rundown, what)
        case video.Signal():
            return video.measured(state.video, what, state.life.setup.video)
        case _:
            return attendance.decide(state.attendance, what, actor)


def note(state: State, what: Note) -> set[str]:
    """Take in what only passes; gives the keys of the docs that may look different now."""
    return passing.note(state.ephemeral, what)


def feel(state: State, command: Command, actor: Actor, at: int) -> Set[str]:
    """The same for a command that has been let through; of most commands nothing passes."""
    felt = passing.FELT.get(type(command))
    if felt is None:
        return frozenset()
    state.stirred = True
    return felt(state.ephemeral, command, actor, at)


def fade(state: State, at: int) -> set[str]:
    """Forget what has passed at `at`; gives the keys of the docs that may look different now."""
    state.stirred = True
    return passing.fade(state.ephemeral, at)


def due(state: State) -> int | None:
    """When something happens by itself (server ms), if nobody does anything before.

    All polls and holds are asked, so it is kept until one of them may be another; a vote leaves them alone.
    """
    if state.stirred:
        state.due, state.stirred = _due(state), False
    return state.due


def _due(state: State) -> int | None:
    split = secret_split.due(state.polls, state.ephemeral.groups, ended=state.life.phase == "ended")
    moments = (turns.due(state.polls), split, passing.due(state.ephemeral))
    return min((each for each in moments if each is not None), default=None)


def _expired(state: State, at: int) -> tuple[Event, ...]:
    """What happens to polls by itself until `at`."""
    ended = state.life.phase == "ended"
    split = secret_split.expire(state.polls, state.ephemeral.groups, at, ended=ended)
    return (*split, *turns.expire(state.polls, at, viewers.wait(state.ephemeral.viewers)))


def permit(state: State, kind: type[Command], actor: Actor) -> None:
    """Refuse what the role, the phase or the driver's seat does not allow."""
    rule = PERMITS[kind]
    if actor.role not in rule.roles:
        raise Rejected("not_allowed")
    if state.life.phase not in rule.phases:
        raise Rejected("not_live")
    if rule.driving and state.driver.driver != actor.participant:
        raise Rejected("not_driving")


def evolve(state: State, event: Event, stamp: Stamp) -> Set[str]:
    """Apply an event; gives the keys of the docs that may look different now."""
    if type(event) is votes.Voted:  # nearly all are, and nothing is due sooner or later for one
        return votes.evolve(state.polls, event, stamp)
    state.stirred = True
    return changes.apply(state, event, stamp)


def made(event: Event) -> str | None:
    """The key of the doc that an event brought into being, for `done.made`."""
    if type(event) is polls.PollAdded:
        return f"poll/{event.poll}"
    if type(event) is questions.QuestionAsked:
        return f"question/{event.question}"
    return None


def made_by(command: Command, events: tuple[Event, ...]) -> str | None:
    """What `done.made` says of a command: of a question sent again the same, though it gives no event."""
    if type(command) is questions.Ask:
        return f"question/{questions.question_id(command.key)}"
    for each in events:
        if key := made(each):
            return key
    return None


def told(state: State, command: Command, actor: Actor) -> str | MyVote | None:
    """What only who gave a command is told with `done`."""
    if type(command) is verdicts.ReadVote:
        return verdicts.told(state.polls, command, actor)
    return inquiry.told(state.questions, command)


def unlinked(*events: Event) -> bool:
    """Whether nothing may say who caused these events of one command, nor when to the minute.

    What follows from an anonymous act (the screen that its question leaves) would tell it just as well.
    """
    for event in events:
        if type(event) is votes.Voted:  # as nearly all are
            continue
        if questions.unlinked(event) or type(event) in secret.KINDS:
            return True
    return False
