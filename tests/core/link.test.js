/** The link: hello, catching up, coming back, and noticing that a socket is dead. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { AT, FakeSocket, freshBrowser, happens, pass } from "./browser.js";
import { Clock } from "../../static/core/clock.js";
import { Link } from "../../static/core/link.js";
import { Store } from "../../static/core/store.js";

const WELCOME = { type: "welcome", epoch: "e", seq: 5, now: AT, you: { participant: "p" }, docs: {} };

function open() {
  const store = new Store();
  const states = [];
  const answers = [];
  const link = new Link({
    url: "/b/x/socket/attendee",
    store,
    clock: new Clock(),
    onAnswer: (frame) => answers.push(frame),
    onState: () => states.push(link.state),
  });
  link.start();
  return { link, store, states, answers };
}

/** A link that is live already. */
function live() {
  const page = open();
  FakeSocket.last.accept();
  FakeSocket.last.say(WELCOME);
  return page;
}

beforeEach(freshBrowser);

test("a first hello asks for everything, and the welcome makes the page live", () => {
  const { link } = open();
  assert.equal(FakeSocket.last.url, "ws://live.example/b/x/socket/attendee");
  assert.equal(link.state, "catching_up");
  FakeSocket.last.accept();
  assert.deepEqual(FakeSocket.last.sent, [{ type: "hello", visible: true }]);
  FakeSocket.last.say(WELCOME);
  assert.equal(link.state, "live");
});

test("after a loss it comes back within two seconds and asks only for what it missed", () => {
  const { link, states } = live();
  FakeSocket.last.fall();
  assert.equal(link.state, "lost");
  assert.equal(link.send({ type: "command" }), false);
  pass(2_000);
  assert.equal(FakeSocket.all.length, 2);
  FakeSocket.last.accept();
  assert.deepEqual(FakeSocket.last.sent, [{ type: "hello", visible: true, since: 5, epoch: "e" }]);
  FakeSocket.last.say({ type: "patch", from: 5, seq: 5, at: AT, docs: {} });
  assert.deepEqual(states, ["live", "lost", "catching_up", "live"]);
});

test("tries are further and further apart, at most twenty seconds", () => {
  open();
  for (let tries = 0; tries < 12; tries += 1) {
    FakeSocket.last.fall();
    const before = FakeSocket.all.length;
    pass(20_000);
    assert.equal(FakeSocket.all.length, before + 1);
  }
});

test("a gap makes it say hello again", () => {
  live();
  FakeSocket.last.say({ type: "patch", from: 8, seq: 9, at: AT, docs: {} });
  assert.deepEqual(FakeSocket.last.heard("hello").at(-1), { type: "hello", visible: true, since: 5, epoch: "e" });
});

test("a head that runs ahead of the page without a patch makes it ask", () => {
  live();
  FakeSocket.last.say({ type: "pulse", t: AT, now: AT, seq: 9 });
  pass(2_000);
  assert.equal(FakeSocket.last.heard("hello").length, 2);
});

test("it pulses every twenty seconds and drops a socket that is silent for forty-five", () => {
  const { link } = live();
  assert.equal(FakeSocket.last.heard("pulse").length, 1);
  pass(21_000);
  assert.equal(FakeSocket.last.heard("pulse").length, 2);
  pass(25_000);
  assert.equal(link.state, "lost");
});

test("a phone from the pocket finds a dead socket within seconds", () => {
  const { link } = live();
  happens("visibilitychange");
  pass(6_000);
  assert.equal(link.state, "lost");
});

/** The page is hidden: the clock goes on, and its timers come once. */
function throttled(ms) {
  const now = Date.now;
  Date.now = () => now() + ms - 1_000;
  pass(1_000);
  return () => (Date.now = now);
}

test("a hidden page whose timers come once a minute keeps its socket", () => {
  const { link } = live();
  pass(2_000);
  for (let minute = 1; minute <= 10; minute++) {
    const wake = throttled(60_000 * minute);
    assert.equal(FakeSocket.last.heard("pulse").length, minute + 1);
    FakeSocket.last.say({ type: "pulse", t: Date.now(), now: Date.now(), seq: 5 });
    wake();
  }
  assert.equal(link.state, "live");
  assert.equal(FakeSocket.all.length, 1);
});

test("a hidden page whose socket is dead notices it when its timers come again", () => {
  const { link } = live();
  pass(2_000);
  throttled(60_000)();
  const wake = throttled(120_000);
  assert.equal(link.state, "lost");
  wake();
});

test("looked at after a long silence it opens another socket at once and asks for what it missed", () => {
  live();
  const now = Date.now;
  Date.now = () => now() + 600_000;
  happens("visibilitychange");
  assert.equal(FakeSocket.all.length, 2);
  FakeSocket.last.accept();
  assert.deepEqual(FakeSocket.last.sent, [{ type: "hello", visible: true, since: 5, epoch: "e" }]);
  Date.now = now;
});

test("a lost page that is looked at does not wait", () => {
  live();
  FakeSocket.last.fall();
  happens("visibilitychange");
  assert.equal(FakeSocket.all.length, 2);
});

test("a goodbye names when to come again", () => {
  const { link } = live();
  FakeSocket.last.say({ type: "bye", code: "restart", retry_ms: 5_000 });
  assert.equal(link.state, "lost");
  pass(4_999);
  assert.equal(FakeSocket.all.length, 1);
  pass(2_001);
  assert.equal(FakeSocket.all.length, 2);
});

test("who is revoked does not come again", () => {
  const { link } = live();
  FakeSocket.last.say({ type: "bye", code: "revoked" });
  happens("visibilitychange");
  pass(60_000);
  assert.equal(link.state, "ended");
  assert.equal(FakeSocket.all.length, 1);
});

test("answers go to the outbox", () => {
  const { answers } = live();
  FakeSocket.last.say({ type: "done", id: "i" });
  FakeSocket.last.say({ type: "rejected", id: "j", code: "busy" });
  assert.deepEqual(
    answers.map((frame) => frame.id),
    ["i", "j"],
  );
});
