"""Questions by the thousand: what twenty upvotes a second cost phone and desk, and how fast they answer.

In a real chromium, with 2,000 questions in Chinese and English that everybody sees. For each page: script,
and layout with style, of an update, less the same time at rest. Then, while the votes go on, what a tap costs
the page and how long somebody waits until it is painted, and what a frame costs while the list is scrolled.
"""

from __future__ import annotations

import secrets
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, product
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.chromium import DESK, PHONE, Meter, chromium, somebody
from bench.measuring import Figures, medians
from bench.venue import Past, Seat, Served, Venue, prepare
from live.domain.life import Started
from live.domain.questions import QuestionAsked
from live.log.eventlog import Kept, entries

Say = Callable[[str], None]
ASKERS = 100
VOTERS = 20  # with a socket each, which vote in turn
BEGAN = 1_790_000_000_000  # ms
APART_MS = 1_000  # between two questions
SCROLLED = 60  # frames
SETTLED_MS = 5_000  # the desk has looked for doubles by then

WHO = ("the contractor", "a trainee", "the shift leader", "外协人员", "新员工", "班组长", "值班电工")
WHAT = ("checks the rope", "locks out the press", "signs the permit", "检查吊索具", "签发动火票", "清理积尘")
WHEN = ("before a lift", "on the night shift", "after a near miss", "在夜班时", "下雨天", "停电以后")
ASKED = (
    "Who says that {who} {what} {when}?",
    "May {who} stop work when nobody {what} {when}?",
    "How often must {who} be trained so that he {what} {when}?",
    "{who}{when}由谁{what}？",
    "{when}{who}没有{what}怎么办？",
    "请问{who}{what}{when}有规定吗？",
)

# From a tap until the frame that follows it is painted, ms. What a page draws for it, it draws in that frame.
TAP = """async ([selector, value]) => {
  const place = document.querySelector(selector);
  const began = performance.now();
  if (value === null) place.click();
  else {
    place.value = value;
    place.dispatchEvent(new Event(place.tagName === "SELECT" ? "change" : "input", { bubbles: true }));
  }
  await new Promise((painted) => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = painted;
    after.port2.postMessage(0);
  }));
  return performance.now() - began;
}"""
SCROLL = """async ([selector, frames]) => {
  for (let n = 0; n < frames; n++) {
    document.querySelector(selector).scrollBy(0, 120);
    await new Promise(requestAnimationFrame);
  }
}"""


@dataclass(frozen=True)
class Scale:
    questions: int = 2_000
    rate: int = 20  # upvotes a second
    rounds: int = 5
    seconds: float = 10.0


QUICK = Scale(questions=80, rounds=1, seconds=1.0)


def run(scale: Scale, say: Say) -> Figures:
    with tempfile.TemporaryDirectory(prefix="live-bench-") as folder:
        venue = prepare(Path(folder) / "crowded", ASKERS, _past(scale.questions))
        with chromium() as browser:
            rounds = [_round(browser, venue, scale) for _ in range(scale.rounds)]
    say(f"medians of {scale.rounds} rounds; {scale.questions} questions, {scale.rate} upvotes a second")
    return medians(rounds)


def _past(questions: int) -> Past:
    def happened(seq: int, attendees: list[str]) -> list[Kept]:
        told = entries(seq, BEGAN, None, (Started(),))
        for n, text in enumerate(_texts(questions)):
            question = secrets.token_urlsafe(16)
            asked = QuestionAsked(question=question, text=text, anonymous=False, pending=False)
            told += entries(seq + len(told), BEGAN + n * APART_MS, attendees[n % len(attendees)], (asked,))
        return told

    return happened


def _texts(many: int) -> Iterator[str]:
    """So many, hardly two of them the same."""
    every = [
        ask.format(who=who, what=what, when=when) for who, what, when, ask in product(WHO, WHAT, WHEN, ASKED)
    ]
    return (f"{every[n * 1_009 % len(every)]} ({n})" for n in range(many))


def _round(browser: Browser, venue: Venue, scale: Scale) -> Figures:
    served = Served(venue)
    try:
        phone = _phone(browser, served, venue.tokens.read_text().split()[-1], scale)
        return phone | _desk(browser, served, venue.lecturer, scale)
    finally:
        served.end()


def _phone(browser: Browser, served: Served, token: str, scale: Scale) -> Figures:
    page = somebody(browser, served, token, PHONE)
    meter = Meter(page)
    page.goto(served.address())
    page.wait_for_selector("button[data-tab=questions]")
    figures = _tap(page, meter, "open", "button[data-tab=questions]")
    page.wait_for_selector(".question")
    figures |= _updated(page, meter, served, scale)
    with _voting(served, scale):
        figures |= _tap(page, meter, "sort", ".questions__order", "new")
        figures |= _tap(page, meter, "more", "[data-do=more]")
        figures |= _tap(page, meter, "vote", ".question__vote")
        figures |= _tap(page, meter, "write", "#ask", "Who checks the rope before")
        figures |= _tap(page, meter, "write_on", "#ask", "Who checks the rope before somebody goes")
        figures |= _scrolled(page, meter, "html")
    page.context.close()
    return {f"phone_{name}": value for name, value in figures.items()}


def _desk(browser: Browser, served: Served, token: str, scale: Scale) -> Figures:
    page = somebody(browser, served, token, DESK)
    meter = Meter(page)
    page.goto(served.address("desk"))
    page.wait_for_selector(".queue__row")
    figures = _updated(page, meter, served, scale)
    with _voting(served, scale):
        _tap(page, meter, "leave", "button[data-tab=polls]")
        figures |= _tap(page, meter, "open", "button[data-tab=questions]")
        figures |= _tap(page, meter, "sort", ".queue__order", "new")
        figures |= _tap(page, meter, "more", ".queue [data-do=more]")
        figures |= _tap(page, meter, "select", ".queue__row")
        figures |= _scrolled(page, meter, ".desk__panel")
    page.context.close()
    return {f"desk_{name}": value for name, value in figures.items()}


def _tap(page: Page, meter: Meter, name: str, selector: str, value: str | None = None) -> Figures:
    waits: list[float] = []
    spent = meter.spent(lambda: waits.append(page.evaluate(TAP, [selector, value])))
    return {f"{name}_cpu_ms": spent.whole * 1_000, f"{name}_ms": waits[0]}


def _scrolled(page: Page, meter: Meter, selector: str) -> Figures:
    spent = meter.spent(lambda: page.evaluate(SCROLL, [selector, SCROLLED]))
    return {"scroll_frame_cpu_ms": spent.whole * 1_000 / SCROLLED}


def _updated(page: Page, meter: Meter, served: Served, scale: Scale) -> Figures:
    """Script, and layout with style, of an update."""
    page.wait_for_timeout(SETTLED_MS)
    rest = meter.spent(lambda: page.wait_for_timeout(scale.seconds * 1_000))
    with _voting(served, scale):
        page.wait_for_timeout(1_000)  # the voters have come in
        before = meter.patches
        busy = meter.spent(lambda: page.wait_for_timeout(scale.seconds * 1_000))
        updates = meter.patches - before
    each = 1_000 / updates
    return {"script_ms": (busy.script - rest.script) * each, "layout_ms": (busy.layout - rest.layout) * each}


@contextmanager
def _voting(served: Served, scale: Scale) -> Iterator[None]:
    """People who give their votes in turn, for and back, as long as the block runs."""
    over = threading.Event()
    voting = threading.Thread(target=_vote, args=(served, scale, over))
    voting.start()
    try:
        yield
    finally:
        over.set()
        voting.join()


def _vote(served: Served, scale: Scale, over: threading.Event) -> None:
    tokens = served.venue.tokens.read_text().split()[:VOTERS]
    voters = [Seat(served.socket("attendee"), token) for token in tokens]
    questions = [key.partition("/")[2] for key in voters[0].welcome["docs"] if key.startswith("question/")]
    start = time.monotonic()
    for step in count():
        if over.wait(max(0.0, start + step / scale.rate - time.monotonic())):
            break
        turn, voter = divmod(step, len(voters))
        voters[voter].do("upvote", question=questions[step * 7 % len(questions)], on=turn % 3 < 2)
    for each in voters:
        each.leave()
