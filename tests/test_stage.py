"""The stage: commit before answer, one log for everybody, news no more often than is of use."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from live.domain import attendance
from live.domain.base import Participant
from live.domain.cues import Blank
from live.domain.driver import TakeDrive
from live.domain.life import EditSetup
from live.domain.notices import Notify
from live.domain.questions import Ask, question_id
from live.fanout import audiences
from live.fanout.audiences import TICK_SECONDS
from live.log.unlinked import ROUND_MS
from live.protocol import Done, Hello
from tests.backstage import Backstage, Ear, behind, code, vote
from tests.serving import START

KEY = "k" * 22
FIVE = START - START % ROUND_MS  # the beginning of five minutes


@pytest.fixture
async def where(tmp_path: Path) -> AsyncIterator[Backstage]:
    async with behind(tmp_path) as backstage:
        yield backstage


# Nothing before the commit -------------------------------------------------------------------------


async def test_nothing_is_answered_or_shown_before_the_commit(where: Backstage) -> None:
    await where.open_poll()
    desk = await where.ear("mo", "moderator")
    voter = where.actor("ann")
    where.database.close_gate()
    answered = asyncio.create_task(where.order(voter, vote()))
    await where.database.reached.wait()
    page = asyncio.create_task(where.stage.welcome(voter, "attendee"))
    late = Ear(where, where.actor("late"))
    await where.stage.join(late.subscriber, Hello())
    heard = len(desk.frames)
    for _ in range(100):  # whatever could run has run
        await asyncio.sleep(0)
    assert not answered.done()
    assert not page.done()
    assert late.frames == []
    assert len(desk.frames) == heard
    assert desk.docs["tally/1"]["votes"] == 0
    assert await where.rows('%"voted"%') == []
    where.database.open_gate()
    assert isinstance(await answered, Done)
    assert b'"1":{"round":1,"n":1,"choice":[0]}' in await page
    await where.agree()


async def test_what_is_answered_is_in_the_file(where: Backstage) -> None:
    await where.open_poll()
    name = "command-000000000000001"
    assert await where.order(where.actor("ann"), vote(), name) == Done(id=name)
    rows = await where.rows('%"voted"%')
    assert [(row["actor"], row["command_id"]) for row in rows] == [("ann", name)]


async def test_a_caller_who_goes_away_leaves_no_transaction_open(where: Backstage) -> None:
    await where.open_poll()
    where.database.close_gate()
    gone = asyncio.create_task(where.order(where.actor("ann"), vote()))
    await where.database.reached.wait()
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    where.database.open_gate()
    await where.do(where.actor("bob"), vote())
    assert len(await where.rows('%"voted"%')) == 2, "the vote of the one who went counts"
    await where.agree()


async def test_commands_that_come_together_are_one_transaction(where: Backstage) -> None:
    await where.open_poll()
    where.database.close_gate()
    first = asyncio.create_task(where.order(where.actor("p0"), vote()))
    await where.database.reached.wait()
    rest = [asyncio.create_task(where.order(where.actor(f"p{n}"), vote())) for n in range(1, 50)]
    await asyncio.sleep(0)
    where.database.open_gate()
    assert all(isinstance(each, Done) for each in await asyncio.gather(first, *rest))
    assert len(await where.rows('%"voted"%')) == 50
    await where.agree()


async def test_the_same_command_twice_in_one_turn_is_done_once(where: Backstage) -> None:
    await where.open_poll()
    name, voter = "command-000000000000001", where.actor("ann")
    both = tuple(await asyncio.gather(*(where.order(voter, vote(), name) for _ in range(2))))
    assert both == (Done(id=name), Done(id=name))
    assert len(await where.rows('%"voted"%')) == 1


async def test_a_command_id_belongs_to_its_actor(where: Backstage) -> None:
    await where.open_poll()
    name = "command-000000000000001"
    for voter in ("ann", "bob"):
        assert await where.order(where.actor(voter), vote(), name) == Done(id=name)
    assert len(await where.rows('%"voted"%')) == 2


# Limits --------------------------------------------------------------------------------------------


async def test_a_stage_that_closes_sends_commands_back(where: Backstage) -> None:
    await where.open_poll()
    await where.stage.close()
    refused = await where.order(where.actor("ann"), vote())
    assert code(refused) == "busy"
    await where.open()


# News ----------------------------------------------------------------------------------------------


async def test_counts_wait_for_the_tick_and_a_cue_takes_them_along(
    where: Backstage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await where.open_poll()
    lecturer, phone = where.actor("chen", "lecturer"), await where.ear("ann")
    await where.do(lecturer, TakeDrive())
    await where.settle()
    monkeypatch.setattr(audiences, "TICK_SECONDS", 1_000_000)
    heard = len(phone.patches())
    for n in range(5):
        await where.do(where.actor(f"p{n}"), vote())
    await where.settle()
    assert len(phone.patches()) == heard, "a vote is no news by itself"
    await where.do(lecturer, Blank(on=True))
    await phone.until(lambda: len(phone.patches()) > heard)
    assert phone.docs["tally/1"]["votes"] == 5
    assert phone.docs["cue/2"]["overlay"] == {"kind": "blank"}
    assert len(phone.patches()) == heard + 1


async def test_counts_go_out_at_most_once_a_tick_however_many_vote(where: Backstage) -> None:
    await where.open_poll()
    phone, loop = await where.ear("ann"), asyncio.get_running_loop()
    began, heard = loop.time(), len(phone.patches())
    for n in range(200):
        await where.do(where.actor(f"p{n}"), vote())
    await phone.until(lambda: phone.docs["tally/1"]["votes"] == 200)
    ticks = (loop.time() - began) / TICK_SECONDS
    assert len(phone.patches()) - heard <= ticks + 2


async def test_news_go_out_while_commands_never_stop_coming(where: Backstage) -> None:
    await where.open_poll()
    phone = await where.ear("ann")
    stop = asyncio.Event()

    async def keep_voting(name: str) -> None:
        voter, n = where.actor(name), 0
        while not stop.is_set():
            n += 1
            where.now += 1_000
            await where.order(voter, vote(n))

    crowd = [asyncio.create_task(keep_voting(f"p{n}")) for n in range(8)]
    await phone.until(lambda: phone.docs["tally/1"]["votes"] == 8)
    await where.do(where.actor("chen", "lecturer"), Notify(text="Stop."))
    await phone.until(lambda: "notice" in phone.docs)
    stop.set()
    await asyncio.gather(*crowd)


async def test_a_mistake_while_news_go_out_ends_the_stage_and_is_logged(
    where: Backstage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Else nobody would hear anything any more, and nobody would know why. Those who come again do."""
    phone = await where.ear("ann")

    async def fail(*_asked: object) -> None:
        raise ValueError("a mistake")

    monkeypatch.setattr(where.stage.hub, "publish", fail)
    await where.do(where.actor("chen", "lecturer"), Notify(text="Stop."))
    await phone.until(lambda: phone.frames[-1]["type"] == "bye")
    assert where.stage.stopped
    assert "The stage has stopped: a mistake" in caplog.text
    await where.reopen()
    await where.do(where.actor("chen", "lecturer"), Notify(text="Go on."))


async def test_the_presence_of_many_is_a_few_patches(where: Backstage) -> None:
    desk = await where.ear("mo", "moderator")
    heard = len(desk.patches())
    ears = await asyncio.gather(*(where.ear(f"p{n}") for n in range(300)))
    await desk.until(lambda: desk.docs["presence"]["here"] == 301)
    assert len(desk.patches()) - heard < 30
    for ear in ears[:200]:
        ear.go()
    await desk.until(lambda: desk.docs["presence"]["here"] == 101)
    assert desk.docs["presence"]["joined"] == 301
    await where.agree()


async def test_a_slow_one_skips_what_is_over_and_ends_on_the_newest(where: Backstage) -> None:
    await where.open_poll()
    slow, quick = await where.ear("slow"), await where.ear("quick")
    await where.settle()
    heard = len(slow.patches())
    slow.hears.clear()
    lecturer = where.actor("chen", "lecturer")
    for n in range(10):
        await where.do(lecturer, Notify(text=f"Notice {n}"))
        await quick.until(lambda n=n: quick.docs.get("notice", {}).get("text") == f"Notice {n}")  # type: ignore[misc]
    slow.hears.set()
    await slow.until(lambda: slow.docs.get("notice", {}).get("text") == "Notice 9")
    assert len(slow.patches()) - heard <= 2, "the one that was on its way, and one for all the rest"
    await where.agree()


# Who is who ----------------------------------------------------------------------------------------


async def test_somebody_who_joined_after_the_stage_opened_is_known_by_name(where: Backstage) -> None:
    desk, phone = await where.ear("mo", "moderator"), await where.ear("ann")
    assert phone.frames[0]["you"]["name"] == "Ann"
    await where.do(phone.subscriber.actor, Ask(key=KEY, text="Why?", anonymous=False))
    await desk.until(lambda: f"question/{question_id(KEY)}" in desk.docs)
    assert desk.docs[f"question/{question_id(KEY)}"]["by"] == "Ann"


async def test_a_socket_that_goes_while_it_is_looked_up_never_arrives(where: Backstage) -> None:
    desk = await where.ear("mo", "moderator")
    ann = Ear(where, where.actor("ann"))
    joining = where.stage.join(ann.subscriber, Hello())
    where.stage.leave(ann.subscriber)
    await joining
    await where.settle()
    assert "person/ann" not in desk.docs
    assert await where.rows('%"connection":"' + ann.subscriber.connection + '"%') == []


async def test_a_program_that_never_opened_a_socket_is_known_by_name(where: Backstage) -> None:
    desk = await where.ear("mo", "moderator")
    await where.do(where.actor("zoe"), Ask(key=KEY, text="Why?", anonymous=False))
    await desk.until(lambda: f"question/{question_id(KEY)}" in desk.docs)
    assert desk.docs[f"question/{question_id(KEY)}"]["by"] == "Zoe"
    await where.agree()


async def test_a_change_in_the_directory_reaches_every_page(where: Backstage) -> None:
    phone, desk = await where.ear("ann"), await where.ear("mo", "moderator")
    where.roster.title = "Another course"
    await where.stage.signal(EditSetup())
    await phone.until(lambda: phone.docs["broadcast"]["title"] == "Another course")
    where.roster.known["ann"] = Participant(id="ann", name="Anna", role="attendee")
    await where.stage.signal(attendance.Rename(participant="ann"))
    await desk.until(lambda: desk.docs["person/ann"]["name"] == "Anna")
    await where.agree()


async def test_after_a_crash_nobody_is_held_to_be_there(where: Backstage) -> None:
    await where.ear("ann")
    where.now += 5_000
    await where.stage.serving()
    crashed, where.now = where.stage, where.now + 3_600_000
    where.ears.clear()
    await where.open()  # the other one has never said a word more
    desk = await where.ear("mo", "moderator")
    assert "here" not in desk.docs["person/ann"]
    (row,) = await where.rows('%"restarted"%')
    assert f'"until":{where.now - 3_600_000}' in row["body"]
    await crashed.close()
