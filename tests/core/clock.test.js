/** The clock: the server's time from pulses, the shortest way believed first. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Clock } from "../../static/core/clock.js";

/** A device whose clock the test sets, `ahead` ms ahead of the server's. */
function device(ahead) {
  const hands = { server: 1_000_000, ahead };
  const clock = new Clock(() => hands.server + hands.ahead);
  const pulse = (up, down) => {
    const t = clock.local();
    hands.server += up;
    const now = hands.server;
    hands.server += down;
    clock.sample(t, now);
  };
  return { clock, hands, pulse };
}

test("a fair pulse gives the server's time", () => {
  const { clock, hands, pulse } = device(7_000);
  pulse(40, 40);
  assert.equal(clock.now(), hands.server);
});

test("the sample with the shortest way is believed", () => {
  const { clock, hands, pulse } = device(-3_000);
  pulse(10, 10);
  pulse(900, 20);
  assert.equal(clock.now(), hands.server);
});

test("what the server says happens now is not shown late", () => {
  const { clock, hands } = device(-500);
  clock.hint(hands.server - 300);
  clock.floor(hands.server);
  assert.ok(clock.now() >= hands.server);
});

test("a first frame from a cache is forgotten with the first pulse", () => {
  const { clock, hands, pulse } = device(0);
  clock.hint(hands.server - 600_000);
  pulse(50, 50);
  assert.equal(clock.now(), hands.server);
});

test("a clock that is set during the broadcast is noticed", () => {
  const { clock, hands, pulse } = device(0);
  pulse(5, 5);
  hands.ahead = 3_600_000;
  pulse(60, 60);
  assert.equal(clock.now(), hands.server);
});
