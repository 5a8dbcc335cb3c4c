/** Polls by the viewer's own clock: the same window for everybody, and nothing before its time. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { AT, freshBrowser } from "./browser.js";
import { nextTurn, pollAt, pollOf, tallyOf, takesVotes, waitingFor } from "../../static/core/polling.js";
import { Store } from "../../static/core/store.js";

const CLOSES = AT + 20_000;
const UNTIL = CLOSES + 9_000;
const open = { at: AT, state: "open", round: 1, shown: false, closes_at: CLOSES };
const closed = { at: CLOSES, state: "closed", round: 1, shown: false };
const told = { at: UNTIL, state: "closed", round: 1, shown: true, told: true };
const again = { at: UNTIL + 10_000, state: "open", round: 2, shown: false };
const zones = [{ name: "Fork", points: [0, 0, 9, 9] }];
const doc = (turns, more = {}) => ({
  title: "Which?",
  ballot: { kind: "spotting", slide: "s", max: 1, zones },
  veiled: ["zones"],
  state: "closed",
  round: 1,
  until: UNTIL,
  turns,
  ...more,
});

beforeEach(freshBrowser);

/** A page whose viewer sees the hall `behind` ms late. */
function pageAt(now, behind, docs = {}) {
  const store = new Store();
  store.apply({ type: "welcome", epoch: "e", seq: 1, now, you: null, docs });
  return { store, now: () => now, media: () => now - behind };
}

test("a poll is not there before its own opening", () => {
  assert.equal(pollAt(doc([open]), AT - 1), undefined);
  assert.equal(pollAt(undefined, AT), undefined);
  assert.equal(pollAt(doc([open]), AT).state, "open");
});

test("it counts down and closes by itself, whether the server has said so or not", () => {
  for (const turns of [[open], [open, closed]]) {
    assert.deepEqual([pollAt(doc(turns), CLOSES - 1).state, pollAt(doc(turns), CLOSES - 1).closes_at], ["open", CLOSES]);
    assert.deepEqual([pollAt(doc(turns), CLOSES).state, pollAt(doc(turns), CLOSES).closed_at], ["closed", CLOSES]);
  }
});

test("each viewer sees each turn at the same moment of the video", () => {
  const poll = doc([open, closed, told, again], { state: "open", round: 2 });
  for (const behind of [0, 8_000, 30_000]) {
    const seen = (at) => pollOf(pageAt(at + behind, behind, { "poll/1": poll }), 1);
    assert.deepEqual([seen(AT).state, seen(CLOSES).state, seen(UNTIL).shown, seen(again.at).round], ["open", "closed", true, 2]);
    assert.deepEqual([seen(UNTIL).opened_at, seen(UNTIL).closed_at, seen(again.at).opened_at], [AT, CLOSES, again.at]);
  }
});

test("what is right is not told to who is still asked, though others' votes are shown", () => {
  const growing = { ...open, shown: true };
  const poll = doc([growing, closed, told], { shown: true, quiz: { right: [0], points: 10 } });
  const seen = pollAt(poll, CLOSES - 1);
  assert.deepEqual([seen.shown, seen.quiz, seen.ballot.zones], [true, { points: 10 }, undefined]);
  assert.deepEqual(pollAt(poll, UNTIL).quiz, { right: [0], points: 10 });
  const untold = doc([growing, { ...told, told: false }], { quiz: { right: [0], points: 10 } });
  assert.deepEqual(pollAt(untold, UNTIL).quiz, { points: 10 }, "what is told is the server's to say");
});

test("what the result gives away is not there before it is shown", () => {
  const poll = doc([open, closed, told], { shown: true });
  assert.deepEqual(pollAt(poll, UNTIL - 1).ballot.zones, undefined);
  assert.deepEqual(pollAt(poll, UNTIL).ballot.zones, zones);
});

test("counts are those of one's own time", () => {
  const live = doc([{ ...open, shown: true }], { state: "open" });
  const page = pageAt(AT, 0, { "poll/1": live, "tally/1": { round: 1, votes: 0, counts: [0] } });
  for (const [seq, votes] of [[2, 5], [3, 9]]) {
    const docs = { "tally/1": { round: 1, votes, counts: [votes] } };
    page.store.apply({ type: "patch", from: seq - 1, seq, at: AT + seq * 1_000, docs });
  }
  const votesAt = (clock) => tallyOf({ ...page, media: () => clock }, 1, pollAt(live, clock)).votes;
  assert.deepEqual([AT, AT + 1_999, AT + 2_000, AT + 3_000, AT + 90_000].map(votesAt), [0, 0, 5, 9, 9]);
  page.store.apply({ type: "patch", from: 3, seq: 4, at: AT + 70_000, docs: { "tally/1": { round: 1, votes: 11 } } });
  assert.equal(votesAt(AT + 2_500), 9, "older than a minute: nobody is so far behind");
});

test("a result that came with the page is shown in its turn, and another round's never", () => {
  const page = pageAt(UNTIL + 5_000, 5_000, { "poll/1": doc([open, closed, told]), "tally/1": { round: 1, votes: 3, counts: [3] } });
  assert.deepEqual(tallyOf(page, 1, pollOf(page, 1)).counts, [3]);
  assert.equal(tallyOf(page, 1, { ...pollOf(page, 1), shown: false }).counts, undefined);
  assert.equal(tallyOf(page, 1, { ...pollOf(page, 1), round: 2 }), undefined);
});

test("who is further behind than anybody waits cannot vote any more", () => {
  const docs = { "poll/1": doc([open, closed]) };
  const may = (now, behind) => takesVotes(pageAt(now, behind, docs), 1, pollOf(pageAt(now, behind, docs), 1));
  assert.deepEqual([may(UNTIL, 10_000), may(UNTIL + 1, 10_000), may(CLOSES, 0)], [true, false, false]);
});

test("the hall knows how long it waits, and the page when to look again", () => {
  const page = pageAt(CLOSES + 1_000, 0, { "poll/1": doc([open, closed]) });
  assert.equal(waitingFor(page, pollOf(page, 1)), 8_000);
  assert.deepEqual([nextTurn(page.store, AT - 1), nextTurn(page.store, AT), nextTurn(page.store, CLOSES)], [AT, CLOSES, UNTIL]);
  assert.equal(nextTurn(page.store, UNTIL), undefined);
});
