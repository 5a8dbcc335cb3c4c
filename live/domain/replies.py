"""Replies: what the desk answers to a question in writing, also after the end.

A reply stands under its question on every page that may show the question: it is
never for one person, because a way to the asker alone would say who asked. One
reply a question; a new one takes its place, and the log keeps them all.
"""

from __future__ import annotations

from .base import QUESTION_LIMIT, Rejected, Struct, clean
from .questions import State


class Reply(Struct, tag="reply", tag_field="do"):
    """Answer a question in writing, for everyone who sees it; without a text the reply is taken back."""

    question: str
    text: str | None = None


Command = Reply


class QuestionReplied(Struct, tag="question_replied", tag_field="type"):
    question: str
    reply: str | None = None


Event = QuestionReplied


def decide(state: State, command: Command) -> tuple[Event, ...]:
    question = state.find(command.question)
    if question.state == "withdrawn":
        raise Rejected("question_closed")
    if question.state == "merged":
        raise Rejected("question_merged")
    reply = None if command.text is None else clean(command.text, QUESTION_LIMIT)
    return () if reply == question.reply else (QuestionReplied(question=command.question, reply=reply),)


def evolve(state: State, event: Event) -> set[str]:
    state.questions[event.question].reply = event.reply
    return {f"question/{event.question}"}
