"""Polls: does everybody have the same time for a vote, however far behind the hall they are?

Three viewers, in the room, eight and thirty seconds behind, have a poll of twenty seconds. Each votes a
second after it has opened for them, and again half a second before it closes for them. `hold` gives how long
it was open on each page, `refused` whose last vote the log does not have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser

from bench.clock.watching import Viewer
from bench.venue import Desk, Served, Venue
from live.domain.votes import Voted
from live.log.eventlog import Entry

IN_THE_ROOM, BEHIND, FAR_BEHIND = 0, 1, 3  # places of the venue
OPTIONS = ("First", "Second")

# A young stream does not go back that far.
OLD_ENOUGH = """async (seconds) => {
  const video = document.querySelector("video");
  const back = () => (video.seekable.length ? video.currentTime - video.seekable.start(0) : 0);
  while (back() < seconds) await new Promise((done) => setTimeout(done, 100));
}"""
# Votes as a person does, by the clock of the page on which the poll stands; both votes must be in.
VOTER = """([number, seconds]) => {
  const pause = (ms) => new Promise((done) => setTimeout(done, Math.max(0, ms)));
  const card = () => document.querySelector(`.poll.card--now[data-poll="${number}"]`);
  const until = async (so) => { while (!so()) await pause(5); };
  const vote = async (place) => {
    await until(() => !card() || card().querySelectorAll("form input")[place]);
    if (!card()) return;
    card().querySelectorAll("form input")[place].click();
    await until(() => !card().querySelector("form button.button--primary").disabled);
    card().querySelector("form button.button--primary").click();
  };
  const doing = async () => {
    await until(card);
    const opened = Date.now();
    await pause(1000);
    await vote(0);
    await until(() => card().querySelector("[data-vote=sent]"));
    await pause(opened + seconds * 1000 - 500 - Date.now());
    await until(() => !card() || card().querySelector("[data-do=change]"));
    card()?.querySelector("[data-do=change]").click();
    if (card()) await vote(1);
    await until(() => !card());
    return { opened, open: Date.now() - opened };
  };
  globalThis.voter = doing();
}"""


@dataclass(frozen=True)
class Held:
    """How long the poll was open on each page, and when it opened there, s after the room."""

    seconds: int
    windows: list[float]
    delays: list[float]

    @property
    def spread(self) -> float:
        return max(self.windows) - min(self.windows)

    @property
    def off(self) -> float:
        return max(abs(each - self.seconds) for each in self.windows)


def hold(browser: Browser, served: Served, desk: Desk, seconds: int, further: float) -> Held:
    """A poll of so many seconds; the third viewer is further behind than the second by `further` s."""
    viewers = [Viewer(browser, served, place) for place in (IN_THE_ROOM, BEHIND, FAR_BEHIND)]
    for each in viewers[1:]:
        each.watches()
    viewers[-1].page.evaluate(OLD_ENOUGH, further)
    viewers[-1].seek(-further)
    viewers[-1].stay(5.0)  # the pulse tells the server how far behind they are
    ballot = {"kind": "single", "options": OPTIONS}
    poll = int((desk.do("add_poll", title="Which one?", ballot=ballot) or "").partition("/")[2])
    for each in viewers:
        each.page.evaluate(VOTER, [poll, seconds])
    desk.do("open_poll", poll=poll, seconds=seconds)
    told: list[dict[str, Any]] = [each.page.evaluate("() => voter") for each in viewers]
    for each in viewers:
        each.leave()
    return Held(
        seconds,
        [each["open"] / 1_000 for each in told],
        [(each["opened"] - told[0]["opened"]) / 1_000 for each in told],
    )


def refused(venue: Venue) -> int:
    """Of the three, how many whose last vote is not in the log."""
    kept = {
        entry.actor: entry.event.choice
        for entry in venue.log()
        if isinstance(entry, Entry) and isinstance(entry.event, Voted)
    }
    return 3 - sum(choice == (1,) for choice in kept.values())
