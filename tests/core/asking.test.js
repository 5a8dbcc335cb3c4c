// Questions by the viewer's own clock: static/core/asking.js.

import assert from "node:assert/strict";
import test from "node:test";
import { questionAt } from "../../static/core/asking.js";

const page = (media, overlay) => ({ media: () => media, cue: () => ({ at: 0, overlay }) });
const ON = { kind: "question", question: "q" };
const asked = (state, since) => ({ state, since, text: "Why?", votes: 3 });

test("who is behind sees a question on screen when the own stage shows it", () => {
  const question = asked("on_screen", 10_000);
  assert.equal(questionAt(page(2_000, null), "q", question).state, "live");
  assert.equal(questionAt(page(10_000, ON), "q", question), question);
});

test("who is behind sees it answered when that moment has come", () => {
  const question = asked("answered", 20_000);
  assert.equal(questionAt(page(12_000, ON), "q", question).state, "on_screen");
  assert.equal(questionAt(page(5_000, null), "q", question).state, "live");
  assert.equal(questionAt(page(20_000, null), "q", question), question);
});

test("a blank stage leaves the question behind it on screen", () => {
  const question = asked("on_screen", 10_000);
  assert.equal(questionAt(page(11_000, { kind: "blank" }), "q", question), question);
});

test("what the desk does not bring on stage is told as it is", () => {
  const question = asked("pending", 10_000);
  assert.equal(questionAt(page(0, null), "q", question), question);
});

test("the same state is the same doc, so that a row is drawn once", () => {
  const question = asked("on_screen", 10_000);
  assert.equal(questionAt(page(1, null), "q", question), questionAt(page(2, null), "q", question));
});
