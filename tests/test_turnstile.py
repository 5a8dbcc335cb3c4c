"""The turnstile: however many come, they are served nearly as fast as if they had come in turn."""

from collections import Counter, deque
from dataclasses import dataclass, field
from heapq import heappop, heappush

import pytest

from live.stage.inbox import TOGETHER
from live.stage.turnstile import FARTHEST, LONGEST, NEWCOMERS, Turnstile

SERVING, READING, SENDING_BACK = (
    0.000_035,
    0.000_035,
    0.000_025,
)  # seconds: what a small machine takes for each
COMMIT = 0.001  # … and together
SERVED = TOGETHER / (COMMIT + TOGETHER * (SERVING + READING))  # in a second, when nobody is sent back


def test_while_nobody_waits_long_everybody_comes_in() -> None:
    turnstile = Turnstile()
    assert not any(turnstile.wait(f"p{n}", NEWCOMERS, 1.0) for n in range(1_000))


def test_whoever_is_sent_back_has_a_turn_of_their_own() -> None:
    turnstile = Turnstile()
    waits = [turnstile.wait(f"p{n}", LONGEST, 1.0) for n in range(100)]
    assert waits[0] == LONGEST, "who is inside goes first"
    assert waits == sorted(set(waits))


def test_whoever_comes_early_keeps_their_turn_and_is_told_again() -> None:
    turnstile = Turnstile()
    first = turnstile.wait("ann", LONGEST, 1.0)
    assert turnstile.wait("ann", LONGEST, 1.1) == pytest.approx(first - 0.1)
    assert turnstile.wait("ann", NEWCOMERS, 1.1) == 0, "but if there is room, why wait"


def test_at_their_turn_they_go_before_newcomers_once() -> None:
    turnstile = Turnstile()
    turn = 1.0 + turnstile.wait("ann", LONGEST, 1.0)
    assert turnstile.wait("bob", LONGEST, turn) > 0
    assert turnstile.wait("ann", LONGEST, turn) == 0
    turnstile.enter("ann", turn)
    assert turnstile.wait("ann", LONGEST, turn) > 0


def test_the_queue_moves_as_fast_as_people_are_served() -> None:
    turnstile = Turnstile()
    for _ in range(50):
        turnstile.served(200, 0.1)
    waits = [turnstile.wait(f"p{n}", LONGEST, 1.0) for n in range(2_001)]
    assert waits[-1] - waits[0] == pytest.approx(1.0, rel=0.01)


def test_nobody_is_sent_away_for_long_however_slow_it_was_before() -> None:
    turnstile = Turnstile()
    for _ in range(50):
        turnstile.served(1, 5.0)
    assert max(turnstile.wait(f"p{n}", LONGEST, 1.0) for n in range(1_000)) <= FARTHEST


def test_whoever_never_came_again_is_forgotten() -> None:
    turnstile = Turnstile()
    for n in range(10):
        turnstile.wait(f"p{n}", LONGEST, 1.0)
    turnstile.enter("late", 1.0 + 2 * FARTHEST)
    assert turnstile.wait("p0", LONGEST, 1.0 + 2 * FARTHEST) > 0, "a newcomer"


# A hall that votes faster than it can be served ----------------------------------------------------


@dataclass
class Page:
    """Somebody's votes that wait on the device, each with when it was given; it sends as the outbox does."""

    name: str
    votes: deque[float] = field(default_factory=deque)
    turn: float = 0.0
    under_way: bool = False


@pytest.mark.parametrize("times", [1.2, 2.0, 4.0])
def test_a_hall_over_capacity_is_served_as_fast_as_one_within(times: float) -> None:
    served, sent_back = hall(times * SERVED, seconds=4.0, people=3_000)
    assert served >= 0.95 * 4.0 * SERVED
    assert sent_back == 0, "each page waits for its answer, and all of them find room inside"


@pytest.mark.parametrize("times", [1.2, 2.0, 4.0])
def test_a_town_over_capacity_pays_for_being_sent_back_once_and_no_more(times: float) -> None:
    served, sent_back = hall(times * SERVED, seconds=4.0, people=10_000)
    assert served >= 0.65 * 4.0 * SERVED
    assert sent_back <= 1.05 * served


def test_of_a_town_that_votes_at_once_nobody_is_sent_back_twice() -> None:
    times = Counter(rush(10_000))
    assert times[0] >= 5_000
    assert max(times) == 1


def hall(rate: float, seconds: float, people: int) -> tuple[int, int]:
    """Votes that were served in time, and how often one was sent back."""
    turnstile, pages = Turnstile(), [Page(f"p{n}") for n in range(people)]
    inside: deque[tuple[Page, float]] = deque()
    turns: list[tuple[float, int]] = []
    now, given, served, refusals, left = 0.0, 0, 0, 0, 0.0
    while now < seconds:
        sending: list[int] = []
        while given <= now * rate:
            number = given % people
            pages[number].votes.append(now)
            if not pages[number].under_way and pages[number].turn <= now:
                sending.append(number)
            given += 1
        while turns and turns[0][0] <= now:
            sending.append(heappop(turns)[1])
        for number in sending:
            page = pages[number]
            if page.under_way or not page.votes:
                continue
            wait = turnstile.wait(page.name, now - inside[0][1] if inside else 0.0, now)
            if wait:
                now, refusals, page.turn = now + SENDING_BACK, refusals + 1, now + wait
                heappush(turns, (page.turn, number))
            else:
                turnstile.enter(page.name, now)
                page.under_way = True
                inside.append((page, now))
                now += READING
        together = [inside.popleft()[0] for _ in range(min(TOGETHER, len(inside)))]
        now += COMMIT + SERVING * len(together)
        if inside:
            turnstile.served(len(together), now - left)
        left = now
        for page in together:
            page.votes.popleft()
            page.under_way, served = False, served + 1
            heappush(turns, (now, int(page.name[1:])))
    return served, refusals


def rush(people: int) -> list[int]:
    """Everybody votes once, at the same time: how often each is sent back."""
    turnstile, sent_back = Turnstile(), [0] * people
    coming = [(0.0, number) for number in range(people)]
    inside: deque[float] = deque()
    now, left = 0.0, 0.0
    while coming or inside:
        now = max(now, coming[0][0]) if not inside else now
        while coming and coming[0][0] <= now:
            number = heappop(coming)[1]
            wait = turnstile.wait(f"p{number}", now - inside[0] if inside else 0.0, now)
            if wait:
                sent_back[number] += 1
                heappush(coming, (now + wait, number))
                now += SENDING_BACK
            else:
                turnstile.enter(f"p{number}", now)
                inside.append(now)
                now += READING
        together = min(TOGETHER, len(inside))
        for _ in range(together):
            inside.popleft()
        now += COMMIT + SERVING * together
        if inside:
            turnstile.served(together, now - left)
        left = now
    return sent_back
