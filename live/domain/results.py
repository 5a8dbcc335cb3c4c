"""The results of polls: who sees them and when, and what of that which voters wrote.

Nobody but the desk is shown a result while votes of those who are behind may still come in: shown in that
time, it is promised, and comes when the wait is over. How a result is counted is `votes`.
"""

from __future__ import annotations

from .ballots import folded
from .base import Rejected, Stamp, Struct
from .rounds import Poll, State


class ShowResults(Struct, tag="show_results", tag_field="do"):
    """Show or hide the counts to everyone. While late votes are waited for, they are shown after that; of a
    secret poll not before it is closed."""

    poll: int
    shown: bool


class JudgeAnswer(Struct, tag="judge_answer", tag_field="do"):
    """Let what voters wrote be seen by everyone, or take it away: a word of a cloud, a text of a wall."""

    poll: int
    text: str
    shown: bool


Command = ShowResults | JudgeAnswer


class ResultsShown(Struct, tag="results_shown", tag_field="type"):
    """`since` (ms): from when on, where that is not the moment of the event."""

    poll: int
    shown: bool
    since: int | None = None


class ResultsPromised(Struct, tag="results_promised", tag_field="type"):
    """They are shown when the wait is over; or they are not, after all."""

    poll: int
    promised: bool


class AnswerJudged(Struct, tag="answer_judged", tag_field="type"):
    """`text` is as it is compared, not as it is shown."""

    poll: int
    text: str
    shown: bool


Event = ResultsShown | ResultsPromised | AnswerJudged


def decide(state: State, command: Command, at: int) -> tuple[Event, ...]:
    poll = state.find(command.poll)
    if isinstance(command, JudgeAnswer):
        return _judge(poll, command)
    if command.shown and poll.rules.secret and poll.state == "open":
        raise Rejected("poll_open")  # each vote would be the difference of two results
    if poll.shown == command.shown and poll.promised <= command.shown:
        return ()
    if poll.shown or not poll.waiting(at):
        return (ResultsShown(poll=command.poll, shown=command.shown),)
    if poll.promised == command.shown:
        return ()
    return (ResultsPromised(poll=command.poll, promised=command.shown),)


def _judge(poll: Poll, command: JudgeAnswer) -> tuple[Event, ...]:
    """Only what was said can be judged; it keeps the judgement when it is said again."""
    text = folded(command.text)
    rounds = (poll.counts, *(each.counts for each in poll.former))
    if not poll.ballot.judged or all(folded(str(said)) != text for counts in rounds for said in counts):
        raise Rejected("bad_choice")
    if poll.judged.get(text) == command.shown:
        return ()
    return (AnswerJudged(poll=command.poll, text=text, shown=command.shown),)


def evolve(state: State, event: Event, stamp: Stamp) -> set[str]:
    poll = state.polls[event.poll]
    match event:
        case ResultsShown():
            poll.show(event.since or stamp.at, shown=event.shown)
        case ResultsPromised():
            poll.promised = event.promised
        case AnswerJudged():
            poll.judged[event.text] = event.shown
    return dirtied(event.poll)


def dirtied(poll: int) -> set[str]:
    """The docs of a poll."""
    return {f"poll/{poll}", f"tally/{poll}", f"split/{poll}"}
