/** Questions that ask nearly the same are found, in Chinese and English, and quickly among two thousand. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Likeness, SAME, pieces } from "../../static/core/similar.js";
import { ASKED as DESK } from "./asked.js";

/** Asked before, in a course on accidents. */
const ASKED = [
  "What caused the dust explosion in the grinding shop?",
  "How often must the extraction filters be changed?",
  "Who is allowed to lock out a machine?",
  "Can a contractor refuse to work in the heat?",
  "What is the speed limit for forklifts in the depot?",
  "Why was the guard taken off the press?",
  "粉尘爆炸的原因是什么？",
  "除尘滤芯多久更换一次？",
  "谁有权给设备上锁挂牌？",
  "高温天气承包商可以拒绝作业吗？",
  "厂区内叉车限速是多少？",
  "请问事故后多长时间内必须上报？",
];

/** @param {string} text */
function found(text) {
  const likeness = new Likeness();
  likeness.keep(ASKED.map((each, index) => [String(index), each]));
  return likeness.near(text).map((id) => Number(id));
}

const ALIKE = /** @type {const} */ ([
  ["what was the cause of the dust explosion in the grinding shop", 0],
  ["How often do the extraction filters have to be changed", 1],
  ["who may lock out machines", 2],
  ["May contractors refuse work in heat?", 3],
  ["speed limit of forklifts in the depot", 4],
  ["粉尘爆炸是什么原因", 6],
  ["除尘器滤芯多久换一次", 7],
  ["谁可以给设备上锁挂牌", 8],
  ["高温天气承包商能不能拒绝作业", 9],
  ["叉车在厂区限速多少", 10],
  ["事故多长时间内要上报", 11],
]);

for (const [text, wanted] of ALIKE) {
  test(`"${text}" has been asked before`, () => assert.equal(found(text)[0], wanted));
}

for (const text of [
  "What is the plan for next year?",
  "Who pays for the new boots?",
  "Is there lunch?",
  "请问今天的课件可以下载吗？",
  "午餐在哪里？",
  "什么",
  "??",
  "",
]) {
  test(`"${text}" is new`, () => assert.deepEqual(found(text), []));
}

test("a text that is still being typed finds what it may become", () => {
  assert.equal(found("What caused the dust ex")[0], 0);
  assert.equal(found("粉尘爆炸的原")[0], 6);
});

test("of the questions of a whole course the desk is offered those that ask the same, and no others", () => {
  const likeness = new Likeness();
  likeness.keep(DESK.map(([, text], n) => [String(n), text]));
  for (const [n, [letter, text]] of DESK.entries()) {
    const earlier = DESK.slice(0, n).flatMap(([other], m) => (letter && other === letter ? [DESK[m]?.[1]] : []));
    const offered = likeness.near(text, { least: SAME, among: { has: (id) => Number(id) < n } });
    assert.deepEqual(offered.map((id) => DESK[Number(id)]?.[1]), earlier, text);
  }
});

test("of many texts as many are taken in at a time as one wants", () => {
  const likeness = new Likeness();
  const texts = /** @type {[string, string][]} */ (DESK.map(([, text], n) => [String(n), text]));
  assert.equal(likeness.keep(texts, 40), false);
  const { version } = likeness;
  assert.equal(likeness.keep(texts, 40), true);
  assert.ok(likeness.version > version);
  const at = likeness.version;
  assert.equal(likeness.keep(texts.slice(1), 40), true);
  assert.ok(likeness.version > at);
  assert.deepEqual(likeness.near(texts[0]?.[1] ?? "", { least: SAME }), ["12"], "what it was compared with is gone");
});

test("letters are compared without case and width", () => {
  assert.deepEqual(pieces("ＡＢＣ"), pieces("abc"));
});

test("at most as many as are wanted, and only among those that are meant", () => {
  const likeness = new Likeness();
  likeness.keep(["a", "b", "c", "d", "e"].map((id) => [id, "Why did the crane fall over?"]));
  assert.equal(likeness.near("Why did the crane fall over?").length, 3);
  const among = new Set(["b", "c"]);
  assert.deepEqual(likeness.near("Why did the crane fall over?", { among, most: 9 }).sort(), ["b", "c"]);
});

test("what has gone or changed is found no more", () => {
  const likeness = new Likeness();
  likeness.keep([["a", "Why did the crane fall over?"]]);
  likeness.keep([["a", "Is there lunch today, and where?"]]);
  assert.deepEqual(likeness.near("Why did the crane fall over?"), []);
  likeness.keep([]);
  assert.deepEqual(likeness.near("Is there lunch today, and where?"), []);
});

test("among two thousand questions a key press costs a few milliseconds", () => {
  const likeness = new Likeness();
  const words = ASKED.flatMap((text) => text.split(" "));
  const texts = Array.from({ length: 2_000 }, (_each, n) =>
    Array.from({ length: 9 }, (_word, m) => words[(n * 7 + m * m * 13 + n * m) % words.length]).join(" "),
  );
  likeness.keep(texts.map((text, n) => [String(n), text]));
  const before = process.cpuUsage(); // what others do on the machine is not counted
  for (let n = 0; n < 20; n++) likeness.near(texts[n * 90]);
  const { user, system } = process.cpuUsage(before);
  const each = (user + system) / 1_000 / 20;
  assert.ok(each < 40, `${each.toFixed(1)} ms`); // 10 times what it takes here, for a slow machine
});
