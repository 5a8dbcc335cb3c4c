"""Polls: drafted, opened for a round, closed, run again, their results shown or hidden.

Former rounds are kept. What a poll holds is `rounds`, voting is `votes`, which choices are valid is the
ballot's (`ballots`); that a poll is on stage is a cue (`cues`).
"""

from __future__ import annotations

from collections.abc import Iterator

from .ballots import Ballot, folded
from .base import TITLE_LIMIT, Audience, Rejected, Stamp, Struct, clean
from .rounds import Poll, PollState, State


class AddPoll(Struct, tag="add_poll", tag_field="do"):
    """Make a poll; `done.made` gives its key."""

    title: str
    ballot: Ballot


class EditPoll(Struct, tag="edit_poll", tag_field="do"):
    """Change a draft."""

    poll: int
    title: str
    ballot: Ballot


class RemovePoll(Struct, tag="remove_poll", tag_field="do"):
    """Put a draft away; `restore_poll` brings it back."""

    poll: int


class RestorePoll(Struct, tag="restore_poll", tag_field="do"):
    poll: int


class OpenPoll(Struct, tag="open_poll", tag_field="do"):
    """Open a draft for its first round; it goes on stage."""

    poll: int


class ClosePoll(Struct, tag="close_poll", tag_field="do"):
    poll: int


class ReopenPoll(Struct, tag="reopen_poll", tag_field="do"):
    """Undo a close: the same round goes on and keeps its votes."""

    poll: int


class RerunPoll(Struct, tag="rerun_poll", tag_field="do"):
    """Open a closed poll for a new round; the former rounds are kept."""

    poll: int


class ShowResults(Struct, tag="show_results", tag_field="do"):
    """Show or hide the counts to everyone."""

    poll: int
    shown: bool


class JudgeAnswer(Struct, tag="judge_answer", tag_field="do"):
    """Let what voters wrote be seen by everyone, or take it away: a word of a cloud, a text of a wall."""

    poll: int
    text: str
    shown: bool


Command = (
    AddPoll
    | EditPoll
    | RemovePoll
    | RestorePoll
    | OpenPoll
    | ClosePoll
    | ReopenPoll
    | RerunPoll
    | ShowResults
    | JudgeAnswer
)


class PollAdded(Struct, tag="poll_added", tag_field="type"):
    poll: int
    title: str
    ballot: Ballot


class PollEdited(Struct, tag="poll_edited", tag_field="type"):
    poll: int
    title: str
    ballot: Ballot


class PollRemoved(Struct, tag="poll_removed", tag_field="type"):
    poll: int


class PollRestored(Struct, tag="poll_restored", tag_field="type"):
    poll: int


class PollOpened(Struct, tag="poll_opened", tag_field="type"):
    poll: int
    round: int


class PollClosed(Struct, tag="poll_closed", tag_field="type"):
    poll: int


class PollReopened(Struct, tag="poll_reopened", tag_field="type"):
    poll: int


class ResultsShown(Struct, tag="results_shown", tag_field="type"):
    poll: int
    shown: bool


class AnswerJudged(Struct, tag="answer_judged", tag_field="type"):
    """`text` is as it is compared, not as it is shown."""

    poll: int
    text: str
    shown: bool


Event = (
    PollAdded
    | PollEdited
    | PollRemoved
    | PollRestored
    | PollOpened
    | PollClosed
    | PollReopened
    | ResultsShown
    | AnswerJudged
)


class PollDoc(Struct):
    """`poll/<n>`: times in ms; `removed` only on drafts that were put away."""

    title: str
    ballot: Ballot
    state: PollState
    round: int
    shown: bool
    opened_at: int | None = None
    closed_at: int | None = None
    removed: bool = False


Doc = PollDoc


def decide(state: State, command: Command) -> tuple[Event, ...]:
    match command:
        case AddPoll():
            title, ballot = clean(command.title, TITLE_LIMIT), command.ballot.cleaned()
            return (PollAdded(poll=len(state.polls) + 1, title=title, ballot=ballot),)
        case EditPoll():
            _draft(state, command.poll)
            title, ballot = clean(command.title, TITLE_LIMIT), command.ballot.cleaned()
            return (PollEdited(poll=command.poll, title=title, ballot=ballot),)
        case RemovePoll():
            return () if _draft(state, command.poll).removed else (PollRemoved(poll=command.poll),)
        case RestorePoll():
            return (PollRestored(poll=command.poll),) if _draft(state, command.poll).removed else ()
        case ShowResults():
            shown = state.find(command.poll).shown
            return () if shown == command.shown else (ResultsShown(poll=command.poll, shown=command.shown),)
        case JudgeAnswer():
            return _judge(state.find(command.poll), command)
        case _:
            return _turn(state.kept(command.poll), command)


def _turn(poll: Poll, command: OpenPoll | ClosePoll | ReopenPoll | RerunPoll) -> tuple[Event, ...]:
    """Open and close. To ask for what is so already is no error: two moderators may press at once."""
    match command, poll.state:
        case OpenPoll(), "draft":
            return (PollOpened(poll=command.poll, round=1),)
        case ClosePoll(), "open":
            return (PollClosed(poll=command.poll),)
        case ReopenPoll(), "closed":
            return (PollReopened(poll=command.poll),)
        case RerunPoll(), "closed":
            return (PollOpened(poll=command.poll, round=poll.round + 1),)
        case (OpenPoll() | ReopenPoll(), "open") | (ClosePoll(), "closed"):
            return ()
        case OpenPoll(), _:
            raise Rejected("poll_not_draft")
        case RerunPoll(), "open":
            raise Rejected("poll_open")
        case _:
            raise Rejected("poll_not_open")


def _judge(poll: Poll, command: JudgeAnswer) -> tuple[Event, ...]:
    """Only what was said can be judged; it keeps the judgement when it is said again."""
    text = folded(command.text)
    rounds = (poll.counts, *(counts for _, _, counts in poll.former))
    if not poll.ballot.judged or all(folded(str(said)) != text for counts in rounds for said in counts):
        raise Rejected("bad_choice")
    if poll.judged.get(text) == command.shown:
        return ()
    return (AnswerJudged(poll=command.poll, text=text, shown=command.shown),)


def _draft(state: State, number: int) -> Poll:
    poll = state.find(number)
    if poll.state != "draft":
        raise Rejected("poll_not_draft")
    return poll


def evolve(state: State, event: Event, stamp: Stamp) -> set[str]:
    if isinstance(event, PollAdded):
        state.polls[event.poll] = Poll(title=event.title, ballot=event.ballot)
        return {f"poll/{event.poll}", f"tally/{event.poll}"}
    poll = state.polls[event.poll]
    match event:
        case PollEdited():
            poll.title, poll.ballot = event.title, event.ballot
        case PollRemoved():
            poll.removed = True
        case PollRestored():
            poll.removed = False
        case PollOpened():
            _open(poll, event.round, stamp.at)
        case PollClosed():
            poll.state, poll.closed_at = "closed", stamp.at
        case PollReopened():
            poll.state, poll.closed_at = "open", None
        case ResultsShown():
            poll.shown = event.shown
        case AnswerJudged():
            poll.judged[event.text] = event.shown
    return {f"poll/{event.poll}", f"tally/{event.poll}"}


def _open(poll: Poll, number: int, at: int) -> None:
    if poll.round:
        poll.former.append((poll.round, len(poll.votes), poll.counts))
    poll.state, poll.round, poll.shown = "open", number, False
    poll.opened_at, poll.closed_at = at, None
    poll.votes, poll.counts = {}, {}


def keys(state: State) -> Iterator[str]:
    yield from (f"poll/{number}" for number in state.polls)


def view(state: State, key: str, audience: Audience) -> Doc | None:
    poll = state.polls[int(key.partition("/")[2])]
    if audience != "desk" and poll.state == "draft":
        return None
    return PollDoc(
        title=poll.title,
        ballot=poll.ballot if audience == "desk" else poll.ballot.public(shown=poll.shown),
        state=poll.state,
        round=poll.round,
        shown=poll.shown,
        opened_at=poll.opened_at,
        closed_at=poll.closed_at,
        removed=poll.removed,
    )
