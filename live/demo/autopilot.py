"""The demo's lecturer while nobody is at the desk: goes through the rundown so that every page is alive.

It comes in by the lecturer's link like anybody else and does what a lecturer does, over a real
socket: drives, opens and closes polls, shows results, works the question queue. The stage changes when
the lecturer in the film presses the clicker (`stream`). It hands over to whoever asks, and is gone for
good once somebody else drives. `live.demo` starts it.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from math import log
from typing import Any

from live.crowd import Link, Pause
from live.demo.questions import BETTER, RUDE
from live.demo.stream import until_beat
from live.steady import wall

# At least so long, and on to the next beat of the film.
SLIDE_SECONDS = 8.0
BOARD_SECONDS = 8.0  # a notice or a break: long enough to be read
ANSWERING_SECONDS = 8.0
RESULT_SECONDS = 4.0
BY_UNIT_SECONDS = 6.0  # the same by unit: there is more to read

VOTING_SECONDS = 18.0  # most of the crowd has voted by then
COUNTING_SECONDS = 6.0  # the bars are shown, and still grow
SLIDES_PER_QUESTION = 3
READING_SECONDS = 3.0  # until a question has been read, in the median
LEFT_IN_QUEUE = 2  # so that there is something to moderate for whoever comes to look


class Autopilot:
    """`link` is a socket at the desk; `say` tells the person at the terminal."""

    def __init__(
        self,
        link: Link,
        rng: random.Random,
        pause: Pause,
        say: Callable[[str], None],
        now: Callable[[], int] = wall,
    ) -> None:
        self._link = link
        self._rng = rng
        self._pause = pause
        self._say = say
        self._now = now
        self._drives = False
        self._at: str | None = None  # the item we brought on stage last
        self._slides = 0

    async def run(self) -> None:
        """Drive until somebody else does, or until cancelled."""
        async with asyncio.TaskGroup() as group:
            doings = (self._link.keep, self._drive, self._moderate, self._hand_over)
            tasks = [group.create_task(do()) for do in doings]
            await self._link.until(self._taken_over)
            for task in tasks:
                task.cancel()
        self._say(f"{self._name(self._driver())} drives now; the autopilot has let go.")

    # Driving -----------------------------------------------------------------------------------

    async def _drive(self) -> None:
        await self._link.until(lambda: bool(self._items()))
        await self._do("start")
        await self._do("take_drive")
        await self._link.until(lambda: self._driver() == self._me())
        self._drives = True
        await self._close_polls()
        self._at = self._link.docs["rundown"].get("current")
        while True:
            await self._play(self._next())

    def _next(self) -> dict[str, Any]:
        """The item after the last one; behind the end it begins anew."""
        items = self._items()
        ids = [item["id"] for item in items]
        after = ids.index(self._at) + 1 if self._at in ids else 0
        item: dict[str, Any] = items[after % len(items)]
        return item

    async def _play(self, item: dict[str, Any]) -> None:
        self._at = item["id"]
        await self._do("goto", item=item["id"])
        match item["kind"]:
            case "slide":
                await self._stay(SLIDE_SECONDS)
                self._slides += 1
                if self._slides % SLIDES_PER_QUESTION == 0:
                    await self._take_question()
            case "poll":
                await self._hold_poll(item["poll"])
            case _:
                await self._stay(BOARD_SECONDS)

    async def _hold_poll(self, poll: int) -> None:
        state = self._poll(poll).get("state")
        await self._do("rerun_poll" if state == "closed" else "open_poll", poll=poll)
        await self._pause(VOTING_SECONDS)
        quiz = self._poll(poll).get("quiz")
        if not quiz:  # where one answer is right nobody is led by the others
            await self._do("show_results", poll=poll, shown=True)
        await self._pause(COUNTING_SECONDS)
        await self._do("close_poll", poll=poll)
        if quiz:
            await self._do("show_results", poll=poll, shown=True)
            await self._link.until(lambda: self._poll(poll).get("shown") is True)
        splits = self._link.docs.get(f"split/{poll}", {}).get("splits", ())
        if any(split["by"] == "unit" for split in splits):
            await self._pause(RESULT_SECONDS)
            await self._do("show_poll", poll=poll, by="unit")
            await self._stay(BY_UNIT_SECONDS)
        else:
            await self._stay(RESULT_SECONDS)

    def _poll(self, poll: int) -> dict[str, Any]:
        doc: dict[str, Any] = self._link.docs.get(f"poll/{poll}", {})
        return doc

    async def _close_polls(self) -> None:
        """Those that an earlier evening in the same folder left open."""
        for number, poll in self._link.those("poll").items():
            if poll["state"] == "open":
                await self._do("close_poll", poll=int(number))

    async def _take_question(self) -> None:
        """The one that most people want answered goes on the screen."""
        waiting = {name: doc for name, doc in self._link.those("question").items() if doc["state"] == "live"}
        if not waiting:
            return
        wanted = max(waiting, key=lambda name: int(waiting[name].get("votes", 0)))
        await self._do("present", question=wanted)
        await self._stay(ANSWERING_SECONDS)
        await self._do("answer", question=wanted)

    async def _stay(self, seconds: float) -> None:
        """At least so long, until the lecturer in the film presses the clicker."""
        await self._pause(seconds + until_beat(self._now() + round(seconds * 1_000)) / 1_000)

    # The queue ---------------------------------------------------------------------------------

    async def _moderate(self) -> None:
        while True:
            await self._link.until(lambda: len(self._pending()) > LEFT_IN_QUEUE)
            await self._pause(self._rng.lognormvariate(log(READING_SECONDS), 0.5))
            pending = self._pending()
            if len(pending) > LEFT_IN_QUEUE:
                await self._judge(pending[0])

    def _pending(self) -> list[str]:
        """Questions that wait, the oldest first."""
        questions = self._link.those("question")
        waiting = [name for name, doc in questions.items() if doc["state"] == "pending"]
        return sorted(waiting, key=lambda name: int(questions[name].get("at") or 0))

    async def _judge(self, question: str) -> None:
        text = self._link.docs[f"question/{question}"].get("text", "")
        if text in BETTER:
            await self._do("edit", question=question, text=BETTER[text])
        await self._do("dismiss" if text in RUDE else "approve", question=question)
        await self._link.until(lambda: question not in self._pending())  # the answer may outrun the doc

    # Letting go --------------------------------------------------------------------------------

    async def _hand_over(self) -> None:
        """Whoever asks for the drive gets it."""
        while True:
            await self._link.until(lambda: self._drives and bool(self._requests()))
            await self._do("hand_drive", to=self._requests()[0])
            await self._pause(1.0)  # the one who asked may have left meanwhile

    def _taken_over(self) -> bool:
        return self._drives and self._driver() not in {None, self._me()}

    # What the desk knows -----------------------------------------------------------------------

    async def _do(self, command: str, **fields: Any) -> None:
        """A refusal needs no care: somebody at the desk was quicker, and the docs say how it is now."""
        await self._link.order({"do": command, **fields})

    def _items(self) -> list[dict[str, Any]]:
        return list(self._link.docs.get("rundown", {}).get("items", ()))

    def _driver(self) -> str | None:
        driver: str | None = self._link.docs.get("driver", {}).get("driver")
        return driver

    def _requests(self) -> list[str]:
        return list(self._link.docs.get("driver", {}).get("requests", ()))

    def _me(self) -> str | None:
        return self._link.you.get("participant")

    def _name(self, participant: str | None) -> str:
        return str(self._link.docs.get(f"person/{participant}", {}).get("name") or "Somebody")
