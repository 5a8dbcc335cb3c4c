"""The organiser in a real browser: the deck appears page by page, a file of names is read, a link copied."""

from __future__ import annotations

import pytest
from playwright.async_api import FilePayload, Page, expect

from tests import crafted_decks as crafted
from tests.browser.browsing import DESKTOP, Browsing
from tests.browser.hands import Organiser
from tests.serving import House

DECK: FilePayload = {
    "name": "事故案例.pdf",
    "mimeType": "application/pdf",
    "buffer": crafted.pdf(crafted.words("first page"), crafted.words("second page")),
}
LOCKED: FilePayload = {"name": "locked.pdf", "mimeType": "application/pdf", "buffer": crafted.locked_pdf()}
TABLE = "工号,姓名,部门\n001,王建国,生产一车间\n002,李秀兰,生产一车间\n"


@pytest.fixture
async def page(house: House, browsing: Browsing) -> Page:
    """An organiser's page in China, at a new broadcast."""
    organiser = Organiser(await browsing.page(house.url, DESKTOP))
    await organiser.make_account(await house.database.write(house.server.app.state.auth.setup_link))
    await organiser.page.get_by_role("link", name="New broadcast").click()
    return organiser.page


async def make(page: Page) -> None:
    await page.get_by_label("Title").fill("Accident cases")
    await page.get_by_label("Planned start").fill("2027-03-01T14:00")
    await page.get_by_role("button", name="Make the broadcast").click()


async def test_a_time_is_the_organisers_own_and_places_are_added_on_the_page(
    house: House, page: Page
) -> None:
    await page.get_by_role("button", name="Add a place").click()
    await page.get_by_label("Name of the place").last.fill("Zhuhai")
    await page.get_by_role("button", name="Take this place away").nth(1).click()
    await make(page)
    await expect(page.locator("#details dl")).to_contain_text("Mar 1, 2027, 14:00")
    await expect(page.locator("#details dl")).to_contain_text("Zhuhai")
    await expect(page.locator("#details dl")).not_to_contain_text("Remote")
    rows = await house.database.read(lambda db: db.execute("SELECT planned_at FROM broadcast").fetchall())
    assert rows[0]["planned_at"] == 1_803_880_800_000
    await page.get_by_text("Change the details").click()
    await expect(page.get_by_label("Planned start")).to_have_value("2027-03-01T14:00")


async def test_the_pages_of_a_deck_appear_and_a_bad_one_is_explained(page: Page) -> None:
    await make(page)
    chosen = page.locator("#deck-view input[type=file]")
    await chosen.set_input_files(DECK)
    await expect(page.locator("#deck-view")).to_contain_text("事故案例.pdf")
    await expect(page.locator("#deck-view")).to_contain_text("2 pages")
    await expect(page.locator("#deck-view img")).to_have_count(2)
    loaded = await page.locator("#deck-view img").first.evaluate("image => image.decode().then(() => true)")
    assert loaded
    await chosen.set_input_files(LOCKED)
    await expect(page.get_by_role("alert")).to_contain_text("This file is locked with a password.")
    await expect(page.get_by_role("alert")).to_contain_text("“事故案例.pdf” stays in use.")
    await expect(page.locator("#deck-view img")).to_have_count(2)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
async def test_a_file_of_names_is_read_whichever_way_it_was_written(page: Page, encoding: str) -> None:
    await make(page)
    await page.get_by_role("link", name="Add a roster").click()
    file: FilePayload = {"name": "r.csv", "mimeType": "text/csv", "buffer": TABLE.encode(encoding)}
    await expect(page.locator("[data-open-file]")).to_be_visible()  # the script is there
    await page.locator("input[type=file]").set_input_files(file)
    await expect(page.get_by_role("heading", name="2 people")).to_be_visible()
    await expect(page.locator("td").first).to_have_text("生产一车间")
    await page.get_by_role("button", name="Keep this roster").click()
    await expect(page.locator("#roster")).to_contain_text("2 people")


async def test_a_workbook_is_no_table_of_names(page: Page) -> None:
    await make(page)
    await page.get_by_role("link", name="Add a roster").click()
    file: FilePayload = {"name": "r.xlsx", "mimeType": "text/csv", "buffer": crafted.zipped({"a": b"b"})}
    await expect(page.locator("[data-open-file]")).to_be_visible()  # the script is there
    await page.locator("input[type=file]").set_input_files(file)
    await expect(page.get_by_role("alert")).to_contain_text("This is a workbook.")


async def test_the_switch_saves_itself_and_a_link_is_copied(page: Page) -> None:
    await make(page)
    await page.get_by_label("People can join by the code").uncheck()
    await expect(page.locator("#invitations")).to_contain_text("Nobody gets in by the code now.")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.get_by_role("button", name="Copy").first.click()
    await expect(page.get_by_role("button", name="Copied")).to_be_visible()
    address = await page.get_by_label("Link", exact=True).first.input_value()
    assert await page.evaluate("navigator.clipboard.readText()") == address
