/** A wall on pages: every answer once, in its order, and pages that turn calmly. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { beginnings, pagesOf, pageWith, STAY_MS, turned } from "../../static/core/answers.js";

const SHAPE = { columns: 2, width: 15, room: 12 };
const said = (text) => ({ text, votes: 1 });
const many = (count, text = "More light at the gate, please") => Array.from({ length: count }, (_each, n) => said(`${text} ${n}`));
const texts = (pages) => pages.flat(2).map((each) => each.text);

test("every answer stands on a page once, in the order in which they came", () => {
  const answers = [...many(70), said("安".repeat(300)), ...many(30, "走道上堆放的货物太多")];
  const pages = pagesOf(answers, SHAPE);
  assert.deepEqual(texts(pages), answers.map((each) => each.text));
  assert.ok(pages.length > 10);
  assert.ok(pages.every((columns) => columns.length <= 2 && columns.every((column) => column.length)));
  assert.deepEqual(pagesOf([], SHAPE), []);
});

test("one more answer leaves all pages before the last as they are", () => {
  for (let count = 1; count < 60; count += 1) {
    const before = pagesOf(many(count), SHAPE);
    const after = pagesOf(many(count + 1), SHAPE);
    assert.deepEqual(after.slice(0, before.length - 1), before.slice(0, -1));
    assert.ok(after.length - before.length <= 1);
  }
});

test("a page is known by an answer on it, whatever shape it has", () => {
  const pages = pagesOf(many(70), SHAPE);
  for (const [at, first] of beginnings(pages).entries()) {
    assert.equal(pages[at][0][0].text, many(70)[first].text);
    assert.deepEqual([pageWith(pages, first), pageWith(pages, first - 1)], [at, Math.max(0, at - 1)]);
  }
  assert.deepEqual([pageWith(pages, 999), pageWith([], 3)], [pages.length - 1, 0]);
});

test("pages turn one after the other, each for a while, and begin again", () => {
  let turn = null;
  const seen = [];
  for (let now = 0; now < 5 * STAY_MS; now += 1_000) {
    turn = turned(turn, "3/1", { pages: 3, answers: 50, now });
    seen.push(turn.page);
  }
  const stay = STAY_MS / 1_000;
  assert.deepEqual(seen, [0, 1, 2, 0, 1].flatMap((page) => Array(stay).fill(page)));
});

test("what is new comes at the next turn and not before", () => {
  const first = turned(null, "3/1", { pages: 4, answers: 40, now: 0 });
  const waiting = turned(first, "3/1", { pages: 5, answers: 41, now: STAY_MS - 1 });
  assert.equal(waiting.page, 0);
  const turn = turned(waiting, "3/1", { pages: 5, answers: 41, now: STAY_MS });
  assert.equal(turn.page, 4);
  assert.equal(turned(turn, "3/1", { pages: 5, answers: 41, now: 2 * STAY_MS }).page, 0);
});

test("a page that is gone is left at once, and another wall begins with its first", () => {
  const turn = { of: "3/1", page: 4, since: 0, answers: 41 };
  assert.equal(turned(turn, "3/1", { pages: 2, answers: 9, now: 1 }).page, 1);
  assert.equal(turned(turn, "3/1", { pages: 0, answers: 0, now: 1 }).page, 0);
  assert.equal(turned(turn, "3/2", { pages: 2, answers: 9, now: 1 }).page, 0);
});
