/** The search over slides: Chinese and English, whatever case, width and line breaks the slide has. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { excerpt, has, terms } from "../../static/core/search.js";

const SLIDE = "案例 A：90 秒，五次机\n会\nCase A: ninety seconds,\n  five chances to stop";

test("words are found in any order and case", () => {
  assert.ok(has(SLIDE, terms("SECONDS case")));
  assert.ok(!has(SLIDE, terms("seconds minutes")));
});

test("a line break between Chinese characters is none", () => {
  assert.ok(has(SLIDE, terms("五次机会")));
  assert.ok(has(SLIDE, terms("五 次机 会")));
});

test("full width and half width are one", () => {
  assert.ok(has("ＡＢＣ１２３", terms("abc123")));
  assert.ok(has("limit 5km/h", terms("５ｋｍ")));
});

test("what is found is shown as it is written, with a little around it", () => {
  assert.deepEqual(excerpt("Blue Light on forklifts", terms("light")), ["Blue ", "Light", " on forklifts"]);
  const pieces = excerpt(`${"x".repeat(99)} Halt ${"y".repeat(99)}`, terms("halt"));
  assert.equal(pieces[1], "Halt");
  assert.ok(pieces[0].startsWith("… "));
  assert.ok(pieces[2].endsWith(" …"));
});

test("words that overlap are marked once, and signs of patterns are only signs", () => {
  assert.deepEqual(excerpt("forklift", terms("fork forklift")), ["", "forklift", ""]);
  assert.deepEqual(excerpt("is it (a+b)?", terms("(a+b)")), ["is it ", "(a+b)", "?"]);
  assert.ok(!has("aab", terms("a+b")));
});

test("without words there is the beginning", () => {
  assert.deepEqual(excerpt("one two", terms("  ")), ["one two"]);
});
