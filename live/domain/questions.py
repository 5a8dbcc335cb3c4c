"""Questions of the audience: asked, upvoted, withdrawn; what the desk does with them is `moderation`.

A question's id is the hash of a secret that only the asker's phone keeps. It
proves "mine", makes a retry harmless, and tells nothing. An anonymous question
is kept beside the log, without actor, command or number (`unlinked`), so this
module never needs to know, and never can tell, who asked it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .base import QUESTION_LIMIT, Actor, Participant, Rejected, Stamp, Struct, clean
from .wordlist import contains

QuestionState = Literal[
    "pending", "live", "on_screen", "answered", "dismissed", "archived", "merged", "withdrawn"
]
Mode = Literal["moderated", "open"]
Colour = Literal["red", "orange", "green", "blue", "purple", "grey"]
PUBLIC: frozenset[QuestionState] = frozenset({"live", "on_screen", "answered"})
KEY_MIN = 22  # characters: 128 bits in base64url
KEY_MAX = 64
ID_LENGTH = 22  # characters: 128 bits of the hash


class Ask(Struct, tag="ask", tag_field="do"):
    """Ask. `key` is a 128-bit secret that the phone makes and keeps; `done.made` gives the question's key."""

    key: str
    text: str
    anonymous: bool


class Upvote(Struct, tag="upvote", tag_field="do"):
    question: str
    on: bool


class Withdraw(Struct, tag="withdraw", tag_field="do"):
    """Take back one's own question, proved by its secret."""

    question: str
    key: str


Command = Ask | Upvote | Withdraw


class QuestionAsked(Struct, tag="question_asked", tag_field="type"):
    question: str
    text: str
    anonymous: bool
    pending: bool
    slide: str | None = None
    listed: bool = False


class QuestionUpvoted(Struct, tag="question_upvoted", tag_field="type"):
    question: str
    on: bool


class QuestionWithdrawn(Struct, tag="question_withdrawn", tag_field="type"):
    question: str
    anonymous: bool


Event = QuestionAsked | QuestionUpvoted | QuestionWithdrawn


class Label(Struct):
    """What the desk sorts questions by; `public`: everyone sees it."""

    id: int
    name: str
    colour: Colour
    public: bool = False


class Action(Struct):
    """What a unit is to do about a question: until when (`2026-12-01`), and what came of it."""

    unit: str
    due: str | None = None
    outcome: str | None = None
    done: bool = False


@dataclass
class Passing:
    """What is known of questions while the server runs, and nowhere written down."""

    slides: dict[str, str] = field(default_factory=dict)  # anonymous question → the slide it was asked about
    # question → who at the desk is at it, until when (ms); in the order in which they came
    holds: dict[str, dict[str, int]] = field(default_factory=dict)

    def holder(self, question: str) -> str | None:
        """Who came first."""
        return next(iter(self.holds.get(question, ())), None)


@dataclass
class Question:
    text: str
    original: str
    anonymous: bool
    state: QuestionState
    at: int
    slide: str | None
    author: str | None
    since: int
    listed: bool = False
    pinned: bool = False
    reply: str | None = None
    private: bool = False  # the reply is for the asker alone
    private_replies: int = 0
    labels: list[int] = field(default_factory=list)
    action: Action | None = None
    into: str | None = None  # the question that has its votes now
    united: list[str] = field(default_factory=list)  # those that were merged into this one
    votes: set[str] = field(default_factory=set)
    history: list[tuple[QuestionState, str]] = field(default_factory=list)


@dataclass
class State:
    people: Mapping[str, Participant]
    mode: Mode = "moderated"
    anonymous: bool = True
    named: bool = True
    cooldown_s: int = 0  # between two questions of one person
    labels: dict[int, Label] = field(default_factory=dict)
    last_label: int = 0
    questions: dict[str, Question] = field(default_factory=dict)
    on_screen: str | None = None
    asked: dict[str, list[str]] = field(default_factory=dict)  # participant → questions under the own name
    upvoted: dict[str, dict[str, None]] = field(default_factory=dict)  # participant → questions, in order

    def find(self, question: str) -> Question:
        found = self.questions.get(question)
        if found is None:
            raise Rejected("no_such_question")
        return found

    def voters(self, question: str) -> set[str]:
        """Who wants it answered, in any of the wordings that were united: each person once."""
        found = self.questions[question]
        return found.votes.union(*map(self.voters, found.united))

    def union(self, question: str) -> list[str]:
        """A question and all that were merged into it."""
        united = self.questions[question].united
        return [question, *(each for one in united for each in self.union(one))]

    def above(self, question: str) -> list[str]:
        """A question and those that count its votes too."""
        into = self.questions[question].into
        return [question, *(self.above(into) if into else ())]

    def part(self, question: str) -> None:
        """It stands for itself again, if it was merged."""
        found = self.questions[question]
        if found.into is not None:
            self.questions[found.into].united.remove(question)
            found.into = None

    def move(self, question: str, to: QuestionState, at: int) -> None:
        self.questions[question].state, self.questions[question].since = to, at
        if to == "on_screen":
            self.on_screen = question
        elif self.on_screen == question:
            self.on_screen = None


def question_id(key: str) -> str:
    """The id that a secret stands for: the first 128 bits of its SHA-256, in base64url."""
    hashed = hashlib.sha256(key.encode(errors="replace")).digest()
    return base64.urlsafe_b64encode(hashed)[:ID_LENGTH].decode()


def unlinked(event: object) -> bool:
    """Whether nothing may say who caused an event, nor when to the minute."""
    return (type(event) is QuestionAsked or type(event) is QuestionWithdrawn) and event.anonymous


def decide(
    state: State, command: Command, actor: Actor, slide: str | None, words: tuple[str, ...] = ()
) -> tuple[Event, ...]:
    """`slide` is the one on stage, `words` are those with which a question waits for a moderator."""
    match command:
        case Ask():
            return _ask(state, command, actor, slide, words)
        case Upvote():
            return _upvote(state, command, actor)
        case Withdraw():
            return _withdraw(state, command)


def _ask(
    state: State, command: Ask, actor: Actor, slide: str | None, words: tuple[str, ...]
) -> tuple[Event, ...]:
    if not KEY_MIN <= len(command.key) <= KEY_MAX or not command.key.isascii():
        raise Rejected("bad_frame")
    text, question = clean(command.text, QUESTION_LIMIT), question_id(command.key)
    known = state.questions.get(question)
    if known is not None:
        if (known.original, known.anonymous) == (text, command.anonymous):
            return ()  # the retry of a phone that did not hear the answer
        raise Rejected("id_reused")
    _may_ask(state, command.anonymous, actor)
    listed = contains(text, words)
    asked = QuestionAsked(
        question=question,
        text=text,
        anonymous=command.anonymous,
        pending=(state.mode == "moderated" or listed) and not actor.on_desk,
        slide=None if command.anonymous else slide,  # one that was there for a minute would tell the minute
        listed=listed,
    )
    return (asked,)


def _may_ask(state: State, anonymous: bool, actor: Actor) -> None:
    """The organiser takes questions with a name, without one, both, or none."""
    if actor.on_desk and not anonymous:
        return
    if not state.anonymous and not state.named:
        raise Rejected("questions_off")
    if anonymous and not state.anonymous:
        raise Rejected("anonymous_off")
    if not anonymous and not state.named:
        raise Rejected("named_off")


def _upvote(state: State, command: Upvote, actor: Actor) -> tuple[Event, ...]:
    """Of united questions the one that stands for them is voted on; taking back means all of them."""
    state.find(command.question)
    head, voter = state.above(command.question)[-1], actor.participant
    if state.questions[head].state not in PUBLIC:
        raise Rejected("question_closed")
    if command.on:
        return () if voter in state.voters(head) else (QuestionUpvoted(question=head, on=True),)
    voted = (each for each in state.union(head) if voter in state.questions[each].votes)
    return tuple(QuestionUpvoted(question=each, on=False) for each in voted)


def _withdraw(state: State, command: Withdraw) -> tuple[Event, ...]:
    question = state.find(command.question)
    if question_id(command.key) != command.question:
        raise Rejected("not_yours")
    if question.state == "withdrawn":
        return ()
    return (QuestionWithdrawn(question=command.question, anonymous=question.anonymous),)


def evolve(state: State, event: Event, stamp: Stamp) -> set[str]:
    match event:
        case QuestionAsked():
            _add(state, event, stamp)
        case QuestionUpvoted():
            _count(state, event, stamp.actor or "")
        case QuestionWithdrawn():
            dirty = state.above(event.question)
            state.part(event.question)
            state.move(event.question, "withdrawn", stamp.at)
            return {f"question/{each}" for each in dirty}
    return {f"question/{each}" for each in state.above(event.question)}


def _add(state: State, event: QuestionAsked, stamp: Stamp) -> None:
    author = None if event.anonymous else stamp.actor
    state.questions[event.question] = Question(
        text=event.text,
        original=event.text,
        anonymous=event.anonymous,
        state="pending" if event.pending else "live",
        at=stamp.at,
        slide=event.slide,
        author=author,
        since=stamp.at,
        listed=event.listed,
    )
    if author is not None:
        state.asked.setdefault(author, []).append(event.question)


def _count(state: State, event: QuestionUpvoted, voter: str) -> None:
    votes, upvoted = state.questions[event.question].votes, state.upvoted.setdefault(voter, {})
    if event.on:
        votes.add(voter)
        upvoted[event.question] = None
    else:
        votes.discard(voter)
        upvoted.pop(event.question, None)


def mine(state: State, participant: str) -> tuple[list[str], list[str]]:
    """The questions that a participant upvoted, and those asked under the own name."""
    return list(state.upvoted.get(participant, ())), list(state.asked.get(participant, ()))
