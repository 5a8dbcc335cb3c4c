"""Headers on every answer, and nothing that changes something for a page that is not ours."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.routing import Route
from starlette.types import Scope

from live import assets, security
from tests.doorway import Site, site_in

OWN = "https://live.example.org"


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with site_in(tmp_path) as site:
        yield site


def asked(**headers: str) -> Scope:
    return {"headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]}


# What every answer says


async def test_every_address_answers_with_every_header(site: Site) -> None:
    browser = site.browser()
    paths = [route.path for route in site.app.routes if isinstance(route, Route)]
    for path in [*paths, "/nowhere"]:
        address = re.sub(r"\{[^}]*\}", "x", path)
        for method in ("GET", "POST", "PUT", "DELETE"):
            answer = await browser.request(method, address)
            assert answer.status_code < 500, address
            assert security.HEADERS.items() <= dict(_titled(answer.headers)).items(), (method, address)
            assert "content-security-policy" in answer.headers, (method, address)
            assert "cache-control" in answer.headers, (method, address)
            assert "strict-transport-security" not in answer.headers, "this site has no TLS"


def _titled(given: object) -> list[tuple[str, str]]:
    known = {name.lower(): name for name in security.HEADERS}
    return [(known[name], value) for name, value in dict(given).items() if name in known]  # type: ignore[call-overload]


async def test_the_policy_allows_our_files_and_nothing_inline(site: Site) -> None:
    policy = (await site.browser().get("/")).headers["content-security-policy"]
    said = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert said == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' blob: data:",
        "connect-src": "'self' ws://live.test",
        "object-src": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "lit-html",
    }


async def test_a_host_that_is_none_reaches_no_header(site: Site) -> None:
    answer = await site.browser().get("/", headers={"Host": "live.test; script-src *"})
    assert "script-src *" not in answer.headers["content-security-policy"]


async def test_pages_are_kept_nowhere_and_bundled_files_for_ever(site: Site) -> None:
    browser = site.browser()
    assert (await browser.get("/")).headers["cache-control"] == "no-store"
    assert (await browser.get(assets.url("app.css"))).headers["cache-control"] == security.FOREVER
    gone = await browser.get("/static/built/app-GONE.css")
    assert gone.headers["cache-control"] == "no-store"


async def test_a_site_with_tls_says_so(tmp_path: Path) -> None:
    async with site_in(tmp_path, url=OWN) as site:
        answer = await site.browser().get("/")
        assert "max-age" in answer.headers["strict-transport-security"]
        assert "wss://live.example.org" in answer.headers["content-security-policy"]


# Who may post

HOSTILE: list[dict[str, str]] = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": ""},
    {"Sec-Fetch-Site": "same-origin, cross-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://live.test"},
    {"Sec-Fetch-Site": "cross-site", "Authorization": "Bearer x"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://evil.example"},
    {"Origin": "https://evil.example", "Referer": "http://live.test/"},
    {"Origin": "http://live.test.evil.example"},
    {"Origin": "http://evil.example/live.test"},
    {"Origin": "http://live.test:81"},
    {"Origin": "http://xlive.test"},
    {"Origin": "live.test"},
    {"Origin": "//live.test"},
    {"Origin": "ftp://live.test"},
    {"Origin": "http://user@live.test"},
    {"Origin": "http://live.test, http://evil.example"},
    {"Origin": "http://evil.example", "Authorization": "Bearer x"},
    {"Origin": "http://evil.example", "X-Forwarded-Host": "evil.example"},
    {"Authorization": "Basic eDp5"},
    {"Referer": "http://live.test/"},
    {},
]


@pytest.mark.parametrize("given", HOSTILE, ids=str)
async def test_a_post_from_elsewhere_is_refused_with_a_page(site: Site, given: dict[str, str]) -> None:
    where = await site.broadcast()
    browser = site.browser()
    del browser.headers["Sec-Fetch-Site"]
    answer = await browser.post(f"/join/{where.code}", data={"name": "Li Na", "site": "room"}, headers=given)
    assert answer.status_code == 403
    assert "This came from another site" in answer.text
    assert await site.rows("SELECT * FROM participant") == []


@pytest.mark.parametrize(
    "given", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://live.test"}], ids=str
)
async def test_a_post_of_our_own_page_is_carried_out(site: Site, given: dict[str, str]) -> None:
    where = await site.broadcast()
    browser = site.browser()
    del browser.headers["Sec-Fetch-Site"]
    answer = await browser.post(f"/join/{where.code}", data={"name": "Li Na", "site": "room"}, headers=given)
    assert answer.status_code == 303


def test_a_program_may_post_with_a_token_alone() -> None:
    assert security.own_request(asked(authorization="Bearer x"), None)
    assert not security.own_request(asked(authorization="Bearerx"), None)


def test_a_known_origin_is_the_only_one() -> None:
    assert security.allowed_origin(asked(origin=OWN, host="10.0.0.1"), OWN)
    assert not security.allowed_origin(asked(origin="http://10.0.0.1", host="10.0.0.1"), OWN)
    assert not security.allowed_origin(asked(origin=OWN + "/", host="live.example.org"), OWN)
    assert not security.allowed_origin(asked(origin="http://live.example.org"), OWN)


def test_without_one_the_host_decides() -> None:
    assert security.allowed_origin(asked(origin="http://10.0.0.1:8000", host="10.0.0.1:8000"), None)
    assert security.allowed_origin(asked(origin="http://[::1]:8000", host="[::1]:8000"), None)
    assert not security.allowed_origin(asked(origin="http://10.0.0.1:8000", host="10.0.0.1"), None)
    assert not security.allowed_origin(asked(host="10.0.0.1"), None)
    assert not security.allowed_origin(asked(origin="http://a/b", host="a/b"), None)
