/**
 * Polls as they were at a moment: not there yet, open, closed, in which round. From the poll's turns, its
 * whole life in stream time; of a poll without turns, from when its last round was opened and closed.
 * Used by the replay; the rules of a poll's life are the server's.
 *
 * @typedef {import("../protocol.d.ts").PollDoc} PollDoc
 * @typedef {{at: number, state: PollDoc["state"], round: number}} Turn
 */

import { lastOf } from "./last.js";

/** @param {PollDoc} poll @returns {Turn[]} */
function turnsOf(poll) {
  const { turns } = /** @type {{turns?: Turn[]}} */ (poll);
  if (turns?.length) return turns;
  /** @type {Turn[]} */
  const made = [];
  if (poll.opened_at) made.push({ at: poll.opened_at, state: "open", round: poll.round });
  if (poll.closed_at) made.push({ at: poll.closed_at, state: "closed", round: poll.round });
  return made;
}

/** When it was opened, each time, ms. @param {PollDoc} poll */
export function opensOf(poll) {
  let before = { state: "draft", round: 0 };
  return turnsOf(poll).flatMap((turn) => {
    const opened = turn.state === "open" && (before.state !== "open" || before.round !== turn.round);
    before = turn;
    return opened ? [turn.at] : [];
  });
}

/**
 * The poll at `wall`; undefined before it was ever open.
 * @param {PollDoc} poll @param {number} wall
 * @returns {{state: "open" | "closed", round: number, since: number} | undefined}
 */
export function pollThen(poll, wall) {
  const turn = lastOf(turnsOf(poll), ({ at, state }) => at <= wall && state !== "draft");
  return turn && { state: turn.state === "open" ? "open" : "closed", round: turn.round, since: turn.at };
}
