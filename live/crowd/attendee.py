"""One simulated person: comes in by code and name, votes, asks, upvotes, looks away, leaves and returns.

`Crowd` makes them. Reaction times follow a log-normal distribution, as those of people do: most are
quick, some are very late. What a person is like is drawn once from the person's own randomness, so
one more person in the hall does not change the others.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp, log
from typing import Any

import msgspec

from live.domain.ballots import Ballot, Lean

from .browser import Browser, Page, TurnedAway
from .link import Link, TurnedOut
from .outbox import Frame, Pause, secret

VISIBLE = ("live", "on_screen")


@dataclass(frozen=True)
class Person:
    """Who comes: what they will write into the forms, and the language they read."""

    name: str
    unit: str = ""
    site: str = ""
    language: str = "zh"


@dataclass(frozen=True)
class Thought:
    """A question somebody has in mind."""

    text: str
    anonymous: bool


@dataclass
class Mind:
    """What the crowd shares: the questions nobody has asked yet, and how it leans in a poll, by its title."""

    thoughts: list[Thought] = field(default_factory=list)
    leanings: Mapping[str, Lean] = field(default_factory=dict)

    def take(self) -> Thought | None:
        return self.thoughts.pop(0) if self.thoughts else None


@dataclass(frozen=True)
class Habits:
    """What somebody is like. Seconds are medians or means, shares are between 0 and 1."""

    votes: bool
    skips: float  # share of polls left out
    wavers: float  # share of votes that are changed
    reacts: float
    asks_first: float
    asks: float
    upvotes: float
    cares: float  # share of questions that are worth a vote
    withdraws: float
    looks_away: float
    stays: float
    stays_away: float


def habits(rng: random.Random) -> Habits:
    """Draw a character. One in eight never votes; one in five has a question from the start."""
    return Habits(
        votes=rng.random() > 0.12,
        skips=rng.uniform(0.0, 0.15),
        wavers=rng.uniform(0.0, 0.3),
        reacts=rng.lognormvariate(log(4.0), 0.5),
        asks_first=rng.uniform(4.0, 25.0) if rng.random() < 0.2 else rng.uniform(25.0, 600.0),
        asks=rng.uniform(240.0, 1200.0),
        upvotes=rng.lognormvariate(log(25.0), 0.7),
        cares=rng.uniform(0.1, 0.7),
        withdraws=0.05,
        looks_away=rng.uniform(60.0, 400.0),
        stays=rng.uniform(120.0, 1500.0),
        stays_away=rng.lognormvariate(log(15.0), 0.6),
    )


class Attendee:
    """One person on one phone."""

    def __init__(
        self, person: Person, browser: Browser, mind: Mind, rng: random.Random, pause: Pause
    ) -> None:
        self.person = person
        self.habits = habits(rng)
        self.link: Link | None = None
        self._browser = browser
        self._mind = mind
        self._rng = rng
        self._pause = pause
        self._considered: set[tuple[str, int]] = set()  # polls, each by its round
        self._passed: set[str] = set()  # questions that leave us cold
        self._n: dict[str, int] = {}
        self._keys: dict[str, str] = {}  # question → the secret that proves it ours

    async def attend(self, code: str) -> None:
        """Come in, and come and go until cancelled; ends by itself when we are not let in, or put out."""
        try:
            page = await self._come_in(code)
        except TurnedAway:
            return
        self.link = Link(self._browser, page.socket or "", self._rng, self._pause)
        try:
            while await self._stay(self.link):
                await self._pause(self._about(self.habits.stays_away))
        finally:
            self.link.outbox.close()

    async def _come_in(self, code: str) -> Page:
        person = self.person
        answers = {"code": code, "name": person.name, "unit": person.unit, "site": person.site}
        return await self._browser.arrive(lambda: self._browser.get("/join"), answers, self._pause)

    async def _stay(self, link: Link) -> bool:
        """Be there for a while, doing what one does, all at the same time. False: there is no coming back."""
        link.visible, put_out = True, False
        try:
            async with asyncio.TaskGroup() as group:
                doings = (self._vote, self._ask, self._upvote, self._look_away)
                tasks = [group.create_task(link.keep()), *(group.create_task(do(link)) for do in doings)]
                await self._pause(self._about(self.habits.stays))
                for task in tasks:
                    task.cancel()
        except* TurnedOut:
            put_out = True
        return not put_out

    # What one does -----------------------------------------------------------------------------

    async def _vote(self, link: Link) -> None:
        while self.habits.votes:
            await link.until(lambda: self._open(link) is not None)
            number, poll = self._open(link) or ("", {})
            self._considered.add((number, poll["round"]))
            if self._rng.random() < self.habits.skips:
                continue
            await self._choose(link, number)
            if self._rng.random() < self.habits.wavers:
                await self._choose(link, number)

    def _open(self, link: Link) -> tuple[str, Any] | None:
        """A poll that is open and that we have not thought about in this round."""
        for number, poll in link.those("poll").items():
            if poll["state"] == "open" and (number, poll["round"]) not in self._considered:
                return number, poll
        return None

    async def _choose(self, link: Link, number: str) -> None:
        await self._pause(link.behind_seconds() + self._about(self.habits.reacts))
        poll, seen_at = link.docs.get(f"poll/{number}"), link.watching()["media_at"]
        if poll is None or (poll["state"] != "open" and seen_at > (poll.get("closed_at") or 0)):
            return  # too late
        known = link.you.get("votes", {}).get(number, {}).get("n", 0)
        self._n[number] = max(self._n.get(number, 0), known) + 1
        ballot = msgspec.convert(poll["ballot"], type=Ballot)
        choice = ballot.guess(self._mind.leanings.get(poll["title"], ()), self._rng.random)
        vote: Frame = {"do": "vote", "poll": int(number), "round": poll["round"]}
        await link.order({**vote, "n": self._n[number], "choice": list(choice), "seen_at": seen_at})

    async def _ask(self, link: Link) -> None:
        if not self._keys:
            await self._pause(self.habits.asks_first)
        while (thought := self._mind.take()) is not None:
            key = secret(self._rng)
            asked: Frame = {"do": "ask", "key": key, "text": thought.text, "anonymous": thought.anonymous}
            answer = await link.order(asked)
            if answer.made is not None:
                self._keys[answer.made.partition("/")[2]] = key
            await self._pause(self._about(self.habits.asks))
            if answer.made is not None and self._rng.random() < self.habits.withdraws:
                question = answer.made.partition("/")[2]
                await link.order({"do": "withdraw", "question": question, "key": key})

    async def _upvote(self, link: Link) -> None:
        while True:
            await self._pause(self._about(self.habits.upvotes))
            upvoted = set(link.you.get("upvoted", ()))
            settled = upvoted | self._passed | self._keys.keys()
            wanted = {
                name: doc.get("votes", 0) + 1
                for name, doc in link.those("question").items()
                if doc["state"] in VISIBLE and name not in settled
            }
            if not wanted:
                continue
            # Squared: what is popular becomes more popular, and the list gets an order.
            question = self._rng.choices(list(wanted), [votes**2 for votes in wanted.values()])[0]
            if self._rng.random() > self.habits.cares:
                self._passed.add(question)
            elif (await link.order({"do": "upvote", "question": question, "on": True})).refused is None:
                link.you = {**link.you, "upvoted": [*upvoted, question]}

    async def _look_away(self, link: Link) -> None:
        while True:
            await self._pause(self._about(self.habits.looks_away))
            await link.look(False)
            await self._pause(self._about(self.habits.stays_away))
            await link.look(True)

    def _about(self, seconds: float) -> float:
        """Log-normal around a median: mostly near it, now and then several times as long."""
        return seconds * exp(self._rng.gauss(0.0, 0.5))
