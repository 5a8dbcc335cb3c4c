/** The store and the timeline: what a page knows, and what the stage shows at a moment. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { AT, frame, freshBrowser } from "./browser.js";
import { Store } from "../../static/core/store.js";
import { Timeline } from "../../static/core/timeline.js";

const welcome = (docs, seq = 5) => ({ type: "welcome", epoch: "e", seq, now: AT, you: { participant: "p" }, docs });
const patch = (from, seq, docs) => ({ type: "patch", from, seq, at: AT, docs });

beforeEach(freshBrowser);

test("a patch replaces whole docs and null removes one", () => {
  const store = new Store();
  store.apply(welcome({ "poll/1": { title: "a", state: "open" }, notice: { text: "n", at: 1 } }));
  assert.equal(store.apply(patch(5, 7, { "poll/1": { title: "b" }, notice: null })), true);
  assert.deepEqual(store.get("poll/1"), { title: "b" });
  assert.equal(store.get("notice"), undefined);
  assert.equal(store.seq, 7);
});

test("a patch after a gap is refused and changes nothing", () => {
  const store = new Store();
  store.apply(welcome({}));
  assert.equal(store.apply(patch(6, 9, { notice: { text: "n", at: 1 } })), false);
  assert.equal(store.get("notice"), undefined);
  assert.equal(store.seq, 5);
});

test("a patch from before what is known is passed over", () => {
  const store = new Store();
  store.apply(welcome({ notice: { text: "new", at: 1 } }));
  assert.equal(store.apply(patch(1, 4, { notice: { text: "old", at: 1 } })), true);
  assert.equal(store.get("notice").text, "new");
});

test("a welcome forgets what the server no longer has", () => {
  const store = new Store();
  store.apply(welcome({ notice: { text: "n", at: 1 } }));
  store.apply({ ...welcome({}, 1), epoch: "f" });
  assert.deepEqual([store.docs.size, store.seq, store.epoch], [0, 1, "f"]);
});

test("listeners are told once a frame, however many patches came", () => {
  const store = new Store();
  let told = 0;
  store.subscribe(() => (told += 1));
  store.apply(welcome({}));
  store.apply(patch(5, 6, {}));
  store.apply(patch(6, 7, {}));
  frame();
  assert.equal(told, 1);
});

test("a family is the same array until one of its docs changes, comes or goes", () => {
  const store = new Store();
  store.apply(welcome({ "poll/1": { title: "a" }, "poll/2": { title: "b" }, "cue/1": { at: 1 } }));
  const polls = store.family("poll");
  store.apply(patch(5, 6, { "cue/2": { at: 2 }, notice: { text: "n", at: 1 } }));
  assert.equal(store.family("poll"), polls);
  store.apply(patch(6, 7, { "poll/2": { title: "c" } }));
  assert.deepEqual(store.family("poll"), [["1", { title: "a" }], ["2", { title: "c" }]]);
  assert.deepEqual(polls[1], ["2", { title: "b" }], "what was given out is not changed");
  store.apply(patch(7, 8, { "poll/1": null, "poll/3": { title: "d" } }));
  assert.deepEqual(store.family("poll"), [["2", { title: "c" }], ["3", { title: "d" }]]);
  store.apply({ ...welcome({}, 1), epoch: "f" });
  assert.deepEqual(store.family("poll"), []);
});

test("a family comes in the order of its numbers", () => {
  const store = new Store();
  store.apply(welcome({ "poll/10": { title: "j" }, "poll/2": { title: "b" }, "tally/2": {} }));
  assert.deepEqual(
    store.family("poll").map(([number]) => number),
    ["2", "10"],
  );
});

test("the stage at a moment is the last cue not after it", () => {
  const store = new Store();
  const timeline = new Timeline(store);
  store.apply(
    welcome({ "cue/1": { at: 100, slide: "a" }, "cue/2": { at: 200, slide: "b" }, "cue/3": { at: 200, slide: "c" } }),
  );
  assert.equal(timeline.at(99), undefined);
  assert.equal(timeline.at(100).slide, "a");
  assert.equal(timeline.at(199).slide, "a");
  assert.equal(timeline.at(200).slide, "c");
  assert.equal(timeline.next(150), 200);
  assert.equal(timeline.next(200), undefined);
});

test("only slides shown so far can be browsed, each once, in the deck's order", () => {
  const store = new Store();
  const timeline = new Timeline(store);
  store.apply(
    welcome({
      "slide/x": { number: 2 },
      "slide/y": { number: 1 },
      "slide/z": { number: 3 },
      "cue/1": { at: 100, slide: "x" },
      "cue/2": { at: 200, slide: "y" },
      "cue/3": { at: 300, slide: "x" },
      "cue/4": { at: 900, slide: "z" },
    }),
  );
  assert.deepEqual(
    timeline.shown(300).map((slide) => slide.id),
    ["y", "x"],
  );
});
