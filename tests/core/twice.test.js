/** The second press: when it counts, and when there was none. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Twice } from "../../static/core/twice.js";

test("the same press once more does it, and then it is asked for anew", () => {
  const twice = new Twice();
  assert.equal(twice.press("results/1", 1_000), false);
  assert.equal(twice.asks("results/1", 1_000), true);
  assert.equal(twice.press("results/1", 2_000), true);
  assert.equal(twice.asks("results/1", 2_000), false);
  assert.equal(twice.press("results/1", 3_000), false);
});

test("a finger that presses twice in a hurry has pressed once", () => {
  const twice = new Twice();
  twice.press("results/1", 1_000);
  assert.equal(twice.press("results/1", 1_200), false);
  assert.equal(twice.press("results/1", 1_500), true);
});

test("who lets it be has changed nothing", () => {
  const twice = new Twice();
  twice.press("results/1", 1_000);
  assert.equal(twice.asks("results/1", 10_000), false);
  assert.equal(twice.press("results/1", 10_000), false, "it is the first press again");
  twice.forget();
  assert.equal(twice.asks("results/1", 10_001), false);
});

test("of two polls one is asked for", () => {
  const twice = new Twice();
  twice.press("results/1", 1_000);
  assert.equal(twice.press("results/2", 2_000), false);
  assert.equal(twice.asks("results/1", 2_000), false);
});
