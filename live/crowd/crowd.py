"""Many attendees at once: they drift in, stay as long as the event does, and are counted.

Made by the demo and by tests with the address of a server that runs, the code of a broadcast, and
who is to come. `run` ends soon after `stop` is set, with every socket closed.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from live.domain.ballots import Lean

from .attendee import Attendee, Mind, Person, Thought
from .browser import Browser
from .outbox import Pause

ARRIVE_SECONDS = 8.0  # from the first to the last: a hall fills, it does not appear


@dataclass(frozen=True)
class Summary:
    """What the crowd has done so far, as the server confirmed it."""

    joined: int
    votes: int
    questions: int
    upvotes: int
    reconnects: int
    refused: Mapping[str, int]


class Crowd:
    """`people` at the broadcast with `code` on the server at `url`; `dial`: where that really listens."""

    def __init__(
        self,
        url: str,
        code: str,
        people: Sequence[Person],
        rng: random.Random,
        *,
        dial: str | None = None,
        thoughts: Sequence[Thought] = (),
        leanings: Mapping[str, Lean] | None = None,
        pause: Pause = asyncio.sleep,
    ) -> None:
        mind = Mind(rng.sample(thoughts, len(thoughts)), leanings or {})
        self._code = code
        self._pause = pause
        self.attendees = [
            Attendee(
                person,
                Browser(url, person.language, dial=dial),
                mind,
                random.Random(rng.random()),
                pause,
            )
            for person in people
        ]
        self._delays = sorted(rng.uniform(0.0, ARRIVE_SECONDS) for _ in people)

    async def run(self, stop: asyncio.Event) -> None:
        """Bring them in and let them be until `stop`."""
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(self._arrive(attendee, delay))
                for attendee, delay in zip(self.attendees, self._delays, strict=True)
            ]
            await stop.wait()
            for task in tasks:
                task.cancel()

    async def _arrive(self, attendee: Attendee, delay: float) -> None:
        await self._pause(delay)
        await attendee.attend(self._code)

    def summary(self) -> Summary:
        links = [attendee.link for attendee in self.attendees if attendee.link is not None]
        refused: dict[str, int] = {}
        for link in links:
            for code, times in link.outbox.refused.items():
                refused[code] = refused.get(code, 0) + times

        def done(command: str) -> int:
            return sum(link.outbox.done[command] for link in links)

        return Summary(
            joined=sum(link.connects > 0 for link in links),
            votes=done("vote"),
            questions=done("ask"),
            upvotes=done("upvote"),
            reconnects=sum(max(0, link.connects - 1) for link in links),
            refused=refused,
        )
