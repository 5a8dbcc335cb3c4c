"""The crowd: it comes in by the doors, does what people do, and nothing it meant is lost on the way."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve

from live.crowd import Browser, Crowd, Link, Person, Thought, TurnedAway, TurnedOut
from live.crowd.attendee import habits
from live.crowd.forms import Reader
from live.crowd.outbox import Outbox, secret
from live.crowd.viewing import Viewing
from live.directory import people
from live.domain.ballots import Single
from live.protocol import encode
from tests.hall import beside, hurried, hurried_house
from tests.patience import PATIENCE, eventually
from tests.serving import Guest, House

HASTE = 60.0  # times
SINGLE = Single(options=("yes", "no", "perhaps"))
PLACES = ("room", "remote")


async def no_pause(_seconds: float) -> None:
    await asyncio.sleep(0)


# Forms and chance, without a server --------------------------------------------------------------


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    return reader


def test_a_form_is_filled_by_the_names_of_its_fields() -> None:
    form = read(
        '<form method="post" action="/in"><input type="hidden" name="kept" value="as it was">'
        '<input name="name">'
        '<select name="unit"><option value="">-<option value="A"><option value="B"></select>'
        '<input type="radio" name="site" value="room"><input type="radio" name="site" value="remote" checked>'
        "<button>Join</button></form>"
    ).forms[0]
    assert form.action == "/in"
    assert form.filled({"name": "Li", "unit": "B", "site": "nowhere", "extra": "no"}) == {
        "kept": "as it was",
        "name": "Li",
        "unit": "B",
        "site": "remote",
    }
    assert form.filled({})["unit"] == ""


def test_the_same_seed_gives_the_same_people() -> None:
    assert habits(random.Random(7)) == habits(random.Random(7))
    assert any(not habits(random.Random(seed)).votes for seed in range(50))


# The outbox --------------------------------------------------------------------------------------


def outbox(sent: list[dict[str, Any]], pause: Callable[[float], Awaitable[None]] = no_pause) -> Outbox:
    async def post(frame: dict[str, Any]) -> None:
        sent.append(frame)

    return Outbox(random.Random(3), pause, post)


async def test_what_has_no_answer_goes_out_again_under_the_same_id() -> None:
    sent: list[dict[str, Any]] = []
    box = outbox(sent)
    ordered = asyncio.create_task(box.order({"do": "start"}))
    await asyncio.sleep(0)
    await box.flush()
    assert len(sent) == 2
    assert sent[0] == sent[1]
    box.hear({"type": "done", "id": sent[0]["id"], "made": "poll/1"})
    assert (await ordered).made == "poll/1"
    assert box.waiting == []


async def test_what_is_refused_for_now_goes_out_again_after_the_time_that_was_named() -> None:
    sent: list[dict[str, Any]] = []
    waited: list[float] = []
    again = asyncio.Event()

    async def pause(seconds: float) -> None:
        waited.append(seconds)
        again.set()

    box = outbox(sent, pause)
    ordered = asyncio.create_task(box.order({"do": "start"}))
    await asyncio.sleep(0)
    box.hear({"type": "rejected", "id": sent[0]["id"], "code": "busy", "retry_ms": 400})
    await again.wait()
    await asyncio.sleep(0)
    assert sent[0] == sent[1]
    assert 0.4 <= waited[0] <= 0.6
    box.hear({"type": "rejected", "id": sent[0]["id"], "code": "not_live"})
    assert (await ordered).refused == "not_live"
    assert box.refused == {"not_live": 1}


async def test_a_command_outlives_the_one_who_gave_it() -> None:
    sent: list[dict[str, Any]] = []
    box = outbox(sent)
    ordered = asyncio.create_task(box.order({"do": "vote"}))
    await asyncio.sleep(0)
    ordered.cancel()
    await asyncio.gather(ordered, return_exceptions=True)
    assert [frame["do"] for frame in box.waiting] == ["vote"]
    box.hear({"type": "done", "id": sent[0]["id"]})
    assert box.done == {"vote": 1}


def test_a_secret_has_128_bits() -> None:
    assert len(secret(random.Random(4))) == 22
    assert secret(random.Random(4)) != secret(random.Random(5))


# How they follow a video -------------------------------------------------------------------------

SITES = [{"id": kind, "kind": kind} for kind in ("room", "remote", "shared")]


def seen(site: str, kind: str = "hls", delay_ms: int = 5_000, seed: int = 1) -> tuple[str, int]:
    """The rung of somebody at that site, and how far behind the hall."""
    docs = {"video": {"kind": kind, "delay_ms": delay_ms}, "broadcast": {"sites": SITES}}
    now = Viewing(random.Random(seed)).now(docs, {"site": site}, 1_000_000)
    assert now["playing"] == (now["rung"] != "now")
    return now["rung"], 1_000_000 - now["media_at"]


def test_who_is_in_the_hall_sees_it_now_and_others_by_the_clock_that_their_video_has() -> None:
    assert seen("room") == seen("remote", kind="none") == ("now", 0)
    rung, behind = seen("remote")
    assert rung == "playlist"
    assert 3_000 < behind < 16_000
    assert seen("shared") == seen("remote", kind="embed") == ("site", 5_000)
    assert seen("shared", delay_ms=0) == ("now", 0)
    assert seen("nowhere") == seen("remote")


def test_some_have_set_their_delay_themselves() -> None:
    rungs = [seen("remote", seed=seed)[0] for seed in range(60)]
    assert 0 < rungs.count("calibrated") < 20
    assert set(rungs) == {"calibrated", "playlist"}


# The link, against a server that follows a script ------------------------------------------------

Script = Callable[[ServerConnection, dict[str, Any]], Awaitable[None]]
WELCOME = {
    "type": "welcome",
    "epoch": "e",
    "seq": 5,
    "now": 0,
    "you": {"participant": "p"},
    "docs": {"notice": 1},
}


@asynccontextmanager
async def scripted(script: Script) -> AsyncIterator[tuple[Link, list[dict[str, Any]]]]:
    """A link to a server that does this with each frame it hears; and the frames."""
    heard: list[dict[str, Any]] = []

    async def converse(socket: ServerConnection) -> None:
        async for text in socket:
            heard.append(json.loads(text))
            await script(socket, heard[-1])

    async with serve(converse, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        yield Link(Browser(f"http://127.0.0.1:{port}"), "/socket", random.Random(6), hurried(HASTE)), heard


async def say(socket: ServerConnection, frame: dict[str, Any]) -> None:
    await socket.send(json.dumps(frame))


async def test_a_gap_is_answered_with_another_hello() -> None:
    async def script(socket: ServerConnection, frame: dict[str, Any]) -> None:
        if frame["type"] != "hello":
            return
        if "since" not in frame:
            await say(socket, WELCOME)
            await say(socket, {"type": "patch", "from": 7, "seq": 8, "at": 0, "docs": {}})
        else:
            await say(socket, {"type": "patch", "from": 5, "seq": 8, "at": 0, "docs": {"notice": None}})

    async with scripted(script) as (link, heard):
        async with beside(link.keep()):
            await link.until(lambda: link.seq == 8)
        assert [frame.get("since") for frame in heard if frame["type"] == "hello"] == [None, 5]
        assert link.docs == {}


async def test_a_lost_socket_is_replaced_and_what_was_not_answered_is_sent_again() -> None:
    async def script(socket: ServerConnection, frame: dict[str, Any]) -> None:
        if frame["type"] == "hello":
            known = {"type": "patch", "from": 5, "seq": 5, "at": 0, "docs": {}}
            await say(socket, known if "since" in frame else WELCOME)
        elif frame["type"] == "command" and not any(
            other["id"] == frame["id"] for other in heard if other is not frame and other["type"] == "command"
        ):
            await socket.close()
        elif frame["type"] == "command":
            await say(socket, {"type": "done", "id": frame["id"]})

    async with scripted(script) as (link, heard):
        async with beside(link.keep()):
            await link.until(lambda: link.seq == 5)
            answer = await link.order({"do": "ask"})
        assert answer.refused is None
        assert link.connects == 2


async def test_whoever_is_put_out_does_not_come_back() -> None:
    async def script(socket: ServerConnection, _frame: dict[str, Any]) -> None:
        await say(socket, {"type": "bye", "code": "revoked"})

    async with scripted(script) as (link, heard):
        with pytest.raises(TurnedOut):
            await link.keep()
        assert len(heard) == 1


# Against the real server -------------------------------------------------------------------------


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with hurried_house(tmp_path / "house", HASTE) as opened:
        yield opened


@asynccontextmanager
async def crowded(
    house: House, code: str, size: int, thoughts: tuple[Thought, ...] = ()
) -> AsyncIterator[Crowd]:
    company = [Person(f"Person {n}", "Stores", PLACES[n % 2], "en") for n in range(size)]
    crowd = Crowd(house.url, code, company, random.Random(8), thoughts=thoughts, pause=hurried(HASTE))
    stop = asyncio.Event()
    coming = asyncio.create_task(crowd.run(stop))
    try:
        yield crowd
    finally:
        stop.set()
        async with asyncio.timeout(PATIENCE):
            await coming


async def lecturing(house: House) -> tuple[Guest, str]:
    """A broadcast that is live, as its lecturer sees it; and its code."""
    where = await house.broadcast()
    lecturer = await house.guest(where, "lecturer")
    await lecturer.do("start")
    return lecturer, where.code


async def test_thirty_people_come_in_by_code_and_name_and_leave_when_told(house: House) -> None:
    lecturer, code = await lecturing(house)
    async with crowded(house, code, 30) as crowd:
        await lecturer.until(lambda: lecturer.docs["presence"]["joined"] == 31, "saw everyone")
        names = {doc["name"] for key, doc in lecturer.docs.items() if key.startswith("person/")}
        assert {f"Person {n}" for n in range(30)} <= names
        await eventually(lambda: crowd.summary().joined == 30)
        sites = lecturer.docs["presence"]["sites"]
        assert set(sites) == set(PLACES)
    await lecturer.until(lambda: lecturer.docs["presence"]["here"] == 1, "was alone again")


async def test_the_crowd_votes_in_an_open_poll_and_in_its_next_round(house: House) -> None:
    lecturer, code = await lecturing(house)
    await lecturer.do("add_poll", title="Ready?", ballot=json.loads(encode(SINGLE)))
    await lecturer.do("open_poll", poll=1)
    async with crowded(house, code, 30) as crowd:
        await lecturer.until(lambda: lecturer.docs["tally/1"]["votes"] >= 15, "counted fifteen votes")
        await lecturer.do("close_poll", poll=1)
        await lecturer.do("rerun_poll", poll=1)
        await lecturer.until(lambda: lecturer.docs["tally/1"]["votes"] >= 15, "counted them again")
        assert lecturer.docs["tally/1"]["round"] == 2
        await eventually(lambda: crowd.summary().votes >= 30)  # who voted hears of it in their own time
        assert crowd.summary().refused.keys() <= {"poll_closed", "other_round"}


async def test_the_crowd_asks_and_gives_its_votes_to_what_it_may_see(house: House) -> None:
    lecturer, code = await lecturing(house)
    await lecturer.do("set_questions", mode="open", anonymous=True)
    thoughts = tuple(Thought(f"Question {n}?", anonymous=n % 2 == 0) for n in range(6))

    def asked() -> list[dict[str, Any]]:
        return [doc for key, doc in lecturer.docs.items() if key.startswith("question/")]

    async with crowded(house, code, 30, thoughts) as crowd:
        await lecturer.until(lambda: sum(doc.get("votes", 0) for doc in asked()) >= 5, "saw upvotes")
        assert {doc["text"] for doc in asked()} <= {thought.text for thought in thoughts}
        assert all(doc.get("by") is None for doc in asked() if doc.get("anonymous"))
        await eventually(lambda: crowd.summary().questions >= len(asked()))


async def test_the_crowd_comes_back_by_itself_after_the_server_was_away(house: House) -> None:
    lecturer, code = await lecturing(house)
    async with crowded(house, code, 10) as crowd:
        await lecturer.until(lambda: lecturer.docs["presence"]["joined"] == 11, "saw everyone")
        await house.stop()
        await house.open()
        await lecturer.come()
        await lecturer.until(lambda: lecturer.docs["presence"]["here"] >= 9, "saw them come back")
        await eventually(lambda: crowd.summary().reconnects >= 8)


async def test_a_wrong_code_lets_nobody_in(house: House) -> None:
    browser = Browser(house.url)
    with pytest.raises(TurnedAway) as refusal:
        await browser.walk_in(await browser.get("/join"), {"code": "WRONG1", "name": "Nobody"})
    assert refusal.value.status == 422
    async with crowded(house, "WRONG1", 2) as crowd:
        await asyncio.sleep(0)
    assert crowd.summary().joined == 0


async def test_who_came_by_a_link_that_is_withdrawn_goes_and_stays_away(house: House) -> None:
    where = await house.broadcast()
    auth = house.server.app.state.auth
    link = await house.database.write(lambda db: auth.make_link(db, where.id, "moderator"))
    browser = Browser(house.url)
    token = auth.link_token(link.id)
    page = await browser.walk_in(await browser.post("/enter", {"token": token}), {"name": "Wang"})
    socket = Link(browser, page.socket or "", random.Random(9), hurried(HASTE))
    keeping = asyncio.create_task(socket.keep())
    async with asyncio.timeout(PATIENCE):
        await socket.until(lambda: socket.seq >= 0)
        gone = await house.database.write(lambda db: people.revoke_link(db, where.id, link.id, house.now))
        (await house.stage(where)).turn_out(gone)
        with pytest.raises(TurnedOut):
            await keeping
