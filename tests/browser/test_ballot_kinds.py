"""Each kind of ballot in real browsers: voted on a phone by touch, shown on the hall's screen."""

from __future__ import annotations

from playwright.async_api import Locator, expect

from live.domain.ballots import Ballot, Cloud, Multiple, Numeric, Ranking, Rating, Spotting, Wall, Zone
from live.domain.results import JudgeAnswer, ShowResults
from live.domain.turns import ClosePoll
from tests.browser.browsing import DESKTOP, PHONE, PROJECTOR, Browsing
from tests.browser.hands import Lecturer, Phone, Screen
from tests.browser.show import Show

NARROW = "el => el.scrollWidth <= el.clientWidth"


class Hall:
    """A phone, a desk and a screen, for one poll after another."""

    def __init__(self, show: Show, phone: Phone, lecturer: Lecturer, screen: Screen) -> None:
        self.show = show
        self.phone, self.lecturer, self.screen = phone, lecturer, screen
        self.number = 0

    async def ask(self, ballot: Ballot) -> Locator:
        """Open a poll; gives its card on the phone."""
        self.number = await self.show.open_poll("哪一种？\nWhich kind?", ballot)
        await self.phone.open("poll")
        card = self.phone.page.locator(f"article[data-poll='{self.number}']")
        await expect(card.get_by_role("button", name="Vote", exact=True)).to_be_disabled()
        return card

    async def vote(self, card: Locator, says: str) -> None:
        await card.get_by_role("button", name="Vote", exact=True).tap()
        await expect(card.locator("[data-vote=sent]")).to_contain_text(says)

    async def result(self, shows: str) -> None:
        """Show it; the phone stays as wide as it is."""
        await self.show.order(ShowResults(poll=self.number, shown=True))
        await expect(self.screen.board).to_contain_text(shows)
        card = self.phone.page.locator(f"article[data-poll='{self.number}']")
        assert await card.evaluate(NARROW)
        await self.show.order(ClosePoll(poll=self.number))


async def come(show: Show, browsing: Browsing) -> Hall:
    await show.start()
    phone = Phone(await browsing.page(show.url, PHONE))
    await phone.page.goto(show.link("attendee"))
    await phone.join("Li Na")
    screen = Screen(await browsing.page(show.url, PROJECTOR))
    await screen.switch_on(show.link("screen"))
    lecturer = Lecturer(await browsing.page(show.url, DESKTOP))
    await lecturer.come_in(show.link("lecturer"))
    return Hall(show, phone, lecturer, screen)


async def test_numbers_and_orders(show: Show, browsing: Browsing) -> None:
    hall = await come(show, browsing)
    card = await hall.ask(Multiple(options=("Helmet", "Gloves", "Boots"), max=3, min=2))
    await card.get_by_text("Helmet").tap()
    await expect(card.get_by_role("button", name="Vote", exact=True)).to_be_disabled()
    await card.get_by_text("Boots").tap()
    await hall.vote(card, "Helmet and Boots")
    await hall.result("Helmet")

    card = await hall.ask(Rating(low="never", high="always", steps=10))
    await expect(card.get_by_role("radio", name="10 always", exact=True)).to_have_count(1)
    await card.get_by_text("10", exact=True).tap()
    await hall.vote(card, "10 of 10")
    await hall.result("always")

    card = await hall.ask(Ranking(options=("Helmet", "Gloves", "Boots")))
    await card.get_by_role("button", name="Boots").tap()
    await card.get_by_role("button", name="Gloves").tap()  # what is left is the last
    await card.get_by_role("button", name="Gloves: one place up").tap()
    await hall.vote(card, "1. Gloves 2. Boots 3. Helmet")
    await hall.result("place 1")

    card = await hall.ask(Numeric(min=0, max=100, unit="m", decimals=1))
    await card.get_by_role("textbox").fill("120")
    await card.get_by_role("button", name="Vote", exact=True).tap()
    await expect(card.get_by_role("alert")).to_contain_text("outside")
    await expect(card.get_by_role("textbox")).to_have_value("120")
    await card.get_by_role("textbox").fill("52,5")
    await hall.vote(card, "52.5 m")
    await hall.result("Median 52.5 m")


async def test_words_and_texts(show: Show, browsing: Browsing) -> None:
    hall = await come(show, browsing)
    card = await hall.ask(Cloud())
    await card.get_by_label("Word 1").fill("停一下")
    await card.get_by_label("Word 2").fill("PPE")
    await hall.vote(card, "停一下 and PPE")
    await hall.result("停一下")
    await show.order(JudgeAnswer(poll=hall.number, text="ppe", shown=False))
    await expect(hall.screen.board).not_to_contain_text("PPE")

    card = await hall.ask(Wall())
    await card.get_by_role("textbox").fill("More light on the stairs, <b>please</b>")
    await hall.vote(card, "More light")
    await hall.lecturer.see("polls")
    at_desk = hall.lecturer.page.locator(f"[data-poll='{hall.number}']")
    await at_desk.get_by_role("button", name="Let it through").click()
    await hall.result("More light on the stairs, <b>please</b>")


async def test_hazards_in_a_picture(show: Show, browsing: Browsing) -> None:
    hall = await come(show, browsing)
    slide = await show.slide(2)
    zones = (
        Zone(name="Fork", points=(0, 0, 5_000, 10_000)),
        Zone(name="Wire", points=(6_000, 0, 9_000, 0, 9_000, 9_000)),
    )
    card = await hall.ask(Spotting(slide=slide, max=3, zones=zones))
    picture = card.get_by_role("application")
    box = await picture.bounding_box()
    assert box is not None
    await picture.tap(position={"x": box["width"] / 4, "y": box["height"] / 2})
    await expect(card).to_contain_text("1 of 3 marks")
    await picture.focus()
    await hall.phone.page.keyboard.press("ArrowRight")
    await hall.phone.page.keyboard.press("Enter")
    await expect(card).to_contain_text("2 of 3 marks")
    await hall.vote(card, "2 marks in the picture")
    await show.order(ShowResults(poll=hall.number, shown=True))
    await expect(hall.screen.board.locator(".spot__heat rect")).to_have_count(2)
    await expect(hall.screen.board).not_to_contain_text("Fork")  # not while others still look
    await show.order(ClosePoll(poll=hall.number))
    await hall.result("Fork")
    await expect(hall.screen.board.locator(".bar").first).to_contain_text("100")


# Many keys in one task of the browser: the page is not drawn between them.
IN_ONE_FRAME = """(area, keys) => {
  const how = { bubbles: true, cancelable: true };
  for (const key of keys) area.dispatchEvent(new KeyboardEvent("keydown", { key, ...how }));
}"""


async def test_zones_are_drawn_by_keys_and_no_corner_is_lost_within_a_frame(
    show: Show, browsing: Browsing
) -> None:
    lecturer = Lecturer(await browsing.page(show.url, DESKTOP))
    await show.seat(lecturer.page, "lecturer", "Chen Wei")
    await lecturer.is_connected()
    await lecturer.press("p")
    editor = lecturer.page.locator(".poll-editor")
    await editor.get_by_label("What do you ask?").fill("What is wrong here?")
    await editor.get_by_role("button", name="Spot the hazards").click()
    await editor.get_by_label("Slide").select_option(index=1)
    picture = editor.get_by_role("application")
    await picture.focus()
    for key in ("Enter", "ArrowRight", "Enter", "Enter", "Backspace"):
        await lecturer.page.keyboard.press(key)
    await expect(editor.get_by_role("status")).to_contain_text("2 corners")
    right, down, left, up = (["Arrow" + way] * 2 for way in ("Right", "Down", "Left", "Up"))
    await picture.evaluate(IN_ONE_FRAME, [*right, *down, "Enter", *left, "ArrowLeft", "Enter", *up, "Enter"])
    await expect(editor.get_by_label("Name of zone 1")).to_have_value("Zone 1")
    await expect(editor.get_by_role("status")).to_have_text("")
    await editor.get_by_label("Name of zone 1").fill("Fork")
    await editor.get_by_role("button", name="Keep as draft").click()
    await lecturer.page.locator("[data-poll='1']").wait_for()
    guest = await show.house.guest(show.where, "lecturer")
    (zone,) = guest.docs["poll/1"]["ballot"]["zones"]
    assert zone == {"name": "Fork", "points": [5_000, 5_000, 5_250, 5_000, 5_750, 5_500, 5_000, 5_500]}
