"""The deck and the rundown made of it; which slides an audience may see, and when."""

import pytest

from live.domain.base import Audience
from live.domain.cues import Cued, Goto
from live.domain.driver import DriveTaken
from live.domain.life import Started
from live.domain.polls import PollRemoved
from live.domain.rundown import (
    ITEMS_LIMIT,
    AttachDeck,
    BreakItem,
    Item,
    NoticeItem,
    Place,
    Placed,
    PollItem,
    RundownDoc,
    SlideDoc,
    SlideItem,
    Unplace,
    Unplaced,
)
from tests.domain.scenes import LI, MO, Scene, deck, drafted, given

TEA = BreakItem(id="tea", text="Tea", minutes=10)


def prepared(*names: str) -> Scene:
    return given(Started(), DriveTaken(by="li"), deck(*(names or ("one", "two", "three"))))


def listed(scene: Scene) -> list[str]:
    doc = scene.doc("rundown")
    assert isinstance(doc, RundownDoc)
    return [item.slide if isinstance(item, SlideItem) else item.id for item in doc.items]


def seen(scene: Scene, audience: Audience) -> set[str]:
    names = scene.state.rundown.slides
    return {name for name in names if scene.doc(f"slide/{name}", audience)}


# The deck -------------------------------------------------------------------------------------


def test_a_deck_becomes_the_rundown() -> None:
    scene = given()
    attached = deck("one", "two")
    assert scene.notice(AttachDeck(deck=1, slides=attached.slides)) == (attached,)
    assert listed(scene) == ["one", "two"]


def test_a_slide_says_where_its_pictures_are() -> None:
    assert prepared().doc("slide/two") == SlideDoc(
        number=2,
        width=1600,
        height=900,
        text="",
        src="two.webp",
        small="two.small.webp",
        thumb="two.thumb.webp",
    )


def test_a_new_deck_takes_the_place_of_the_old_one_page_by_page() -> None:
    scene = prepared()
    scene.when(Place(item=SlideItem(id="s2", slide="two", notes="Slowly"), before="s2"), MO)
    scene.when(Place(item=TEA, before="s3"), MO)
    scene.happen(deck("uno", "due", "tre", "quattro", number=2), None)
    assert listed(scene) == ["uno", "due", "tea", "tre", "quattro"]
    assert scene.state.rundown.find("s2") == SlideItem(id="s2", slide="due", notes="Slowly")


def test_a_shorter_deck_drops_the_pages_it_does_not_have() -> None:
    scene = prepared()
    scene.when(Place(item=TEA), MO)
    scene.happen(deck("uno", number=2), None)
    assert listed(scene) == ["uno", "tea"]


def test_pages_keep_their_new_order_in_a_new_deck() -> None:
    scene = prepared()
    scene.when(Place(item=SlideItem(id="s3", slide="three"), before="s1"), MO)
    scene.happen(deck("uno", "due", "tre", number=2), None)
    assert listed(scene) == ["tre", "uno", "due"]


def test_no_two_items_get_the_same_id() -> None:
    scene = prepared()
    for name in ("s4", "s5", "four"):
        scene.when(Place(item=NoticeItem(id=name, text="Mine")), MO)
    scene.happen(deck("uno", "due", "tre", "four", "five", number=2), None)
    ids = [item.id for item in scene.state.rundown.items]
    assert len(ids) == len(set(ids)) == 8


def test_what_was_shown_of_an_old_deck_can_still_be_browsed() -> None:
    scene = prepared()
    scene.when(Goto(item="s1"), LI)
    scene.happen(deck("uno", "due", number=2), None)
    assert seen(scene, "attendee") == {"one"}
    assert seen(scene, "desk") == {"one", "uno", "due"}


# Who sees a slide -----------------------------------------------------------------------------


def test_the_desk_sees_the_whole_deck() -> None:
    assert seen(prepared(), "desk") == {"one", "two", "three"}


def test_attendees_see_only_what_has_been_on_stage() -> None:
    scene = prepared()
    assert seen(scene, "attendee") == set()
    scene.when(Goto(item="s2"), LI)
    scene.when(Goto(item="s1"), LI)
    assert seen(scene, "attendee") == {"one", "two"}


def test_the_screen_loads_the_next_slide_ahead() -> None:
    scene = prepared()
    assert seen(scene, "screen") == {"one"}
    scene.when(Goto(item="s1"), LI)
    assert seen(scene, "screen") == {"one", "two"}


def test_the_next_slide_is_the_one_after_whatever_lies_between() -> None:
    scene = prepared()
    scene.when(Goto(item="s1"), LI)
    scene.when(Place(item=TEA, before="s2"), MO)
    assert seen(scene, "screen") == {"one", "two"}
    scene.when(Goto(item="tea"), LI)
    assert seen(scene, "screen") == {"one", "two"}


def test_a_slide_that_is_moved_ahead_is_loaded_by_the_screen() -> None:
    scene = prepared()
    scene.when(Goto(item="s1"), LI)
    scene.when(Place(item=SlideItem(id="s3", slide="three"), before="s2"), MO)
    assert seen(scene, "screen") == {"one", "three"}


def test_nothing_is_loaded_ahead_at_the_end() -> None:
    scene = prepared()
    scene.when(Goto(item="s3"), LI)
    assert seen(scene, "screen") == {"three"}


# The rundown ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "item",
    [
        SlideItem(id="x", slide="one", notes="Say hello"),
        PollItem(id="x", poll=1),
        NoticeItem(id="x", text="Mind the gap"),
        BreakItem(id="x", text="Lunch", minutes=24 * 60),
    ],
    ids=lambda item: str(item.__struct_config__.tag),
)
def test_an_item_is_placed(item: Item) -> None:
    scene = prepared("one")
    scene.happen(drafted(), "mo")
    assert scene.when(Place(item=item), MO) == (Placed(item=item),)
    assert scene.state.rundown.items[-1] == item


def test_an_item_is_placed_before_another() -> None:
    scene = prepared()
    scene.when(Place(item=TEA, before="s2"), MO)
    assert listed(scene) == ["one", "tea", "two", "three"]


def test_an_item_that_is_there_moves() -> None:
    scene = prepared()
    scene.when(Place(item=SlideItem(id="s1", slide="one")), MO)
    assert listed(scene) == ["two", "three", "one"]


def test_an_item_placed_before_itself_changes_and_stays() -> None:
    scene = prepared()
    scene.when(Place(item=TEA, before="s2"), MO)
    scene.when(Place(item=BreakItem(id="tea", text="Coffee", minutes=5), before="tea"), MO)
    assert listed(scene) == ["one", "tea", "two", "three"]
    assert scene.state.rundown.find("tea") == BreakItem(id="tea", text="Coffee", minutes=5)


def test_what_people_type_into_it_is_cleaned() -> None:
    scene = prepared()
    scene.when(Place(item=SlideItem(id="s1", slide="one", notes=" \n")), MO)
    scene.when(Place(item=NoticeItem(id="n", text=" Hi\u202e ")), MO)
    scene.when(Place(item=BreakItem(id="b", text=" Tea\x00 ", minutes=1)), MO)
    assert scene.state.rundown.items[-3:] == [
        SlideItem(id="s1", slide="one"),
        NoticeItem(id="n", text="Hi"),
        BreakItem(id="b", text="Tea", minutes=1),
    ]


@pytest.mark.parametrize(
    ("item", "before", "code"),
    [
        (SlideItem(id="x", slide="nowhere"), None, "no_such_slide"),
        (SlideItem(id="x", slide="one", notes="n" * 1_001), None, "too_long"),
        (PollItem(id="x", poll=7), None, "no_such_poll"),
        (PollItem(id="x", poll=2), None, "no_such_poll"),  # it was put away
        (PollItem(id="x", poll=10**400), None, "no_such_poll"),
        (NoticeItem(id="x", text=""), None, "empty"),
        (NoticeItem(id="x", text="n" * 501), None, "too_long"),
        (BreakItem(id="x", text="Tea", minutes=0), None, "bad_choice"),
        (BreakItem(id="x", text="Tea", minutes=24 * 60 + 1), None, "bad_choice"),
        (BreakItem(id="x", text="Tea", minutes=-5), None, "bad_choice"),
        (BreakItem(id="x", text=" ", minutes=5), None, "empty"),
        (BreakItem(id="", text="Tea", minutes=5), None, "no_such_item"),
        (BreakItem(id="x" * 23, text="Tea", minutes=5), None, "no_such_item"),
        (TEA, "nowhere", "no_such_item"),
        (TEA, "tea", "no_such_item"),
    ],
)
def test_an_item_is_refused(item: Item, before: str | None, code: str) -> None:
    scene = prepared()
    for event in (drafted(1), drafted(2), PollRemoved(poll=2)):
        scene.happen(event, "mo")
    assert scene.refused(Place(item=item, before=before), MO) == code


def test_a_page_of_a_deck_that_was_replaced_cannot_be_placed() -> None:
    scene = prepared("one", "two")
    scene.happen(deck("uno", number=2), None)
    assert scene.refused(Place(item=SlideItem(id="x", slide="two")), MO) == "no_such_slide"


def test_a_full_rundown_takes_no_more_but_can_be_changed() -> None:
    scene = prepared("one")
    rest = [NoticeItem(id=f"n{number}", text="…") for number in range(ITEMS_LIMIT - 1)]
    scene.state.rundown.items.extend(rest)
    assert scene.refused(Place(item=TEA), MO) == "rundown_full"
    assert scene.when(Place(item=SlideItem(id="s1", slide="one")), MO)


def test_an_item_is_taken_out() -> None:
    scene = prepared()
    assert scene.when(Unplace(item="s2"), MO) == (Unplaced(item="s2"),)
    assert listed(scene) == ["one", "three"]
    assert scene.refused(Unplace(item="s2"), MO) == "no_such_item"


def test_the_desk_sees_which_item_is_on_stage_and_nobody_else_sees_the_rundown() -> None:
    scene = prepared()
    assert scene.when(Goto(item="s2"), LI) == (Cued(item="s2", slide="two"),)
    doc = scene.doc("rundown")
    assert isinstance(doc, RundownDoc)
    assert doc.current == "s2"
    assert scene.doc("rundown", "attendee") is None
    assert scene.doc("rundown", "screen") is None
