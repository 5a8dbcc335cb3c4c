"""What each audience sees of a broadcast: which docs there are, and what stands in them for whom.

`live/fanout` draws with these and nothing else. A feature says in its own `keys` and `view` what there is to
see of it; here they are united, with what one must know of another. Nothing here changes anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from . import (
    answers,
    attendance,
    cues,
    driver,
    inquiry,
    life,
    notices,
    polls,
    questions,
    reactions,
    rundown,
    scores,
    splits,
    video,
    viewers,
    votes,
)
from .base import Actor, Audience
from .known import Doc, Event, State

# Their docs are counts and lists that may wait for the next tick; whatever else changes is shown at once.
VOTES = get_args(votes.Event)
CALM = frozenset({*VOTES, questions.QuestionUpvoted, questions.QuestionAsked, *get_args(attendance.Event)})


def keys(state: State) -> Iterator[str]:
    """The key of every doc that some audience may have."""
    yield from life.keys(state.life)
    yield from cues.keys(state.cues)
    yield from driver.keys(state.driver)
    yield from rundown.keys(state.rundown)
    yield from polls.keys(state.polls)
    yield from votes.keys(state.polls)
    yield from splits.keys(state.polls)
    yield from answers.keys(state.polls)
    yield from scores.keys(state.polls)
    yield from inquiry.keys(state.questions)
    yield from notices.keys(state.notices)
    yield from reactions.keys(state.reactions)
    yield from attendance.keys(state.attendance)
    yield from video.keys(state.video)
    yield from viewers.keys(state.ephemeral.viewers)


def view(state: State, key: str, audience: Audience) -> Doc | None:
    """The doc of `key` as `audience` may see it; None where there is nothing for it to see."""
    match key.partition("/")[0]:
        case "broadcast":
            return _introduce(state, audience)
        case "cue":
            return cues.view(state.cues, key, audience)
        case "driver":
            return driver.view(state.driver, key, audience)
        case "rundown" | "slide":
            return rundown.view(state.rundown, key, audience)
        case "poll":
            return polls.view(state.polls, key, audience)
        case "tally":
            return votes.view(state.polls, key, audience)
        case "split":
            return _split(state, key, audience)
        case "answers":
            return answers.view(state.polls, key, audience)
        case "scores":
            return scores.view(state.polls, state.people, audience, shown=state.cues.scored)
        case "question" | "labels":
            return inquiry.view(state.questions, state.ephemeral.questions, key, audience)
        case "notice" | "notices":
            return notices.view(state.notices, key, audience)
        case "video" | "watch":
            setup, running = state.life.setup.video, state.life.phase != "ended"
            return video.view(state.video, key, audience, setup, state.ephemeral.video, running=running)
        case "reactions":
            return reactions.view(state.reactions, state.ephemeral.mood, audience)
        case "viewers":
            return viewers.view(state.ephemeral.viewers, key, audience)
        case _:
            return attendance.view(state.attendance, key, audience)


def place(state: State, actor: Actor, audience: Audience) -> notices.Place:
    """Where somebody is, for what only some may have. A screen without a site stands in the only room."""
    person = state.people.get(actor.participant)
    if audience == "desk" or person is None:
        return notices.ANYWHERE
    site = person.site
    if audience == "screen" and not site:
        rooms = [each.id for each in state.life.setup.sites if each.kind == "room"]
        site = rooms[0] if len(rooms) == 1 else ""
    return notices.near(state.notices, site, person.unit)


def aside(state: State, place: notices.Place) -> dict[str, Doc | None]:
    """The docs that only those at a place may have; None: there is nothing for them to see."""
    return {key: notices.view(state.notices, key, "attendee", place) for key in notices.ASIDE}


def calm(event: Event) -> bool:
    """Whether the docs of an event may wait for the next tick: a vote may, a cue may not."""
    return type(event) in CALM


def _split(state: State, key: str, audience: Audience) -> splits.Doc | None:
    staged = state.cues.splits.get(int(key.split("/")[1]), ())
    setup, groups = state.life.setup, state.ephemeral.groups
    return splits.view(state.polls, groups, state.people, setup, key, audience, staged)


def _introduce(state: State, audience: Audience) -> life.Doc:
    taken = state.questions
    slides = len(state.rundown.deck)
    return life.view(
        state.life,
        audience,
        mode=taken.mode,
        anonymous=taken.anonymous,
        named=taken.named,
        cooldown_s=taken.cooldown_s,
        slides=slides,
    )
