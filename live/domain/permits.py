"""Who may do what: one row for each command, by role and by phase of the broadcast.

`broadcast` reads it before it decides anything. A command without a row cannot
be given, and `tests/domain/test_permits.py` holds the same table a second time.
"""

from __future__ import annotations

from typing import NamedTuple, get_args

from . import (
    actions,
    calibration,
    cues,
    driver,
    holding,
    inquiry,
    labels,
    life,
    moderation,
    notices,
    polls,
    questions,
    reactions,
    replies,
    results,
    rundown,
    turns,
    verdicts,
    video,
    votes,
)
from .base import DESK, Role

Command = (
    life.Command
    | cues.Command
    | driver.Command
    | rundown.Command
    | polls.Command
    | turns.Command
    | results.Command
    | votes.Command
    | verdicts.ReadVote
    | inquiry.Command
    | notices.Command
    | reactions.Command
    | video.Command
)


class Permit(NamedTuple):
    """Who may give a command, in which phases, and whether only while driving."""

    roles: frozenset[Role]
    phases: frozenset[life.Phase]
    driving: bool = False


_HEADS: frozenset[Role] = frozenset({"lecturer", "organiser"})
_PEOPLE: frozenset[Role] = DESK | {"attendee"}
_ANY: frozenset[life.Phase] = frozenset(get_args(life.Phase))
_LIVE: frozenset[life.Phase] = frozenset({"live"})
_SHOWN: frozenset[life.Phase] = frozenset({"live", "ended"})  # votes and results come after an end too

PERMITS: dict[type[Command], Permit] = {
    life.Start: Permit(_HEADS, _ANY),
    life.End: Permit(_HEADS, _LIVE),
    cues.Goto: Permit(DESK, _LIVE, driving=True),
    cues.Blank: Permit(DESK, _LIVE, driving=True),
    cues.ShowPoll: Permit(DESK, _LIVE),
    cues.ShowScores: Permit(DESK, _LIVE),
    cues.ClearOverlay: Permit(DESK, _LIVE),
    driver.TakeDrive: Permit(DESK, _ANY),
    driver.RequestDrive: Permit(DESK, _ANY),
    driver.HandDrive: Permit(DESK, _ANY),
    driver.ReleaseDrive: Permit(DESK, _ANY),
    rundown.Place: Permit(DESK, _ANY),
    rundown.Unplace: Permit(DESK, _ANY),
    polls.AddPoll: Permit(DESK, _ANY),
    polls.EditPoll: Permit(DESK, _ANY),
    polls.RemovePoll: Permit(DESK, _ANY),
    polls.RestorePoll: Permit(DESK, _ANY),
    turns.OpenPoll: Permit(DESK, _LIVE),
    turns.ClosePoll: Permit(DESK, _SHOWN),
    turns.ReopenPoll: Permit(DESK, _LIVE),
    turns.RerunPoll: Permit(DESK, _LIVE),
    turns.ExtendPoll: Permit(DESK, _LIVE),
    results.ShowResults: Permit(DESK, _SHOWN),
    results.JudgeAnswer: Permit(DESK, _SHOWN),
    votes.Vote: Permit(frozenset({"attendee"}), _SHOWN),
    verdicts.ReadVote: Permit(frozenset({"attendee"}), _SHOWN),
    questions.Ask: Permit(_PEOPLE, _ANY),
    questions.Upvote: Permit(_PEOPLE, _ANY),
    questions.Withdraw: Permit(_PEOPLE, _ANY),
    moderation.Approve: Permit(DESK, _ANY),
    moderation.Present: Permit(DESK, _LIVE),
    moderation.Answer: Permit(DESK, _ANY),
    moderation.Dismiss: Permit(DESK, _ANY),
    moderation.Edit: Permit(DESK, _ANY),
    moderation.Merge: Permit(DESK, _ANY),
    moderation.Pin: Permit(DESK, _ANY),
    moderation.Undo: Permit(DESK, _ANY),
    moderation.Archive: Permit(DESK, _ANY),
    replies.Reply: Permit(DESK, _ANY),
    replies.ReadReply: Permit(_PEOPLE, _ANY),
    labels.SetLabel: Permit(DESK, _ANY),
    labels.RemoveLabel: Permit(DESK, _ANY),
    labels.LabelQuestion: Permit(DESK, _ANY),
    actions.Assign: Permit(DESK, _ANY),
    actions.Unassign: Permit(DESK, _ANY),
    actions.Settle: Permit(DESK, _ANY),
    holding.Hold: Permit(DESK, _ANY),
    moderation.SetQuestions: Permit(DESK, _ANY),
    notices.Notify: Permit(DESK, _ANY),
    notices.ClearNotice: Permit(DESK, _ANY),
    reactions.React: Permit(frozenset({"attendee"}), _LIVE),
    reactions.SetPace: Permit(frozenset({"attendee"}), _LIVE),
    reactions.SetReactions: Permit(DESK, _ANY),
    calibration.Clap: Permit(DESK, _ANY),
    calibration.Nudge: Permit(DESK, _ANY),
    calibration.CalibrateByItself: Permit(DESK, _ANY),
    video.ShowMark: Permit(DESK, _ANY),
}
