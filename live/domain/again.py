"""A broadcast that is held again: what prepares another one the way this one was prepared.

Asked by `copying`, of a fold of the log. Deck, rundown, polls as drafts, and what the desk has set for
questions, labels and reactions go over; whatever happened (votes, questions, cues, attendance) does not,
nor what was measured of one day's stream.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import structs

from .known import Event, State
from .labels import LabelSet
from .moderation import QuestionsSet
from .polls import PollAdded
from .reactions import ReactionsSet
from .rounds import Poll
from .rundown import DeckAttached, Item, Placed, PollItem, Slide, SlideItem, Unplaced, evolve
from .rundown import State as Rundown


def decks(state: State) -> list[tuple[Slide, ...]]:
    """The slides that are needed: those of former decks that polls are about, then the deck in use."""
    known, deck = state.rundown.slides, state.rundown.deck
    pictures = {each.ballot.pictured() for each in _kept(state).values()}
    former = tuple(slide for name, slide in known.items() if name in pictures and name not in deck)
    return [each for each in (former, tuple(known[name] for name in deck)) if each]


def events(state: State, attached: Iterable[DeckAttached], slides: Mapping[str, str]) -> Iterator[Event]:
    """What the new log begins with. `attached`: the copies of `decks`; `slides`: their new ids by the old."""
    rundown = Rundown()
    for deck in attached:
        evolve(rundown, deck)
        yield deck
    numbers = {old: new for new, old in enumerate(_kept(state), start=1)}
    for old, poll in _kept(state).items():
        yield _drafted(poll, numbers[old], numbers, slides)
    items = [each for item in state.rundown.items if (each := _moved(item, numbers, slides)) is not None]
    there = {each.id for each in items}
    yield from (Unplaced(item=each.id) for each in rundown.items if each.id not in there)
    yield from (Placed(item=each) for each in items)  # each behind the one before
    yield from _settings(state)


def _kept(state: State) -> dict[int, Poll]:
    return {number: poll for number, poll in state.polls.polls.items() if not poll.removed}


def _drafted(poll: Poll, number: int, numbers: Mapping[int, int], slides: Mapping[str, str]) -> PollAdded:
    picture, earlier = poll.ballot.pictured(), poll.rules.repeats
    ballot = (
        poll.ballot if picture is None else structs.replace(poll.ballot, slide=slides.get(picture, picture))
    )
    rules = {**poll.rules.ruled(), "repeats": None if earlier is None else numbers.get(earlier)}
    return PollAdded(poll=number, title=poll.title, ballot=ballot, **rules)


def _moved(item: Item, numbers: Mapping[int, int], slides: Mapping[str, str]) -> Item | None:
    """The same in the other rundown; none for a poll that was put away, or a page that is nowhere."""
    if isinstance(item, SlideItem):
        return structs.replace(item, slide=slides[item.slide]) if item.slide in slides else None
    if isinstance(item, PollItem):
        return structs.replace(item, poll=numbers[item.poll]) if item.poll in numbers else None
    return item


def _settings(state: State) -> Iterator[Event]:
    asking, mood = state.questions, state.reactions
    yield QuestionsSet(
        mode=asking.mode, anonymous=asking.anonymous, named=asking.named, cooldown_s=asking.cooldown_s
    )
    for label in asking.labels.values():
        yield LabelSet(label=label.id, name=label.name, colour=label.colour, public=label.public)
    yield ReactionsSet(signs=mood.signs, pace=mood.pace, on_screen=mood.on_screen)
