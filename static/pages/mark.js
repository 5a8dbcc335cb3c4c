/**
 * The running mark as a page of its own, transparent, for a browser source of OBS. It has
 * no socket and knows nobody: it asks the server the time now and then.
 */

import { Clock } from "../core/clock.js";
import { runningMark } from "../core/mark.js";

const ASK_MS = 10_000;

const clock = new Clock();
const face = runningMark(() => clock.now(), "mark mark--alone");

async function ask() {
  const asked = clock.local();
  try {
    const { now } = await (await fetch("/clock", { cache: "no-store" })).json();
    clock.sample(asked, now);
    document.body.append(face); // before the first answer the digits would be this machine's own
  } catch {
    // it goes on by what it knows
  }
  setTimeout(() => void ask(), ASK_MS);
}

void ask();
