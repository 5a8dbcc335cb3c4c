"""Questions through the stage: what an anonymous one leaves behind, replies to one alone, holding."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from live.domain.holding import Hold
from live.domain.moderation import Present, SetQuestions
from live.domain.questions import Ask, Withdraw, question_id
from live.domain.replies import ReadReply, Reply
from live.log.receipts import digest
from live.log.unlinked import ROUND_MS
from live.protocol import Done, Refused
from tests.backstage import Backstage, behind, code
from tests.serving import START

KEY = "k" * 22
FIVE = START - START % ROUND_MS  # the beginning of five minutes


@pytest.fixture
async def where(tmp_path: Path) -> AsyncIterator[Backstage]:
    async with behind(tmp_path) as backstage:
        yield backstage


# Anonymous -----------------------------------------------------------------------------------------


async def test_an_anonymous_question_leaves_no_trace_of_who_asked_it(where: Backstage) -> None:
    where.now = FIVE + 123_456
    ann = where.actor("ann")
    await where.do(ann, Ask(key=KEY, text="Why?", anonymous=True))
    await where.do(ann, Withdraw(question=question_id(KEY), key=KEY))
    assert not await where.rows('%"question_%')
    (row,) = await where.anonymous()
    assert tuple(row)[1:] == (question_id(KEY), FIVE, "Why?", 1, FIVE, 0)


async def test_what_follows_from_an_anonymous_act_tells_nobody_but_keeps_its_moment(where: Backstage) -> None:
    await where.open_poll()
    ann, lecturer = where.actor("ann"), where.actor("chen", "lecturer")
    await where.do(ann, Ask(key=KEY, text="Why?", anonymous=True))
    await where.do(lecturer, Present(question=question_id(KEY)))
    where.now += 77_777
    before = len(await where.rows())
    await where.do(ann, Withdraw(question=question_id(KEY), key=KEY))
    rows = (await where.rows())[before:]
    (row,) = rows  # the screen goes on: a replay shows the question until it left, as everybody saw it
    assert (row["actor"], row["command_id"], row["at"]) == (None, None, where.now)
    await where.agree()


async def test_an_anonymous_question_sent_again_is_answered_alike_and_asked_once(where: Backstage) -> None:
    ann, ask = where.actor("ann"), Ask(key=KEY, text="Why?", anonymous=True)
    made = f"question/{question_id(KEY)}"
    names = [f"command-00000000000000{n}" for n in (1, 1, 2)]
    answers = [await where.order(ann, ask, name) for name in names]
    await where.reopen()
    answers += [await where.order(ann, ask, name) for name in names]
    assert answers == [Done(id=name, made=made) for name in names * 2]
    assert len(await where.anonymous()) == 1
    other = Ask(key=KEY, text="What?", anonymous=True)
    assert code(await where.order(ann, other)) == "id_reused"


async def test_a_private_reply_goes_to_who_has_the_secret_and_nobody_knows_who(
    where: Backstage,
) -> None:
    ann, bob, lecturer = where.actor("ann"), where.actor("bob"), where.actor("chen", "lecturer")
    ears = [await where.ear(name) for name in ("ann", "bob")]
    await where.do(ann, Ask(key=KEY, text="Why?", anonymous=True))
    question = question_id(KEY)
    await where.do(lecturer, Reply(question=question, text="Come by.", private=True))
    before = len(await where.rows())
    read = ReadReply(question=question, key=KEY)
    answers = [await where.order(ann, read, "command-000000000000000") for _ in range(2)]
    assert [each.reply for each in answers if isinstance(each, Done)] == ["Come by."] * 2
    assert code(await where.order(bob, ReadReply(question=question, key="x" * 22))) == "not_yours"
    await where.settle()
    assert len(await where.rows()) == before
    assert not [frame for ear in ears for frame in ear.frames if "Come by." in str(frame)]
    assert where.stage._fold.receipts.find("ann", "command-000000000000000", digest(read)) is None


async def test_one_person_waits_between_two_questions_and_the_others_do_not(where: Backstage) -> None:
    ann, bob, lecturer = where.actor("ann"), where.actor("bob"), where.actor("chen", "lecturer")
    await where.do(lecturer, SetQuestions(mode="open", anonymous=True, cooldown_s=60))
    asks = [Ask(key=letter * 22, text="Why?", anonymous=letter == "b") for letter in "abc"]
    await where.do(ann, asks[0])
    where.now += 20_000
    waits = await where.order(ann, asks[1])
    assert waits == Refused(id=waits.id, code="too_fast", retry_ms=40_000)
    await where.do(bob, asks[2])
    where.now += 40_000
    await where.do(ann, asks[1])


async def test_who_is_at_a_question_is_seen_at_the_desk_until_a_minute_has_passed(where: Backstage) -> None:
    mo, max_ = await where.ear("mo", "moderator"), await where.ear("max", "moderator")
    await where.do(where.actor("ann"), Ask(key=KEY, text="Why?", anonymous=False))
    key, before = f"question/{question_id(KEY)}", len(await where.rows())
    await where.do(mo.subscriber.actor, Hold(question=question_id(KEY), on=True))
    await max_.until(lambda: max_.docs.get(key, {}).get("held_by") == "Mo")
    await where.do(mo.subscriber.actor, Hold(question=question_id(KEY), on=False))
    await max_.until(lambda: "held_by" not in max_.docs[key])
    assert len(await where.rows()) == before
