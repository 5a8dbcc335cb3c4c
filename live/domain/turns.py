"""The turns of a poll: opened for a round, extended, closed by somebody or by the time, run again.

Former rounds are kept. Closing is fair to those who are behind: for a while votes are taken that they gave
before it in their own time. Drafting a poll is `polls`, what it holds is `rounds`.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from .base import Rejected, Stamp, Struct
from .results import ResultsShown, dirtied
from .rounds import Count, Poll, State, limit

AWAY_MS = 2_000  # when a close is noticed later than that, the server was not there
BACK_MS = 20_000  # then phones need so long to come back with the votes that they hold


class OpenPoll(Struct, tag="open_poll", tag_field="do"):
    """Open a draft for its first round; it goes on stage. `seconds`: not as drafted; 0: without a limit."""

    poll: int
    seconds: int | None = None


class ClosePoll(Struct, tag="close_poll", tag_field="do"):
    poll: int


class ReopenPoll(Struct, tag="reopen_poll", tag_field="do"):
    """Undo a close: the same round goes on and keeps its votes, now without a time limit."""

    poll: int


class RerunPoll(Struct, tag="rerun_poll", tag_field="do"):
    """Open a closed poll for a new round; the former rounds are kept."""

    poll: int
    seconds: int | None = None


class ExtendPoll(Struct, tag="extend_poll", tag_field="do"):
    """Leave the round open for so much longer; without a limit so far, it closes after that."""

    poll: int
    seconds: int


Command = OpenPoll | ClosePoll | ReopenPoll | RerunPoll | ExtendPoll


class PollOpened(Struct, tag="poll_opened", tag_field="type"):
    """`seconds`: after that it closes by itself. `staged`: whether it goes on stage by being opened."""

    poll: int
    round: int
    seconds: int | None = None
    staged: bool = True


class PollClosed(Struct, tag="poll_closed", tag_field="type"):
    """`closed_at`: when its time was up. `until`: votes of those who are behind come in. `ending`: the end of
    the broadcast has closed it."""

    poll: int
    closed_at: int | None = None
    until: int | None = None
    ending: bool = False


class PollReopened(Struct, tag="poll_reopened", tag_field="type"):
    poll: int


class PollExtended(Struct, tag="poll_extended", tag_field="type"):
    poll: int
    closes_at: int


Event = PollOpened | PollClosed | PollReopened | PollExtended


def decide(state: State, command: Command, at: int, wait: int) -> tuple[Event | ResultsShown, ...]:
    """`wait`: for how many ms after a close votes may still be on their way to it."""
    turned = _turn(state.kept(command.poll), command, at, wait)
    return (*turned, *_together(state, command, at, wait))


def _together(state: State, command: Command, at: int, wait: int) -> Iterator[Event | ResultsShown]:
    """The same for the rest of its form, as far as it applies to them; the stage is the first one's."""
    form = state.kept(command.poll).rules.form
    for number, poll in state.polls.items():
        if not form or poll.rules.form != form or number == command.poll or poll.removed:
            continue
        try:
            turned = _turn(poll, msgspec.structs.replace(command, poll=number), at, wait)
        except Rejected:
            continue
        for event in turned:
            yield msgspec.structs.replace(event, staged=False) if isinstance(event, PollOpened) else event


def closing(state: State, at: int, wait: int) -> tuple[Event | ResultsShown, ...]:
    """What is open closes, since the broadcast ends; who sees the hall later has the same time as ever."""
    still = [(number, poll) for number, poll in state.polls.items() if poll.state == "open"]
    turned = (event for number, poll in still for event in _closed(poll, number, at, wait))
    return tuple(
        msgspec.structs.replace(event, ending=event.closed_at is None)
        if isinstance(event, PollClosed)
        else event
        for event in turned
    )


def reopening(state: State) -> tuple[Event, ...]:
    """The end was a mistake: what it has closed is open again, but for what is over for good."""
    return tuple(
        PollReopened(poll=number)
        for number, poll in state.polls.items()
        if poll.ending and not poll.final and not poll.given_away
    )


def _turn(poll: Poll, command: Command, at: int, wait: int) -> tuple[Event | ResultsShown, ...]:
    """Open and close. To ask for what is so already is no error: two moderators may press at once."""
    match command, poll.state:
        case OpenPoll(), "draft":
            return (_opened(poll, command, 1),)
        case ClosePoll(), "open":
            return _closed(poll, command.poll, at, wait)
        case ReopenPoll(), "closed":
            if poll.final:
                raise Rejected("round_over")
            return (PollReopened(poll=command.poll),)
        case RerunPoll(), "closed":
            if poll.waiting(at):
                raise Rejected("votes_coming", retry_ms=poll.waiting(at))
            return (_opened(poll, command, poll.round + 1),)
        case ExtendPoll(), "open":
            return _extended(poll, command, at)
        case (OpenPoll() | ReopenPoll(), "open") | (ClosePoll(), "closed"):
            return ()
        case OpenPoll(), _:
            raise Rejected("poll_not_draft")
        case RerunPoll(), "open":
            raise Rejected("poll_open")
        case _:
            raise Rejected("poll_not_open")


def _opened(poll: Poll, command: OpenPoll | RerunPoll, number: int) -> Event:
    seconds = poll.rules.seconds if command.seconds is None else command.seconds
    return PollOpened(poll=command.poll, round=number, seconds=limit(seconds) if seconds else None)


def _extended(poll: Poll, command: ExtendPoll, at: int) -> tuple[Event, ...]:
    closes_at = poll.closes_at
    if closes_at is not None and at > closes_at:
        raise Rejected("poll_not_open")  # the time is up, only nobody has noticed it yet
    longer = (closes_at or at) + limit(command.seconds) * 1_000
    return (PollExtended(poll=command.poll, closes_at=longer),)


def _closed(poll: Poll, number: int, at: int, wait: int) -> tuple[Event | ResultsShown, ...]:
    """The close, and the result where it comes with it and nobody is waited for."""
    ended = poll.closes_at if poll.closes_at is not None and poll.closes_at <= at else None
    since = at if ended is None else ended
    if at - since > AWAY_MS:
        since, wait = at, max(wait, BACK_MS)
    until = since + wait if wait else None
    closed = PollClosed(poll=number, closed_at=ended, until=until)
    if poll.shows_at_close and not poll.shown and (until or 0) <= at:
        return (closed, ResultsShown(poll=number, shown=True))
    return (closed,)


def due(state: State) -> int | None:
    """When a poll changes by itself: its time is up, or its result has been waited for (ms)."""
    return min((poll.due for poll in state.polls.values() if poll.due is not None), default=None)


def expire(state: State, at: int, wait: int) -> tuple[Event | ResultsShown, ...]:
    """What has become due by itself until `at`."""
    events: list[Event | ResultsShown] = []
    for number, poll in state.polls.items():
        if poll.due is None or poll.due > at:
            continue
        if poll.state == "open":
            events += _closed(poll, number, at, wait)
        else:
            events.append(ResultsShown(poll=number, shown=True, since=poll.until))
    return tuple(events)


def evolve(state: State, event: Event, stamp: Stamp) -> set[str]:
    poll = state.polls[event.poll]
    match event:
        case PollOpened():
            count = state.count(event.poll, event.round) if poll.rules.secret else Count()
            poll.open(event.round, stamp.at, event.seconds or 0, count)
        case PollClosed():
            poll.close(event.closed_at or stamp.at, event.until or 0, ending=event.ending)
        case PollReopened():
            poll.reopen(stamp.at)
        case PollExtended():
            poll.extend(stamp.at, event.closes_at)
    return dirtied(event.poll) | {f"split/{event.poll}/{former.round}" for former in poll.former[-1:]}
