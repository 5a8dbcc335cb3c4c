/**
 * The timeline: every cue this page knows, by the moment it holds from. A look-up,
 * not a schedule: the page shows the last cue whose `at` is not after its own clock,
 * so a late join, a pause or a seek is right without doing anything.
 * Views call at(); page.js asks next() for when to draw again.
 *
 * @typedef {import("../protocol.d.ts").CueDoc} Cue
 * @typedef {import("./store.js").Store} Store
 */

export class Timeline {
  #store;
  /** What #cues was made of. @type {[string, Cue][]} */
  #rows = [];
  /** @type {Cue[]} */
  #cues = [];

  /** @param {Store} store */
  constructor(store) {
    this.#store = store;
  }

  /**
   * The stage at `clock` (server ms): undefined before the first cue.
   * @param {number} clock
   * @returns {Cue | undefined}
   */
  at(clock) {
    return this.cues()[this.#after(clock) - 1];
  }

  /**
   * When the stage changes next after `clock`, if that is known already.
   * @param {number} clock
   */
  next(clock) {
    return this.cues()[this.#after(clock)]?.at;
  }

  /** All cues in the order of time; of two at the same moment the later made is last. */
  cues() {
    const rows = this.#store.family("cue");
    if (this.#rows !== rows) {
      this.#rows = rows;
      // stable: cues are given in the order of their numbers
      this.#cues = rows.map(([, cue]) => cue).sort((a, b) => a.at - b.at);
    }
    return this.#cues;
  }

  /**
   * The slides shown up to `clock`, each once, in the order of the deck.
   * @param {number} clock
   */
  shown(clock) {
    const ids = new Set();
    for (const cue of this.cues()) {
      if (cue.at > clock) break;
      if (cue.slide) ids.add(cue.slide);
    }
    return this.#store
      .family("slide")
      .filter(([id]) => ids.has(id))
      .map(([id, slide]) => ({ id, ...slide }))
      .sort((a, b) => a.number - b.number);
  }

  /**
   * How many cues are not after `clock` (binary search: a day has thousands).
   * @param {number} clock
   */
  #after(clock) {
    const cues = this.cues();
    let low = 0;
    let high = cues.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cues[middle]?.at ?? Infinity) <= clock) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * Where the last one is for which it holds; -1: nowhere. (findLastIndex is younger than some phones.)
 * @template T
 * @param {readonly T[]} all @param {(each: T) => boolean} holds
 */
export function lastIndex(all, holds) {
  let at = all.length - 1;
  while (at >= 0 && !holds(/** @type {T} */ (all[at]))) at -= 1;
  return at;
}

/** The last of a list for which something holds: of one in the order of time, what was so at a moment. @template T @param {readonly T[]} all @param {(each: T) => boolean} holds @returns {T | undefined} */
export const lastOf = (all, holds) => all[lastIndex(all, holds)];
