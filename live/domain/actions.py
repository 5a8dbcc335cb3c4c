"""Action items: a question that somebody has to see to after the broadcast, given to a unit with a date.

The desk gives it, the organiser's page follows it up, the record has it. What came of it is written down with
it; done can be undone. One a question. It tells nobody who has asked.
"""

from __future__ import annotations

import re

from .base import NAME_LIMIT, QUESTION_LIMIT, Rejected, Struct, clean
from .questions import Action, Question, State

_DATE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)
_DAYS = {"02": 29, "04": 30, "06": 30, "09": 30, "11": 30}


class Assign(Struct, tag="assign", tag_field="do"):
    """Give a question to a unit, with the day by which it is to be seen to (`2026-12-01`).

    `done`, with `outcome`: what came of it is written down at once; without, it stays as it is."""

    question: str
    unit: str
    due: str | None = None
    done: bool | None = None
    outcome: str | None = None


class Unassign(Struct, tag="unassign", tag_field="do"):
    """It is no action item after all."""

    question: str


class Settle(Struct, tag="settle", tag_field="do"):
    """What came of an action item, and whether it is done."""

    question: str
    done: bool
    outcome: str | None = None


Command = Assign | Unassign | Settle


class ActionAssigned(Struct, tag="action_assigned", tag_field="type"):
    question: str
    unit: str
    due: str | None = None


class ActionUnassigned(Struct, tag="action_unassigned", tag_field="type"):
    question: str


class ActionSettled(Struct, tag="action_settled", tag_field="type"):
    question: str
    done: bool
    outcome: str | None = None


Event = ActionAssigned | ActionUnassigned | ActionSettled


def decide(state: State, command: Command) -> tuple[Event, ...]:
    question = state.find(command.question)
    if question.state == "withdrawn":
        raise Rejected("question_closed")
    match command:
        case Assign():
            return (*_assign(question, command), *_settle(question.action, command))
        case Unassign():
            return () if question.action is None else (ActionUnassigned(question=command.question),)
        case Settle():
            if question.action is None:
                raise Rejected("no_such_action")
            return _settle(question.action, command)


def _assign(question: Question, command: Assign) -> tuple[Event, ...]:
    unit = " ".join(clean(command.unit, NAME_LIMIT).split())
    if command.due is not None and not _is_day(command.due):
        raise Rejected("bad_date")
    known = question.action
    if known is not None and (known.unit, known.due) == (unit, command.due):
        return ()
    return (ActionAssigned(question=command.question, unit=unit, due=command.due),)


def _settle(known: Action | None, command: Assign | Settle) -> tuple[Event, ...]:
    """`known` is what was written down so far, if it is an action item already."""
    if command.done is None:
        return ()
    outcome = None if not command.outcome else clean(command.outcome, QUESTION_LIMIT)
    before = (known.done, known.outcome) if known else (False, None)
    if before == (command.done, outcome):
        return ()
    return (ActionSettled(question=command.question, done=command.done, outcome=outcome),)


def _is_day(text: str) -> bool:
    date = _DATE.fullmatch(text)
    return date is not None and int(date[3]) <= _DAYS.get(date[2], 31)


def evolve(state: State, event: Event) -> set[str]:
    question = state.questions[event.question]
    known = question.action
    match event:
        case ActionAssigned():
            done, outcome = (known.done, known.outcome) if known else (False, None)
            question.action = Action(unit=event.unit, due=event.due, done=done, outcome=outcome)
        case ActionUnassigned():
            question.action = None
        case ActionSettled() if known is not None:
            question.action = Action(unit=known.unit, due=known.due, done=event.done, outcome=event.outcome)
    return {f"question/{event.question}"}
