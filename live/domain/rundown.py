"""The deck and the rundown made of it: slides, with polls, notices and breaks between them.

Prepared before the broadcast, still changeable during it. It remembers which
slides have been on stage, because the audience may browse back over those and
over no others. It never changes the stage itself: that is `cues`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from .base import NOTICE_LIMIT, QUESTION_LIMIT, Audience, Rejected, Struct, clean

ITEMS_LIMIT = 1_000  # items: a deck of 500 pages with something between each two
BREAK_LIMIT = 24 * 60  # minutes
ID_LIMIT = 22  # characters: 128 bits in base64url, made by the page


class Slide(Struct):
    """A page of the deck: size in pixels, and its text for screen readers and search."""

    id: str
    number: int
    width: int
    height: int
    text: str = ""


class SlideItem(Struct, tag="slide", tag_field="kind"):
    id: str
    slide: str
    notes: str = ""


class PollItem(Struct, tag="poll", tag_field="kind"):
    id: str
    poll: int


class NoticeItem(Struct, tag="notice", tag_field="kind"):
    id: str
    text: str


class BreakItem(Struct, tag="break", tag_field="kind"):
    id: str
    text: str
    minutes: int


Item = SlideItem | PollItem | NoticeItem | BreakItem


class AttachDeck(Struct):
    """Signal of the server: a deck has been rendered and kept."""

    deck: int
    slides: tuple[Slide, ...]


class Place(Struct, tag="place", tag_field="do"):
    """Put an item into the rundown before another (or at the end); an id that is there moves or changes."""

    item: Item
    before: str | None = None


class Unplace(Struct, tag="unplace", tag_field="do"):
    """Take an item out of the rundown."""

    item: str


Command = Place | Unplace


class DeckAttached(Struct, tag="deck_attached", tag_field="type"):
    deck: int
    slides: tuple[Slide, ...]


class Placed(Struct, tag="placed", tag_field="type"):
    item: Item
    before: str | None = None


class Unplaced(Struct, tag="unplaced", tag_field="type"):
    item: str


Event = DeckAttached | Placed | Unplaced


class SlideDoc(Struct):
    """`slide/<id>`: `src`, `small` (for phones) and `thumb` are file names below the slide folder."""

    number: int
    width: int
    height: int
    text: str
    src: str
    small: str
    thumb: str


class RundownDoc(Struct):
    """`rundown`, for the desk: the prepared list and the item that is on stage."""

    items: tuple[Item, ...]
    current: str | None = None


Doc = SlideDoc | RundownDoc


@dataclass
class State:
    slides: dict[str, Slide] = field(default_factory=dict)  # of every deck there was: old cues refer to them
    deck: list[str] = field(default_factory=list)  # the slides of the deck in use, in order
    items: list[Item] = field(default_factory=list)
    current: str | None = None
    shown: set[str] = field(default_factory=set)

    def find(self, item_id: str) -> Item:
        for item in self.items:
            if item.id == item_id:
                return item
        raise Rejected("no_such_item")

    def next_slide(self) -> str | None:
        """The slide after the current item: the screen loads it before it is needed."""
        ids = [item.id for item in self.items]
        after = ids.index(self.current) + 1 if self.current in ids else 0
        return next((item.slide for item in self.items[after:] if isinstance(item, SlideItem)), None)


def decide(state: State, command: Command | AttachDeck) -> tuple[Event, ...]:
    match command:
        case Place():
            return _place(state, command)
        case Unplace():
            return (Unplaced(item=state.find(command.item).id),)
        case AttachDeck():
            return (DeckAttached(deck=command.deck, slides=command.slides),)


def _place(state: State, command: Place) -> tuple[Event, ...]:
    item = command.item
    if not 1 <= len(item.id) <= ID_LIMIT:
        raise Rejected("no_such_item")
    if command.before is not None:
        state.find(command.before)
    if len(state.items) >= ITEMS_LIMIT and all(item.id != other.id for other in state.items):
        raise Rejected("rundown_full")
    return (Placed(item=_cleaned(state, item), before=command.before),)


def _cleaned(state: State, item: Item) -> Item:
    match item:
        case SlideItem():
            if item.slide not in state.deck:
                raise Rejected("no_such_slide")
            notes = clean(item.notes, QUESTION_LIMIT) if item.notes.strip() else ""
            return SlideItem(id=item.id, slide=item.slide, notes=notes)
        case NoticeItem():
            return NoticeItem(id=item.id, text=clean(item.text, NOTICE_LIMIT))
        case BreakItem():
            if not 1 <= item.minutes <= BREAK_LIMIT:
                raise Rejected("bad_choice")
            return BreakItem(id=item.id, text=clean(item.text, NOTICE_LIMIT), minutes=item.minutes)
        case PollItem():
            return item


def evolve(state: State, event: Event) -> set[str]:
    preloaded = state.next_slide()
    match event:
        case DeckAttached():
            dirty = _attach(state, event)
        case Placed():
            _put(state.items, event.item, event.before)
            dirty = {"rundown"}
        case Unplaced():
            state.items = [item for item in state.items if item.id != event.item]
            dirty = {"rundown"}
    return dirty | _preload(state, preloaded)


def visit(state: State, item: str | None, slide: str | None) -> set[str]:
    """Remember what a cue has brought on stage."""
    preloaded = state.next_slide()
    dirty = {"rundown"} if item != state.current else set()
    state.current = item
    if slide is not None and slide not in state.shown:
        state.shown.add(slide)
        dirty.add(f"slide/{slide}")
    return dirty | _preload(state, preloaded)


def reveal(state: State, slide: str | None) -> set[str]:
    """Let everyone see a slide that they are asked about, though it may not have been on stage."""
    if slide not in state.slides or slide in state.shown:
        return set()
    state.shown.add(slide)
    return {f"slide/{slide}"}


def _preload(state: State, before: str | None) -> set[str]:
    now = state.next_slide()
    return set() if now == before else {f"slide/{slide}" for slide in (before, now) if slide}


def _attach(state: State, event: DeckAttached) -> set[str]:
    """A new deck takes the place of the old one page by page; what lies between the pages stays."""
    page = {slide: number for number, slide in enumerate(state.deck)}
    gone = set(state.deck)
    state.deck = [slide.id for slide in event.slides]
    state.slides |= {slide.id: slide for slide in event.slides}
    kept: list[Item] = []
    for item in state.items:
        if isinstance(item, SlideItem) and item.slide in page:
            if page[item.slide] >= len(state.deck):
                continue
            item = SlideItem(id=item.id, slide=state.deck[page[item.slide]], notes=item.notes)
        kept.append(item)
    taken = {item.id for item in kept}
    for number, slide in enumerate(state.deck[len(page) :], start=len(page) + 1):
        name = next(name for n in count(number) if (name := f"s{n}") not in taken)
        taken.add(name)
        kept.append(SlideItem(id=name, slide=slide))
    state.items = kept
    return {f"slide/{slide}" for slide in gone.union(state.deck)} | {"rundown", "broadcast"}


def _put(items: list[Item], item: Item, before: str | None) -> None:
    ids = [other.id for other in items]
    if before == item.id:  # "before itself": it changes and stays where it is
        items[ids.index(item.id)] = item
        return
    items[:] = [other for other in items if other.id != item.id]
    ids = [other.id for other in items]
    items.insert(ids.index(before) if before in ids else len(items), item)


def keys(state: State) -> Iterator[str]:
    yield "rundown"
    yield from (f"slide/{slide}" for slide in state.slides)


def view(state: State, key: str, audience: Audience) -> Doc | None:
    kind, _, name = key.partition("/")
    if kind == "slide":
        return _slide_doc(state.slides[name]) if _may_see(state, name, audience) else None
    if audience != "desk":
        return None
    return RundownDoc(items=tuple(state.items), current=state.current)


def _may_see(state: State, slide: str, audience: Audience) -> bool:
    if slide in state.shown:
        return True
    if audience == "desk":
        return slide in state.deck
    return audience == "screen" and slide == state.next_slide()


def _slide_doc(slide: Slide) -> SlideDoc:
    return SlideDoc(
        number=slide.number,
        width=slide.width,
        height=slide.height,
        text=slide.text,
        src=f"{slide.id}.webp",
        small=f"{slide.id}.small.webp",
        thumb=f"{slide.id}.thumb.webp",
    )
