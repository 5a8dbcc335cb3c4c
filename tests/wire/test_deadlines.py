"""Deadlines: whoever is still there when time is up is told, nobody else, and with one timer."""

import asyncio

from live.wire import Deadlines
from tests.patience import eventually


async def test_whoever_is_late_is_told_in_order() -> None:
    late: list[str] = []
    deadlines = Deadlines[str](0.01, late.append)
    for who in ("first", "in time", "second", "once more"):
        deadlines.add(who)
    deadlines.discard("in time")
    deadlines.discard("nobody")
    deadlines.add("first")
    await eventually(lambda: len(late) == 3)
    assert late == ["second", "once more", "first"]
    deadlines.add("another day")
    await eventually(lambda: late[-1] == "another day")


async def test_one_who_is_late_may_take_others_out_and_bring_new_ones() -> None:
    late: list[str] = []

    def tell(who: str) -> None:
        late.append(who)
        deadlines.discard("friend")
        if who == "first":
            deadlines.add("new")

    deadlines = Deadlines[str](0.01, tell)
    deadlines.add("first")
    deadlines.add("friend")
    await eventually(lambda: late == ["first", "new"])


async def test_those_who_are_in_time_cost_no_timer_each() -> None:
    loop = asyncio.get_running_loop()
    deadlines = Deadlines[int](60, print)
    before = len(loop._scheduled)  # type: ignore[attr-defined]
    for who in range(100):
        deadlines.add(who)
    assert len(loop._scheduled) - before == 1  # type: ignore[attr-defined]
