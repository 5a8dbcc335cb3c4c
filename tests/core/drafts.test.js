/** What is being written outlives the page, and is nobody else's. */

import "./browser.js";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Drafts } from "../../static/core/drafts.js";
import { MemoryStorage } from "./browser.js";

test("a draft is there after a reload, until it is sent", () => {
  const storage = new MemoryStorage();
  const drafts = new Drafts("mo", storage);
  drafts.keep("notice", { text: "Lunch is" });
  drafts.keep("poll", { title: "How many?" });
  const reloaded = new Drafts("mo", storage);
  assert.deepEqual(reloaded.get("notice"), { text: "Lunch is" });
  reloaded.keep("notice", null);
  assert.equal(drafts.get("notice"), undefined, "the other tab knows");
  assert.deepEqual(drafts.get("poll"), { title: "How many?" });
  drafts.keep("poll", null);
  assert.equal(storage.getItem("mo"), null, "nothing is left lying about");
});

test("who shares the device with another does not see the other's, and leaves none behind", () => {
  const storage = new MemoryStorage();
  new Drafts("mo", storage).keep("notice", "Mo's");
  const max = new Drafts("max", storage);
  assert.equal(max.get("notice"), undefined);
  max.keep("notice", "Max's");
  max.forget();
  assert.equal(new Drafts("max", storage).get("notice"), undefined);
  assert.equal(new Drafts("mo", storage).get("notice"), "Mo's");
});

test("where nothing can be kept it holds as long as the page", () => {
  const full = { getItem: () => null, removeItem() {}, setItem() { throw new Error("QuotaExceededError"); } };
  const forbidden = { getItem() { throw new Error("SecurityError"); }, setItem() { throw new Error("SecurityError"); }, removeItem() {} };
  const drafts = new Drafts("mo", forbidden);
  drafts.keep("notice", "Lunch");
  assert.equal(drafts.get("notice"), "Lunch");
  new Drafts("mo", full).keep("notice", "Lunch");
});
