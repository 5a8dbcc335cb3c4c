"""What passes: answered and shown like any command, and in no log."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from live.domain.life import Start
from live.domain.reactions import PACE_MS, React, SetPace, SetReactions
from live.protocol import Done
from tests.backstage import Backstage, behind, code


@pytest.fixture
async def where(tmp_path: Path) -> AsyncIterator[Backstage]:
    async with behind(tmp_path) as backstage:
        lecturer = backstage.actor("chen", "lecturer")
        await backstage.do(lecturer, Start())
        await backstage.do(lecturer, SetReactions(signs=True, pace=True, on_screen=False))
        yield backstage


async def test_a_reaction_and_a_pace_are_answered_and_shown_and_leave_no_row(where: Backstage) -> None:
    desk = await where.ear("mo", "moderator")
    before = len(await where.rows())
    for name in ("ann", "bob"):
        await where.do(where.actor(name), React(sign="unclear"))
        await where.do(where.actor(name), SetPace(pace="slower"))
    await desk.until(lambda: desk.docs["reactions"].get("felt") == {"slower": 2})
    assert desk.docs["reactions"]["shown"] == {"unclear": 2}
    assert len(await where.rows()) == before


async def test_sent_again_it_is_counted_once(where: Backstage) -> None:
    desk = await where.ear("mo", "moderator")
    name = "command-000000000000001"
    for _ in range(3):
        assert await where.order(where.actor("ann"), SetPace(pace="faster"), name) == Done(id=name)
    await where.settle()
    await desk.until(lambda: desk.docs["reactions"].get("felt") == {"faster": 1})


async def test_it_passes_by_itself_and_with_a_restart(where: Backstage) -> None:
    desk = await where.ear("mo", "moderator")
    await where.do(where.actor("ann"), SetPace(pace="slower"))
    await desk.until(lambda: "felt" in desk.docs["reactions"])
    where.now += PACE_MS + 1_000
    await where.settle()  # whatever the stage does next, it looks at the clock
    await desk.until(lambda: "felt" not in desk.docs["reactions"])
    await where.do(where.actor("ann"), SetPace(pace="slower"))
    await where.reopen()
    again = await where.ear("max", "moderator")
    assert "felt" not in again.docs["reactions"]


async def test_who_shows_signs_all_the_time_is_slowed_down(where: Backstage) -> None:
    ann = where.actor("ann")
    answers = [await where.order(ann, React(sign="applause")) for _ in range(7)]
    assert code(answers[-1]) == "too_fast"
    assert all(isinstance(each, Done) for each in answers[:-1])
