/**
 * Polls as they were at a moment of a replay: by their turns, as everywhere (polling.js), but with nothing of
 * the result, however early it was shown in the hall: here the viewer tries first. Used by the replay alone.
 *
 * @typedef {import("../../protocol.d.ts").PollDoc} PollDoc
 */

import { pollAt } from "../polling.js";

/** When it was opened, each time, ms. @param {PollDoc} poll */
export function opensOf({ turns = [] }) {
  return turns.filter(({ state, round }, at) => {
    const before = turns[at - 1];
    return state === "open" && (before?.state !== "open" || before.round !== round);
  }).map(({ at }) => at);
}

/**
 * The poll at `wall`, without what belongs to its result; undefined before it was ever open.
 * @param {PollDoc} poll @param {number} wall
 */
export function pollThen(poll, wall) {
  const turns = poll.turns?.map((turn) => ({ ...turn, shown: false, told: false }));
  return pollAt({ ...poll, turns }, wall);
}
