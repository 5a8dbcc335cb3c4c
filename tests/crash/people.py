"""Those who take part in a crash test: attendees who vote and ask, a lecturer who runs the show.

Each acts by chance from a seed, through a `Phone`, until it is told to stop. What they do is legal: a
refusal is only ever a matter of being too late.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import random
from typing import Any

from tests.crash.phone import Phone

PAUSE_SECONDS = 0.08  # between two actions of one person, at most
WAITING_LIMIT = 6  # commands in an outbox: nobody types on for minutes without an answer
QUESTIONS_LIMIT = 4  # of one attendee: five at once are too fast
LATE = {"poll_closed", "other_round", "question_closed", "not_live", "no_such_question"}


def question_id(key: str) -> str:
    """As docs/protocol.md has it."""
    return base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())[:22].decode()


class Attendee:
    def __init__(self, phone: Phone, rng: random.Random) -> None:
        self.phone = phone
        self._rng = rng
        self._n = 0
        self._questions: dict[str, str] = {}  # id → key
        self._upvoted: dict[str, str] = {}  # question → the command that said so last

    async def act(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            await asyncio.sleep(self._rng.uniform(0, PAUSE_SECONDS))
            if len(self.phone.outbox) < WAITING_LIMIT:
                self._rng.choices((self._vote, self._ask, self._upvote, self._withdraw), (60, 10, 28, 2))[0]()

    def _vote(self) -> None:
        """Vote, or change one's mind while an older vote may still be on its way."""
        for key, poll in self._docs("poll"):
            if poll["state"] == "open":
                self._n += 1
                choice = [self._rng.randrange(len(poll["ballot"]["options"]))]
                number = int(key.partition("/")[2])
                self.phone.order("vote", poll=number, round=poll["round"], n=self._n, choice=choice)

    def _ask(self) -> None:
        if len(self._questions) < QUESTIONS_LIMIT:
            key = self.phone.secret()
            self._questions[question_id(key)] = key
            text = f"Question {len(self._questions)} of {self._rng.random()}"
            self.phone.order("ask", key=key, text=text, anonymous=self._rng.random() < 0.5)

    def _upvote(self) -> None:
        """The other way than last time, once that has been answered."""
        open_questions = [key for key, doc in self._docs("question") if doc["state"] in {"live", "answered"}]
        if not open_questions:
            return
        question = self._rng.choice(open_questions).partition("/")[2]
        before = self._upvoted.get(question)
        if before in self.phone.outbox or before in self.phone.refused:
            return
        on = before is None or not self.phone.sent[before]["on"]
        self._upvoted[question] = self.phone.order("upvote", question=question, on=on)

    def _withdraw(self) -> None:
        if self._questions:
            question = self._rng.choice(list(self._questions))
            self.phone.order("withdraw", question=question, key=self._questions[question])

    def _docs(self, kind: str) -> list[tuple[str, Any]]:
        return [(key, doc) for key, doc in self.phone.docs.items() if key.startswith(f"{kind}/")]


class Lecturer:
    """Opens, closes and re-runs polls, drives, takes questions; waits for each answer before going on."""

    def __init__(self, phone: Phone, rng: random.Random) -> None:
        self.phone = phone
        self._rng = rng
        self._polls: dict[int, str] = {}  # number → state
        self._items: list[str] = []

    async def begin(self) -> None:
        ask = self.phone.ask
        await ask("start")
        await ask("set_questions", mode="open", anonymous=True)
        await ask("take_drive")
        for title in ("Which first?", "Which last?"):
            made = await ask("add_poll", title=title, ballot={"kind": "single", "options": ["A", "B", "C"]})
            assert made is not None
            self._polls[int(made.partition("/")[2])] = "draft"
        for minutes in (1, 2, 3):
            self._items.append(self.phone.secret()[:22])
            item = {"kind": "break", "id": self._items[-1], "text": "Tea", "minutes": minutes}
            await ask("place", item=item)
        for poll in self._polls:
            await ask("open_poll", poll=poll)
            self._polls[poll] = "open"

    async def act(self, stop: asyncio.Event) -> None:
        items = iter(self._rng.choices(self._items, k=100_000))
        while not stop.is_set():
            await asyncio.sleep(self._rng.uniform(0, 5 * PAUSE_SECONDS))
            await self._rng.choice((self._turn_poll, self._take_question, lambda: self._go_to(next(items))))()

    async def _turn_poll(self) -> None:
        poll = self._rng.choice(list(self._polls))
        if self._polls[poll] == "open":
            await self.phone.ask("close_poll", poll=poll)
            self._polls[poll] = "closed"
        else:
            await self.phone.ask(self._rng.choice(("reopen_poll", "rerun_poll")), poll=poll)
            self._polls[poll] = "open"

    async def _take_question(self) -> None:
        """Present, answer or dismiss one; its asker may be quicker and withdraw it."""
        questions = [key for key, doc in self.phone.docs.items() if key.startswith("question/")]
        if questions:
            question = self._rng.choice(questions).partition("/")[2]
            name = self.phone.order(self._rng.choice(("present", "answer", "approve")), question=question)
            await self.phone.until(lambda: name not in self.phone.outbox)

    async def _go_to(self, item: str) -> None:
        await self.phone.ask("goto", item=item)
