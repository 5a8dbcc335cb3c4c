"""Questions of the audience: asked, upvoted, withdrawn; what the desk does with them is `moderation`.

A question's id is the hash of a secret that only the asker's phone keeps. It
proves "mine", makes a retry harmless, and tells nothing. An anonymous question
is kept beside the log, without actor, command or number (`unlinked`), so this
module never needs to know, and never can tell, who asked it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from .base import QUESTION_LIMIT, Actor, Audience, Participant, Rejected, Stamp, Struct, clean

QuestionState = Literal["pending", "live", "on_screen", "answered", "dismissed", "merged", "withdrawn"]
Mode = Literal["moderated", "open"]
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


class QuestionUpvoted(Struct, tag="question_upvoted", tag_field="type"):
    question: str
    on: bool


class QuestionWithdrawn(Struct, tag="question_withdrawn", tag_field="type"):
    question: str
    anonymous: bool


Event = QuestionAsked | QuestionUpvoted | QuestionWithdrawn


class QuestionDoc(Struct):
    """`question/<id>`. Where the wording may not be seen there is the state alone, for the asker's phone.

    `into` is the question that this one was merged with, `votes` are those of all that were united.
    """

    state: QuestionState
    text: str | None = None
    by: str | None = None
    unit: str | None = None
    votes: int = 0
    at: int | None = None
    slide: str | None = None
    edited: bool = False
    anonymous: bool = False
    original: str | None = None
    author: str | None = None
    undo: bool = False
    into: str | None = None
    pinned: bool = False
    reply: str | None = None


Doc = QuestionDoc


@dataclass
class Passing:
    """What is known of questions while the server runs, and nowhere written down."""

    slides: dict[str, str] = field(default_factory=dict)  # anonymous question → the slide it was asked about


@dataclass
class Question:
    text: str
    original: str
    anonymous: bool
    state: QuestionState
    at: int
    slide: str | None
    author: str | None
    pinned: bool = False
    reply: str | None = None
    into: str | None = None  # the question that has its votes now
    united: list[str] = field(default_factory=list)  # those that were merged into this one
    votes: set[str] = field(default_factory=set)
    history: list[tuple[QuestionState, str]] = field(default_factory=list)


@dataclass
class State:
    people: Mapping[str, Participant]
    mode: Mode = "moderated"
    anonymous: bool = True
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

    def move(self, question: str, to: QuestionState) -> None:
        self.questions[question].state = to
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
    return isinstance(event, (QuestionAsked, QuestionWithdrawn)) and event.anonymous


def decide(state: State, command: Command, actor: Actor, slide: str | None) -> tuple[Event, ...]:
    """`slide` is the one on stage: a question keeps what it was asked about."""
    match command:
        case Ask():
            return _ask(state, command, actor, slide)
        case Upvote():
            return _upvote(state, command, actor)
        case Withdraw():
            return _withdraw(state, command)


def _ask(state: State, command: Ask, actor: Actor, slide: str | None) -> tuple[Event, ...]:
    if not KEY_MIN <= len(command.key) <= KEY_MAX or not command.key.isascii():
        raise Rejected("bad_frame")
    text, question = clean(command.text, QUESTION_LIMIT), question_id(command.key)
    known = state.questions.get(question)
    if known is not None:
        if (known.original, known.anonymous) == (text, command.anonymous):
            return ()  # the retry of a phone that did not hear the answer
        raise Rejected("id_reused")
    if command.anonymous and not state.anonymous:
        raise Rejected("anonymous_off")
    pending = state.mode == "moderated" and not actor.on_desk
    anonymous = command.anonymous
    about = None if anonymous else slide  # a slide that was there for a minute would tell the minute
    return (QuestionAsked(question=question, text=text, anonymous=anonymous, pending=pending, slide=about),)


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
            state.move(event.question, "withdrawn")
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


def keys(state: State) -> Iterator[str]:
    yield from (f"question/{name}" for name in state.questions)


def view(state: State, passing: Passing, key: str, audience: Audience) -> Doc | None:
    name = key.partition("/")[2]
    question = state.questions[name]
    if audience == "screen" and question.state != "on_screen":
        return None
    if audience != "desk" and question.state not in PUBLIC:
        return QuestionDoc(state=question.state, into=question.into)
    author = state.people.get(question.author or "")
    desk = audience == "desk"
    return QuestionDoc(
        state=question.state,
        text=question.text,
        by=author.name if author else None,
        unit=author.unit if author else None,
        votes=len(state.voters(name)),
        at=question.at,
        slide=question.slide or passing.slides.get(name),
        edited=question.text != question.original,
        anonymous=question.anonymous,
        original=question.original if desk and question.text != question.original else None,
        author=question.author if desk else None,
        undo=desk and bool(question.history) and question.state != "withdrawn",
        into=question.into,
        pinned=question.pinned,
        reply=question.reply,
    )


def mine(state: State, participant: str) -> tuple[list[str], list[str]]:
    """The questions that a participant upvoted, and those asked under the own name."""
    return list(state.upvoted.get(participant, ())), list(state.asked.get(participant, ()))
