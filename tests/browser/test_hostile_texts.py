"""Five hundred hostile texts from question to queue, screen and phone: nothing runs, nothing is displaced.

All of them stand on the desk and on a phone at once, each of them once on the screen and on the stage of
the phone. Names, polls and answers get every twentieth. Errors in the console, exceptions, violations of
the policy and requests that leave the server fail the test in any case (`Browsing`).
"""

from __future__ import annotations

import asyncio
import secrets
import sqlite3
from typing import Any

import msgspec
from playwright.async_api import Dialog, Page, expect

from live.directory import people
from live.directory.people import Newcomer
from live.domain.ballots import Ballot, Choice, Cloud, Single, Wall
from live.domain.base import QUESTION_LIMIT, TITLE_LIMIT, Actor, Rejected, clean
from live.domain.moderation import Approve, Present
from live.domain.permits import Command
from live.domain.questions import Ask
from live.domain.results import ShowResults
from live.domain.turns import ClosePoll
from live.domain.votes import Vote
from live.protocol import Done, Welcome
from tests.browser.browsing import DESKTOP, PHONE, PROJECTOR, Browsing
from tests.browser.show import Show
from tests.hostile import FEW, TEXTS

TOGETHER = 60  # questions asked at once: the stage takes them in one transaction

LOOKING = """
window.complaints = () => {
  const node = document.querySelector("img[src=x], main script, main iframe, main style");
  return [
    ...(window.hacked ? ["a script ran"] : []),
    ...(document.documentElement.scrollWidth > innerWidth ? ["the page is wider than its window"] : []),
    ...(node ? ["markup became a node"] : []),
  ];
};
const inside = (inner, outer) =>
  inner.left >= outer.left - 1 && inner.right <= outer.right + 1 &&
  inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
const clips = (element) => getComputedStyle(element).overflowX !== "visible";
const clipped = (part, row) =>
  part !== row && (clips(part.parentElement) || clipped(part.parentElement, row));
window.rows = (selector) => {
  const wrong = window.complaints();
  let above = -Infinity;
  for (const row of document.querySelectorAll(selector)) {
    const box = row.getBoundingClientRect();
    const name = row.textContent.trim().replace(/\\s+/g, " ").slice(0, 60);
    if (box.left < 0 || box.right > innerWidth) wrong.push(`leaves the window: ${name}`);
    if (box.top < above - 1) wrong.push(`covers the row above: ${name}`);
    for (const part of row.querySelectorAll("*:not(.visually-hidden, svg *, kbd)")) {
      const its = part.getBoundingClientRect();
      if (its.width && !inside(its, box) && !clipped(part, row)) {
        wrong.push(`${part.className || part.tagName} leaves its row: ${name}`);
      }
    }
    above = box.bottom;
  }
  return wrong.slice(0, 20);
};
window.plain = (text) => text.replaceAll("\\u200b", "").trim();
window.shown = (selector, text, frame) => new Promise((resolve) => {
  const look = () => {
    const words = document.querySelector(selector);
    if (!words || window.plain(words.textContent) !== window.plain(text)) return requestAnimationFrame(look);
    const wrong = window.complaints();
    const box = document.querySelector(frame).getBoundingClientRect();
    const there = box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight + 1;
    if (!there) wrong.push("the frame has moved");
    if (words.scrollWidth > words.clientWidth + 1) wrong.push("the words are wider than their box");
    resolve(wrong);
  };
  look();
});
"""


class Hall:
    """Desk, phone and screen of a broadcast that runs, and its people with hostile names."""

    def __init__(self, show: Show, browsing: Browsing) -> None:
        self.show, self._browsing = show, browsing
        self.dialogs: list[str] = []

    async def open(self) -> None:
        await self.show.start()
        await self.show.go(1)
        self.desk = await self._page(DESKTOP)
        self.phone = await self._page(PHONE)
        self.screen = await self._page(PROJECTOR)
        await self.show.seat(self.desk, "lecturer", "Chen Wei")
        await self.show.seat(self.phone, "attendee", "Li Na")
        await self.show.seat(self.screen, "screen")
        for page in (self.desk, self.phone):
            await expect(page.locator("[data-link=live]")).to_be_visible()

    async def _page(self, device: dict[str, Any]) -> Page:
        page = await self._browsing.page(self.show.url, device)
        page.on("dialog", self._heard)
        await page.add_init_script(LOOKING)
        return page

    async def _heard(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        await dialog.dismiss()

    async def come(self, count: int) -> list[Actor]:
        """People with hostile names, of hostile units."""
        names = [name for name in map(shortened, TEXTS) if name]
        newcomers = [
            Newcomer(
                id=f"guest-{n}",
                broadcast=self.show.where.id,
                role="attendee",
                name=names[n % len(names)],
                unit=names[-n % len(names)],
                site="room",
            )
            for n in range(count)
        ]

        def job(db: sqlite3.Connection) -> None:
            for each in newcomers:
                people.add(db, each, self.show.house.time())

        await self.show.house.database.write(job)
        return [Actor(participant=each.id, role="attendee") for each in newcomers]

    async def give(self, orders: list[tuple[Actor, Command]]) -> list[str]:
        """Many commands, some at a time; gives the keys of what they made."""
        stage = await self.show.house.stage(self.show.where)
        made: list[str] = []
        for start in range(0, len(orders), TOGETHER):
            batch = [
                stage.order(who, secrets.token_urlsafe(16), command)
                for who, command in orders[start : start + TOGETHER]
            ]
            for answer in await asyncio.gather(*batch):
                assert isinstance(answer, Done), answer
                made.append(answer.made or "")
        return made

    async def is_whole(self, page: Page, rows: str) -> None:
        assert await page.evaluate("rows => window.rows(rows)", rows) == []

    async def shows(self, who: Actor, question: str, text: str) -> None:
        """On the screen and on the phone's stage, with nothing out of place."""
        wait = "([words, text, frame]) => window.shown(words, text, frame)"
        _, on_screen, on_phone = await asyncio.gather(
            self.give([(who, Present(question=question))]),
            self.screen.evaluate(wait, [".board__words", text, ".screen__picture"]),
            self.phone.evaluate(wait, [".slides__stage .stage__words", text, ".stage"]),
        )
        assert (on_screen, on_phone) == ([], []), text[:80]


def moderator(number: int) -> Actor:
    """Several of them: nobody presses so quickly."""
    return Actor(participant=f"moderator-{number % 40}", role="moderator")


def cleaned(text: str, limit: int) -> str:
    try:
        return clean(text, limit)
    except Rejected:
        return ""


def shortened(text: str, limit: int = 60) -> str:
    return cleaned(cleaned(text, 20_000)[:limit], limit)


async def draw_all(page: Page, rows: str, count: int) -> None:
    """Press "Show more" until all of them are there."""
    more = page.locator("[data-do=more]").first
    while await page.locator(rows).count() < count:
        await more.evaluate("button => button.click()")
        await page.evaluate("() => new Promise(requestAnimationFrame)")


async def test_five_hundred_hostile_questions_are_text_and_nothing_else(
    show: Show, browsing: Browsing
) -> None:
    hall = Hall(show, browsing)
    await hall.open()
    texts = [text for text in (cleaned(each, QUESTION_LIMIT) for each in TEXTS) if text]
    assert len(texts) >= 500
    guests = await hall.come(len(texts))
    asks: list[tuple[Actor, Command]] = [
        (who, Ask(key=secrets.token_urlsafe(16), text=text, anonymous=False))
        for who, text in zip(guests, texts, strict=True)
    ]
    keys = await hall.give(asks)
    ids = [key.removeprefix("question/") for key in keys]
    rows = ".queue [data-question]"
    await expect(hall.desk.locator(rows).first).to_be_visible()
    await draw_all(hall.desk, rows, len(texts))
    await hall.is_whole(hall.desk, rows)
    await hall.desk.goto("about:blank")  # it has shown them: it need not draw the next thousand steps

    await hall.give([(moderator(n), Approve(question=each)) for n, each in enumerate(ids)])
    for n, (question, text) in enumerate(zip(ids, texts, strict=True)):
        await hall.shows(moderator(n), question, text)

    await hall.phone.locator(".attendee-tabs [data-tab=questions]").tap()
    await hall.phone.locator(".questions__answered summary").tap()
    rows = ".questions [data-question]"
    await draw_all(hall.phone, rows, len(texts))
    await hall.is_whole(hall.phone, rows)
    kept = await hall.phone.locator(".question__text").evaluate_all(
        "all => all.map(each => each.textContent)"
    )
    assert sorted(kept) == sorted(texts)
    assert hall.dialogs == []


async def test_hostile_names_polls_and_answers_are_text_and_nothing_else(
    show: Show, browsing: Browsing
) -> None:
    hall = Hall(show, browsing)
    await hall.open()
    guests = await hall.come(len(FEW))
    stage = await show.house.stage(show.where)
    few = [text for text in (shortened(each, TITLE_LIMIT) for each in FEW) if text]
    await hall.phone.locator(".attendee-tabs [data-tab=poll]").tap()
    await hall.desk.locator(".desk-tabs [data-tab=polls]").click()
    ballots: list[Ballot] = [Single(options=tuple(few[n : n + 4])) for n in range(0, 16, 4)]
    for ballot, title in zip([*ballots, Wall(moderated=False), Cloud()], few, strict=False):
        number = await show.open_poll(title, ballot)
        choices: list[Choice] = [(shortened(each, 30),) for each in few]
        if isinstance(ballot, Single):
            choices = [(0,), (1,)]
        votes: list[tuple[Actor, Command]] = [
            (who, Vote(poll=number, round=1, n=1, choice=choice))
            for who, choice in zip(guests, choices, strict=False)
        ]
        await hall.give(votes)
        await show.order(ShowResults(poll=number, shown=True))
        await expect(hall.phone.locator(f"[data-poll='{number}']")).to_be_visible()
        await hall.is_whole(hall.phone, "[data-poll]")
        await hall.is_whole(hall.desk, ".desk__panel [data-poll]")
        assert await hall.screen.evaluate("() => window.complaints()") == []
        await show.order(ClosePoll(poll=number))
    await hall.desk.locator(".desk-tabs [data-tab=people]").click()
    docs = msgspec.json.decode(await stage.welcome(show.someone, "desk"), type=Welcome).docs
    assert sum(key.startswith("person/") for key in docs) >= 2
    await hall.is_whole(hall.desk, ".person, .share")
    assert hall.dialogs == []
