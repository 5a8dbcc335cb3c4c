/**
 * The store: what this page knows of the broadcast, as a Map from key to doc.
 * The link applies frames to it, views read it. Listeners are told at most once
 * an animation frame, however many patches came. It holds no rule of the domain
 * and changes nothing by itself: a doc is replaced whole, or gone.
 *
 * @typedef {import("../protocol.d.ts").Welcome} Welcome
 * @typedef {import("../protocol.d.ts").Patch} Patch
 * @typedef {import("../protocol.d.ts").You} You
 * @typedef {import("./docs.d.ts").Docs} Docs
 * @typedef {import("./docs.d.ts").Families} Families
 */

export class Store {
  /** @type {Map<string, any>} */
  docs = new Map();
  /** Newest change this page has seen; -1 = nothing yet. */
  seq = -1;
  /** Which life of the log `seq` counts in. */
  epoch = "";
  /** @type {You | null} */
  you = null;
  /** Rises with each applied frame, so that derived values can be cached. */
  version = 0;

  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {Map<string, {version: number, rows: [string, any][]}>} */
  #families = new Map();
  #asked = false;

  /**
   * Takes a frame in. False = there is a gap before it: say hello again.
   * @param {Welcome | Patch} frame
   */
  apply(frame) {
    if (frame.type === "welcome") {
      this.#welcome(frame);
    } else {
      if (frame.from > this.seq) return false;
      if (frame.seq < this.seq) return true; // older than what we have: seen before
      this.#merge(frame.docs);
      this.seq = frame.seq;
    }
    this.version += 1;
    this.#tell();
    return true;
  }

  /**
   * One doc, or undefined.
   * @template {import("./docs.d.ts").Key} K
   * @param {K} key
   * @returns {Docs[K] | undefined}
   */
  get(key) {
    return this.docs.get(key);
  }

  /**
   * All docs of one family ("poll", "question", …) as [name after the slash, doc],
   * numbers in rising order.
   * @template {keyof Families} F
   * @param {F} name
   * @returns {[string, Families[F]][]}
   */
  family(name) {
    const cached = this.#families.get(name);
    if (cached?.version === this.version) return cached.rows;
    const prefix = `${name}/`;
    /** @type {[string, any][]} */
    const rows = [];
    for (const [key, doc] of this.docs) {
      if (key.startsWith(prefix)) rows.push([key.slice(prefix.length), doc]);
    }
    rows.sort((a, b) => Number(a[0]) - Number(b[0]));
    this.#families.set(name, { version: this.version, rows });
    return rows;
  }

  /**
   * Calls `listener` after changes, once a frame. Returns how to stop it.
   * @param {() => void} listener
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param {Welcome} frame */
  #welcome(frame) {
    this.docs.clear();
    this.#merge(frame.docs);
    this.seq = frame.seq;
    this.epoch = frame.epoch;
    this.you = frame.you;
  }

  /** @param {Record<string, any>} docs */
  #merge(docs) {
    for (const [key, doc] of Object.entries(docs)) {
      if (doc === null) this.docs.delete(key);
      else this.docs.set(key, doc);
    }
  }

  #tell() {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      for (const listener of this.#listeners) listener();
    });
  }
}

/** The slides of a page by their id, for what draws one. @param {Store} store */
export const slidesOf = (store) =>
  Object.assign((/** @type {string} */ id) => store.get(`slide/${id}`), {
    all: () => [...store.family("slide")].sort(([, a], [, b]) => a.number - b.number),
  });
