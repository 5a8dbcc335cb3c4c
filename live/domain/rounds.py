"""A poll as it stands: its turns and rounds, the votes of the open one, what they add up to.

`polls` turns it, `votes` fills it, and both show it. Nothing here is decided: it is what the events have
made so far. Turns are timed like cues: a page looks up the last one that its own clock has reached, so
each viewer sees a poll open and close when the hall of their video does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from .ballots import Ballot, Choice, Counts, Tally
from .base import TITLE_LIMIT, Rejected, Struct
from .groups import By, Group
from .quiz import Quiz, Verdict

PollState = Literal["draft", "open", "closed"]
Results = Literal["hand", "live", "close"]

SECONDS_MIN = 5  # shorter than that nobody reads the question
SECONDS_MAX = 3_600

MISTAKE_MS = 60_000  # who goes on so soon has not meant to end; later nobody expects an old poll to be open


class Rules(Struct):
    """How a poll is run. `seconds`: how long a round is open, unless somebody says otherwise.

    `results`: whom they are shown without a word of the desk: nobody, everyone at once or at the close.
    `form`: polls of one form are opened and closed together, and answered on one page. `repeats`: it asks
    again what that poll asked before. `quiz`: one answer is right.
    `secret`: nobody can tell who voted what, and no vote can be changed. It has one result, which nobody is
    shown before it is final: of two of them the difference would be somebody's vote. It is counted in groups
    by one thing at most, its `split`: two of them could be laid over each other.
    """

    seconds: int | None = None
    results: Results = "hand"
    form: str = ""
    repeats: int | None = None
    quiz: Quiz | None = None
    secret: bool = False
    split: By | None = None

    def ruled(self) -> dict[str, Any]:
        """The rules alone, for another that has them; raises `Rejected`."""
        if self.seconds is not None:
            limit(self.seconds)
        if self.form != self.form.strip() or len(self.form) > TITLE_LIMIT:
            raise Rejected("bad_ballot")
        return {name: getattr(self, name) for name in Rules.__struct_fields__}


def limit(seconds: int) -> int:
    if not SECONDS_MIN <= seconds <= SECONDS_MAX:
        raise Rejected("out_of_range")
    return seconds


class PollTurn(Struct):
    """From `at` (ms) on a poll stands like this; with `closes_at` it closes by itself.

    `told`: everyone may know what is right, since the result is shown and nobody is asked any more.
    """

    at: int
    state: Literal["open", "closed"]
    round: int
    shown: bool
    told: bool = False
    closes_at: int | None = None


class FormerRound(Tally, kw_only=True):
    """A round that has been run again, with its result."""

    round: int
    votes: int


class MyVote(Struct):
    """A participant's own vote in a round; once the result of a quiz question is shown, with its points."""

    round: int
    n: int
    choice: Choice
    verdict: Verdict | None = None
    points: int | None = None


@dataclass
class Former:
    """A round that has been run again. A secret one has no votes, and its split as it was written."""

    round: int
    turnout: int
    counts: Counts
    votes: dict[str, Cast]
    split: tuple[Group, ...] | None = None

    def result(self, ballot: Ballot, judged: dict[str, bool]) -> FormerRound:
        """As the desk sees it."""
        tally = ballot.tally(self.counts, judged, desk=True)
        return FormerRound(
            round=self.round,
            votes=self.turnout,
            counts=tally.counts,
            said=tally.said,
            median=tally.median,
        )


class Cast(Struct):
    """A vote as it is counted. `marks`: what the choice counts for, where that is not the choice itself; no
    page is told, because they may tell what was right."""

    round: int
    n: int
    choice: Choice
    marks: tuple[int, ...] | None = None


@dataclass
class Count:
    """What the votes of a round add up to; of a secret one also who has voted."""

    counts: Counts = field(default_factory=dict)
    voters: set[str] = field(default_factory=set)


@dataclass
class Poll:
    """`until`: votes of those who are behind are taken, and nobody is shown the result yet."""

    title: str
    ballot: Ballot
    rules: Rules = field(default_factory=Rules)
    state: PollState = "draft"
    round: int = 0
    shown: bool = False
    promised: bool = False  # the result is shown by itself, after `until`
    opened_at: int | None = None
    closes_at: int | None = None
    closed_at: int | None = None
    until: int | None = None
    ending: bool = False  # the end of the broadcast has closed it
    removed: bool = False
    turns: list[PollTurn] = field(default_factory=list)
    votes: dict[str, Cast] = field(default_factory=dict)
    voters: set[str] = field(default_factory=set)  # of a secret round, which has no `votes`
    counts: Counts = field(default_factory=dict)
    judged: dict[str, bool] = field(default_factory=dict)  # what was said → may everyone see it?
    split: tuple[Group, ...] | None = None  # of a secret round, once it was counted by group
    former: list[Former] = field(default_factory=list)

    def open(self, number: int, at: int, seconds: int, count: Count) -> None:
        """Begin a round; `seconds`: 0 when somebody is going to close it."""
        if self.round:
            self.former.append(Former(self.round, self.turnout, self.counts, self.votes, self.split))
        self.votes, self.voters, self.counts = {}, count.voters, count.counts
        self.split = None
        self.state, self.round, self.ending = "open", number, False
        self.shown, self.promised = self.rules.results == "live" and not self.rules.secret, False
        self.closed_at, self.until = None, None
        self.opened_at = at
        self.closes_at = self._moment(at) + seconds * 1_000 if seconds else None
        self._turn(at)

    def extend(self, at: int, closes_at: int) -> None:
        self.closes_at = closes_at
        self._turn(at)

    def close(self, at: int, until: int, *, ending: bool = False) -> None:
        """What tells the answer is put away, until those who are behind have voted too."""
        if self._answered and until > at:
            self.shown, self.promised = False, self.shown or self.shows_at_close
        else:
            self.promised = self.shows_at_close and not self.shown
        self.state, self.closes_at, self.ending = "closed", None, ending
        self.closed_at, self.until = at, max(until, at)
        self._turn(at)

    def reopen(self, at: int) -> None:
        self.state, self.promised, self.ending = "open", False, False
        self.closed_at, self.until = None, None
        self._turn(at)

    def show(self, at: int, *, shown: bool) -> None:
        self.shown, self.promised = shown, False
        if self.round:
            self._turn(at)

    def _turn(self, at: int) -> None:
        """Note how it stands from now on."""
        moment = self._moment(at)
        state: Literal["open", "closed"] = "open" if self.state == "open" else "closed"
        self.turns.append(
            PollTurn(
                at=moment,
                state=state,
                round=self.round,
                shown=self.shown,
                told=self.told,
                closes_at=self.closes_at,
            )
        )

    def _moment(self, at: int) -> int:
        """A clock that was set back must not reorder the turns."""
        return max(at, self.turns[-1].at) if self.turns else at

    @property
    def _answered(self) -> bool:
        """Whether its result tells what is right, and not only what others think."""
        return self.rules.quiz is not None or bool(self.ballot.veiled)

    @property
    def told(self) -> bool:
        """Whether everyone may know what is right: nobody is still asked, and the result is shown."""
        return self.shown and self.state == "closed"

    @property
    def given_away(self) -> bool:
        """Whether everyone has been told what is right."""
        return self._answered and self.told

    @property
    def shows_at_close(self) -> bool:
        """Whether the result comes with the close. A secret poll of long ago may have been drafted to show it
        all the time."""
        return self.rules.results == "close" or (self.rules.secret and self.rules.results == "live")

    @property
    def final(self) -> bool:
        """Whether a secret round is over for good: whoever came later would be two results' difference."""
        known = self.split is not None or any(turn.told and turn.round == self.round for turn in self.turns)
        return self.rules.secret and known

    def counted_for(self, *, desk: bool) -> bool:
        """Who may see the count; of a secret round nobody before it is final. What voters write in one the
        desk reads as it comes, because it judges it."""
        if self.rules.secret and not self.final:
            return desk and self.ballot.judged
        return desk or self.shown

    @property
    def turnout(self) -> int:
        """People who have voted in the round."""
        return len(self.voters if self.rules.secret else self.votes)

    @property
    def due(self) -> int | None:
        """When it changes by itself (ms): it closes, or its result is shown."""
        if self.state == "open":
            return self.closes_at
        return self.until if self.promised else None

    def waiting(self, at: int) -> int:
        """For how many ms the votes of those who are behind are waited for."""
        return max(0, self.until - at) if self.until is not None else 0

    def tally(self, *, desk: bool) -> Tally:
        return self.ballot.tally(self.counts, self.judged, desk=desk)

    def formerly(self) -> tuple[FormerRound, ...]:
        """The former rounds, as the desk sees them."""
        return tuple(each.result(self.ballot, self.judged) for each in self.former)


@dataclass
class State:
    """`secret`: counts of secret rounds, by poll and round. They come from beside the log, before it.

    `repeated`: of each poll that others ask again, those others; kept, since every vote asks for it.
    """

    polls: dict[int, Poll] = field(default_factory=dict)
    repeated: dict[int, list[int]] = field(default_factory=dict)
    secret: dict[tuple[int, int], Count] = field(default_factory=dict)

    def count(self, poll: int, number: int) -> Count:
        """The count of a secret round."""
        return self.secret.setdefault((poll, number), Count())

    def relate(self) -> None:
        """The rules of a poll have changed: find out anew who repeats whom."""
        self.repeated = {}
        for number, poll in self.polls.items():
            if poll.rules.repeats is not None:
                self.repeated.setdefault(poll.rules.repeats, []).append(number)

    def find(self, number: int) -> Poll:
        poll = self.polls.get(number)
        if poll is None:
            raise Rejected("no_such_poll")
        return poll

    def kept(self, number: int) -> Poll:
        poll = self.find(number)
        if poll.removed:
            raise Rejected("no_such_poll")
        return poll
