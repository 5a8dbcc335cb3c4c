"""The permission matrix, written out a second time: who may give which command in which phase.

Each cell is tried on a real state. A command without a row, or a row without a command, fails. Letters
stand for roles: a attendee, s screen, m moderator, l lecturer, o organiser. A star: only who drives.
"""

from typing import get_args

import pytest

from live import protocol
from live.domain import (
    actions,
    broadcast,
    calibration,
    cues,
    driver,
    holding,
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
from live.domain.attendance import Arrived
from live.domain.base import ROLES, Actor, Code, Rejected, Role
from live.domain.permits import PERMITS, Command
from tests.domain.scenes import ANN, COLOURS, HALL, LI, MO, OLGA, START, Scene, deck, drafted, given

TABLE: dict[str, tuple[str, str, str]] = {
    # command          planned    live     ended
    "start": ("lo", "lo", "lo"),
    "end": ("", "lo", ""),
    "goto": ("", "mlo*", ""),
    "blank": ("", "mlo*", ""),
    "show_poll": ("", "mlo", ""),
    "show_scores": ("", "mlo", ""),
    "clear_overlay": ("", "mlo", ""),
    "take_drive": ("mlo", "mlo", "mlo"),
    "request_drive": ("mlo", "mlo", "mlo"),
    "hand_drive": ("mlo*", "mlo*", "mlo*"),
    "release_drive": ("mlo*", "mlo*", "mlo*"),
    "place": ("mlo", "mlo", "mlo"),
    "unplace": ("mlo", "mlo", "mlo"),
    "add_poll": ("mlo", "mlo", "mlo"),
    "edit_poll": ("mlo", "mlo", "mlo"),
    "remove_poll": ("mlo", "mlo", "mlo"),
    "restore_poll": ("mlo", "mlo", "mlo"),
    "open_poll": ("", "mlo", ""),
    "close_poll": ("", "mlo", "mlo"),
    "reopen_poll": ("", "mlo", ""),
    "rerun_poll": ("", "mlo", ""),
    "extend_poll": ("", "mlo", ""),
    "show_results": ("", "mlo", "mlo"),
    "judge_answer": ("", "mlo", "mlo"),
    "vote": ("", "a", "a"),
    "read_vote": ("", "a", "a"),
    "ask": ("amlo", "amlo", "amlo"),
    "upvote": ("amlo", "amlo", "amlo"),
    "withdraw": ("amlo", "amlo", "amlo"),
    "approve": ("mlo", "mlo", "mlo"),
    "present": ("", "mlo", ""),
    "answer": ("mlo", "mlo", "mlo"),
    "dismiss": ("mlo", "mlo", "mlo"),
    "edit": ("mlo", "mlo", "mlo"),
    "merge": ("mlo", "mlo", "mlo"),
    "pin": ("mlo", "mlo", "mlo"),
    "undo": ("mlo", "mlo", "mlo"),
    "reply": ("mlo", "mlo", "mlo"),
    "read_reply": ("amlo", "amlo", "amlo"),
    "archive": ("mlo", "mlo", "mlo"),
    "set_label": ("mlo", "mlo", "mlo"),
    "remove_label": ("mlo", "mlo", "mlo"),
    "label_question": ("mlo", "mlo", "mlo"),
    "assign": ("mlo", "mlo", "mlo"),
    "unassign": ("mlo", "mlo", "mlo"),
    "settle": ("mlo", "mlo", "mlo"),
    "hold": ("mlo", "mlo", "mlo"),
    "set_questions": ("mlo", "mlo", "mlo"),
    "notify": ("mlo", "mlo", "mlo"),
    "clear_notice": ("mlo", "mlo", "mlo"),
    "react": ("", "a", ""),
    "set_pace": ("", "a", ""),
    "set_reactions": ("mlo", "mlo", "mlo"),
    "clap": ("mlo", "mlo", "mlo"),
    "nudge": ("mlo", "mlo", "mlo"),
    "calibrate_by_itself": ("mlo", "mlo", "mlo"),
    "show_mark": ("mlo", "mlo", "mlo"),
}

KEY = "k" * 22
QUESTION = questions.question_id(KEY)
SAMPLES: tuple[Command, ...] = (
    life.Start(),
    life.End(),
    cues.Goto(item="s1"),
    cues.Blank(on=True),
    cues.ShowPoll(poll=1),
    cues.ShowScores(),
    cues.ClearOverlay(),
    driver.TakeDrive(),
    driver.RequestDrive(),
    driver.HandDrive(to="max"),
    driver.ReleaseDrive(),
    rundown.Place(item=rundown.BreakItem(id="tea", text="Tea", minutes=10)),
    rundown.Unplace(item="s1"),
    polls.AddPoll(title="Which?", ballot=COLOURS),
    polls.EditPoll(poll=1, title="Which?", ballot=COLOURS),
    polls.RemovePoll(poll=1),
    polls.RestorePoll(poll=1),
    turns.OpenPoll(poll=1),
    turns.ClosePoll(poll=1),
    turns.ReopenPoll(poll=1),
    turns.RerunPoll(poll=1),
    turns.ExtendPoll(poll=1, seconds=30),
    results.ShowResults(poll=1, shown=True),
    results.JudgeAnswer(poll=1, text="Red", shown=False),
    votes.Vote(poll=1, round=1, n=1, choice=(0,)),
    verdicts.ReadVote(poll=1),
    questions.Ask(key=KEY, text="Why?", anonymous=False),
    questions.Upvote(question=QUESTION, on=True),
    questions.Withdraw(question=QUESTION, key=KEY),
    moderation.Approve(question=QUESTION),
    moderation.Present(question=QUESTION),
    moderation.Answer(question=QUESTION),
    moderation.Dismiss(question=QUESTION),
    moderation.Edit(question=QUESTION, text="Why so?"),
    moderation.Merge(question=QUESTION, into="other"),
    moderation.Pin(question=QUESTION, on=True),
    moderation.Undo(question=QUESTION),
    replies.Reply(question=QUESTION, text="Because."),
    replies.ReadReply(question=QUESTION, key=KEY),
    moderation.Archive(question=QUESTION),
    labels.SetLabel(name="Safety", colour="red"),
    labels.RemoveLabel(label=1),
    labels.LabelQuestion(question=QUESTION, label=1, on=True),
    actions.Assign(question=QUESTION, unit="Depot"),
    actions.Unassign(question=QUESTION),
    actions.Settle(question=QUESTION, done=True),
    holding.Hold(question=QUESTION, on=True),
    moderation.SetQuestions(mode="open", anonymous=True),
    notices.Notify(text="Mind the gap"),
    notices.ClearNotice(),
    reactions.React(sign="agree"),
    reactions.SetPace(pace="faster"),
    reactions.SetReactions(signs=True, pace=True, on_screen=False),
    calibration.Clap(clapped_at=START, seen_at=START),
    calibration.Nudge(by_ms=100),
    calibration.CalibrateByItself(),
    video.ShowMark(on=True),
)

PHASES: dict[life.Phase, tuple[life.Event, ...]] = {
    "planned": (),
    "live": (life.Started(),),
    "ended": (life.Started(), life.Ended()),
}
ACTORS: dict[Role, Actor] = {each.role: each for each in (ANN, HALL, MO, LI, OLGA)}
DOORS: set[Code] = {"not_allowed", "not_live", "not_driving"}


def scene(phase: life.Phase, by: Actor, *, drives: bool) -> Scene:
    """A broadcast in a phase, where the actor drives or nobody does."""
    asked = questions.QuestionAsked(question=QUESTION, text="Why?", anonymous=False, pending=True)
    at_the_desk = Arrived(connection="c", role="moderator")
    taken = (driver.DriveTaken(by=by.participant),) if drives else ()
    max_ = Actor(participant="max", role="moderator")
    return given(*PHASES[phase], deck("one"), drafted(), (ANN, asked), (max_, at_the_desk), *taken)


def expected(row: tuple[str, str, str], phase: life.Phase, role: Role, *, drives: bool) -> Code | None:
    """What stands at the door; None: the role may come in, whatever the rule behind it says."""
    cell = row[list(PHASES).index(phase)]
    if not any(role[0] in each for each in row):
        return "not_allowed"
    if role[0] not in cell:
        return "not_live"
    return "not_driving" if "*" in cell and not drives else None


def at_the_door(command: Command, phase: life.Phase, role: Role, *, drives: bool) -> Code | None:
    by = ACTORS[role]
    try:
        broadcast.decide(scene(phase, by, drives=drives).state, command, by, START)
    except Rejected as refusal:
        return refusal.code if refusal.code in DOORS else None
    return None


def name(command: Command | type[Command]) -> str:
    return str(command.__struct_config__.tag)


def test_every_command_has_a_row_and_every_row_a_command() -> None:
    assert {name(kind) for kind in get_args(Command)} == set(TABLE)
    assert set(protocol.COMMANDS) == set(TABLE)
    assert {name(kind) for kind in PERMITS} == set(TABLE)


def test_every_command_is_tried() -> None:
    assert [name(command) for command in SAMPLES] == list(TABLE)


def test_the_letters_are_the_roles() -> None:
    assert len({role[0] for role in ROLES}) == len(ROLES)
    assert list(PHASES) == list(get_args(life.Phase))


@pytest.mark.parametrize("command", SAMPLES, ids=name)
def test_who_may_give(command: Command) -> None:
    """Role × phase × driving: thirty cells each."""
    wrong = [
        (phase, role, drives)
        for phase in PHASES
        for role in ROLES
        for drives in (False, True)
        if at_the_door(command, phase, role, drives=drives)
        != expected(TABLE[name(command)], phase, role, drives=drives)
    ]
    assert not wrong


def test_a_screen_may_do_nothing_at_all() -> None:
    assert not [row for row in TABLE.values() if any("s" in cell for cell in row)]
