"""What happened, by two witnesses: the phones' notes, and the SQLite file read with plain SQL.

After the last crash they must tell the same: each acknowledged command once, none twice, none that no
phone sent, and counts that are what the rows say. It uses nothing of the server's code.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.crash.people import question_id
from tests.crash.phone import Frame, Phone

# What an attendee's command leaves in the log, by `do`.
EVENTS = {
    "vote": "voted",
    "ask": "question_asked",
    "upvote": "question_upvoted",
    "withdraw": "question_withdrawn",
}
# These say "it is so already" when they are late, and leave nothing.
IDEMPOTENT = {"present", "answer", "approve", "goto", "withdraw"}


class Row:
    """A line of the log."""

    def __init__(self, seq: int, actor: str | None, command_id: str | None, body: str) -> None:
        self.seq = seq
        self.actor = actor
        self.command_id = command_id
        self.body: Frame = json.loads(body)
        self.kind: str = self.body["type"]


class History:
    """The log of the one broadcast in a file that nobody serves any more."""

    def __init__(self, path: Path) -> None:
        database = sqlite3.connect(path)
        try:
            self.integrity = [row[0] for row in database.execute("PRAGMA integrity_check")]
            self.orphans = database.execute("PRAGMA foreign_key_check").fetchall()
            log = database.execute("SELECT seq, actor, command_id, body FROM event ORDER BY seq")
            self.rows = [Row(*row) for row in log]
            self.anonymous = database.execute(
                "SELECT question, text, withdrawn_at FROM anonymous_question"
            ).fetchall()
        finally:
            database.close()

    def check(self, phones: Iterable[Phone]) -> None:
        company = list(phones)
        assert (self.integrity, self.orphans) == (["ok"], [])
        assert [row.seq for row in self.rows] == list(range(1, len(self.rows) + 1)), "a gap in the log"
        self._check_named(company)
        self._check_questions(company)
        for phone in company:
            assert not phone.outbox, f"{phone.name} was never answered"

    def _check_named(self, phones: list[Phone]) -> None:
        times = Counter((row.actor, row.command_id) for row in self.rows if row.command_id)
        twice = [name for name, count in times.items() if count > 1]
        assert not twice, "doubled"
        known = {(phone.name, name) for phone in phones for name in phone.sent}
        assert times.keys() <= known, "no phone has sent these"
        for phone in phones:
            for name in phone.done:
                if (phone.name, name) not in times:
                    assert self._may_leave_nothing(phone, phone.sent[name]), ("lost", phone.sent[name])
            assert not [name for name in phone.refused if (phone.name, name) in times], "refused, yet done"
            self._check_contents(phone)

    def _may_leave_nothing(self, phone: Phone, command: Frame) -> bool:
        """An anonymous act has no name; a vote may have been overtaken; the desk may be late."""
        if command["do"] == "vote":
            newer = [row for row in self._of(phone, "voted") if _same_round(row.body, command)]
            return any(row.body["n"] > command["n"] for row in newer)
        return command.get("anonymous", False) or command["do"] in IDEMPOTENT

    def _check_contents(self, phone: Phone) -> None:
        """Each row of this phone says what the command said; more than it said has not happened."""
        for kind in EVENTS.values():
            for row in self._of(phone, kind):
                assert row.command_id is not None, ("of no command", row.body)
                command = phone.sent[row.command_id]
                assert EVENTS[command["do"]] == kind
                said = {
                    key: value for key, value in command.items() if key not in {"type", "id", "do", "key"}
                }
                assert {key: row.body[key] for key in said} == said

    def _check_questions(self, phones: list[Phone]) -> None:
        """Named or not: each that was acknowledged is there once, in its words, and no other is."""
        asked = {
            question_id(command["key"]): (phone, command)
            for phone in phones
            for command in phone.sent.values()
            if command["do"] == "ask"
        }
        rows = [row for row in self.rows if row.kind == "question_asked"]
        told = [(row.body["question"], row.body["text"], row.actor) for row in rows]
        told += [(question, text, None) for question, text, _ in self.anonymous]
        there = {question for question, _, _ in told}
        assert len(there) == len(told), "doubled"
        for question, text, actor in told:
            phone, command = asked[question]
            assert text == command["text"]
            assert actor == (None if command["anonymous"] else phone.name)
        acknowledged = {key for key, (phone, command) in asked.items() if command["id"] in phone.done}
        assert acknowledged <= there, "lost"
        self._check_withdrawals(phones, asked)

    def _check_withdrawals(self, phones: list[Phone], asked: dict[str, Any]) -> None:
        rows = [row.body["question"] for row in self.rows if row.kind == "question_withdrawn"]
        rows += [question for question, _, withdrawn_at in self.anonymous if withdrawn_at is not None]
        assert len(set(rows)) == len(rows), "doubled"
        commands = [(phone, each) for phone in phones for each in phone.sent.values()]
        wanted = {each["question"] for _, each in commands if each["do"] == "withdraw"}
        done = {
            each["question"]
            for phone, each in commands
            if each["do"] == "withdraw" and each["id"] in phone.done
        }
        assert done <= set(rows) <= wanted & asked.keys()

    def _of(self, phone: Phone, kind: str) -> list[Row]:
        return [row for row in self.rows if row.kind == kind and row.actor == phone.name]

    def count(self, poll: int, number: int, options: int) -> list[int]:
        """The tally of a round, counted from the log: everybody's last vote."""
        last = {
            row.actor: row.body["choice"]
            for row in self.rows
            if row.kind == "voted" and (row.body["poll"], row.body["round"]) == (poll, number)
        }
        chosen = Counter(option for choice in last.values() for option in choice)
        return [chosen[option] for option in range(options)]

    def check_tallies(self, docs: dict[str, Any]) -> None:
        """What the desk is shown is what the rows say, for each round there was."""
        for key, tally in docs.items():
            if key.startswith("tally/"):
                number = int(key.partition("/")[2])
                for each in [*tally.get("former", []), tally]:
                    counted = self.count(number, each["round"], len(each["counts"]))
                    assert each["counts"] == counted, (key, each)


def _same_round(body: Frame, command: Frame) -> bool:
    return (body["poll"], body["round"]) == (command["poll"], command["round"])
