"""Replies: what the desk answers in writing, also after the end, for everyone or for the asker alone.

A public reply stands under its question on every page that may show the question. A private one is in no doc
but the desk's: the asker's page fetches it (`read_reply`) with the secret of the question, so nobody needs to
know who asked. One reply a question; a new one takes its place, and the log keeps them all.
"""

from __future__ import annotations

from .base import QUESTION_LIMIT, Actor, Rejected, Struct, clean
from .questions import State, question_id


class Reply(Struct, tag="reply", tag_field="do"):
    """Answer a question in writing, for everyone who sees it or (`private`) for the asker alone; without a
    text the reply is taken back. `was`: the one that was there ("": none); now another: too late."""

    question: str
    text: str | None = None
    private: bool = False
    was: str | None = None


class ReadReply(Struct, tag="read_reply", tag_field="do"):
    """Read the private reply to one's own question: `done.reply`, on this socket alone. `key` is its secret;
    without it only who has asked under the own name."""

    question: str
    key: str = ""


Command = Reply | ReadReply


class QuestionReplied(Struct, tag="question_replied", tag_field="type"):
    question: str
    reply: str | None = None
    private: bool = False


Event = QuestionReplied


def decide(state: State, command: Command, actor: Actor) -> tuple[Event, ...]:
    question = state.find(command.question)
    if isinstance(command, ReadReply):
        mine = question.author == actor.participant or question_id(command.key) == command.question
        if not mine:
            raise Rejected("not_yours")
        return ()
    if question.state == "withdrawn":
        raise Rejected("question_closed")
    if question.state == "merged":
        raise Rejected("question_merged")
    reply = None if command.text is None else clean(command.text, QUESTION_LIMIT)
    private = command.private and reply is not None
    if (reply, private) == (question.reply, question.private):
        return ()
    if command.was is not None and command.was != (question.reply or ""):
        raise Rejected("question_changed")
    return (QuestionReplied(question=command.question, reply=reply, private=private),)


def told(state: State, command: Command) -> str | None:
    """What a `read_reply` that was let through is answered with."""
    question = state.questions[command.question]
    return question.reply if isinstance(command, ReadReply) and question.private else None


def evolve(state: State, event: Event) -> set[str]:
    question = state.questions[event.question]
    question.reply, question.private = event.reply, event.private
    question.private_replies += event.private
    return {f"question/{event.question}"}
