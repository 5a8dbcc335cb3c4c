"""Questions as they are shown: to everyone, to the desk, and of those that nobody may read the state alone.

What there is to see stands in `questions.State`; what only passes, such as who is at a question just now, in
`questions.Passing`. This module is asked by `broadcast` for each audience, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from .base import Audience, Struct
from .questions import PUBLIC, Action, Passing, QuestionState, State


class QuestionDoc(Struct):
    """`question/<id>`. Where the wording may not be seen there is the state alone, for the asker's phone.

    `into` is the question that this one was merged with, `votes` are those of all that were united. `since`:
    when it came to its state (ms). `private_reply`: how many replies there were for the asker alone, who may
    `read_reply`; the desk has the last in `reply`. `listed`: it has a word of the list. `held_by`: who at the
    desk is at it just now.
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
    since: int | None = None
    private_reply: int = 0
    labels: tuple[int, ...] = ()
    listed: bool = False
    held_by: str | None = None
    action: Action | None = None


Doc = QuestionDoc


def keys(state: State) -> Iterator[str]:
    yield from (f"question/{name}" for name in state.questions)


def view(state: State, passing: Passing, key: str, audience: Audience) -> Doc | None:
    name = key.partition("/")[2]
    question = state.questions[name]
    if audience == "screen" and question.state != "on_screen":
        return None
    if audience != "desk" and question.state not in PUBLIC:
        return QuestionDoc(state=question.state, into=question.into, private_reply=question.private_replies)
    author = state.people.get(question.author or "")
    desk = audience == "desk"
    holder = state.people.get(passing.holder(name) or "")
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
        reply=question.reply if desk or not question.private else None,
        since=question.since,
        private_reply=question.private_replies if question.private or not desk else 0,
        labels=tuple(each for each in question.labels if desk or state.labels[each].public),
        listed=desk and question.listed,
        held_by=holder.name if desk and holder else None,
        action=question.action if desk else None,
    )
