/** What is one's own: kept on the device, shared by its tabs, gone when one leaves. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { freshBrowser } from "./browser.js";
import { Own } from "../../static/core/own.js";

const question = { key: "secret", id: null, text: "Why?", anonymous: true, at: 1 };

beforeEach(freshBrowser);

test("a question survives a reload and gets its id", () => {
  new Own("me").asking(question);
  const later = new Own("me");
  later.asked("secret", "q1");
  assert.deepEqual(new Own("me").kept.questions, [{ ...question, id: "q1" }]);
});

test("a refused question goes back to where it was written", () => {
  const own = new Own("me");
  own.asking(question);
  own.refused("secret");
  assert.deepEqual([own.kept.questions, own.kept.draft], [[], "Why?"]);
});

test("a refused question does not overwrite what is being written now", () => {
  const own = new Own("me");
  own.asking(question);
  own.draft("Another");
  own.refused("secret");
  assert.equal(own.kept.draft, "Another");
});

test("the newer vote wins, whichever way it came", () => {
  const own = new Own("me");
  own.voted(1, { round: 1, n: 20, choice: [2] });
  own.merge({ participant: "p", role: "attendee", votes: { 1: { round: 1, n: 10, choice: [0] } } });
  assert.deepEqual(own.kept.votes[1].choice, [2]);
  own.merge({ participant: "p", role: "attendee", votes: { 1: { round: 2, n: 1, choice: [1] } } });
  assert.deepEqual(own.kept.votes[1], { round: 2, n: 1, choice: [1] });
});

test("a question that the server told of first is not there twice", () => {
  const own = new Own("me");
  own.asking({ ...question, anonymous: false });
  own.merge({ participant: "p", role: "attendee", asked: ["q1"] });
  own.asked("secret", "q1");
  assert.deepEqual(
    own.kept.questions.map((each) => each.key),
    ["secret"],
  );
});

test("two tabs do not undo each other's changes", () => {
  const [one, other] = [new Own("me"), new Own("me")];
  one.upvoted("a", true);
  other.upvoted("b", true);
  assert.deepEqual(new Own("me").kept.upvoted, ["a", "b"]);
});

test("whoever leaves leaves nothing behind", () => {
  const own = new Own("me");
  own.asking(question);
  own.forget();
  assert.deepEqual(Object.keys(localStorage), []);
});
