/** The digits of the running mark. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { digits } from "../../static/core/mark.js";

test("the mark is the second of the server's clock, modulo a hundred, in two digits", () => {
  assert.equal(digits(1_790_000_007_000), "07");
  assert.equal(digits(1_790_000_007_999), "07");
  assert.equal(digits(1_790_000_099_000), "99");
  assert.equal(digits(1_790_000_100_000), "00");
});
