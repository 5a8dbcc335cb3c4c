"""The people of the browser tests: what an organiser, a lecturer, a phone and a screen do, in small verbs.

Each has a page of their own and finds things as people do, by what is written on them. They look and
press; whether it was right is said by the test.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from playwright.async_api import FilePayload, Locator, Page, expect

PASSWORD = "a sentence of my own"


class Organiser:
    """At a desktop, signed in, with one broadcast."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def make_account(self, token: str) -> None:
        await self.page.goto(f"/setup#{token}")
        await self.page.get_by_label("Name").fill("Zhou Min")
        await self.page.get_by_label("Password").fill(PASSWORD)
        await self.page.get_by_role("button", name="Make the account").click()

    async def make_broadcast(self, title: str, lecturer: str = "Chen Wei") -> None:
        await self.page.get_by_role("link", name="New broadcast").click()
        await self.page.get_by_label("Title").fill(title)
        await self.page.get_by_label("Lecturer").fill(lecturer)
        await self.page.get_by_role("button", name="Make the broadcast").click()

    async def upload(self, file: FilePayload) -> None:
        await self.page.locator("#deck-view input[type=file]").set_input_files(file)

    async def link(self, role: str) -> str:
        """The address of the first link of a role."""
        return await self.invitation(role).get_by_label("Link").first.input_value()

    def invitation(self, role: str) -> Locator:
        return self.page.get_by_role("region", name=role, exact=True)

    async def revoke(self, role: str) -> None:
        invitation = self.invitation(role)
        await invitation.get_by_text("Revoke …").click()
        await invitation.get_by_role("button", name="Revoke it").click()

    async def export(self, name: str) -> list[str]:
        """A downloaded table, line by line."""
        async with self.page.expect_download() as started:
            await self.page.get_by_role("link", name=name, exact=True).click()
        path = await (await started.value).path()
        return path.read_text("utf-8-sig").splitlines()


class Planner:
    """At the rundown page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.rows = page.locator("[data-item]")
        self.names = page.locator(".plan-row__name")

    async def add_poll(self, title: str, options: Iterable[str]) -> None:
        await self.page.locator("[data-do=add-poll]").last.click()
        await self.page.get_by_label("What do you ask?").fill(title)
        await self.page.get_by_label("Options, one a line").fill("\n".join(options))
        await self.page.get_by_role("button", name="Put it in").click()
        await expect(self.names.last).to_have_text(title)

    async def add_words(self, kind: str, text: str) -> None:
        """A notice or a break, at the end."""
        await self.page.locator(f"[data-do=add-{kind}]").last.click()
        await self.page.locator(".plan-words textarea").fill(text)
        await self.page.get_by_role("button", name="Put it in").click()
        await expect(self.names.last).to_contain_text(text)

    def row(self, name: str) -> Locator:
        return self.rows.filter(has_text=name)

    async def drag(self, name: str, onto: str) -> None:
        """By its handle, to just above another row."""
        await self.row(name).scroll_into_view_if_needed()
        grip = await self.row(name).locator("[data-grip]").bounding_box()
        target = await self.row(onto).bounding_box()
        assert grip is not None
        assert target is not None
        mouse = self.page.mouse
        await mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
        await mouse.down()
        await mouse.move(grip["x"], target["y"] + target["height"] / 4, steps=4)
        await self.page.evaluate("() => new Promise(requestAnimationFrame)")  # the line follows in a frame
        await mouse.up()


class Lecturer:
    """At the desk, on a wide page; the same hands for a moderator."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.queue = page.locator(".queue")
        self.drive = page.locator("[data-drive]")
        self.toasts = page.locator(".toast")
        self.where = page.locator(".drivebar__where")
        self.stage = page.locator(".now__stage")

    async def come_in(self, link: str, name: str = "Chen Wei") -> None:
        await self.page.goto(link)
        await self.page.get_by_label("Your name").fill(name)
        await self.page.get_by_role("button", name="To the desk").click()
        await self.is_connected()

    async def is_connected(self) -> None:
        await expect(self.page.locator("[data-link=live]")).to_be_visible()

    async def start(self) -> None:
        await self.page.get_by_role("button", name="Start", exact=True).click()
        await expect(self.drive).to_have_attribute("data-drive", "mine")

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)

    async def notify(self, text: str) -> None:
        await self.press("n")
        await self.page.get_by_label("Notice to everyone").fill(text)
        await self.press("Control+Enter")

    async def undo(self) -> None:
        await self.toasts.last.get_by_role("button", name="Undo").click()

    async def see(self, tab: str) -> None:
        await self.page.locator(f".desk-tabs [data-tab={tab}]").click()

    def question(self, text: str) -> Locator:
        return self.queue.locator("[data-question]").filter(has_text=text)

    async def do(self, text: str, step: str) -> None:
        """Press a button of the question with this text."""
        await self.question(text).locator(f"[data-do={step}]").click()

    async def end(self) -> None:
        await self.page.get_by_role("button", name="End", exact=True).click()
        await self.page.get_by_role("button", name="End it").click()


class Phone:
    """360 pixels wide, with fingers. `taps` counts how often the glass was touched."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0
        self.link = page.locator("[data-link]")
        self.slide = page.locator(".slides__stage img.slide__picture")
        self.banner = page.locator(".status-banner")
        self.votes = page.locator("[data-vote]")

    async def tap(self, what: Locator) -> None:
        self.taps += 1
        await what.tap()

    async def type(self, label: str, text: str) -> None:
        await self.tap(self.page.get_by_label(label))
        await self.page.keyboard.insert_text(text)

    async def join(self, name: str, unit: str = "", place: str = "") -> None:
        """The form of a newcomer, once the link or the code has led there."""
        await self.type("Your name", name)
        if unit:
            await self.type("Unit", unit)
        if place:
            await self.tap(self.page.get_by_label(place))
        await self.tap(self.page.get_by_role("button", name="Join"))
        await expect(self.link).to_have_attribute("data-link", "live")

    async def open(self, tab: str) -> None:
        await self.tap(self.page.locator(f".attendee-tabs [data-tab={tab}]"))

    async def vote(self, option: str) -> None:
        form = self.page.locator(".poll form").first
        await self.tap(form.get_by_text(option, exact=True))
        await self.tap(form.get_by_role("button"))

    async def ask(self, text: str, *, anonymous: bool = False) -> None:
        await self.open("questions")
        field = self.page.get_by_label("Your question")
        await self.tap(field)
        await self.page.keyboard.insert_text(text)
        mask = self.page.get_by_role("switch")
        if anonymous != await mask.is_checked():
            await self.tap(mask)
        await self.tap(self.page.get_by_role("button", name="Send the question"))

    async def type_code(self, code: str) -> None:
        await self.page.goto("/")
        await self.type("Code of the broadcast", code)
        await self.tap(self.page.get_by_role("button", name="Join"))

    def mine(self, text: str) -> Locator:
        return self.page.locator("[data-mine]").filter(has_text=text)

    def question(self, text: str) -> Locator:
        return self.page.locator("[data-question]").filter(has_text=text)

    async def on_page(self, number: int) -> None:
        """The slide that is looked at."""
        await expect(self.slide).to_have_attribute("alt", re.compile(rf"^Slide {number}\."))


class Screen:
    """The projector: nobody touches it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.board = page.locator(".board")
        self.join = page.locator(".join")
        self.bars = page.locator(".board .bar__fill")
        self.band = page.locator(".screen__band")
        self.foot = page.locator(".screen__foot")

    async def switch_on(self, link: str) -> None:
        await self.page.goto(link)
        await expect(self.page.locator(".screen")).to_be_visible()

    async def shows_page(self, number: int) -> None:
        picture = self.page.locator("img.screen__slide")
        await expect(picture).to_have_attribute("alt", re.compile(rf"^Slide {number}\."))

    async def is_blank(self) -> None:
        await expect(self.page.locator(".screen--blank")).to_be_visible()
