/**
 * The orders in which questions can be read, on the phone and at the desk: what is on
 * screen first, then what the desk has pinned, then as one chose. `Calm` keeps an order
 * for some seconds though votes come, so that nothing slips away under a thumb.
 *
 * @typedef {import("../protocol.d.ts").QuestionDoc} Question
 * @typedef {[string, Question]} Row
 * @typedef {"votes" | "new" | "waiting"} Order
 */

import { _ } from "../core/i18n.js";

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
  #at = 0;
  /** Which place each has. @type {Map<string, number>} */
  #places = new Map();
  /** @type {Order | null} */
  #order = null;

  /** @param {Row[]} rows @param {Order} order @returns {Row[]} */
  order(rows, order) {
    const same = order === this.#order && rows.length === this.#places.size && rows.every(([id]) => this.#places.has(id));
    if (!same || Date.now() - this.#at > STILL_MS) {
      this.#places = new Map(ordered(rows, order).map(([id], place) => [id, place]));
      this.#at = Date.now();
      this.#order = order;
    }
    /** @type {Row[]} */
    const calm = [];
    for (const row of rows) calm[this.#places.get(row[0]) ?? 0] = row;
    return calm;
  }
}
