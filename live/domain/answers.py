"""Answers: all that voters wrote in a round, page by page in the order in which it came.

The tally of such a poll carries the newest few, which is what a phone shows. The desk, which judges, and the
screen, which turns the pages, have all of it in docs of their own: one more answer changes only the last of
them. What fits no page any more (`PAGES_MAX`) is in the export. Which polls have pages their ballots say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .ballots import Choice, Counts, Said
from .ballots.kind import PAGE, PAGES_MAX
from .base import Audience, Struct
from .rounds import Poll, State

NONE: frozenset[str] = frozenset()


class AnswersDoc(Struct):
    """`answers/<poll>/<page>`: what was said, the oldest first; the screen's once the result is shown."""

    round: int
    said: tuple[Said, ...] = ()


Doc = AnswersDoc


def dirtied(state: State, number: int) -> Iterable[str]:
    """All pages of a poll, of its former rounds too."""
    poll = state.polls.get(number)
    if poll is None or not poll.ballot.paged:
        return NONE
    rounds = (poll.counts, *(each.counts for each in poll.former))
    return _keys(number, max(map(_pages, rounds)))


def touched(poll: Poll, number: int, choice: Choice, *, changed: bool) -> Iterable[str]:
    """The page on which a vote stands; of one that was `changed` all from there on may have moved up."""
    if changed:
        return _keys(number, _pages(poll.counts) + 1)
    (text,) = choice
    newest = next(reversed(poll.counts)) == text
    place = len(poll.counts) - 1 if newest else list(poll.counts).index(text)
    return (f"answers/{number}/{place // PAGE}",)


def keys(state: State) -> Iterator[str]:
    for number, poll in state.polls.items():
        if poll.ballot.paged:
            yield from _keys(number, _pages(poll.counts))


def view(state: State, key: str, audience: Audience) -> Doc | None:
    _, number, page = key.split("/")
    poll = state.polls[int(number)]
    if audience == "attendee" or not (poll.shown or audience == "desk"):
        return None
    if int(page) >= _pages(poll.counts):
        return None
    said = poll.ballot.page(poll.counts, poll.judged, int(page))
    return AnswersDoc(round=poll.round, said=tuple(each for each in said if each.shown or audience == "desk"))


def _keys(number: int, pages: int) -> list[str]:
    return [f"answers/{number}/{page}" for page in range(min(pages, PAGES_MAX))]


def _pages(counts: Counts) -> int:
    return min(-(-len(counts) // PAGE), PAGES_MAX)
