"""The page of polls: taken from earlier broadcasts, templates and files, and taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from live.auth import new_id
from live.directory import poll_library
from live.directory.broadcasts import Broadcast
from live.domain.ballots import Single, Spotting
from live.domain.base import Actor
from live.domain.polls import AddPoll, EditPoll, RemovePoll
from tests.doorway import Browser, Site, site_in

FIRST = AddPoll(title="Which first?", ballot=Single(options=("One", "Two")))
SECOND = AddPoll(title="Which second?", ballot=Single(options=("One", "Two")))


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with site_in(tmp_path) as site:
        yield site


async def with_polls(site: Site, *commands: AddPoll | EditPoll | RemovePoll) -> Broadcast:
    """A broadcast in which these were said."""
    where = await site.broadcast()
    stage = await site.app.state.stages.get(where.id)
    for command in commands:
        answer = await stage.order(Actor(participant="li", role="lecturer"), new_id(), command)
        assert answer.id, answer
    return where


async def polls_of(site: Site, where: Broadcast) -> list[str]:
    found = await site.database.read(lambda db: poll_library.of_broadcast(db, where.id))
    return [each.title for each in found.values()]


async def press(browser: Browser, where: Broadcast, do: str, **fields: str) -> str:
    """Where the page goes on to after a button."""
    answer = await browser.post(f"/broadcasts/{where.slug}/polls", data={"do": do, **fields})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


async def test_polls_of_an_earlier_broadcast_are_taken_as_they_were_last_worded(site: Site) -> None:
    browser = await site.organiser()
    edited = EditPoll(poll=1, title="Which one first?", ballot=FIRST.ballot)
    earlier = await with_polls(site, FIRST, SECOND, FIRST, edited, RemovePoll(poll=3))
    where = await site.broadcast()
    shown = await browser.get(f"/broadcasts/{where.slug}/polls?from={earlier.slug}")
    assert shown.text.count('type="checkbox"') == 2
    await press(browser, where, "take", **{"from": earlier.slug, "poll-1": "on"})
    assert await polls_of(site, where) == ["Which one first?"]


async def test_what_was_added_can_be_taken_back_as_one(site: Site) -> None:
    browser, where = await site.organiser(), await with_polls(site, FIRST)
    file = "title,kind,options\nA,single,x\nB,wall,\n".replace("x", '"x\ny"')
    assert (await press(browser, where, "read", file=file)).endswith("/polls?added=2,3")
    assert await polls_of(site, where) == ["Which first?", "A", "B"]
    shown = await browser.get(f"/broadcasts/{where.slug}/polls?added=2,3")
    assert "2 polls have been added." in shown.text
    await press(browser, where, "undo", added="2,3")
    assert await polls_of(site, where) == ["Which first?"]


async def test_a_file_with_a_mistake_adds_nothing_and_stays_in_the_field(site: Site) -> None:
    browser, where = await site.organiser(), await site.broadcast()
    file = "title,kind\nA,wall\nB,no such kind\n"
    answer = await browser.post(f"/broadcasts/{where.slug}/polls", data={"do": "read", "file": file})
    assert answer.status_code == 422
    assert "Poll 2: there is no such kind of poll." in answer.text
    assert "B,no such kind" in answer.text
    assert await polls_of(site, where) == []


async def test_a_template_is_kept_once_taken_anywhere_and_forgotten(site: Site) -> None:
    browser, earlier = await site.organiser(), await with_polls(site, FIRST, SECOND)
    for _ in range(2):
        await press(browser, earlier, "keep", **{"poll-2": "on"})
    kept = await site.database.read(poll_library.templates)
    assert [each.poll for each in kept] == [SECOND]
    where = await site.broadcast()
    await press(browser, where, "take", **{"from": "templates", f"template-{kept[0].id}": "on"})
    assert await polls_of(site, where) == ["Which second?"]
    await press(browser, where, "forget", template=str(kept[0].id))
    assert await site.database.read(poll_library.templates) == []


async def test_a_poll_about_a_page_of_another_deck_is_not_taken(site: Site) -> None:
    browser = await site.organiser()
    earlier = await with_polls(site, AddPoll(title="Spot them", ballot=Spotting(slide="elsewhere", max=3)))
    where = await site.broadcast()
    shown = await browser.get(f"/broadcasts/{where.slug}/polls?from={earlier.slug}")
    assert '<input type="checkbox" disabled>' in shown.text
    data = {"do": "take", "from": earlier.slug, "poll-1": "on"}
    answer = await browser.post(f"/broadcasts/{where.slug}/polls", data=data)
    assert answer.status_code == 422
    assert "“Spot them” is about a page that is not in this broadcast&#39;s deck." in answer.text
    assert await polls_of(site, where) == []


@pytest.mark.parametrize("ending", ["csv", "yaml"])
async def test_a_saved_file_is_taken_again(site: Site, ending: str) -> None:
    browser, earlier = await site.organiser(), await with_polls(site, FIRST, SECOND)
    where = await site.broadcast()
    saved = await browser.get(f"/broadcasts/{earlier.slug}/polls.{ending}")
    assert saved.headers["content-disposition"].endswith(f'.{ending}"')
    await press(browser, where, "read", file=saved.text)
    assert await polls_of(site, where) == ["Which first?", "Which second?"]


async def test_only_accounts_come_in(site: Site) -> None:
    where, browser = await site.broadcast(), site.browser()
    for path in ("polls", "polls.csv", "polls.yaml"):
        answer = await browser.get(f"/broadcasts/{where.slug}/{path}")
        assert answer.headers["location"].startswith("/login?next=")
