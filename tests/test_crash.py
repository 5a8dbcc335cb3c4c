"""A crash loses nothing: the installed program, killed again and again under forty people who go on."""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bench.measuring import free_port
from live.auth import Auth, new_id
from live.database import Database
from live.directory import broadcasts, people
from live.directory.people import Newcomer
from live.domain.base import Role
from live.fanout.audiences import TICK_SECONDS
from tests.crash.history import History
from tests.crash.people import Attendee, Lecturer
from tests.crash.phone import Phone
from tests.crash.program import Program
from tests.serving import START

CRASHES = 25
PEOPLE = 40
EARLY = 4  # of the crashes: while it is still starting
STARTING_SECONDS = 0.8  # how long that takes, about
ANSWERS_LIMIT = 60  # acknowledgements between a start and a crash, at most
RUN_SECONDS = 280  # a test that takes longer hangs; soon after pytest ends the run, and nobody knows the seed


class Show:
    """A folder with one broadcast, and everybody who will take part in it."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.rng = random.Random(seed)
        self.program = Program(folder, free_port())
        self.phones: dict[str, Phone] = {}
        self._answers = 0
        self._news = asyncio.Event()

    async def prepare(self) -> None:
        """By the directory's own functions, before anybody serves it."""
        self.program.folder.mkdir()
        database = await Database.open(self.program.folder / "live.db")
        try:
            made = await database.write(
                lambda db: broadcasts.create(db, title="Safety course", created_by=None, now=START)
            )
            auth = Auth(database, secrets.token_bytes(32))
            attendees: list[Role] = ["attendee"] * (PEOPLE + 1)  # one of them only watches
            roles: list[Role] = ["lecturer", "moderator", "screen", *attendees]
            for role in roles:
                newcomer = Newcomer(
                    id=new_id(), broadcast=made.id, role=role, name=f"{role} {len(self.phones)}"
                )
                await database.write(lambda db, each=newcomer: people.add(db, each, START))  # type: ignore[misc]
                token = await auth.token_for(made.id, newcomer.id, role)
                self._hand_out(made.slug, newcomer, token)
        finally:
            await database.close()

    def _hand_out(self, slug: str, newcomer: Newcomer, token: str) -> None:
        audience = newcomer.role if newcomer.role in {"attendee", "screen"} else "desk"
        address = f"ws://127.0.0.1:{self.program.port}/b/{slug}/socket/{audience}"
        rng = random.Random(self.rng.random())
        self.phones[newcomer.name] = Phone(newcomer.id, address, token, rng, self._note)

    def of(self, role: Role) -> list[Phone]:
        return [phone for name, phone in self.phones.items() if name.startswith(role)]

    def _note(self) -> None:
        self._answers += 1
        self._news.set()

    async def answered(self, count: int) -> None:
        """Returns when so many more commands have been answered."""
        wanted = self._answers + count
        while self._answers < wanted:
            self._news.clear()
            await self._news.wait()

    async def crash(self) -> None:
        """Kill it at a random moment and start it again."""
        await self.program.kill()
        await self.program.start()
        if self.rng.random() < EARLY / CRASHES:
            await asyncio.sleep(self.rng.uniform(0, STARTING_SECONDS))
        else:
            await self.program.ready()
            await self.answered(self.rng.randint(0, ANSWERS_LIMIT))

    async def converged(self) -> None:
        """Returns when every page holds what somebody gets who has just come in."""
        for phone in self.phones.values():
            await phone.until(lambda phone=phone: "notice" in phone.docs)  # type: ignore[misc]
        watchers = {
            self.of("attendee")[-1]: self.of("attendee"),
            self.of("moderator")[0]: self.of("lecturer"),
        }
        for watcher, others in watchers.items():
            while True:
                docs = dict(await watcher.fresh())
                if all(phone.docs == docs for phone in others):
                    break
                await asyncio.sleep(TICK_SECONDS)  # who came in last is counted with the next tick
        screen = self.of("screen")[0]
        held = screen.docs
        assert held == await screen.fresh()


@asynccontextmanager
async def show(folder: Path, seed: int) -> AsyncIterator[Show]:
    show = Show(folder, seed)
    await show.prepare()
    await show.program.start()
    try:
        await show.program.ready()
        yield show
    finally:
        await asyncio.gather(*(phone.switch_off() for phone in show.phones.values()))
        if show.program.process.returncode is None:
            show.program.process.kill()
            await show.program.process.communicate()


async def test_a_crash_loses_nothing_doubles_nothing_and_nobody_has_to_reload(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(2**32)
    try:
        async with asyncio.timeout(RUN_SECONDS), show(tmp_path / "show", seed) as given:
            await _run(given)
    except BaseException as failure:
        failure.add_note(f"The seed was {seed}.")
        raise


async def _run(show: Show) -> None:
    for phone in show.phones.values():
        phone.switch_on()
    lecturer = Lecturer(show.of("lecturer")[0], random.Random(show.rng.random()))
    await lecturer.begin()
    attendees = [Attendee(phone, random.Random(show.rng.random())) for phone in show.of("attendee")[:-1]]
    stop = asyncio.Event()
    acts = [lecturer.act(stop), *(attendee.act(stop) for attendee in attendees)]
    acting = [asyncio.create_task(act) for act in acts]
    for _ in range(CRASHES):
        await show.crash()
    await show.program.ready()
    await show.answered(ANSWERS_LIMIT)
    stop.set()
    await asyncio.gather(*acting)
    for phone in show.phones.values():
        await phone.until(lambda phone=phone: not phone.outbox)  # type: ignore[misc]
    await lecturer.phone.ask("notify", text="Thank you.")  # is shown at once, with all that waited for a tick
    await show.converged()
    desk = dict(lecturer.phone.docs)
    code, _, complaints = await show.program.stop()
    assert (code, complaints) == (0, "")
    history = History(show.program.folder / "live.db")
    history.check(show.phones.values())
    history.check_tallies(desk)
    kinds = {row.kind for row in history.rows}
    assert {"voted", "question_asked", "question_upvoted", "question_withdrawn", "cued"} <= kinds
