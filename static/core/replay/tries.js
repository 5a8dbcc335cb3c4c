/**
 * What a viewer of a replay has tried, and where he was: kept on this device, by poll and round.
 * It is no vote; nothing of it reaches the server. Tabs share it, so each change reads first.
 *
 * @typedef {import("../../ballots/options.js").Choice} Choice
 * @typedef {{tries: Record<string, Choice>, place: number}} Kept
 */

/** @returns {Kept} */
const empty = () => ({ tries: {}, place: 0 });

export class Tries {
  #key;
  #storage;
  /** @type {Kept} */
  #kept = empty();

  /** @param {string} key  names broadcast and participant @param {Storage} storage */
  constructor(key, storage) {
    this.#key = key;
    this.#storage = storage;
    this.#read();
  }

  /** What was tried in a round, or nothing yet. @param {number} poll @param {number} round */
  of(poll, round) {
    return this.#kept.tries[`${poll}/${round}`];
  }

  /** @param {number} poll @param {number} round @param {Choice | null} choice  null: as if never tried */
  keep(poll, round, choice) {
    this.#change((kept) => {
      if (choice) kept.tries[`${poll}/${round}`] = choice;
      else delete kept.tries[`${poll}/${round}`];
    });
  }

  /** Where in the recording the viewer was, s. */
  get place() {
    return this.#kept.place;
  }

  set place(place) {
    this.#change((kept) => (kept.place = place));
  }

  /** @param {(kept: Kept) => void} change */
  #change(change) {
    this.#read();
    change(this.#kept);
    try {
      this.#storage.setItem(this.#key, JSON.stringify(this.#kept));
    } catch {
      // no room, or forbidden: it holds until this page is closed
    }
  }

  #read() {
    try {
      const read = JSON.parse(this.#storage.getItem(this.#key) ?? "null");
      if (read) this.#kept = { ...empty(), ...read };
    } catch {
      // unreadable or forbidden: what is in memory goes on
    }
  }
}
