"""Questions on a broadcast's page: the list of words reaches the stage, action items are followed up."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from live.directory import broadcasts
from live.domain.actions import Assign
from live.domain.base import Actor
from live.domain.permits import Command
from live.domain.questions import Ask, question_id
from live.protocol import Done
from tests.doorway import Site, site_in

KEY = "k" * 22


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with site_in(tmp_path) as site:
        yield site


async def made(site: Site) -> broadcasts.Broadcast:
    return await site.database.write(lambda db: broadcasts.create(db, title="Cases", created_by=None, now=0))


async def order(site: Site, where: broadcasts.Broadcast, command: Command) -> None:
    stage = await site.app.state.stages.get(where.id)
    answer = await stage.order(Actor(participant="mo", role="moderator"), secrets.token_urlsafe(16), command)
    assert isinstance(answer, Done), answer


async def test_the_list_of_words_is_kept_and_told_to_the_stage(site: Site) -> None:
    browser, where = await site.organiser(), await made(site)
    address = f"/broadcasts/{where.slug}"
    answer = await browser.post(f"{address}/words", data={"words": "Idiot, 废物\n\nidiot，废物"})
    assert answer.status_code == 303, answer.text
    stage = await site.app.state.stages.get(where.id)
    assert stage.state.life.setup.words == ("Idiot", "废物", "idiot")
    assert "Idiot\n废物" in (await browser.get(address)).text


async def test_a_list_that_is_too_long_is_shown_again_as_it_was_typed(site: Site) -> None:
    browser, where = await site.organiser(), await made(site)
    for typed in ("\n".join(map(str, range(501))), f"good\n{'x' * 61}"):
        answer = await browser.post(f"/broadcasts/{where.slug}/words", data={"words": typed})
        assert answer.status_code == 422
        assert typed in answer.text
    assert await site.database.read(lambda db: broadcasts.words(db, where.id)) == ()


async def test_an_action_item_is_followed_up_on_the_page(site: Site) -> None:
    browser, where = await site.organiser(), await made(site)
    address, question = f"/broadcasts/{where.slug}", question_id(KEY)
    assert "data-item" not in (await browser.get(address)).text
    await order(site, where, Ask(key=KEY, text="Who mends the ramp?", anonymous=True))
    await order(site, where, Assign(question=question, unit="Depot", due="2026-12-01"))
    page = (await browser.get(address)).text
    assert f'data-item="{question}"' in page
    assert "Who mends the ramp?" in page
    for done, outcome in (("1", "Mended."), ("0", "Broken again.")):
        form = {"question": question, "done": done, "outcome": outcome}
        assert (await browser.post(f"{address}/actions", data=form)).status_code == 303
        stage = await site.app.state.stages.get(where.id)
        action = stage.state.questions.questions[question].action
        assert (action.done, action.outcome) == (done == "1", outcome)
        assert outcome in (await browser.get(address)).text
