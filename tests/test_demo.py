"""The demo: its plan holds together, it prepares itself once, and it lets go of what people take."""

import asyncio
import os
import random
import secrets
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from starlette.applications import Starlette

from live import demo
from live.crowd import Browser, Link
from live.demo import preparation, questions, rundown, stream
from live.demo.autopilot import LEFT_IN_QUEUE, Autopilot
from live.demo.roster import ROSTER, UNITS, attending
from live.domain.ballots import Cloud, Multiple, Numeric, Rating, Single, Spotting
from live.domain.base import NAME_LIMIT, NOTICE_LIMIT, QUESTION_LIMIT, TITLE_LIMIT, clean
from live.server import listen
from live.settings import Settings
from tests.hall import beside, hurried, hurried_house
from tests.patience import END_SECONDS, PATIENCE

HASTE = 100.0  # times
POLLS = [each for each in rundown.PLAN if isinstance(each, rundown.PlannedPoll)]


def has_both_languages(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text) and any(
        "a" <= letter <= "z" for letter in text
    )


# The plan, without a server ----------------------------------------------------------------------


def test_the_course_has_the_pages_that_the_plan_speaks_of() -> None:
    course = pypdfium2.PdfDocument(preparation.COURSE)
    assert len(course) == rundown.PAGES
    course.close()
    assert all(1 <= each.after <= rundown.PAGES for each in rundown.PLAN)
    assert all(1 <= page <= rundown.PAGES for page in rundown.NOTES)


def test_the_plan_has_many_askedof_ballot_a_notice_and_a_break() -> None:
    asked = {type(poll.ballot) for poll in POLLS}
    assert asked == {Single, Multiple, Rating, Numeric, Cloud, Spotting}
    kinds = {type(each) for each in rundown.PLAN}
    assert kinds == {rundown.PlannedPoll, rundown.PlannedNotice, rundown.PlannedBreak}


@pytest.mark.parametrize("poll", POLLS, ids=lambda poll: f"page-{poll.after}")
def test_a_planned_poll_is_taken_as_it_stands(poll: rundown.PlannedPoll) -> None:
    assert clean(poll.title, TITLE_LIMIT) == poll.title
    ballot = msgspec.structs.replace(poll.ballot, slide="s10") if poll.about else poll.ballot
    assert ballot.cleaned() == ballot
    chance = random.Random(1).random
    guesses = {poll.ballot.taken(poll.ballot.guess(poll.lean, chance)) for _ in range(100)}
    assert len(guesses) > 1
    assert len(poll.lean) == len(poll.ballot.labels()) or not poll.ballot.numbered
    assert has_both_languages(poll.title)


def test_notes_notices_and_breaks_are_within_their_limits_and_in_both_languages() -> None:
    texts = [(each.text, NOTICE_LIMIT) for each in rundown.PLAN if not isinstance(each, rundown.PlannedPoll)]
    texts += [(notes, QUESTION_LIMIT) for notes in rundown.NOTES.values()]
    assert all(clean(text, limit) == text for text, limit in texts)
    assert all(has_both_languages(text) for text, _limit in texts)
    assert len(rundown.NOTES) >= rundown.PAGES // 2


def test_the_roster_has_forty_people_in_six_units() -> None:
    assert len(ROSTER) == len({each.number for each in ROSTER}) == len({each.name for each in ROSTER}) == 40
    assert {each.unit for each in ROSTER} == set(UNITS)
    assert len(UNITS) == 6
    assert all(clean(each.name, NAME_LIMIT) == each.name for each in ROSTER)


def test_a_larger_crowd_has_guests_behind_the_roster() -> None:
    assert len({each.name for each in attending(100)}) == 100
    assert {each.unit for each in attending(30)} == set(UNITS)


def test_the_crowd_has_questions_for_an_hour() -> None:
    texts = [thought.text for thought in questions.THOUGHTS]
    assert len(texts) == len(set(texts)) >= 40
    assert all(clean(text, QUESTION_LIMIT) == text for text in texts)
    assert set(texts) >= questions.RUDE
    assert questions.BETTER.keys() <= set(texts)
    assert any(thought.anonymous for thought in questions.THOUGHTS)


def test_the_terminal_shows_every_way_in_on_a_line_of_its_own() -> None:
    invitation = preparation.Invitation(
        code="ABC234", lecturer="one", moderator="mo", screen="two", setup=None
    )
    given = Settings(data=Path("kept"))
    said = demo.welcome(given, invitation, people=30, autopilot=True, kept=False)
    assert [line.split() for line in said.splitlines() if "http" in line] == [
        ["Desk", "http://127.0.0.1:8000/enter#one"],
        ["Moderator", "http://127.0.0.1:8000/enter#mo"],
        ["Screen", "http://127.0.0.1:8000/enter#two"],
        ["Attendee", "http://127.0.0.1:8000/join/ABC234"],
        ["Remote", "http://127.0.0.1:8000/join/ABC234?site=remote"],
    ]
    assert "nothing is kept" in said
    assert "kept in kept/" in demo.welcome(given, invitation, people=0, autopilot=False, kept=True)


# On a real server --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
async def prepared(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[tuple[Starlette, preparation.Invitation]]:
    async with hurried_house(tmp_path_factory.mktemp("demo"), HASTE) as house:
        yield house.server.app, await preparation.prepare(house.server.app)


Prepared = tuple[Starlette, preparation.Invitation]


async def at_the_desk(app: Starlette, token: str, name: str) -> Link:
    browser = Browser(app.state.settings.address)
    page = await browser.walk_in(await browser.post("/enter", {"token": token}), {"name": name})
    return Link(browser, page.socket or "", random.Random(1), hurried(HASTE))


def autopilot(link: Link) -> Autopilot:
    return Autopilot(link, random.Random(3), hurried(HASTE), lambda _said: None)


async def in_the_hall(app: Starlette, code: str) -> Link:
    browser = Browser(app.state.settings.address)
    answers = {"code": code, "name": "Zhou Min", "site": "hall"}
    page = await browser.walk_in(await browser.get("/join"), answers)
    return Link(browser, page.socket or "", random.Random(5), hurried(HASTE))


async def ask(link: Link, text: str) -> str:
    asked = {"do": "ask", "key": secrets.token_urlsafe(16), "text": text, "anonymous": False}
    answer = await link.order(asked)
    assert answer.made is not None, answer.refused
    return answer.made


async def ask_alone(app: Starlette, link: Link, text: str) -> str:
    """With no other of the same millisecond: which of two came first would be open."""
    made, now = await ask(link, text), app.state.clock()
    while app.state.clock() == now:  # noqa: ASYNC110  that clock rings no bell
        await asyncio.sleep(0)
    return made


async def test_the_rundown_has_every_page_with_what_was_planned_behind_it(prepared: Prepared) -> None:
    app, invitation = prepared
    link = await at_the_desk(app, invitation.lecturer, "看一看")
    async with beside(link.keep()):
        await link.until(lambda: "rundown" in link.docs)
    items = link.docs["rundown"]["items"]
    kinds = [item["kind"] for item in items]
    assert kinds.count("slide") == rundown.PAGES
    assert len(items) == rundown.PAGES + len(rundown.PLAN)
    assert kinds[:4] == ["slide", "poll", "slide", "notice"]
    assert all(item["notes"] for item in items if item["kind"] == "slide")
    assert link.docs["poll/1"]["title"] == POLLS[0].title
    assert link.docs["broadcast"]["units"] == list(UNITS)


async def test_people_elsewhere_have_the_stream_to_watch(prepared: Prepared) -> None:
    app, invitation = prepared
    link = await in_the_hall(app, invitation.code)
    async with beside(link.keep()):
        await link.until(lambda: "video" in link.docs)
    assert (link.docs["video"]["kind"], link.docs["video"]["url"]) == ("hls", stream.PLAYLIST)


async def test_a_second_start_finds_the_demo_that_is_there(prepared: Prepared) -> None:
    app, invitation = prepared
    again = await preparation.prepare(app)
    assert (again.code, again.lecturer, again.screen) == (
        invitation.code,
        invitation.lecturer,
        invitation.screen,
    )


async def test_the_autopilot_drives_until_somebody_else_does(prepared: Prepared) -> None:
    app, invitation = prepared
    said: list[str] = []
    pilot, link = [await at_the_desk(app, invitation.lecturer, name) for name in ("Autopilot", "周卫东")]
    flying = asyncio.create_task(Autopilot(pilot, random.Random(2), hurried(HASTE), said.append).run())
    async with beside(link.keep()):
        await link.until(lambda: link.docs.get("tally/1", {}).get("round") == 1)
        await link.until(lambda: link.docs["poll/1"]["state"] == "closed")
        assert (await link.order({"do": "take_drive"})).refused is None
        await flying
    assert said == ["周卫东 drives now; the autopilot has let go."]


async def test_the_autopilot_hands_over_to_whoever_asks(prepared: Prepared) -> None:
    app, invitation = prepared
    pilot, link = [await at_the_desk(app, invitation.lecturer, name) for name in ("Autopilot", "周卫东")]
    flying = asyncio.create_task(autopilot(pilot).run())
    async with beside(link.keep()):
        await pilot.until(lambda: pilot.docs.get("driver", {}).get("driver") == pilot.you.get("participant"))
        await link.order({"do": "request_drive"})
        await flying
        await link.until(lambda: link.docs["driver"].get("driver") == link.you["participant"])


async def test_the_autopilot_dismisses_what_is_rude_and_mends_what_is_sloppy(prepared: Prepared) -> None:
    app, invitation = prepared
    pilot = await at_the_desk(app, invitation.lecturer, "Autopilot")
    link = await in_the_hall(app, invitation.code)
    sloppy, better = next(iter(questions.BETTER.items()))
    async with beside(autopilot(pilot).run(), link.keep()):
        asked = [min(questions.RUDE), sloppy, *questions.NAMED[:LEFT_IN_QUEUE]]
        made = [await ask_alone(app, link, text) for text in asked]
        await link.until(lambda: link.docs.get(made[0], {}).get("state") == "dismissed")
        await link.until(lambda: link.docs.get(made[1], {}).get("text") == better)
        await pilot.until(lambda: pilot.docs.get(made[1], {}).get("original") == sloppy)
    assert [link.docs[each]["state"] for each in made[2:]] == ["pending"] * LEFT_IN_QUEUE


async def test_the_crowd_of_the_demo_comes_from_the_roster(prepared: Prepared) -> None:
    app, invitation = prepared
    link = await at_the_desk(app, invitation.lecturer, "周卫东")
    crowd = demo.gather_crowd(app.state.settings, invitation.code, 12, random.Random(6), hurried(HASTE))
    expected = {(each.name, each.unit) for each in attending(12)}

    def there() -> set[tuple[str, str]]:
        return {(doc["name"], doc.get("unit", "")) for doc in link.those("person").values()}

    async with beside(link.keep(), crowd.run(asyncio.Event())):
        await link.until(lambda: there() >= expected)


@pytest.mark.parametrize(
    "moment", [b"Setting up the demo", b"Ctrl-C"], ids=["while-it-is-made", "when-it-runs"]
)
async def test_ctrl_c_ends_it_within_seconds_and_leaves_nothing(tmp_path: Path, moment: bytes) -> None:
    with listen("127.0.0.1", 0) as found:
        port = found.getsockname()[1]
    command = [sys.executable, "-m", "live", "demo", "--people", "5", "--port", str(port)]
    process = await asyncio.create_subprocess_exec(
        *command,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE):
        while moment not in await process.stdout.readline():
            assert process.returncode is None
    assert list(tmp_path.iterdir())
    process.send_signal(signal.SIGINT)
    async with asyncio.timeout(END_SECONDS):
        said, complaints = await process.communicate()
    assert process.returncode == 0, complaints.decode()
    assert complaints == b""
    assert said.strip() == b""
    assert list(tmp_path.iterdir()) == []
