/** The replay: what of a recording was when, with pauses and cuts; polls as they were; marks; waits skipped. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { AT, MemoryStorage, freshBrowser } from "./browser.js";
import { Store } from "../../static/core/store.js";
import { Timeline } from "../../static/core/timeline.js";
import { PartsMap, Shifted, knownParts, liveTime } from "../../static/core/replay/map.js";
import { marksOf } from "../../static/core/replay/marks.js";
import { opensOf, pollThen } from "../../static/core/replay/polls.js";
import { cutHere, partAt, setHere } from "../../static/core/replay/setting.js";
import { Watched } from "../../static/core/replay/watched.js";
import { Tries } from "../../static/core/replay/tries.js";

beforeEach(freshBrowser);

const MINUTE = 60_000;

/** A store with these docs. @param {Record<string, any>} docs */
function stored(docs) {
  const store = new Store();
  store.apply({ type: "welcome", epoch: "e", seq: 1, now: AT, you: { participant: "p", role: "attendee" }, docs });
  return store;
}

test("the pauses of a broadcast are left out, and what follows is right", () => {
  const spans = [
    { since: AT, until: AT + 10 * MINUTE },
    { since: AT + 30 * MINUTE, until: AT + 35 * MINUTE },
  ];
  const { parts, length } = liveTime(spans, AT);
  assert.equal(length, 15 * 60);
  const map = new PartsMap(parts);
  assert.equal(map.at(599), AT + 599_000);
  assert.equal(map.at(601), AT + 30 * MINUTE + 1_000);
  assert.equal(map.find(AT + 31 * MINUTE), 11 * 60);
  assert.equal(map.find(AT + 20 * MINUTE), 600, "what was in the pause is where it goes on");
});

test("a broadcast that is still live ends now", () => {
  assert.equal(liveTime([{ since: AT, until: null }], AT + 5_000).length, 5);
});

test("a recording that begins late lacks what was before, and a cut lacks what was cut", () => {
  const map = new PartsMap([
    { s: 0, wall: AT + 60_000 },
    { s: 100, wall: AT + 400_000 },
  ]);
  assert.equal(map.find(AT), -60);
  assert.equal(map.at(50), AT + 110_000);
  assert.equal(map.at(100), AT + 400_000);
  assert.equal(map.find(AT + 300_000), 100);
});

test("a known moment in the middle tells of what is before it, too", () => {
  const map = new PartsMap([{ s: 90, wall: AT }]);
  assert.equal(map.at(0), AT - 90_000);
  assert.equal(map.find(AT - 30_000), 60);
});

test("a playlist's dates are corrected in both directions", () => {
  const map = new Shifted(new PartsMap([{ s: 0, wall: AT }]), 2_500);
  assert.equal(map.at(10), AT + 12_500);
  assert.equal(map.find(AT + 12_500), 10);
});

test("of a file of which nothing is known the beginning is taken for that of the broadcast", () => {
  const spans = [{ since: AT, until: AT + 1 }];
  const about = { url: "", shift_ms: 0, parts: [], spans, published: true, may_set: false, recorded: true, played_ms: 0 };
  assert.deepEqual(knownParts({ kind: "file", ...about }), [{ s: 0, wall: AT }]);
  assert.deepEqual(knownParts({ kind: "hls", ...about }), []);
  const parts = [{ media_ms: 1_500, wall_at: AT }];
  assert.deepEqual(knownParts({ kind: "hls", ...about, parts }), [{ s: 1.5, wall: AT }]);
});

test("a poll is what it was: not there, open, closed, open again; and its result is never in it", () => {
  const turns = [
    { at: AT, state: "open", round: 1, shown: false, closes_at: AT + 20 },
    { at: AT + 25, state: "closed", round: 1, shown: true, told: true },
    { at: AT + 40, state: "open", round: 2, shown: false },
    { at: AT + 45, state: "open", round: 2, shown: true },
  ];
  const ballot = { kind: "single", options: ["a", "b"], right: 1 };
  const poll = { title: "Which?", ballot, veiled: ["right"], state: "open", round: 2, shown: true, turns };
  assert.equal(pollThen(poll, AT - 1), undefined);
  assert.equal(pollThen(poll, AT).state, "open");
  assert.equal(pollThen(poll, AT + 21).state, "closed", "its time was up");
  const closed = pollThen(poll, AT + 30);
  assert.deepEqual([closed.state, closed.round, closed.shown, closed.ballot.right], ["closed", 1, false, undefined]);
  assert.equal(pollThen(poll, AT + 99).round, 2);
  assert.deepEqual(opensOf(poll), [AT, AT + 40]);
});

const DOCS = {
  "slide/a": { number: 1, text: "first", width: 16, height: 9, src: "a.webp", small: "a.small.webp", thumb: "a.thumb.webp" },
  "slide/b": { number: 2, text: "second", width: 16, height: 9, src: "b.webp", small: "b.small.webp", thumb: "b.thumb.webp" },
  "cue/1": { at: AT + 1_000, slide: "a" },
  "cue/2": { at: AT + 2_000, slide: "a", overlay: { kind: "question", question: "q" } },
  "cue/3": { at: AT + 3_000, slide: "b" },
  "cue/4": { at: AT + 9_000, slide: "a" },
  "poll/1": { title: "Which?", state: "closed", round: 1, turns: [{ at: AT + 4_000, state: "open", round: 1 }] },
  "question/q": { state: "answered", text: "Why?", at: AT + 500 },
  "question/r": { state: "live", text: "When?", at: AT + 700 },
  "question/s": { state: "withdrawn" },
};

test("marks: slides as they came, a poll as it opened, a question where it was shown or else asked", () => {
  const store = stored(DOCS);
  const marks = marksOf(store, new Timeline(store), (wall) => (wall - AT) / 1_000);
  const said = marks.map(({ kind, id, s }) => `${kind} ${id} ${s}`);
  assert.deepEqual(said, ["question r 0.7", "slide a 1", "question q 2", "slide b 3", "poll 1 4", "slide a 9"]);
});

test("what was cut out is one slide where the recording goes on", () => {
  const store = stored(DOCS);
  const marks = marksOf(store, new Timeline(store), (wall) => Math.max(5, (wall - AT) / 1_000));
  const slides = marks.filter(({ kind }) => kind === "slide").map(({ id, s }) => `${id} ${s}`);
  assert.deepEqual(slides, ["b 5", "a 9"]);
});

test("what was tried is kept on this device, by round, and can be forgotten", () => {
  const storage = new MemoryStorage();
  new Tries("mine", storage).keep(3, 1, [2]);
  const tries = new Tries("mine", storage);
  assert.deepEqual(tries.of(3, 1), [2]);
  assert.equal(tries.of(3, 2), undefined);
  assert.equal(new Tries("another's", storage).of(3, 1), undefined);
  tries.keep(3, 1, null);
  tries.place = 12.5;
  assert.equal(new Tries("mine", storage).of(3, 1), undefined);
  assert.equal(new Tries("mine", storage).place, 12.5);
});

test("a known moment is moved so that a frame is right, and the others stay", () => {
  const parts = [
    { media_ms: 0, wall_at: AT },
    { media_ms: 60_000, wall_at: AT + 300_000 },
  ];
  assert.deepEqual(setHere([], 10, AT), [{ media_ms: 0, wall_at: AT - 10_000 }]);
  assert.deepEqual(setHere(parts, 70, AT + 311_000), [parts[0], { media_ms: 60_000, wall_at: AT + 301_000 }]);
  assert.deepEqual(setHere(parts, 10, AT), [{ media_ms: 0, wall_at: AT - 10_000 }, parts[1]]);
});

test("a cut is a frame from which on another moment holds", () => {
  const parts = [{ media_ms: 0, wall_at: AT }];
  const cut = cutHere(parts, 30, AT + 90_000);
  assert.deepEqual(cut, [parts[0], { media_ms: 30_000, wall_at: AT + 90_000 }]);
  assert.deepEqual(cutHere(cut, 30, AT + 95_000)[1], { media_ms: 30_000, wall_at: AT + 95_000 });
  assert.equal(partAt(cut, 29.999), 0);
  assert.equal(partAt(cut, 30), 1);
});

test("what was played is told now and then, jumps are no part of it, and what did not arrive is told again", async () => {
  const sent = [];
  let status = 500;
  globalThis.fetch = async (_address, { body }) => {
    sent.push(JSON.parse(body));
    return { status, ok: status === 200, json: async () => ({ played_ms: 4_000 }) };
  };
  const told = [];
  const watched = new Watched("/watched", (ms) => told.push(ms));
  const play = (from, until) => {
    for (let at = from; at <= until; at += 500) watched.see(AT + at, AT);
  };
  play(0, 2_000);
  play(60_000, 61_000);
  watched.tried(3, 1);
  watched.send();
  assert.deepEqual(sent.at(-1), { played: [[AT, AT + 2_000], [AT + 60_000, AT + 61_000]], tried: ["3/1"] });
  await new Promise(setImmediate);
  assert.deepEqual(told, [], "nothing is said to be kept that did not arrive");
  status = 200;
  play(61_500, 62_000);
  watched.send();
  const played = sent.at(-1).played;
  assert.deepEqual(played, [[AT, AT + 2_000], [AT + 60_000, AT + 61_000], [AT + 61_000, AT + 62_000]]);
  await new Promise(setImmediate);
  assert.deepEqual(told, [4_000]);
  document.visibilityState = "hidden";
  play(70_000, 80_000);
  watched.send();
  assert.equal(sent.length, 3, "what goes by behind another page is not watched, and nothing new is not told");
});
