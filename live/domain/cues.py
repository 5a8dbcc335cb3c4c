"""Cues: the whole stage at a moment, as timed docs.

A page shows the last cue whose `at` is not after its own clock, so the room, a
remote viewer and a replay all look up the same list; nothing is scheduled. This
module never says who may move the slides (`broadcast` does) nor what a poll or
a question is: it only carries their numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .base import Audience, Stamp, Struct
from .groups import By
from .rundown import BreakItem, Item, NoticeItem, PollItem, SlideItem


class BlankOverlay(Struct, tag="blank", tag_field="kind"):
    """Nothing is to be seen; what was there comes back."""


class PollOverlay(Struct, tag="poll", tag_field="kind"):
    """`by`: its result by group, where it is shown. `first`: of open text the answer, counted from 0, on
    whose page the screen stays; without it the pages turn by themselves."""

    poll: int
    by: By | None = None
    first: int | None = None


class QuestionOverlay(Struct, tag="question", tag_field="kind"):
    question: str


class NoticeOverlay(Struct, tag="notice", tag_field="kind"):
    text: str


class BreakOverlay(Struct, tag="break", tag_field="kind"):
    text: str
    minutes: int


class ScoresOverlay(Struct, tag="scores", tag_field="kind"):
    """The scoreboard of the quiz."""


Overlay = ScoresOverlay | BlankOverlay | PollOverlay | QuestionOverlay | NoticeOverlay | BreakOverlay


class Goto(Struct, tag="goto", tag_field="do"):
    """Bring an item of the rundown on stage."""

    item: str


class Blank(Struct, tag="blank", tag_field="do"):
    """Make the stage blank, or bring back what was there."""

    on: bool


class ShowPoll(Struct, tag="show_poll", tag_field="do"):
    """Show a poll over the slide; `by`: its result by group. `first`: of open text the page with this answer,
    counted from 0; without it the pages turn by themselves."""

    poll: int
    by: By | None = None
    first: int | None = None

    @property
    def overlay(self) -> Overlay:
        return PollOverlay(poll=self.poll, by=self.by, first=self.first)


class ShowScores(Struct, tag="show_scores", tag_field="do"):
    """Bring the scoreboard on stage; until then it is the desk's alone."""


class ClearOverlay(Struct, tag="clear_overlay", tag_field="do"):
    """Take whatever lies over the slide off the stage."""


Command = Goto | Blank | ShowPoll | ShowScores | ClearOverlay


class Cued(Struct, tag="cued", tag_field="type"):
    item: str | None = None
    slide: str | None = None
    overlay: Overlay | None = None


Event = Cued


class CueDoc(Struct):
    """`cue/<n>`: the whole stage from `at` (ms) until the next cue."""

    at: int
    item: str | None = None
    slide: str | None = None
    overlay: Overlay | None = None


Doc = CueDoc


@dataclass
class State:
    cues: list[CueDoc] = field(default_factory=list)
    under: Overlay | None = None  # what a blank hides
    scored: bool = False  # the scoreboard has been on stage
    splits: dict[int, set[By]] = field(default_factory=dict)  # by what polls have been on stage

    @property
    def now(self) -> CueDoc:
        return self.cues[-1] if self.cues else CueDoc(at=0)

    @property
    def overlay(self) -> Overlay | None:
        """What lies over the slide, looking through a blank."""
        return self.under if isinstance(self.now.overlay, BlankOverlay) else self.now.overlay


def bring(state: State, item: Item) -> tuple[Event, ...]:
    """The cue for an item of the rundown. What is not a slide lies over the slide that is there."""
    match item:
        case SlideItem():
            return _cue(state, item.id, item.slide, None)
        case PollItem():
            return _cue(state, item.id, state.now.slide, PollOverlay(poll=item.poll))
        case NoticeItem():
            return _cue(state, item.id, state.now.slide, NoticeOverlay(text=item.text))
        case BreakItem():
            overlay = BreakOverlay(text=item.text, minutes=item.minutes)
            return _cue(state, item.id, state.now.slide, overlay)


def over(state: State, overlay: Overlay | None) -> tuple[Event, ...]:
    """The cue that lays `overlay` over the slide that is there."""
    return _cue(state, state.now.item, state.now.slide, overlay)


def _cue(state: State, item: str | None, slide: str | None, overlay: Overlay | None) -> tuple[Event, ...]:
    """None when the stage is like that already: a key that is held down leaves no trail."""
    now = state.now
    same = (now.item, now.slide, now.overlay) == (item, slide, overlay)
    return () if same else (Cued(item=item, slide=slide, overlay=overlay),)


def evolve(state: State, event: Event, stamp: Stamp) -> set[str]:
    if isinstance(event.overlay, BlankOverlay):
        state.under = state.overlay
    state.scored |= isinstance(event.overlay, ScoresOverlay)
    # A clock that was set back must not reorder the cues: their order is the log's.
    at = max(stamp.at, state.now.at)
    state.cues.append(CueDoc(at=at, item=event.item, slide=event.slide, overlay=event.overlay))
    return {f"cue/{len(state.cues)}"} | _split(state, event.overlay)


def _split(state: State, overlay: Overlay | None) -> set[str]:
    """What everyone may see from now on."""
    if not isinstance(overlay, PollOverlay) or overlay.by is None:
        return set()
    state.splits.setdefault(overlay.poll, set()).add(overlay.by)
    return {f"split/{overlay.poll}"}


def keys(state: State) -> Iterator[str]:
    yield from (f"cue/{number}" for number in range(1, len(state.cues) + 1))


def view(state: State, key: str, _audience: Audience) -> Doc | None:
    return state.cues[int(key.partition("/")[2]) - 1]
