"""The commands over plain HTTP: what a program sends, and each answer with its status."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from live.domain.base import CODES
from live.limits import QUESTIONS
from live.protocol import FRAME_LIMIT
from tests.serving import Guest, House


class Client:
    """A program with somebody's token."""

    def __init__(self, http: httpx.AsyncClient, slug: str, token: str | None) -> None:
        self.http = http
        self.slug = slug
        self.headers = {} if token is None else {"Authorization": f"Bearer {token}"}

    async def post(self, body: Any, **headers: str) -> httpx.Response:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        address = f"/api/broadcasts/{self.slug}/commands"
        return await self.http.post(address, content=content, headers={**self.headers, **headers})

    async def order(self, do: str, **fields: Any) -> httpx.Response:
        return await self.post({"type": "command", "id": secrets.token_urlsafe(16), "do": do, **fields})


@pytest.fixture
async def http(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=house.url, trust_env=False) as client:
        yield client


@pytest.fixture
async def desk(house: House) -> Guest:
    return await house.guest(await house.broadcast(), "lecturer", "Chen Wei")


def of(http: httpx.AsyncClient, guest: Guest) -> Client:
    return Client(http, guest.where.slug, guest.token)


async def test_a_command_is_done_and_everybody_sees_it(http: httpx.AsyncClient, desk: Guest) -> None:
    body = {"type": "command", "id": "command-00000000000001", "do": "notify", "text": "Welcome."}
    answer = await of(http, desk).post(body)
    assert (answer.status_code, answer.json()) == (200, {"type": "done", "id": body["id"]})
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    await desk.until(lambda: desk.docs.get("notice", {}).get("text") == "Welcome.", "saw it")
    await desk.house.agree(desk.where)


async def test_the_same_command_by_both_ways_is_done_once(http: httpx.AsyncClient, desk: Guest) -> None:
    poll = {"title": "Which?", "ballot": {"kind": "single", "options": ["A", "B"]}}
    name = secrets.token_urlsafe(16)
    first = await desk.order("add_poll", name, **poll)
    again = await of(http, desk).post({"type": "command", "id": name, "do": "add_poll", **poll})
    assert again.json() == first == {"type": "done", "id": name, "made": "poll/1"}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"not json", 400, "bad_frame"),
        (b"", 400, "bad_frame"),
        (b"\xff\xfe", 400, "bad_frame"),
        ({"type": "hello"}, 400, "unknown_command"),
        ({"type": "command", "id": "short", "do": "end"}, 400, "bad_frame"),
        ({"type": "command", "id": "x" * 22, "do": "dance"}, 400, "unknown_command"),
        ({"type": "command", "id": "x" * 22, "do": "end", "now": True}, 400, "bad_frame"),
        ({"type": "command", "id": "x" * 22, "do": "open_poll", "poll": 7}, 409, "not_live"),
        ({"type": "command", "id": "x" * 22, "do": "answer", "question": "q"}, 404, "no_such_question"),
        ({"type": "command", "id": "x" * 22, "do": "notify", "text": " "}, 409, "empty"),
    ],
)
async def test_a_refusal_has_a_code_and_a_status(
    http: httpx.AsyncClient, desk: Guest, body: Any, status: int, code: str
) -> None:
    answer = await of(http, desk).post(body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["type"] == "rejected"
    assert answer.json()["code"] in CODES


async def test_what_a_role_may_not_do_is_forbidden(http: httpx.AsyncClient, desk: Guest) -> None:
    phone = await desk.house.guest(desk.where)
    answer = await of(http, phone).order("start")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


async def test_a_body_that_is_too_large_is_refused_in_json(http: httpx.AsyncClient, desk: Guest) -> None:
    answer = await of(http, desk).post(b"x" * (FRAME_LIMIT + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(1_000):
            yield b"x" * 1_024

    address = f"/api/broadcasts/{desk.where.slug}/commands"
    answer = await http.post(address, content=endless(), headers=of(http, desk).headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


async def test_who_is_too_fast_is_told_when_to_come_again(http: httpx.AsyncClient, desk: Guest) -> None:
    client = of(http, desk)
    for n in range(QUESTIONS.burst):
        await client.order("ask", key=secrets.token_urlsafe(16), text=f"Question {n}?", anonymous=False)
    answer = await client.order("ask", key=secrets.token_urlsafe(16), text="One more?", anonymous=False)
    assert (answer.status_code, answer.json()["code"]) == (429, "too_fast")
    assert int(answer.headers["retry-after"]) * 1_000 >= answer.json()["retry_ms"]


async def test_a_wrong_token_and_an_unknown_broadcast_answer_alike(
    http: httpx.AsyncClient, desk: Guest
) -> None:
    other = await desk.house.broadcast("Another")
    answers = [
        await Client(http, desk.where.slug, "wrong").order("start"),
        await Client(http, "no-such-broadcast", desk.token).order("start"),
        await Client(http, other.slug, desk.token).order("start"),
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert {answer.headers["www-authenticate"] for answer in answers} == {"Bearer"}


async def test_a_cookie_alone_gives_no_command(http: httpx.AsyncClient, desk: Guest) -> None:
    """A page of another site can make a browser send its cookie, and nothing else."""
    nobody = Client(http, desk.where.slug, None)
    cookie = {"Cookie": f"live={desk.token}"}
    own = await nobody.post(
        {"type": "command", "id": "x" * 22, "do": "start"}, **cookie, **{"Sec-Fetch-Site": "same-origin"}
    )
    assert own.status_code == 401
    for sent in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        foreign = await nobody.post({"type": "command", "id": "x" * 22, "do": "start"}, **cookie, **sent)
        assert foreign.status_code == 403
    assert desk.docs["broadcast"]["phase"] == "planned"


async def test_a_token_of_a_page_that_was_turned_out_is_worth_nothing(
    http: httpx.AsyncClient, desk: Guest
) -> None:
    await desk.house.database.write(
        lambda db: db.execute("DELETE FROM seat WHERE participant = ?", (desk.participant,))
    )
    assert (await of(http, desk).order("start")).status_code == 401


async def test_only_a_post_gives_a_command(http: httpx.AsyncClient, desk: Guest) -> None:
    answer = await http.get(f"/api/broadcasts/{desk.where.slug}/commands", headers=of(http, desk).headers)
    assert answer.status_code == 405


async def test_a_program_that_hangs_up_halfway_is_no_mistake_of_ours(
    http: httpx.AsyncClient, desk: Guest, caplog: pytest.LogCaptureFixture
) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", desk.house.port)
    head = (
        f"POST /api/broadcasts/{desk.where.slug}/commands HTTP/1.1\r\nHost: live\r\n"
        f"Authorization: Bearer {desk.token}\r\nContent-Length: 100\r\n\r\n"
    )
    writer.write(head.encode() + b'{"type":')
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    assert (await of(http, desk).order("start")).status_code == 200
    assert [record for record in caplog.records if record.exc_info] == []
