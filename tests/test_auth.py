"""Cookies, passwords, set-up links and tokens: who gets one, what it is worth, and for how long."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request

from live.auth import Failures, Passwords, TooMany, WeakPassword, neighbourhood
from live.auth.auth import FREE_PASSWORDS, SETUP_LINK_MS
from live.auth.failures import FORGET_MS, KEYS, LONGEST_MS, WAIT_MS
from live.auth.passwords import hasher
from live.directory.people import Newcomer
from live.directory.sessions import ACCOUNT_IDLE_MS, HOUR_MS, SEAT_IDLE_MS
from tests.doorway import PASSWORD, Browser, Site, site_in


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with site_in(tmp_path) as site:
        yield site


async def log_in(browser: Browser, name: str = "Wang Lixin", password: str = PASSWORD) -> httpx.Response:
    return await browser.fill("/login", name=name, password=password)


async def signed_in(browser: Browser) -> bool:
    return "Sign out" in (await browser.get("/")).text


# The cookie


async def test_the_cookie_is_random_hidden_from_scripts_and_hashed_in_the_database(site: Site) -> None:
    where = await site.broadcast()
    answer = await site.browser().fill(f"/join/{where.code}", name="Li Na", site="room")
    name, value = re.match(r"(\w+)=([^;]+)", answer.headers["set-cookie"]).groups()  # type: ignore[union-attr]
    assert name == "live"
    assert len(value) >= 22, "128 bits or more"
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=lax" in answer.headers["set-cookie"]
    (row,) = await site.rows("SELECT hash FROM session")
    assert row["hash"] == hashlib.sha256(value.encode()).hexdigest()


async def test_with_tls_the_cookie_is_bound_to_the_host(site: Site) -> None:
    where = await site.broadcast()
    browser = site.browser(scheme="https")
    answer = await browser.fill(f"/join/{where.code}", name="Li Na", site="room")
    assert answer.headers["set-cookie"].startswith("__Host-live=")
    assert "Secure" in answer.headers["set-cookie"]
    assert "Path=/;" in answer.headers["set-cookie"]
    value = browser.cookies["__Host-live"]
    other = site.browser(scheme="https")
    other.cookies.set("live", value)
    assert (await other.get(f"/b/{where.slug}/")).status_code == 303, "the other name is worth nothing"


async def test_signing_in_gives_the_browser_a_new_cookie_and_keeps_its_seats(site: Site) -> None:
    where = await site.broadcast()
    await site.organiser()
    browser = site.browser()
    await browser.fill(f"/join/{where.code}", name="Li Na", site="room")
    before = browser.cookies["live"]
    await log_in(browser)
    assert browser.cookies["live"] != before
    assert (await browser.get(f"/b/{where.slug}/")).status_code == 200
    planted = site.browser()
    planted.cookies.set("live", before)
    assert not await signed_in(planted)
    assert (await planted.get(f"/b/{where.slug}/")).status_code == 303


async def test_a_seat_at_the_desk_changes_the_cookie_too(site: Site) -> None:
    where = await site.broadcast()
    browser = site.browser()
    await browser.fill(f"/join/{where.code}", name="Li Na", site="room")
    before = browser.cookies["live"]
    await browser.fill("/enter", token=await site.link(where, "moderator"))
    await browser.fill("/enter/name", name="Li Na")
    assert browser.cookies["live"] != before
    assert (await browser.get(f"/b/{where.slug}/")).status_code == 200


async def test_a_cookie_that_somebody_made_up_is_nobody(site: Site) -> None:
    where = await site.broadcast()
    browser = site.browser()
    browser.cookies.set("live", "chosen by an attacker")
    await browser.fill(f"/join/{where.code}", name="Li Na", site="room")
    (row,) = await site.rows("SELECT hash FROM session")
    assert row["hash"] != hashlib.sha256(b"chosen by an attacker").hexdigest()


async def test_signing_out_forgets_the_browser(site: Site) -> None:
    browser = await site.organiser()
    stolen = site.browser()
    stolen.cookies.set("live", browser.cookies["live"])
    assert await signed_in(stolen)
    await browser.fill("/logout")
    assert "live" not in browser.cookies
    assert not await signed_in(stolen)
    assert await site.rows("SELECT * FROM session") == []


async def test_an_account_expires_before_a_seat_does(site: Site) -> None:
    where = await site.broadcast()
    browser = await site.organiser()
    await browser.fill(f"/join/{where.code}", name="Wang Lixin", site="room")
    await browser.get(f"/b/{where.slug}/desk")
    site.now += ACCOUNT_IDLE_MS
    assert (await browser.get(f"/b/{where.slug}/desk")).status_code == 403
    assert not await signed_in(browser)
    assert (await browser.get(f"/b/{where.slug}/")).status_code == 200
    site.now += SEAT_IDLE_MS
    assert (await browser.get(f"/b/{where.slug}/")).status_code == 303


async def test_who_comes_now_and_then_stays(site: Site) -> None:
    browser = await site.organiser()
    for _ in range(10):
        site.now += ACCOUNT_IDLE_MS - HOUR_MS
        assert await signed_in(browser)


# Set-up links and accounts


async def test_a_set_up_link_works_once_and_for_an_hour(site: Site) -> None:
    first, late = [await site.database.write(site.auth.setup_link) for _ in range(2)]
    fields = {"name": "Wang Lixin", "password": PASSWORD}
    assert (await site.browser().fill("/setup", token=first, **fields)).status_code == 303
    again = await site.browser().fill("/setup", token=first, **(fields | {"name": "Chen Jie"}))
    assert again.status_code == 422
    assert "used already or has expired" in again.text
    site.now += SETUP_LINK_MS
    assert (await site.browser().fill("/setup", token=late, **fields)).status_code == 422
    assert len(await site.rows("SELECT * FROM account")) == 1


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [
        ("Chen Jie", "eleven char", "Too short: at least 12 characters."),
        ("Chen Jie", "chenjiechenjie", "A password that is the name"),
        ("", PASSWORD, "Please give a name"),
        ("x" * 300, PASSWORD, "This name is too long"),
        ("WANG LIXIN", PASSWORD, "Another account has this name"),
    ],
)
async def test_a_bad_account_is_told_and_does_not_spend_the_link(
    site: Site, name: str, password: str, said: str
) -> None:
    await site.organiser("Wang Lixin")
    token = await site.database.write(site.auth.setup_link)
    answer = await site.browser().fill("/setup", token=token, name=name, password=password)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{token}"' in answer.text
    good = await site.browser().fill("/setup", token=token, name="Zhao Min", password=PASSWORD)
    assert good.status_code == 303


async def test_a_password_is_kept_as_argon2id(site: Site) -> None:
    await site.organiser()
    (row,) = await site.rows("SELECT password FROM account")
    assert row["password"].startswith("$argon2id$v=19$")
    in_earnest = hasher().hash(PASSWORD)  # tests/done_once.py makes all others cheap
    assert in_earnest.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


async def test_a_wrong_name_and_a_wrong_password_sound_the_same(site: Site) -> None:
    await site.organiser()
    answers = [
        await log_in(site.browser(), "Wang Lixin", "a sentence of another"),
        await log_in(site.browser(), "Wang Lixia", PASSWORD),
    ]
    texts = {answer.text.replace("Lixia", "Lixin") for answer in answers}
    assert [answer.status_code for answer in answers] == [422, 422]
    assert len(texts) == 1
    assert "The name or the password is not right." in texts.pop()


async def test_a_name_without_an_account_costs_a_hash_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []

    def verify(kept: str, _given: str) -> bool:
        verified.append(kept)
        return True

    monkeypatch.setattr("live.auth.passwords._verify", verify)
    assert not await Passwords().match(None, PASSWORD)
    assert verified[0].startswith("$argon2id$")


async def test_the_empty_password_opens_nothing() -> None:
    assert not await Passwords().match(None, "")


async def test_accents_are_the_same_however_they_were_typed() -> None:
    passwords = Passwords()
    kept = await passwords.hash("caf\u00e9 au lait, merci", "Chen Jie")
    assert await passwords.match(kept, "cafe\u0301 au lait, merci")


async def test_a_password_has_a_longest_length() -> None:
    with pytest.raises(WeakPassword):
        await Passwords().hash("x" * 1_001, "Chen Jie")


# Too many wrong ones


async def test_wrong_passwords_cost_their_sender_time_and_nobody_else(site: Site) -> None:
    await site.organiser()
    guesser = site.browser("198.51.100.9")
    answers = [(await log_in(guesser, password=f"guess number {n:04}")).status_code for n in range(7)]
    assert answers == [422] * FREE_PASSWORDS + [429] * 2
    refused = await log_in(guesser)
    assert refused.status_code == 429, "not even the right one, before the wait is over"
    assert "Try again in 2 s" in refused.text
    assert (await log_in(site.browser())).status_code == 303, "from another address at once"
    site.now += WAIT_MS
    assert (await log_in(guesser)).status_code == 303


def test_waits_double_up_to_a_minute_and_are_forgotten() -> None:
    failures, now, waits = Failures(free=2), 0, []
    for _ in range(8):
        failures.add("a", now)
        try:
            failures.check("a", now)
        except TooMany as wait:
            waits.append(wait.wait_ms)
            now += wait.wait_ms
    assert waits == [2_000, 4_000, 8_000, 16_000, 32_000, LONGEST_MS, LONGEST_MS]
    failures.add("a", now + FORGET_MS)
    failures.check("a", now + FORGET_MS)


def test_what_is_remembered_has_an_end() -> None:
    failures = Failures(free=1)
    for n in range(KEYS + 1):
        failures.add(f"key {n}", 0)
    failures.check("key 0", 0)
    with pytest.raises(TooMany):
        failures.check("key 1", 0)


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        (None, ""),
    ],
)
def test_an_address_of_the_sixth_version_counts_as_its_household(host: str | None, key: str) -> None:
    assert neighbourhood(host) == key


# Links and bearer tokens


async def test_a_link_can_be_shown_again_but_is_not_in_the_database(site: Site) -> None:
    where = await site.broadcast()
    token = await site.link(where, "attendee")
    (row,) = await site.rows("SELECT * FROM link")
    assert site.auth.link_token(row["id"]) == token
    assert len(token) == 22, "128 bits"
    assert token not in row.values()
    assert row["hash"] == hashlib.sha256(token.encode()).hexdigest()


async def test_a_bearer_token_stands_for_its_participant_in_its_broadcast(site: Site) -> None:
    where, other = await site.broadcast(), await site.broadcast("Traffic")
    newcomer = Newcomer(id="p1", broadcast=where.id, role="moderator", name="Chen Jie")
    await site.auth.seat(await site.auth.visitor(_request()), newcomer)
    token = await site.auth.token_for(where.id, "p1", "moderator")
    actor = await site.auth.bearer(_request(token), where.id)
    assert actor is not None
    assert (actor.participant, actor.role) == ("p1", "moderator")
    assert await site.auth.actor(_request(token), where.id, "desk") == actor
    assert await site.auth.actor(_request(token), where.id, "attendee") is None
    assert await site.auth.bearer(_request(token), other.id) is None
    assert await site.auth.bearer(_request("x" * 32), where.id) is None
    assert await site.auth.bearer(_request(), where.id) is None


def _request(token: str | None = None) -> Request:
    headers = [(b"authorization", f"Bearer {token}".encode())] if token else []
    return Request({"type": "http", "method": "POST", "path": "/", "scheme": "http", "headers": headers})
