"""A broadcast held again: the other one is prepared like it, and nothing of what happened is in it."""

from msgspec import structs

from live.domain import again
from live.domain.ballots import Spotting
from live.domain.cues import Goto
from live.domain.driver import DriveTaken
from live.domain.labels import SetLabel
from live.domain.life import Started
from live.domain.moderation import SetQuestions
from live.domain.polls import PollAdded, PollRemoved
from live.domain.questions import Ask
from live.domain.reactions import SetReactions
from live.domain.rounds import Poll
from live.domain.rundown import BreakItem, DeckAttached, NoticeItem, Place, PollItem, SlideItem, Unplace
from live.domain.turns import OpenPoll
from live.domain.votes import Vote
from tests.domain.scenes import ANN, COLOURS, LI, MO, Scene, deck, drafted, given, names

BEFORE, AFTER = drafted(1), PollAdded(poll=3, title="And now?", ballot=COLOURS, repeats=1, seconds=30)
PICTURE = PollAdded(poll=4, title="Where?", ballot=Spotting(slide="old", max=2))


def held() -> Scene:
    """A course that has been: two decks, four polls of which one was put away, votes, a question."""
    scene = given(Started(), DriveTaken(by="li"), deck("old"), deck("a", "b", "c", number=2))
    for event in (BEFORE, drafted(2), AFTER, PICTURE, PollRemoved(poll=2)):
        scene.happen(event, None)
    pages = scene.state.rundown.items
    for item, before in (
        (SlideItem(id=pages[1].id, slide="b", notes="Slowly."), pages[0].id),
        (PollItem(id="p1", poll=1), pages[0].id),
        (PollItem(id="p3", poll=3), None),
        (NoticeItem(id="n", text="Exits: left."), pages[0].id),
        (BreakItem(id="tea", text="Tea", minutes=5), "p3"),
    ):
        scene.when(Place(item=item, before=before), LI)
    scene.when(Unplace(item=pages[2].id), LI)
    scene.when(SetQuestions(mode="open", anonymous=False, cooldown_s=30), MO)
    scene.when(SetLabel(name="Fire", colour="red", public=True), MO)
    scene.when(SetReactions(signs=True, pace=False, on_screen=True), MO)
    scene.when(Goto(item=pages[0].id), LI)
    scene.when(OpenPoll(poll=1), LI)
    scene.when(Vote(poll=1, round=1, n=1, choice=(0,)), ANN)
    scene.when(Ask(text="Why?", key="k" * 22, anonymous=False), ANN)
    return scene


def copied(scene: Scene) -> Scene:
    """The broadcast that is made of it; its slides are called like the old ones with a mark."""
    attached = [
        DeckAttached(
            deck=10 + number, slides=tuple(structs.replace(each, id=f"{each.id}'") for each in slides)
        )
        for number, slides in enumerate(again.decks(scene.state))
    ]
    slides = {each.id.removesuffix("'"): each.id for one in attached for each in one.slides}
    return given(*again.events(scene.state, attached, slides))


def _marked(item: object) -> object:
    return structs.replace(item, slide=f"{item.slide}'") if isinstance(item, SlideItem) else item


def test_the_rundown_is_the_same_in_the_copies_of_the_slides() -> None:
    scene = held()
    new = copied(scene)
    moved = [PollItem(id=each.id, poll=2) if each.id == "p3" else each for each in scene.state.rundown.items]
    assert new.state.rundown.items == [_marked(each) for each in moved]
    assert new.state.rundown.deck == ["a'", "b'", "c'"]


def test_polls_are_drafts_again_and_still_know_what_they_repeat_and_are_about() -> None:
    polls = copied(held()).state.polls.polls
    assert polls == {
        1: Poll(title="Which?", ballot=COLOURS),
        2: Poll(title="And now?", ballot=COLOURS, rules=polls[2].rules),
        3: Poll(title="Where?", ballot=Spotting(slide="old'", max=2)),
    }
    assert (polls[2].rules.repeats, polls[2].rules.seconds) == (1, 30)


def test_settings_go_over_and_nothing_that_happened_does() -> None:
    scene = held()
    new, old = copied(scene).state, scene.state
    assert new.questions.labels == old.questions.labels
    assert (new.questions.mode, new.questions.cooldown_s, new.questions.anonymous) == ("open", 30, False)
    assert new.reactions == old.reactions
    assert (new.questions.questions, new.rundown.shown, new.life.phase) == ({}, set(), "planned")


def test_an_empty_broadcast_gives_no_deck_and_a_picture_that_is_nowhere_stays_unknown() -> None:
    assert names(copied(given(PICTURE)).log[n][0] for n in range(3)) == [
        "poll_added",
        "questions_set",
        "reactions_set",
    ]
