"""Questions on a broadcast's page: the list of words with which one waits, and what units have to see to.

The page shows action items from the record; what came of one is a command to the stage like any other, given
by the organiser's seat at the desk. Nothing is ever lost by a list of words: a question only waits.
"""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from live.domain.actions import Settle
from live.domain.base import NAME_LIMIT, Rejected, clean
from live.domain.wordlist import WORDS_LIMIT, words
from live.pages import forms, state
from live.pages.forms import Form
from live.pages.render import N_, sentence
from live.pages.signed_in import page_of, signed_in, the_broadcast

TOO_MANY_WORDS = N_("At most %(limit)d words.")
LONG_WORD = N_("“%(word)s” is too long for a word.")
ITEMS = "SELECT * FROM action_item WHERE broadcast = ? ORDER BY done, due IS NULL, due, question"


@dataclass(frozen=True)
class Item:
    """An action item as the page shows it."""

    question: str
    text: str
    unit: str
    due: str | None
    outcome: str
    done: bool


def items(db: sqlite3.Connection, broadcast: int) -> list[Item]:
    rows = db.execute(ITEMS, (broadcast,)).fetchall()
    if not rows:
        return []
    asked = db.execute("SELECT id, text FROM question WHERE broadcast = ?", (broadcast,))
    texts = {row["id"]: row["text"] for row in asked}
    return [
        Item(
            question=row["question"],
            text=texts.get(row["question"], ""),
            unit=row["unit"],
            due=row["due"],
            outcome=row["outcome"] or "",
            done=bool(row["done"]),
        )
        for row in rows
    ]


def read_words(request: Request, form: Form) -> tuple[str, ...]:
    """The list that was typed; look at the form's errors before using it."""
    given: list[str] = []
    for word in words(form["words"]):
        try:
            given.append(clean(word, NAME_LIMIT))
        except Rejected as refusal:
            if refusal.code == "too_long":
                form.errors["words"] = sentence(request, LONG_WORD, word=f"{word[:20]}…")
    if len(given) > WORDS_LIMIT:
        form.errors["words"] = sentence(request, TOO_MANY_WORDS, limit=WORDS_LIMIT)
    return tuple(given)


@signed_in
async def settle(request: Request) -> Response:
    """What came of an action item, and whether it is done."""
    broadcast, form = await the_broadcast(request), await forms.read(request)
    auth = state.auth(request)
    actor = await auth.organise(await auth.visitor(request), broadcast.id)
    if actor is None:
        raise HTTPException(403)
    stage = await state.stages(request).get(broadcast.id)
    command = Settle(
        question=form["question"], done=form["done"] == "1", outcome=form["outcome"].strip() or None
    )
    await stage.order(
        actor, secrets.token_urlsafe(16), command
    )  # refused only if it is gone: the page shows it
    return RedirectResponse(page_of(broadcast, "questions"), 303)


routes: list[BaseRoute] = [Route("/broadcasts/{slug}/actions", settle, methods=["POST"])]
