"""The demo: a whole broadcast to look at, with a course, a rundown, a crowd, and a lecturer.

`live.cli` calls `run` for `live demo`. It is the ordinary server with ordinary contents; only the people
are made up, and they come in by the front door. Without a folder of its own nothing is kept.
"""

from __future__ import annotations

import asyncio
import logging
import random
import signal
import tempfile
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TypeVar

from starlette.applications import Starlette

from live.crowd import Browser, Crowd, Link, Pause, Person, TurnedAway, TurnedOut
from live.demo import rundown, stream
from live.demo.autopilot import Autopilot
from live.demo.preparation import Invitation, prepare
from live.demo.questions import THOUGHTS
from live.demo.roster import REMOTE, SITES, attending
from live.server import serve
from live.settings import Settings

T = TypeVar("T")

logger = logging.getLogger(__name__)

SITE_WEIGHTS = (9, 5, 6)  # more in the hall than at the other place or at home
AUTOPILOT_NAME = "自动演示 / Autopilot"


async def run(
    settings: Callable[[Path], Settings],
    *,
    data: Path | None,
    people: int,
    autopilot: bool,
    say: Callable[[str], None] = partial(print, flush=True),  # noqa: B008  it is frozen
) -> None:
    """Serve the demo until Ctrl-C, in `data` or in a folder that is removed afterwards."""
    with ExitStack() as stack:
        kept = data is not None
        folder = data or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="live-demo-")))
        given = settings(folder)
        rng = random.Random()  # another one each time: a folder may have met these people before
        company: list[asyncio.Task[None]] = []

        async def make(app: Starlette) -> Invitation:
            say("Setting up the demo …")
            app.router.routes.extend(stream.routes(app.state.clock))
            return await prepare(app)

        async def started(app: Starlette) -> None:
            invitation = await until_ctrl_c(make(app))
            if invitation is None:
                return
            say(welcome(given, invitation, people=people, autopilot=autopilot, kept=kept))
            company.append(_send_in(gather_crowd(given, invitation.code, people, rng).run(asyncio.Event())))
            if autopilot:
                company.append(_send_in(fly(given, invitation.lecturer, rng, say)))

        try:
            await serve(given, started)
        finally:
            for task in company:
                task.cancel()
            await asyncio.gather(*company, return_exceptions=True)


async def until_ctrl_c(doing: Coroutine[None, None, T]) -> T | None:
    """The result; None if Ctrl-C came first: the server ends, but not before its start is over."""
    task, loop = asyncio.create_task(doing), asyncio.get_running_loop()
    before = signal.getsignal(signal.SIGINT)

    def both(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(task.cancel)
        if callable(before):
            before(number, frame)

    signal.signal(signal.SIGINT, both)
    try:
        await asyncio.wait({task})
        return None if task.cancelled() else task.result()
    finally:
        signal.signal(signal.SIGINT, before)


def welcome(given: Settings, invitation: Invitation, *, people: int, autopilot: bool, kept: bool) -> str:
    """What the terminal shows."""
    chinese, _, english = rundown.TITLE.partition(" / ")
    places = [
        ("Desk", f"/enter#{invitation.lecturer}"),
        ("Moderator", f"/enter#{invitation.moderator}"),
        ("Screen", f"/enter#{invitation.screen}"),
        ("Attendee", f"/join/{invitation.code}"),
        ("Remote", f"/join/{invitation.code}?site={REMOTE}"),
        *([("Organiser", f"/setup#{invitation.setup}")] if invitation.setup else []),
    ]
    company = f"{people} people are coming in." if people else "Nobody comes but you."
    if autopilot:
        company += " The slides move by themselves until you take the drive at the desk."
    end = (
        f"Ctrl-C ends it; everything is kept in {given.data}/."
        if kept
        else "Ctrl-C ends it; nothing is kept."
    )
    lines = [f"{place:<11}{given.address}{path}" for place, path in places]
    return "\n".join(
        [
            "",
            f"  {chinese} · {english}",
            "",
            *(f"    {each}" for each in lines),
            "",
            f"  {company}",
            f"  {end}",
            "",
        ]
    )


def gather_crowd(
    given: Settings, code: str, people: int, rng: random.Random, pause: Pause = asyncio.sleep
) -> Crowd:
    """The first of the roster, each at one of the sites."""
    sites = rng.choices([site.id for site in SITES], SITE_WEIGHTS, k=people)
    company = [
        Person(each.name, each.unit, site, language="en" if each.name.isascii() else "zh")
        for each, site in zip(attending(people), sites, strict=True)
    ]
    leanings = {each.title: each.lean for each in rundown.PLAN if isinstance(each, rundown.PlannedPoll)}
    return Crowd(
        given.address,
        code,
        company,
        rng,
        dial=_dial(given),
        thoughts=THOUGHTS,
        leanings=leanings,
        pause=pause,
    )


async def fly(given: Settings, token: str, rng: random.Random, say: Callable[[str], None]) -> None:
    """Let the autopilot come in by the lecturer's link and drive."""
    browser = Browser(given.address, dial=_dial(given))
    answers = {"name": AUTOPILOT_NAME}
    page = await browser.arrive(lambda: browser.post("/enter", {"token": token}), answers, asyncio.sleep)
    await Autopilot(Link(browser, page.socket or "", rng, asyncio.sleep), rng, asyncio.sleep, say).run()


def _dial(given: Settings) -> str:
    """Where the server listens, whatever it is called outside."""
    return replace(given, url=None).address


def _send_in(doing: Awaitable[None]) -> asyncio.Task[None]:
    """Start somebody. Whatever happens to them, the server goes on."""

    async def safely() -> None:
        try:
            await doing
        except* (TurnedAway, TurnedOut):
            logger.warning("The link of the demo's own people was withdrawn: they have left.")
        except* Exception:
            logger.exception("The demo's own people have left")

    return asyncio.create_task(safely())
