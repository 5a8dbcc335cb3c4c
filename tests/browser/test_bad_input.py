"""What people type that nobody hoped for: each gets a sentence, and nothing of theirs is lost."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, expect

from live.domain.ballots import Ballot, Multiple, Numeric, Ranking, Single, Spotting, Wall
from live.domain.moderation import Dismiss, SetQuestions
from live.domain.notices import Notify
from live.domain.turns import ClosePoll
from tests.browser.browsing import DESKTOP, NOT_FOUND, PHONE, PROJECTOR, REFUSED, Browsing
from tests.browser.hands import Lecturer, Organiser, Phone, Screen
from tests.browser.show import Show

MARKUP = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
OPEN = SetQuestions(mode="open", anonymous=True)


@pytest.fixture
async def phone(show: Show, browsing: Browsing) -> Phone:
    return Phone(await browsing.page(show.url, PHONE))


async def test_a_name_of_300_characters_is_answered_with_a_sentence(
    show: Show, browsing: Browsing, phone: Phone
) -> None:
    browsing.forgive(REFUSED)
    await phone.page.goto(show.link("attendee"))
    name, unit = phone.page.get_by_label("Your name"), phone.page.get_by_label("Unit")
    await name.fill("N" * 300)
    await unit.fill("Workshop 1")
    await phone.page.get_by_role("button", name="Join").tap()
    await expect(phone.page.get_by_role("alert")).to_contain_text("This name is too long")
    await expect(name).to_have_value("N" * 300)
    await expect(unit).to_have_value("Workshop 1")
    await expect(name).to_be_focused()
    await name.fill("")
    await phone.page.get_by_role("button", name="Join").tap()
    await expect(phone.page.get_by_role("alert")).to_have_text("Please give your name.")


async def test_a_wrong_code_and_a_closed_one_get_the_same_answer(
    show: Show, browsing: Browsing, phone: Phone
) -> None:
    browsing.forgive(REFUSED)
    await phone.type_code("AAAAAA")
    wrong = await phone.page.get_by_role("alert").inner_text()
    assert wrong.startswith("No broadcast takes people in by this code.")
    await show.house.database.write(lambda db: db.execute("UPDATE broadcast SET joining = 0"))
    await phone.type_code(show.where.code)
    await expect(phone.page.get_by_role("alert")).to_have_text(wrong)
    await expect(phone.page.get_by_label("Code of the broadcast")).to_have_value(show.where.code)


async def test_a_question_of_10_000_characters_stays_in_its_box(show: Show, phone: Phone) -> None:
    await phone.page.goto(show.link("attendee"))
    await phone.join("Li Na")
    await phone.open("questions")
    field = phone.page.get_by_label("Your question")
    await field.fill("Q" * 10_000)
    await expect(phone.page.locator(".ask__count")).to_contain_text("10,000 / 1,000")
    await expect(phone.page.get_by_role("button", name="Send the question")).to_be_disabled()
    await phone.page.reload()
    await phone.open("questions")
    await expect(field).to_have_value("Q" * 10_000)
    await field.fill("Q" * 1_000)
    await phone.tap(phone.page.get_by_role("button", name="Send the question"))
    await expect(phone.mine("QQQ")).to_contain_text("Waiting for the moderator")


async def test_a_vote_that_cannot_be_sent_says_what_to_do_and_keeps_what_was_chosen(
    show: Show, phone: Phone
) -> None:
    await show.start()
    await show.seat(phone.page, "attendee", "Li Na")
    await phone.open("poll")
    await choose_wrongly(show, phone)
    await write_wrongly(show, phone)
    slide = await show.slide(2)
    card = await asked(show, phone, Spotting(slide=slide, max=1))
    picture = card.get_by_role("application")
    box = await picture.bounding_box()
    assert box is not None
    await picture.tap(position={"x": 9, "y": 9})
    await phone.page.touchscreen.tap(box["x"] + 9, box["y"] - 4)  # beside the photo
    await expect(card).to_contain_text("1 of 1 marks")


async def choose_wrongly(show: Show, phone: Phone) -> None:
    card = await asked(show, phone, Multiple(options=("Helmet", "Gloves", "Boots"), max=2))
    await card.get_by_text("Helmet").tap()
    await card.get_by_text("Gloves").tap()
    await says(card, "These are as many as may be chosen. Let one go to take another.")
    await card.get_by_text("Boots").tap(force=True)  # it does nothing
    await expect(card.get_by_role("checkbox", checked=True)).to_have_count(2)

    card = await asked(show, phone, Ranking(options=("Helmet", "Gloves", "Boots")))
    await card.get_by_role("button", name="Boots").tap()
    await says(card, "2 more to put in their places.")
    await expect(card.get_by_role("button", name="Vote", exact=True)).to_be_disabled()


async def write_wrongly(show: Show, phone: Phone) -> None:
    send = phone.page.get_by_role("button", name="Vote", exact=True)
    card = await asked(show, phone, Numeric(min=0, max=100, unit="m"))
    number = card.get_by_role("textbox")
    await number.fill("ten")
    await says(card, "This is no number. Write it in figures, such as 100.")
    await expect(number).to_have_value("ten")
    for typed, answer in (("101", "outside"), ("5.5", "no answer to what was asked")):
        await number.fill(typed)
        await send.tap()
        await expect(card.get_by_role("alert")).to_contain_text(answer)
        await expect(number).to_have_value(typed)

    card = await asked(show, phone, Wall())
    text = card.get_by_role("textbox")
    await text.fill("  \n ")
    await expect(send).to_be_disabled()
    await text.fill("x" * 5_000)
    await says(card, "4700 characters too many.")
    await expect(text).to_have_value("x" * 5_000)


async def says(card: Locator, text: str) -> None:
    await expect(card.locator(".poll__lacks")).to_have_text(text)


async def asked(show: Show, phone: Phone, ballot: Ballot) -> Locator:
    """Open a poll, and close the one before; gives its card on the phone."""
    before = await phone.page.locator("article.card--now").count()
    if before:
        number = await phone.page.locator("article.card--now").get_attribute("data-poll")
        await show.order(ClosePoll(poll=int(number or 0)))
    number = str(await show.open_poll("Which?", ballot))
    card = phone.page.locator(f"article[data-poll='{number}']")
    await expect(card).to_be_visible()
    return card


async def test_what_another_moderator_has_dismissed_meanwhile_keeps_the_words_that_were_written(
    show: Show, browsing: Browsing
) -> None:
    guest = await show.house.guest(show.where, name="Li Na")
    made = await guest.do("ask", key="k" * 22, text="Who pays?", anonymous=False)
    lecturer = Lecturer(await browsing.page(show.url, DESKTOP))
    await show.seat(lecturer.page, "lecturer", "Chen Wei")
    await lecturer.do("Who pays?", "edit")
    box = lecturer.queue.locator("textarea")
    await box.fill("Who pays for the helmets?")
    await show.order(Dismiss(question=(made or "").removeprefix("question/")))
    await lecturer.queue.locator("[data-do=save-edit]").click()
    await expect(lecturer.queue.get_by_role("alert")).to_contain_text("This question is closed")
    await expect(box).to_have_value("Who pays for the helmets?")


async def test_markup_in_names_questions_polls_and_notices_is_text(
    show: Show, browsing: Browsing, phone: Phone
) -> None:
    await show.order(OPEN)
    await show.start()
    lecturer = Lecturer(await browsing.page(show.url, DESKTOP))
    await lecturer.come_in(show.link("lecturer"), f"L {MARKUP}")
    screen = Screen(await browsing.page(show.url, PROJECTOR))
    await screen.switch_on(show.link("screen"))
    await phone.page.goto(show.link("attendee"))
    await phone.join(f"N {MARKUP}", unit=f"U {MARKUP}")
    await phone.ask(f"Q {MARKUP}")
    await expect(phone.question(f"Q {MARKUP}")).to_contain_text(f"N {MARKUP} · U {MARKUP}")
    await show.open_poll(f"P {MARKUP}", Single(options=(f"A {MARKUP}", f"B {MARKUP}")))
    await show.order(Notify(text=f"T {MARKUP}"))
    await expect(screen.board).to_contain_text(f"A {MARKUP}")
    await expect(screen.band).to_contain_text(f"T {MARKUP}")
    await lecturer.see("questions")
    await expect(lecturer.question(f"Q {MARKUP}")).to_contain_text(f"N {MARKUP}")
    await lecturer.do(f"Q {MARKUP}", "present")
    await expect(screen.board).to_contain_text(f"Q {MARKUP}")
    await lecturer.see("people")
    await expect(lecturer.page.locator(".people")).to_contain_text(f"U {MARKUP}")
    for page in (phone.page, lecturer.page, screen.page):
        await expect(page.locator("img[src=x], main script")).to_have_count(0)


async def test_a_revoked_link_turns_out_whoever_came_in_by_it(
    show: Show, browsing: Browsing, phone: Phone
) -> None:
    browsing.forgive(NOT_FOUND)
    organiser = Organiser(await browsing.page(show.url, DESKTOP))
    auth = show.house.server.app.state.auth
    await organiser.make_account(await show.house.database.write(auth.setup_link))
    await phone.page.goto(show.link("attendee"))
    await phone.join("Li Na")
    await organiser.page.goto(f"/broadcasts/{show.where.slug}")
    await organiser.revoke("Attendees")
    await expect(phone.banner).to_contain_text("This access was withdrawn.")
    await expect(phone.link).to_have_attribute("data-link", "ended")
    await phone.page.goto("about:blank")
    await phone.page.goto(show.link("attendee"))
    await expect(phone.page.get_by_role("heading")).to_have_text("This link is closed")


async def test_the_language_is_switched_and_nothing_typed_is_lost(show: Show, phone: Phone) -> None:
    await phone.page.goto(show.link("attendee"))
    await phone.page.get_by_role("button", name="中文").tap()
    await phone.page.get_by_label("姓名").fill("李娜")
    await phone.page.get_by_role("button", name="加入").tap()
    await expect(phone.page.locator(".holding")).to_contain_text("尚未开始")
    await phone.open("questions")
    await phone.page.locator("#ask").fill("几点结束？")
    await show.start()
    await show.open_poll("Which?", Single(options=("Helmet", "Rope")))
    await phone.open("poll")
    await phone.tap(phone.page.locator(".poll .choice").nth(1))
    await phone.page.get_by_role("button", name="我的信息、语言、退出").tap()
    await phone.page.get_by_role("button", name="English").tap()
    await phone.open("questions")
    await expect(phone.page.get_by_label("Your question")).to_have_value("几点结束？")
    await phone.open("poll")
    await expect(phone.page.locator(".poll .choice--chosen")).to_have_text("Rope")
