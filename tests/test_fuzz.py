"""Ten thousand broken frames over real sockets: each gets a code or a proper end, and nobody else notices."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import secrets
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
import websockets

from live.domain.base import CODES, Role
from live.protocol import BadFrame, decode
from tests.mutations import Frame, mutated
from tests.patience import eventually
from tests.serving import START, Guest, House, at_home

FRAMES = 10_000
COMPANY: list[Role] = ["attendee", "attendee", "screen", "moderator"]
TOGETHER = 15  # frames before their answers are read
ENOUGH = {1000, 1008}  # by the attacker itself; policy
# Text that is no UTF-8 ends it at once, as does much that follows a goodbye: TCP may then drop that.
AT_ONCE = ENOUGH | {1007, 1006}
MUCH = 32 * 1024  # bytes
SECONDS = 270  # a test that takes longer hangs; soon after pytest ends the run, and nobody knows the seed


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """Its clock runs fast, so that no limit is in the way."""
    ticks = itertools.count(START, 1_000)
    async with at_home(tmp_path / "show", clock=lambda: next(ticks)) as house:
        yield house


class Attacker:
    """Somebody with a seat whose page sends rubbish; comes back when it is cut off."""

    def __init__(self, guest: Guest, rng: random.Random) -> None:
        self.guest = guest
        self.codes: Counter[str] = Counter()
        self._sent: list[Frame] = []  # in the latest batch
        self._rng = rng
        self._pulses = itertools.count(1)

    async def attack(self, frames: int) -> None:
        left = frames
        while left > 0:
            async with self._connection() as socket:
                await socket.send('{"type":"hello"}')
                with suppress(websockets.ConnectionClosed):
                    while left > 0:
                        left -= TOGETHER
                        await self._send_some(socket)
            end = socket.close_code or 0
            polite = all(map(_is_text, self._sent)) and sum(map(_size, self._sent)) < MUCH
            assert end in (ENOUGH if polite else AT_ONCE), end

    def _connection(self) -> websockets.connect:
        address = (
            f"ws://127.0.0.1:{self.guest.house.port}/b/{self.guest.where.slug}/socket/{self.guest.audience}"
        )
        headers = {"Authorization": f"Bearer {self.guest.token}"}
        return websockets.connect(address, additional_headers=headers, compression=None, proxy=None)

    async def _send_some(self, socket: websockets.ClientConnection) -> None:
        self._sent = frames = [mutated(self._rng) for _ in range(TOGETHER)]
        for frame in frames:
            await _say(socket, frame)
        t = next(self._pulses)
        await _say(socket, f'{{"type":"pulse","t":{t},"visible":true}}')
        refused = await self._listen(socket, t)
        assert refused >= sum(map(_is_bad, frames)), "each is answered"

    async def _listen(self, socket: websockets.ClientConnection, t: int) -> int:
        """Read until the pulse has come back: how many frames were refused before it."""
        refused = 0
        while True:
            answer = json.loads(await socket.recv())
            match answer["type"]:
                case "rejected":
                    self.codes[answer["code"]] += 1
                    refused += 1
                case "pulse" if answer["t"] == t:
                    return refused
                case other:
                    assert other in {"welcome", "patch", "done", "pulse", "bye"}


async def _say(socket: websockets.ClientConnection, frame: Frame) -> None:
    if isinstance(frame, str):  # as text, also where it is none
        await socket.send(frame.encode("utf-8", "surrogatepass"), text=True)
    else:
        await socket.send(frame)


def _is_text(frame: Frame) -> bool:
    return isinstance(frame, bytes) or not any("\ud800" <= each <= "\udfff" for each in frame)


def _size(frame: Frame) -> int:
    return len(frame if isinstance(frame, bytes) else frame.encode("utf-8", "surrogatepass"))


def _is_bad(frame: Frame) -> bool:
    try:
        decode(frame)
    except BadFrame:
        return True
    return False


def _answer(phone: Guest, name: str) -> dict[str, object] | None:
    return next((frame for frame in phone.frames if frame.get("id") == name), None)


async def vote_on(phone: Guest, stop: asyncio.Event) -> int:
    """Vote, wait for the answer, vote again; how often it was done."""
    for n in itertools.count(1):
        name = secrets.token_urlsafe(16)
        vote = {"type": "command", "id": name, "do": "vote", "poll": 1, "round": 1, "n": n, "choice": [n % 2]}
        await phone.send(vote)
        await phone.until(lambda name=name: _answer(phone, name) is not None, "was answered")  # type: ignore[misc]
        assert _answer(phone, name) == {"type": "done", "id": name}
        phone.frames.clear()
        if stop.is_set():
            return n
    raise AssertionError


async def test_broken_frames_harm_nobody_but_who_sends_them(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    seed = random.SystemRandom().randrange(2**32)
    try:
        async with asyncio.timeout(SECONDS):
            await _attack(house, random.Random(seed))
    except BaseException as failure:
        failure.add_note(f"The seed was {seed}.")
        raise
    assert [record.getMessage() for record in caplog.records if record.exc_info or record.levelno >= 40] == []


async def _attack(house: House, rng: random.Random) -> None:
    where = await house.broadcast()
    lecturer, phone = await house.guest(where, "lecturer"), await house.guest(where)
    await lecturer.do("start")
    await lecturer.do("add_poll", title="Which?", ballot={"kind": "single", "options": ["A", "B"]})
    await lecturer.do("open_poll", poll=1)
    attackers = []
    for role in COMPANY:
        guest = await house.guest(where, role)
        await guest.leave()
        house.guests.remove(guest)
        attackers.append(Attacker(guest, random.Random(rng.random())))
    stop = asyncio.Event()
    voting = asyncio.create_task(vote_on(phone, stop))
    await asyncio.gather(*(each.attack(FRAMES // len(COMPANY)) for each in attackers))
    stop.set()
    assert await voting > 100, "all the while"
    codes = sum((each.codes for each in attackers), Counter[str]())
    assert codes.keys() <= set(CODES)
    assert {"bad_frame", "unknown_command", "too_large"} <= codes.keys()
    hub = (await house.stage(where)).hub
    await eventually(lambda: len(hub) <= 2)  # the attackers leave when the server sees it
    await lecturer.do("notify", text="Thank you.")  # logged after all that they did, and all agree
