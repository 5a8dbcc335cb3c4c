"""One broadcast: the features united.

`decide` says which events a command gives, `evolve` applies one, `told` is what only its giver learns of it.
What one feature means for another is in `consequences`, what is known in `known`, who sees what of it
in `sight`.
"""

from __future__ import annotations

from collections.abc import Set

from . import (
    answers,
    attendance,
    cues,
    driver,
    inquiry,
    known,
    life,
    notices,
    passing,
    polls,
    questions,
    reactions,
    results,
    rundown,
    scores,
    secret,
    secret_split,
    splits,
    turns,
    verdicts,
    video,
    viewers,
    votes,
)
from .base import DESK, Actor, Rejected, Stamp
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
    for each in _decide(state, command, actor, at):
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


def due(state: State) -> int | None:
    """When something happens by itself (server ms), if nobody does anything before."""
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


def _decide(state: State, command: Command, actor: Actor, at: int) -> tuple[Event, ...]:
    if isinstance(command, votes.Command):
        return votes.decide(state.polls, command, actor, at, state.people, state.life.setup)
    if isinstance(command, verdicts.ReadVote):
        return verdicts.decide(state.polls, command)
    if isinstance(command, inquiry.Command):
        slide, words = state.cues.now.slide, state.life.setup.words
        return inquiry.decide(state.questions, command, actor, slide, words)
    if isinstance(command, polls.Command):
        return polls.decide(state.polls, command)
    if isinstance(command, turns.Command):
        return turns.decide(state.polls, command, at, viewers.wait(state.ephemeral.viewers))
    if isinstance(command, results.Command):
        return results.decide(state.polls, command, at)
    if isinstance(command, cues.Command):
        return _on_stage(state, command)
    if isinstance(command, driver.Command):
        return driver.decide(state.driver, command, actor, here=_desk_here(state))
    if isinstance(command, notices.Command):
        return notices.decide(state.notices, command, state.life.setup)
    if isinstance(command, reactions.Command):
        return reactions.decide(state.reactions, command)
    if isinstance(command, video.Command):
        return video.decide(state.video, command, state.life.setup.video, state.ephemeral.video, at)
    if isinstance(command, life.Command):
        return life.decide(state.life, command)
    if isinstance(command, rundown.Place) and isinstance(command.item, rundown.PollItem):
        state.polls.kept(command.item.poll)
    return rundown.decide(state.rundown, command)


def _on_stage(state: State, command: cues.Command) -> tuple[Event, ...]:
    match command:
        case cues.Goto():
            item = state.rundown.find(command.item)
            if isinstance(item, rundown.PollItem):
                state.polls.kept(item.poll)
            return cues.bring(state.cues, item)
        case cues.Blank():
            return cues.over(state.cues, cues.BlankOverlay() if command.on else _uncovered(state))
        case cues.ShowPoll():
            splits.check(state.polls.kept(command.poll), command.by, command.first)
            return cues.over(state.cues, command.overlay)
        case cues.ShowScores():
            return cues.over(state.cues, cues.ScoresOverlay())
        case cues.ClearOverlay():
            return cues.over(state.cues, None)


def _uncovered(state: State) -> cues.Overlay | None:
    """What comes back after a blank; a question that has left the screen meanwhile does not."""
    under = state.cues.overlay
    gone = isinstance(under, cues.QuestionOverlay) and under.question != state.questions.on_screen
    return None if gone else under


def _desk_here(state: State) -> set[str]:
    people = state.people
    return {each for each in state.attendance.here if each in people and people[each].role in DESK}


def evolve(state: State, event: Event, stamp: Stamp) -> Set[str]:
    """Apply an event; gives the keys of the docs that may look different now."""
    if type(event) is votes.Voted or isinstance(event, votes.Event):  # nearly all are the first
        if isinstance(event, secret.BallotCast):
            secret_split.note(state.ephemeral.groups, event)
        return votes.evolve(state.polls, event, stamp)
    if isinstance(event, inquiry.Event):
        return inquiry.evolve(state.questions, state.ephemeral.questions, event, stamp, state.cues.now.slide)
    if isinstance(event, polls.Event):
        return polls.evolve(state.polls, event) | scores.dirtied(state.polls, event.poll)
    if isinstance(event, turns.Event):
        dirty = turns.evolve(state.polls, event, stamp)
        if isinstance(event, turns.PollOpened):
            dirty |= rundown.reveal(state.rundown, state.polls.polls[event.poll].ballot.pictured())
        return dirty.union(scores.dirtied(state.polls, event.poll), answers.dirtied(state.polls, event.poll))
    if isinstance(event, results.Event):
        return results.evolve(state.polls, event, stamp).union(answers.dirtied(state.polls, event.poll))
    if isinstance(event, secret_split.Event):
        return secret_split.evolve(state.polls, event)
    if isinstance(event, cues.Event):
        dirty = cues.evolve(state.cues, event, stamp) | {"scores"}
        return dirty | rundown.visit(state.rundown, event.item, event.slide)
    if isinstance(event, driver.Event):
        return driver.evolve(state.driver, event)
    if isinstance(event, rundown.Event):
        return rundown.evolve(state.rundown, event)
    if isinstance(event, notices.Event):
        return notices.evolve(state.notices, event, stamp)
    if isinstance(event, reactions.Event):
        return reactions.evolve(state.reactions, state.ephemeral.mood, event)
    if isinstance(event, video.Event):
        return video.evolve(state.video, event, stamp)
    if isinstance(event, life.Event):
        dirty = life.evolve(state.life, event, stamp) | {"video", "watch", *splits.keys(state.polls)}
        return dirty | attendance.begin(state.attendance) if isinstance(event, life.Started) else dirty
    return _attend(state, event, stamp)


def _attend(state: State, event: attendance.Event, stamp: Stamp) -> set[str]:
    left = event.connection if isinstance(event, attendance.Left) else ""
    who = state.attendance.connections.get(left)
    dirty = attendance.evolve(state.attendance, event, stamp)
    if left:
        gone = None if who in state.attendance.here else who
        dirty |= passing.leave(state.ephemeral, left, gone)
    if isinstance(event, attendance.Renamed):
        dirty |= {"scores", *splits.keys(state.polls)}  # a unit or a site was corrected, perhaps
        dirty |= {f"question/{each}" for each in questions.mine(state.questions, event.participant)[1]}
    return dirty


def made(event: Event) -> str | None:
    """The key of the doc that an event brought into being, for `done.made`."""
    if type(event) is polls.PollAdded:  # nearly none is, and `isinstance` is slow to say no
        return f"poll/{event.poll}"
    if type(event) is questions.QuestionAsked:
        return f"question/{event.question}"
    return None


def made_by(command: Command, events: tuple[Event, ...]) -> str | None:
    """What `done.made` says of a command: of a question sent again the same, though it gives no event."""
    if isinstance(command, questions.Ask):
        return f"question/{questions.question_id(command.key)}"
    for each in events:
        if key := made(each):
            return key
    return None


def told(state: State, command: Command, actor: Actor) -> str | MyVote | None:
    """What only who gave a command is told with `done`."""
    if isinstance(command, verdicts.ReadVote):
        return verdicts.told(state.polls, command, actor)
    return inquiry.told(state.questions, command)


def unlinked(*events: Event) -> bool:
    """Whether nothing may say who caused these events of one command, nor when to the minute.

    What follows from an anonymous act (the screen that its question leaves) would tell it just as well.
    """
    for event in events:  # noqa: SIM110  a third of the cost, for each vote
        if questions.unlinked(event) or isinstance(event, secret.Event):
            return True
    return False
