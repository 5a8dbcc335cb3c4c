/** A slide's title is found in its text, in Chinese, English and both. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { titlesOf } from "../../static/core/titles.js";

test("the title is the first line that is no number and no section's name", () => {
  const deck = [
    "02 厂内 In the plant\n叉车：司机看不见的四个地方\nForklift: four places the driver cannot see\n1\n2\n3\n货物前方",
    "02 厂内 In the plant\n受限空间：先别下去\nConfined space: do not go in after them\n送风 fresh air",
    "02 厂内 In the plant\n60 秒，找出 6 处隐患\nSixty seconds: find the six hazards\n出口 EXIT",
    "3 / 20\nWhat went wrong\nThe guard was off.",
    "12\n一、事故经过\n二、原因",
  ];
  assert.deepEqual(titlesOf(deck), [
    "叉车：司机看不见的四个地方 Forklift: four places the driver cannot see",
    "受限空间：先别下去 Confined space: do not go in after them",
    "60 秒，找出 6 处隐患 Sixty seconds: find the six hazards",
    "What went wrong",
    "一、事故经过",
  ]);
});

test("a chapter's name is no title where it stands on two slides, nor in pieces on a third", () => {
  const deck = [
    "开篇\nOpening\n绿色低碳\n安全发展",
    "01 开篇 Opening\n今天这一程\nToday's route",
    "01 开篇 Opening\n水面上下\nAbove and beneath",
  ];
  assert.deepEqual(titlesOf(deck), ["绿色低碳", "今天这一程 Today's route", "水面上下 Above and beneath"]);
});

test("a slide with few words is called by them, one with none by nothing", () => {
  assert.deepEqual(titlesOf(["谢谢", "", "Q & A"]), ["谢谢", "", "Q & A"]);
});
