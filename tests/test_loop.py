"""The loop: however many sockets are ready, others get their turn after a few, and as many as they need."""

import asyncio
import select
import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from live.loop import ALONE_SECONDS, TOGETHER, Few, Loop, new, others

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


@pytest.fixture
def loop() -> Iterator[Loop]:
    loop = Loop()
    yield loop
    loop.close()


class Clock:
    """A time that a test sets."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_who_gives_way_goes_on_when_nobody_has_anything_to_do(loop: Loop) -> None:
    few, turn = Few(Clock()), loop.create_future()
    few.wait(1, turn)
    assert few.select(0) == []
    assert not turn.done(), "something else is to be done"
    assert few.select(None) == []
    assert turn.done(), "asked without end, and still it does not wait"
    few.close()


def test_who_gives_way_waits_while_sockets_are_ready_and_no_longer_than_agreed(
    ready: Few, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, first, second = Clock(), loop.create_future(), loop.create_future()
    monkeypatch.setattr(ready, "_clock", clock)
    ready.wait(1, first)
    ready.wait(2, second)
    assert len(ready.select(None)) == TOGETHER
    assert not first.done()
    clock.now = 1
    ready.select(0)
    assert [first.done(), second.done()] == [True, False]
    clock.now = 2
    second.cancel()
    ready.select(0)


def test_who_is_alone_goes_on_without_a_turn_until_it_has_been_long_or_a_socket_is_ready(loop: Loop) -> None:
    clock = Clock()
    near, far = socket.socketpair()
    with Few(clock) as few, near, far:
        few.register(near, selectors.EVENT_READ)
        assert not few.nobody(), "nobody has looked yet"
        few.wait(1, loop.create_future())
        few.select(None)
        assert few.nobody()
        clock.now = ALONE_SECONDS
        assert not few.nobody(), "a timer may be due"
        clock.now = 0
        far.send(b"!")
        assert not few.nobody()


def test_two_who_give_way_are_not_alone(loop: Loop) -> None:
    with Few(Clock()) as few:
        few.wait(1, loop.create_future())
        few.wait(1, loop.create_future())
        few.select(None)
        assert not few.nobody()


def test_a_thread_that_calls_has_its_turn_from_one_who_was_alone(loop: Loop) -> None:
    called: list[str] = []

    async def much() -> None:
        await others(60)
        caller = threading.Thread(target=loop.call_soon_threadsafe, args=(called.append, "thread"))
        caller.start()
        caller.join()
        await others(60)

    loop.run_until_complete(much())
    assert called == ["thread"]


def test_a_request_of_many_turns_is_done_before_the_next_of_much_work(loop: Loop) -> None:
    done = []

    async def request() -> None:
        for _ in range(10):
            await asyncio.sleep(0)
        done.append("request")

    async def much() -> None:
        asking = asyncio.create_task(request())
        await others(60)
        done.append("much")
        await asking

    loop.run_until_complete(much())
    assert done == ["request", "much"]


def test_on_another_loop_others_get_one_turn() -> None:
    async def much() -> list[int]:
        turns: list[int] = []
        asyncio.get_running_loop().call_soon(turns.append, 1)
        await others(60)
        return turns

    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        assert runner.run(much()) == [1]
