/** What is loaded beside the slide: after the first picture, at once where more is to be seen, and again if it failed. */

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { AT, freshBrowser } from "./browser.js";
import { Store } from "../../static/core/store.js";
import { Parts } from "../../static/elements/attendee/parts.js";

const SLIDE = { at: AT, slide: "a" };
const OPEN = { title: "Which?", ballot: { kind: "single" }, state: "open", round: 1, turns: [{ at: AT, state: "open", round: 1, shown: false }] };

beforeEach(freshBrowser);

/** A page with this on its stage; `loads` is how often the rest was asked for. */
function pageWith({ cue = SLIDE, docs = {}, place = "room", failures = 0 } = {}) {
  const store = new Store();
  store.apply({ type: "welcome", epoch: "e", seq: 1, now: AT, you: null, docs });
  const page = { root: new EventTarget(), store, cue: () => cue, media: () => AT, viewing: { place }, redraw() {} };
  const asked = { loads: 0 };
  const parts = new Parts(page, async () => {
    if (++asked.loads <= failures) throw new TypeError("no network");
    return { VideoPane: class {} };
  });
  return { page, parts, asked };
}

/** Until all that was promised has come. */
async function settled() {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

test("a slide comes first, the rest when its picture is there", async () => {
  const { page, parts, asked } = pageWith();
  parts.refresh(false);
  assert.deepEqual([asked.loads, parts.beside], [0, null]);
  for (const what of ["load", "load", "error"]) page.root.dispatchEvent(new Event(what));
  parts.refresh(true);
  await settled();
  assert.equal(asked.loads, 1);
  assert.ok(parts.beside && parts.pane);
});

test("a picture that does not come is not waited for", () => {
  const { asked } = pageWith();
  mock.timers.tick(4_000);
  assert.equal(asked.loads, 1);
});

test("where more is to be seen nothing is waited for", () => {
  const more = [
    { cue: null },
    { cue: { ...SLIDE, overlay: { kind: "scores" } } },
    { cue: { ...SLIDE, overlay: { kind: "poll", poll: 1 } } },
    { docs: { "poll/1": OPEN } },
    { docs: { video: { kind: "hls" } }, place: "remote" },
  ];
  for (const what of more) {
    const { parts, asked } = pageWith(what);
    parts.refresh(false);
    assert.equal(asked.loads, 1, JSON.stringify(what));
  }
  const inTheHall = pageWith({ docs: { video: { kind: "hls" } } });
  inTheHall.parts.refresh(false);
  assert.equal(inTheHall.asked.loads, 0);
  inTheHall.parts.refresh(true);
  assert.equal(inTheHall.asked.loads, 1, "a tab was chosen, or there is room for it");
});

test("a load that fails is tried again", async () => {
  const { parts, asked } = pageWith({ failures: 1 });
  parts.want();
  await settled();
  assert.equal(parts.beside, null);
  mock.timers.tick(2_000);
  await settled();
  assert.equal(asked.loads, 2);
  assert.ok(parts.beside);
});
