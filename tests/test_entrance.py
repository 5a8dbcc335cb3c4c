"""The front door as people meet it: a code, a name, back again; and what is said when something is wrong."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from live.auth.auth import FREE_CODES
from live.directory import broadcasts
from tests.doorway import Site, join, leads_to, site_in


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with site_in(tmp_path) as site:
        yield site


def text(answer: httpx.Response) -> str:
    return html.unescape(answer.text)


async def test_the_start_page_says_what_this_is_and_takes_a_code(site: Site) -> None:
    answer = await site.browser().get("/")
    assert "Follow the slides" in answer.text
    assert 'name="code"' in answer.text
    assert 'autocapitalize="characters"' in answer.text


async def test_a_code_is_taken_in_any_case_and_with_spaces(site: Site) -> None:
    where = await site.broadcast()
    typed = f" {where.code[:3].lower()} {where.code[3:].lower()} "
    assert leads_to(await site.browser().fill("/join", code=typed), f"/join/{where.code}")


async def test_three_answers_and_one_is_in(site: Site) -> None:
    where = await site.broadcast()
    browser = site.browser()
    form = await browser.get(f"/join/{where.code}")
    assert "Safety course" in form.text
    assert leads_to(await join(browser, where.code, unit="Press shop"), f"/b/{where.slug}/")
    page = await browser.get(f"/b/{where.slug}/")
    assert page.status_code == 200
    assert '"name":"Li Na"' in page.text, "the first frame is in the page"


@pytest.mark.parametrize(("wanted", "checked"), [("remote", ["remote"]), ("nowhere", [])])
async def test_the_link_beside_the_stream_has_chosen_the_place(
    site: Site, wanted: str, checked: list[str]
) -> None:
    where = await site.broadcast()
    form = await site.browser().get(f"/join/{where.code}?site={wanted}")
    inputs = re.findall(r"<input[^>]*>", form.text)
    chosen = [re.search(r'value="(\w+)"', each) for each in inputs if "checked" in each]
    assert [each.group(1) for each in chosen if each] == checked


async def test_an_unknown_and_a_closed_code_get_the_same_answer(site: Site) -> None:
    where = await site.broadcast()
    await site.database.write(lambda db: broadcasts.set_joining(db, where.id, False))
    unknown = "ZZZZZZ" if where.code != "ZZZZZZ" else "YYYYYY"
    for path, fields in [("/join", True), ("/join/{}", False)]:
        answers = []
        for code in (unknown, where.code):
            form = {"code": code} if fields else {"name": "Li Na"}
            answer = await site.browser().fill(path.format(code), **form)
            answers.append((answer.status_code, answer.text.replace(code, "")))
        assert answers[0] == answers[1]
        assert answers[0][0] == 422
        assert "No broadcast takes people in by this code" in answers[0][1]


async def test_a_code_of_nothing_is_asked_for_again(site: Site) -> None:
    answer = await site.browser().fill("/join", code=" - ")
    assert answer.status_code == 422
    assert "Type the code that is shown on the screen" in answer.text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Please give your name."),
        ("\u200b\u202e ", "Please give your name."),
        ("x" * 300, "This name is too long: at most 60 characters."),
    ],
)
async def test_a_bad_name_is_told_and_nothing_typed_is_lost(site: Site, name: str, said: str) -> None:
    where = await site.broadcast()
    answer = await join(site.browser(), where.code, name, unit="Press shop", site="remote")
    assert answer.status_code == 422
    assert said in text(answer)
    assert f'value="{name}"' in text(answer)
    assert 'value="Press shop"' in answer.text
    assert 'value="remote" checked' in answer.text
    assert await site.rows("SELECT * FROM participant") == []


async def test_one_has_to_say_where_one_is(site: Site) -> None:
    where = await site.broadcast()
    answer = await join(site.browser(), where.code, site="moon")
    assert answer.status_code == 422
    assert "Please say where you are." in answer.text


async def test_a_name_is_kept_without_control_characters_and_on_one_line(site: Site) -> None:
    where = await site.broadcast()
    await join(site.browser(), where.code, "Li\u202e\x07 \n Na")
    assert (await site.rows("SELECT name FROM participant"))[0]["name"] == "Li Na"


async def test_markup_in_a_name_stays_text(site: Site) -> None:
    where = await site.broadcast("</script><script>alert(1)</script>")
    browser = site.browser()
    await join(browser, where.code, "</script><b>")
    page = await browser.get(f"/b/{where.slug}/")
    assert "</script><b>" not in page.text
    assert "<script>alert" not in page.text
    assert "\\u003c/script>\\u003cb>" in page.text


async def test_who_comes_back_is_in_without_typing(site: Site) -> None:
    where = await site.broadcast()
    browser = site.browser()
    await join(browser, where.code)
    inside = f"/b/{where.slug}/"
    assert leads_to(await browser.fill("/join", code=where.code), inside)
    assert leads_to(await browser.get(f"/join/{where.code}"), inside)
    assert leads_to(await join(browser, where.code, "Somebody else"), inside), "the button was pressed twice"
    assert len(await site.rows("SELECT * FROM participant")) == 1
    assert inside in (await browser.get("/")).text


async def test_another_broadcast_begins_with_what_was_typed_before(site: Site) -> None:
    first, second = await site.broadcast(), await site.broadcast("Traffic", [("Zhang Wei", "Press shop")])
    browser = site.browser()
    await join(browser, first.code, unit="Night shift", site="remote")
    form = (await browser.get(f"/join/{second.code}")).text
    assert 'value="Li Na"' in form
    assert 'value="*" selected' in form, "a unit that is not on this roster"
    assert 'value="Night shift"' in form
    assert 'value="remote" checked' in form


ROSTER = [("Zhang Wei", "Press shop"), ("Li Na", "Assembly"), ("Li Na", "Logistics")]


@pytest.mark.parametrize(
    ("name", "unit", "person", "kept"),
    [
        ("zhang  wei", "", "Zhang Wei", "Press shop"),
        ("Zhang Wei", "Press shop", "Zhang Wei", "Press shop"),
        ("Zhang Wei", "Assembly", None, "Assembly"),
        ("Li Na", "", None, ""),
        ("Li Na", "Logistics", "Li Na", "Logistics"),
        ("Chen Jie", "", None, ""),
    ],
)
async def test_a_name_that_the_roster_has_once_is_that_person(
    site: Site, name: str, unit: str, person: str | None, kept: str
) -> None:
    where = await site.broadcast(roster=ROSTER)
    await join(site.browser(), where.code, name, unit=unit)
    query = "SELECT person.name, participant.unit FROM participant LEFT JOIN person ON person.id = person"
    assert await site.rows(query) == [{"name": person, "unit": kept}]


async def test_another_unit_may_be_typed(site: Site) -> None:
    where = await site.broadcast(roster=ROSTER)
    await join(site.browser(), where.code, unit="*", other_unit="Guests")
    assert (await site.rows("SELECT unit FROM participant"))[0]["unit"] == "Guests"


async def test_guessing_costs_time_but_a_right_code_always_gets_in(site: Site) -> None:
    where = await site.broadcast()
    guesser, honest = site.browser("2001:db8::1"), site.browser("2001:db8::2")
    answers = [(await guesser.get("/join/ZZZZZZ")).status_code for _ in range(FREE_CODES + 1)]
    assert answers == [422] * FREE_CODES + [429]
    refused = await honest.get("/join/YYYYYY")
    assert refused.status_code == 429, "the same /64 is one neighbourhood"
    assert int(refused.headers["retry-after"]) > 0
    assert leads_to(await join(honest, where.code), f"/b/{where.slug}/")
    assert (await site.browser("192.0.2.7").get("/join/ZZZZZZ")).status_code == 422


async def test_a_whole_hall_joins_from_one_address(site: Site) -> None:
    where = await site.broadcast()
    answers = [await join(site.browser(), where.code, f"Person {n}") for n in range(150)]
    assert {answer.status_code for answer in answers} == {303}
    assert len(await site.rows("SELECT * FROM participant")) == 150


# Languages and errors


async def test_the_language_follows_the_browser_and_can_be_switched(site: Site) -> None:
    browser = site.browser(lang="zh-CN,zh;q=0.9,en;q=0.5")
    assert '<html lang="zh"' in (await browser.get("/join")).text
    assert leads_to(await browser.fill("/language", "/join", lang="en"), "/join")
    page = await browser.get("/join")
    assert '<html lang="en"' in page.text
    assert page.headers["content-language"] == "en"
    await browser.fill("/language", lang="tlh")
    assert '<html lang="en"' in (await browser.get("/join")).text


async def test_the_way_back_never_leads_away(site: Site) -> None:
    browser = site.browser()
    for referer in ("https://evil.example//evil.example/", "//evil.example", "https://evil.example"):
        answer = await browser.post("/language", data={"lang": "zh"}, headers={"Referer": referer})
        assert leads_to(answer, "/")
    await site.organiser()
    for target in ("//evil.example", "https://evil.example", "/\\evil.example", "/\n/evil.example", ""):
        answer = await browser.fill("/login", name="Wang Lixin", password="a sentence of my own", next=target)
        assert leads_to(answer, "/broadcasts")


@pytest.mark.parametrize(
    ("method", "path", "body", "kind", "status"),
    [
        ("GET", "/nowhere", b"", "", 404),
        ("DELETE", "/join", b"", "", 405),
        ("POST", "/join", b"code=" + b"x" * 70_000, "application/x-www-form-urlencoded", 413),
        ("POST", "/join", b"{}", "application/json", 415),
        ("POST", "/join", b"code=\xff\xfe", "application/x-www-form-urlencoded", 400),
        ("POST", "/join", b"&".join([b"a=1"] * 500), "application/x-www-form-urlencoded", 400),
    ],
)
async def test_each_error_has_a_page_with_a_way_on(
    site: Site, method: str, path: str, body: bytes, kind: str, status: int
) -> None:
    answer = await site.browser().request(method, path, content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert 'href="/"' in answer.text
    assert "<h1>" in answer.text


async def test_a_mistake_of_ours_is_a_page_with_all_headers(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(broadcasts, "find_by_code", broken)
    answer = await site.browser(failing=True).get("/join/ABCDEF")
    assert answer.status_code == 500
    assert "Something went wrong on the server" in answer.text
    assert "secret detail" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
