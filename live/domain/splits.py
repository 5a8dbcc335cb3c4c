"""Splits: the result of a poll by site, by kind of site, or by unit.

A named poll is counted anew from its votes whenever it is looked at, by what the directory says of its
voters then. Of a secret one there is what `secret_split` has written. The desk may look any time, at former
rounds too; everyone else sees what was brought on stage, once the result is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from heapq import nlargest

from . import secret_split
from .ballots.kind import PAGE, PAGES_MAX
from .base import Audience, Participant, Rejected, Setup, Struct
from .groups import By, Group, Part, group_of, together
from .rounds import Cast, Former, Poll, State

EVERY: tuple[By, ...] = ("kind", "site", "unit")
LEGIBLE = 12  # groups: as many as a screen shows in type for 20 m
AT_DESK = 60  # groups: the units of a large company, to be scrolled through


class Split(Struct):
    """The result by group; a secret poll may have too few votes for any."""

    by: By
    groups: tuple[Group, ...] = ()


class SplitDoc(Struct):
    """`split/<n>`: the round by group, in each way that makes sense; for the desk `split/<n>/<round>`, of a
    former one.

    `lost`: of a secret round that is not split, because the server was interrupted while it was open."""

    round: int
    splits: tuple[Split, ...] = ()
    lost: bool = False


Doc = SplitDoc


def check(poll: Poll, by: By | None, first: int | None) -> None:
    """Refuse to show a poll by what it is not counted by, or a page of answers that it cannot have."""
    secret = poll.rules.secret and poll.rules.split != by
    if by is not None and (secret or not poll.ballot.divisible()):
        raise Rejected("not_split")
    if first is not None and not (poll.ballot.paged and 0 <= first < PAGE * PAGES_MAX):
        raise Rejected("out_of_range")


def keys(state: State) -> Iterator[str]:
    for number, poll in state.polls.items():
        yield f"split/{number}"
        yield from (f"split/{number}/{former.round}" for former in poll.former)


def view(
    state: State,
    passing: secret_split.Passing,
    people: Mapping[str, Participant],
    setup: Setup,
    key: str,
    audience: Audience,
    staged: Collection[By],
) -> Doc | None:
    """`staged`: what it was brought on stage by."""
    _, each, *former = key.split("/")
    number, desk = int(each), audience == "desk"
    poll = state.polls[number]
    if former:
        return _former(poll, int(former[0]), people, setup) if desk and poll.ballot.divisible() else None
    seen = EVERY if desk else tuple(by for by in EVERY if by in staged and poll.shown)
    if not seen or poll.state == "draft" or not poll.ballot.divisible():
        return None
    lost = desk and secret_split.lost(passing, number, poll)
    splits = tuple(_splits(poll, poll, people, setup, seen, AT_DESK if desk else LEGIBLE))
    return SplitDoc(round=poll.round, splits=splits, lost=lost) if splits or lost else None


def _former(poll: Poll, number: int, people: Mapping[str, Participant], setup: Setup) -> SplitDoc | None:
    former = next(each for each in poll.former if each.round == number)
    splits = tuple(_splits(poll, former, people, setup, EVERY, AT_DESK))
    return SplitDoc(round=number, splits=splits) if splits else None


def _splits(
    poll: Poll,
    held: Poll | Former,
    people: Mapping[str, Participant],
    setup: Setup,
    seen: tuple[By, ...],
    most: int,
) -> Iterator[Split]:
    """Of what was `held` in a round: `most` groups of it."""
    if poll.rules.secret:
        return _secret(poll.rules.split, held.split, setup, seen)
    return _named(poll, held.votes, people, setup, seen, most)


def _secret(
    by: By | None, split: tuple[Group, ...] | None, setup: Setup, seen: tuple[By, ...]
) -> Iterator[Split]:
    if by in seen and split is not None:
        named = {group.name: group for group in split if not group.rest}
        rest = [group for group in split if group.rest]
        groups = (_titled(by, named[name], setup) for name in _ordered(by, named, setup))
        yield Split(by=by, groups=(*groups, *rest))


def _named(
    poll: Poll,
    votes: Mapping[str, Cast],
    people: Mapping[str, Participant],
    setup: Setup,
    seen: tuple[By, ...],
    most: int,
) -> Iterator[Split]:
    homes = _homes(votes, people)
    for by in seen:
        gathered: dict[str, list[Part]] = {}
        for (site, unit), part in homes.items():
            gathered.setdefault(group_of(by, site, unit, setup.sites), []).append(part)
        if len(gathered) > 1 and (by != "kind" or _kinds_tell(setup)):
            parts = {name: together(each) for name, each in gathered.items()}
            yield Split(by=by, groups=tuple(_groups(by, poll, parts, setup, most)))


def _homes(votes: Mapping[str, Cast], people: Mapping[str, Participant]) -> dict[tuple[str, str], Part]:
    """The votes by site and unit: one look at each, for all ways to split."""
    homes: dict[tuple[str, str], Part] = {}
    for voter, vote in votes.items():
        person = people.get(voter)
        home = ("", "") if person is None else (person.site, person.unit)
        part = homes.get(home)
        if part is None:
            part = homes[home] = Part()
        part.take(vote.choice if vote.marks is None else vote.marks)
    return homes


def _kinds_tell(setup: Setup) -> bool:
    """Whether kinds of sites say something that the sites do not."""
    return len({site.kind for site in setup.sites}) < len(setup.sites)


def _groups(by: By, poll: Poll, parts: Mapping[str, Part], setup: Setup, most: int) -> Iterator[Group]:
    """In the order of what is set up, so that none jumps while votes come in; the smallest put together."""
    kept = set(parts)
    if len(parts) > most:
        kept = set(nlargest(most - 1, parts, key=lambda name: (parts[name].votes, name)))
    for name in _ordered(by, kept, setup):
        yield _titled(by, parts[name].group(poll.ballot, name), setup)
    rest = [part for name, part in parts.items() if name not in kept]
    if rest:
        yield together(rest).group(poll.ballot, "", rest=len(rest))


def _ordered(by: By, names: Collection[str], setup: Setup) -> list[str]:
    """Those that are not set up by name, and last those who belong nowhere."""
    listed = {"kind": (each.kind for each in setup.sites), "site": (each.id for each in setup.sites)}
    place = {name: at for at, name in enumerate(dict.fromkeys(listed.get(by, setup.units)))}
    return sorted(names, key=lambda name: (not name, place.get(name, len(place)), name))


def _titled(by: By, group: Group, setup: Setup) -> Group:
    """A site is known by its id, and shown by its name."""
    names = {site.id: site.name for site in setup.sites} if by == "site" else {}
    title = names.get(group.name, group.name)
    return Group(name=title, votes=group.votes, counts=group.counts, median=group.median, rest=group.rest)
