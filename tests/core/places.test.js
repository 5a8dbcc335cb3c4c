/** Words of a cloud stand where they stood, however many come after them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Places } from "../../static/core/places.js";

const words = (...texts) => texts.map((text) => ({ text, votes: 1 }));
const texts = (placed) => placed.map(({ text }) => text);

test("a new word comes behind those that are there", () => {
  const places = new Places();
  assert.deepEqual(texts(places.of(words("rope", "helmet"))), ["helmet", "rope"], "together: by the alphabet");
  assert.deepEqual(texts(places.of(words("anchor", "rope", "helmet", "gloves"))), ["helmet", "rope", "anchor", "gloves"]);
  assert.deepEqual(texts(places.of(words("gloves", "rope"))), ["rope", "gloves"]);
  assert.deepEqual(texts(places.of(words("rope", "gloves", "helmet"))), ["helmet", "rope", "gloves"], "it comes back to its place");
});
