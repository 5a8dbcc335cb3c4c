/**
 * The orders in which questions can be read, on the phone and at the desk: what is on
 * screen first, then what the desk has pinned, then as one chose. `Calm` keeps an order
 * for some seconds though votes come, so that nothing slips away under a thumb or a mouse.
 *
 * @typedef {import("../../protocol.d.ts").QuestionDoc} Question
 * @typedef {[string, Question]} Row
 * @typedef {"votes" | "new" | "waiting"} Order
 */

import { _ } from "../../core/i18n.js";

const STILL_MS = 4_000;

/** @param {Row} a @param {Row} b */
export const older = ([, a], [, b]) => (a.at ?? 0) - (b.at ?? 0);

/** @type {Record<Order, {words: () => string, compare: (a: Row, b: Row) => number}>} */
export const ORDERS = {
  votes: {
    words: () => _("Most wanted first"),
    compare: (a, b) => (b[1].votes ?? 0) - (a[1].votes ?? 0) || older(a, b),
  },
  new: { words: () => _("Newest first"), compare: (a, b) => older(b, a) },
  waiting: { words: () => _("Unanswered the longest"), compare: older },
};

/** @param {Question} question */
const rank = ({ state, pinned }) => (state === "on_screen" ? 2 : pinned ? 1 : 0);

/** @param {Row[]} rows @param {Order} order */
export const ordered = (rows, order) =>
  [...rows].sort((a, b) => rank(b[1]) - rank(a[1]) || ORDERS[order].compare(a, b));

export class Calm {
  #until = 0;
  /** @type {Order | null} */
  #order = null;
  /** Which place each has. @type {Map<string, number>} */
  #places = new Map();
  /** The rank of each place: what comes on screen or is pinned does not wait. @type {number[]} */
  #ranks = [];

  /** @param {Row[]} rows @param {Order} order @param {number} now ms @returns {Row[]} */
  order(rows, order, now) {
    const same = order === this.#order && now < this.#until && rows.length === this.#ranks.length;
    return (same && this.#again(rows)) || this.#anew(rows, order, now);
  }

  /** As they stood before; nothing when there are others. @param {Row[]} rows @returns {Row[] | undefined} */
  #again(rows) {
    /** @type {Row[]} */
    const calm = new Array(rows.length);
    for (const row of rows) {
      const place = this.#places.get(row[0]);
      if (place === undefined || this.#ranks[place] !== rank(row[1])) return undefined;
      calm[place] = row;
    }
    return calm;
  }

  /** @param {Row[]} rows @param {Order} order @param {number} now @returns {Row[]} */
  #anew(rows, order, now) {
    const sorted = ordered(rows, order);
    this.#places = new Map(sorted.map(([id], place) => [id, place]));
    this.#ranks = sorted.map(([, question]) => rank(question));
    this.#until = now + STILL_MS;
    this.#order = order;
    return sorted;
  }
}
