"""The server's clock: what it makes of a wall clock that drifts, jumps ahead and is set back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from live.domain.notices import Notify
from live.log.eventlog import Entry
from live.steady import APART_MS, FOLLOW, LASTING_MS, WAIT, Steady, going_on
from tests.backstage import Backstage, behind

BEGIN = 1_800_000_000_000
HOUR = 3_600_000


@dataclass
class Machine:
    """A wall clock that anybody may set, and a counter that nobody can."""

    wall: int = BEGIN
    counter: int = 5_000

    def __post_init__(self) -> None:
        self.clock = Steady(lambda: self.wall, lambda: self.counter)

    def passes(self, ms: int, *, drift: float = 0.0) -> int:
        """So much time, and what the clock says then."""
        self.counter += ms
        self.wall += ms + round(ms * drift)
        return self.clock()

    def watched(self, ms: int, *, step: int = 1_000) -> list[int]:
        """What it says meanwhile, read every second."""
        return [self.passes(step) for _ in range(ms // step)]


def test_it_begins_with_the_wall_clock_and_counts_on() -> None:
    machine = Machine()
    assert machine.clock() == BEGIN
    assert machine.passes(1_500) == BEGIN + 1_500


def test_a_wall_clock_that_is_set_back_never_takes_it_back_and_is_met_in_passing() -> None:
    machine = Machine()
    machine.wall -= 2_000
    told = machine.watched(400_000)
    assert all(900 <= after - before <= 1_000 for before, after in pairwise(told)), "no freeze"
    assert told[-1] - machine.wall < APART_MS


def test_an_hour_back_makes_it_slower_by_no_more_than_half_a_hundredth() -> None:
    machine = Machine()
    machine.wall -= HOUR
    assert machine.watched(60_000)[-1] == BEGIN + 60_000 - 60_000 * WAIT


def test_a_jump_ahead_is_taken_once_it_has_lasted() -> None:
    machine = Machine()
    machine.clock()
    machine.wall += HOUR
    told = machine.watched(LASTING_MS)
    assert told[-1] == BEGIN + LASTING_MS
    assert machine.passes(1_000) == BEGIN + HOUR + LASTING_MS + 1_000


def test_a_jump_ahead_that_is_taken_back_is_none() -> None:
    machine = Machine()
    machine.wall += HOUR
    machine.watched(LASTING_MS - 1_000)
    machine.wall -= HOUR
    machine.watched(LASTING_MS * 2)
    assert machine.clock() == machine.wall


def test_a_jump_that_changes_has_not_lasted() -> None:
    machine = Machine()
    for _ in range(10):
        machine.wall += HOUR
        machine.watched(LASTING_MS // 2)
    assert machine.clock() == BEGIN + 10 * (LASTING_MS // 2)


def test_slow_drift_is_followed() -> None:
    machine = Machine()
    for _ in range(3_600):
        machine.passes(1_000, drift=0.0003)
    assert abs(machine.clock() - machine.wall) <= 2


def test_a_counter_that_goes_back_is_taken_to_stand() -> None:
    machine = Machine()
    told = machine.passes(1_000)
    machine.counter -= 700
    assert machine.clock() == told


MOMENTS = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=20_000),  # ms that pass
        st.sampled_from([0, 0, 0, 40, -40, 300, -300, 700, -900, 5_000, -5_000, HOUR, -HOUR]),  # set by
    ),
    max_size=60,
)


@given(MOMENTS)
def test_it_never_runs_backwards_nor_freezes_and_jumps_only_to_the_wall_clock(
    moments: list[tuple[int, int]],
) -> None:
    machine = Machine()
    before = machine.clock()
    for passed, set_by in moments:
        machine.wall += set_by
        told = machine.passes(passed)
        if told != machine.wall:  # it has not jumped: then it keeps time
            assert passed * (1 - WAIT) - 1 <= told - before <= passed * (1 + FOLLOW) + 1
        assert told >= before
        before = told


@given(MOMENTS, st.integers(min_value=0, max_value=HOUR))
def test_once_the_wall_clock_is_left_alone_it_is_behind_by_little_and_ahead_no_longer_than_it_takes(
    moments: list[tuple[int, int]], after: int
) -> None:
    machine = Machine()
    for passed, set_by in moments:
        machine.wall += set_by
        machine.passes(passed)
    ahead = machine.clock() - machine.wall
    machine.watched(LASTING_MS + 2_000 + after, step=1_000)
    apart = machine.clock() - machine.wall
    assert apart > -APART_MS - 1
    assert apart <= max(APART_MS, ahead - after * WAIT) + 1


# A log that ends in what is still to come -----------------------------------------------------------


def test_a_log_that_ends_in_the_past_leaves_the_clock_as_it_is() -> None:
    def clock() -> int:
        return BEGIN

    assert going_on(clock, BEGIN) is clock


def test_a_log_that_ends_in_the_future_goes_on_from_there_and_is_met_again() -> None:
    now = [BEGIN]
    clock = going_on(lambda: now[0], BEGIN + 2_000)
    assert clock() == BEGIN + 2_000
    told = [clock()]
    for _ in range(500):
        now[0] += 1_000
        told.append(clock())
    assert all(900 <= after - before <= 1_000 for before, after in pairwise(told))
    assert told[-1] == now[0]


async def stamps(where: Backstage) -> list[int]:
    return [entry.at for entry in await where.log() if isinstance(entry, Entry)]


async def test_a_server_that_starts_with_its_clock_set_back_goes_on_where_its_log_ends(
    tmp_path: Path,
) -> None:
    async with behind(tmp_path) as where:
        await where.open_poll()
        ended = (await stamps(where))[-1]
        where.now -= HOUR
        await where.reopen()
        lecturer = where.actor("lec", "lecturer")
        where.now += 10_000
        await where.do(lecturer, Notify(text="Welcome back"))
        told = await stamps(where)
        assert told == sorted(told)
        assert ended + 10_000 - 50 == told[-1]
        assert where.stage.clock() == told[-1], "pages are told the same time as the log"
