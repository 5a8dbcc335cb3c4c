"""Polls: drafted, changed, put away and brought back; and the doc of each.

What a poll holds is `rounds`; opening and closing it is `turns`, voting `votes`, who sees its results
`results`. Which choices are valid is the ballot's (`ballots`); that a poll is on stage is a cue (`cues`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .ballots import Ballot
from .base import TITLE_LIMIT, Audience, Rejected, Struct, clean
from .results import dirtied
from .rounds import Poll, PollState, PollTurn, Rules, State


class AddPoll(Rules, kw_only=True, tag="add_poll", tag_field="do"):
    """Make a poll; `done.made` gives its key."""

    title: str
    ballot: Ballot


class EditPoll(Rules, kw_only=True, tag="edit_poll", tag_field="do"):
    """Change a draft."""

    poll: int
    title: str
    ballot: Ballot


class RemovePoll(Struct, tag="remove_poll", tag_field="do"):
    """Put a draft away; `restore_poll` brings it back."""

    poll: int


class RestorePoll(Struct, tag="restore_poll", tag_field="do"):
    poll: int


Command = AddPoll | EditPoll | RemovePoll | RestorePoll


class PollAdded(Rules, kw_only=True, tag="poll_added", tag_field="type"):
    poll: int
    title: str
    ballot: Ballot


class PollEdited(Rules, kw_only=True, tag="poll_edited", tag_field="type"):
    poll: int
    title: str
    ballot: Ballot


class PollRemoved(Struct, tag="poll_removed", tag_field="type"):
    poll: int


class PollRestored(Struct, tag="poll_restored", tag_field="type"):
    poll: int


Event = PollAdded | PollEdited | PollRemoved | PollRestored


class PollDoc(Rules, kw_only=True):
    """`poll/<n>`: times in ms; `removed` only on drafts that were put away.

    `turns` is the life of the poll, for pages that follow a clock of their own; the rest is how it stands
    now. `promised`: the result is shown by itself when those who are behind have voted, after `until`.
    `final`: the result of a secret round is known, so it cannot be reopened.
    `veiled` are the fields of the ballot that go with what is right: a page with a clock of its own draws
    neither before a turn that is `told`.
    """

    title: str
    ballot: Ballot
    state: PollState
    round: int
    shown: bool
    turns: tuple[PollTurn, ...] = ()
    opened_at: int | None = None
    closes_at: int | None = None
    closed_at: int | None = None
    until: int | None = None
    promised: bool = False
    final: bool = False
    veiled: tuple[str, ...] = ()
    removed: bool = False


Doc = PollDoc


def decide(state: State, command: Command) -> tuple[Event, ...]:
    match command:
        case AddPoll():
            number = len(state.polls) + 1
            return (PollAdded(poll=number, **_drafted(state, command, number)),)
        case EditPoll():
            _draft(state, command.poll)
            return (PollEdited(poll=command.poll, **_drafted(state, command, command.poll)),)
        case RemovePoll():
            return () if _draft(state, command.poll).removed else (PollRemoved(poll=command.poll),)
        case RestorePoll():
            return (PollRestored(poll=command.poll),) if _draft(state, command.poll).removed else ()


def _drafted(state: State, command: AddPoll | EditPoll, number: int) -> dict[str, Any]:
    title, ballot = clean(command.title, TITLE_LIMIT), command.ballot.cleaned()
    if command.repeats is not None and (
        command.repeats == number or state.kept(command.repeats).ballot != ballot
    ):
        raise Rejected("bad_ballot")
    if any(each.rules.repeats == number and each.ballot != ballot for each in state.polls.values()):
        raise Rejected("bad_ballot")  # the two could not be compared any more
    if command.split is not None and not (command.secret and ballot.divisible()):
        raise Rejected("bad_ballot")  # a named poll can be split in any way, at any time
    if command.secret and command.results == "live":
        raise Rejected("bad_ballot")  # each vote would be seen to come in
    quiz = command.quiz.cleaned(ballot) if command.quiz else None
    return {**command.ruled(), "title": title, "ballot": ballot, "quiz": quiz}


def _draft(state: State, number: int) -> Poll:
    poll = state.find(number)
    if poll.state != "draft":
        raise Rejected("poll_not_draft")
    return poll


def evolve(state: State, event: Event) -> set[str]:
    if isinstance(event, PollAdded):
        state.polls[event.poll] = Poll(title=event.title, ballot=event.ballot, rules=Rules(**event.ruled()))
        state.relate()
        return dirtied(event.poll)
    poll = state.polls[event.poll]
    match event:
        case PollEdited():
            poll.title, poll.ballot, poll.rules = event.title, event.ballot, Rules(**event.ruled())
            state.relate()
        case PollRemoved():
            poll.removed = True
        case PollRestored():
            poll.removed = False
    return dirtied(event.poll)


def keys(state: State) -> Iterator[str]:
    yield from (f"poll/{number}" for number in state.polls)


def view(state: State, key: str, audience: Audience) -> Doc | None:
    poll = state.polls[int(key.partition("/")[2])]
    if audience != "desk" and poll.state == "draft":
        return None
    quiz, desk = poll.rules.quiz, audience == "desk"
    rules = {**poll.rules.ruled(), "quiz": quiz.public(shown=desk or poll.told) if quiz else None}
    return PollDoc(
        title=poll.title,
        ballot=poll.ballot if desk else poll.ballot.public(shown=poll.told),
        state=poll.state,
        round=poll.round,
        shown=poll.shown,
        turns=tuple(poll.turns),
        opened_at=poll.opened_at,
        closes_at=poll.closes_at,
        closed_at=poll.closed_at,
        until=poll.until if poll.until != poll.closed_at else None,
        promised=poll.promised,
        final=poll.final,
        veiled=poll.ballot.veiled,
        removed=poll.removed,
        **rules,
    )
