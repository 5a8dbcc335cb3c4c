/**
 * The docs as they were at the moment that a replay shows, for elements that are drawn from a store: a poll
 * in the state that it had, and its result only for who has tried it, and of its last round only, since of
 * that alone there is one. It changes nothing in the store.
 *
 * @typedef {import("../../core/replay/replay.js").Replay} Replay
 * @typedef {import("../../core/store.js").Store} Store
 */

import { pollThen } from "../../core/replay/polls.js";

/** @param {Replay} replay @returns {Store} */
export function storeThen(replay) {
  const { store } = replay;
  const get = (/** @type {any} */ key) => {
    const [family, name] = key.split("/");
    if (family === "poll") return pollDoc(replay, Number(name));
    if (family === "tally") return mayCompare(replay, Number(name)) ? store.get(key) : sum(store.get(key));
    if (family === "split") return mayCompare(replay, Number(name)) ? store.get(key) : undefined;
    return store.get(key);
  };
  return /** @type {Store} */ (/** @type {unknown} */ ({ get, family: store.family.bind(store) }));
}

/** How many voted, and not what. @param {any} tally */
const sum = (tally) => tally && { round: tally.round, votes: tally.votes };

/** @param {Replay} replay @param {number} number */
function pollDoc(replay, number) {
  const doc = replay.store.get(`poll/${number}`);
  const then = doc && pollThen(doc, replay.now());
  return then && mayCompare(replay, number) ? { ...then, ballot: doc.ballot, shown: doc.shown } : then;
}

/**
 * Whether the viewer may see what the others said: after an own try, or an own vote at the time.
 * @param {Replay} replay @param {number} number
 */
export function mayCompare(replay, number) {
  const doc = replay.store.get(`poll/${number}`);
  const then = doc && pollThen(doc, replay.now());
  return !!then && then.round === doc.round && !!answerOf(replay, number, then.round);
}

/** What the viewer tried in this replay, or else voted in the broadcast. @param {Replay} replay @param {number} number @param {number} round */
export function answerOf({ tries, store }, number, round) {
  const vote = store.you?.votes?.[number];
  return tries.of(number, round) ?? (vote?.round === round ? vote.choice : undefined);
}
