"""What an event of one feature means for another: it stands here and nowhere else.

A poll that opens goes on stage, a question leaves the screen when the stage moves on, an end closes what is
open. `broadcast` asks it for each event that a command gives.
"""

from __future__ import annotations

from . import cues, life, moderation, questions, secret_split, turns, viewers, votes
from .known import Event, State
from .rounds import MISTAKE_MS


def follow(state: State, event: Event, at: int) -> tuple[Event, ...]:
    """What an event of one feature means for another."""
    match event:
        case votes.Voted():  # first: most of what happens is this, and nothing follows
            return ()
        case turns.PollOpened():
            former = secret_split.followed(state.polls, state.ephemeral.groups, event.poll)
            return (*former, *_opened(state, event))
        case moderation.QuestionMoved(to="on_screen") | moderation.QuestionRestored(to="on_screen"):
            return _stage_moves(state, cues.over(state.cues, cues.QuestionOverlay(question=event.question)))
        case moderation.QuestionMoved() | moderation.QuestionRestored() | moderation.QuestionMerged():
            return _leaves_stage(state, event.question)
        case questions.QuestionWithdrawn():
            parted = moderation.parted(state.questions, event.question)
            return (*parted, *_leaves_stage(state, event.question))
        case cues.Cued():
            return _stage_moves(state, (event,))[1:]
        case life.Ended():
            return (*turns.closing(state.polls, at, viewers.wait(state.ephemeral.viewers)), *_answered(state))
        case life.Started() if at - (state.life.ended_at or 0) <= MISTAKE_MS:
            return turns.reopening(state.polls)
        case _:
            return ()


def _opened(state: State, event: turns.PollOpened) -> tuple[Event, ...]:
    if not event.staged or state.life.phase != "live":
        return ()
    return _stage_moves(state, cues.over(state.cues, cues.PollOverlay(poll=event.poll)))


def _leaves_stage(state: State, question: str) -> tuple[cues.Event, ...]:
    """Only what can be seen is taken away: behind a blank it would lift the blank."""
    on_stage = state.cues.now.overlay == cues.QuestionOverlay(question=question)
    return cues.over(state.cues, None) if on_stage else ()


def _answered(state: State) -> tuple[Event, ...]:
    """A question that was on screen to the end."""
    return _stage_moves(state, cues.over(state.cues, None)) if state.questions.on_screen else ()


def _stage_moves(state: State, moves: tuple[cues.Event, ...]) -> tuple[Event, ...]:
    """A question that was on screen has been answered when the stage moves on; a blank is no move."""
    asked = state.questions.on_screen
    for move in moves:
        stays = isinstance(move.overlay, cues.BlankOverlay) or move.overlay == cues.QuestionOverlay(
            question=asked or ""
        )
        if asked is not None and not stays:
            return (*moves, moderation.QuestionMoved(question=asked, to="answered"))
    return moves
