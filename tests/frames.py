"""Frames that honest pages send, as they are sent and as they are understood."""

from __future__ import annotations

import json
from typing import Any

from live import protocol
from live.domain import ballots, cues, life, polls, questions, rundown, votes
from live.protocol import Hello, Order, Pulse

ID = "c" * 22


def frame(**fields: Any) -> str:
    return json.dumps(fields)


def command(**fields: Any) -> str:
    return frame(type="command", id=ID, **fields)


SINGLE = ballots.Single(options=("A", "B"))
HONEST: list[tuple[str, protocol.Up]] = [
    (frame(type="hello"), Hello()),
    (frame(type="hello", since=0, epoch="e", visible=False), Hello(since=0, epoch="e", visible=False)),
    (frame(type="hello", since=None, epoch=None), Hello()),
    (frame(type="pulse", t=1_790_000_000_000), Pulse(t=1_790_000_000_000)),
    (
        frame(type="pulse", t=1.5, rung="playlist", media_at=7, visible=True, playing=True),
        Pulse(t=1.5, rung="playlist", media_at=7, playing=True),
    ),
    (command(do="start"), Order(id=ID, do=life.Start())),
    (command(do="goto", item="s1"), Order(id=ID, do=cues.Goto(item="s1"))),
    (
        command(do="vote", poll=1, round=1, n=2**53 - 1, choice=[0, 1]),
        Order(id=ID, do=votes.Vote(poll=1, round=1, n=2**53 - 1, choice=(0, 1))),
    ),
    (
        command(do="add_poll", title="Which?", ballot={"kind": "single", "options": ["A", "B"]}),
        Order(id=ID, do=polls.AddPoll(title="Which?", ballot=SINGLE)),
    ),
    (
        command(do="place", item={"kind": "break", "id": "tea", "text": "Tea", "minutes": 5}, before="s1"),
        Order(
            id=ID,
            do=rundown.Place(item=rundown.BreakItem(id="tea", text="Tea", minutes=5), before="s1"),
        ),
    ),
    (
        command(do="ask", key="k" * 22, text='为什么? "type": "x", {"a": 1}', anonymous=True),
        Order(
            id=ID,
            do=questions.Ask(key="k" * 22, text='为什么? "type": "x", {"a": 1}', anonymous=True),
        ),
    ),
]
