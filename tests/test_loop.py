"""The loop: however many sockets are ready, others get their turn after a few."""

import select
import selectors
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from live.loop import TOGETHER, Few, new

pytestmark = pytest.mark.skipif(not hasattr(select, "epoll"), reason="elsewhere the loop is asyncio's own")
MANY = 3 * TOGETHER + 1


@pytest.fixture
def ready() -> Iterator[Few]:
    """Many sockets that may be read from, and nobody reads."""
    with ExitStack() as closing:
        few = closing.enter_context(Few())
        for number in range(MANY):
            near, far = socket.socketpair()
            closing.enter_context(near)
            closing.enter_context(far)
            far.send(b"!")
            few.register(near, selectors.EVENT_READ, number)
        yield few


def test_a_few_are_told_of_at_a_time_and_everybody_in_turn(ready: Few) -> None:
    told = [[key.data for key, _ in ready.select(0)] for _ in range(4)]
    assert [len(each) for each in told[:3]] == [TOGETHER] * 3
    assert set().union(*told) == set(range(MANY))


def test_what_may_be_written_to_is_told_as_such_and_what_is_gone_not_at_all() -> None:
    near, far = socket.socketpair()
    with Few() as few, near, far:
        assert few.select(0) == []
        key = few.register(near, selectors.EVENT_READ | selectors.EVENT_WRITE)
        assert few.select() == [(key, selectors.EVENT_WRITE)]
        far.close()
        assert few.select(1) == [(key, selectors.EVENT_READ | selectors.EVENT_WRITE)]
        few.unregister(near)
        assert few.select(0) == []


def test_it_is_a_loop_like_any_other() -> None:
    loop = new()

    async def answer() -> int:
        return 42

    assert loop.run_until_complete(answer()) == 42
    loop.close()
