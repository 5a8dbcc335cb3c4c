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
 * @typedef {[string, any]} Row
 * @typedef {Set<string> | null} News   keys of docs that have changed; null: anything may have
 */

import { lastIndex } from "./timeline.js";

/** Nobody is further behind the hall and still sees counts as they were: see LONGEST_MS in live/domain/viewers.py. */
const COUNTS_KEPT_MS = 60_000;
const COUNTS = /^(tally|split)\//;

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

  /** @type {Set<(news: News) => void>} */
  #listeners = new Set();
  /** The keys that have changed since the listeners were told. @type {News} */
  #news = new Set();
  /** Hears what is read, while something listens. @type {Set<string> | null} */
  #heard = null;
  /** Those that were asked for, and where in them each doc is. @type {Map<string, {rows: Row[], places: Map<string, number>}>} */
  #families = new Map();
  /** Counts of the last minute, for those who see the hall later than it is: by key, the oldest first. @type {Map<string, {at: number, doc: any}[]>} */
  #counts = new Map();
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
      this.#merge(frame.docs, frame.at);
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
    this.#heard?.add(key);
    return this.docs.get(key);
  }

  /**
   * All docs of one family ("poll", "question", …) as [name after the slash, doc],
   * numbers in rising order. The same array until one of them changes, so that it can be a key
   * of what is derived from it; nobody may change it.
   * @template {keyof Families} F
   * @param {F} name
   * @returns {[string, Families[F]][]}
   */
  family(name) {
    const prefix = `${name}/`;
    this.#heard?.add(prefix);
    const known = this.#families.get(name);
    if (known) return known.rows;
    /** @type {Row[]} */
    const rows = [];
    for (const [key, doc] of this.docs) {
      if (key.startsWith(prefix)) rows.push([key.slice(prefix.length), doc]);
    }
    rows.sort((a, b) => Number(a[0]) - Number(b[0]));
    this.#families.set(name, { rows, places: new Map(rows.map(([id], place) => [id, place])) });
    return rows;
  }

  /**
   * The count of a poll's round as it was at `clock`, as far back as it is kept: else the oldest that is known.
   * @param {number | string} poll @param {number} round @param {number} clock
   * @returns {import("../protocol.d.ts").TallyDoc | undefined}
   */
  tallyAt(poll, round, clock) {
    return this.#countAt(`tally/${poll}`, round, clock);
  }

  /**
   * The same by group.
   * @param {number | string} poll @param {number} round @param {number} clock
   * @returns {import("../protocol.d.ts").SplitDoc | undefined}
   */
  splitAt(poll, round, clock) {
    return this.#countAt(`split/${poll}`, round, clock);
  }

  /** @param {string} key @param {number} round @param {number} clock @returns {any} */
  #countAt(key, round, clock) {
    this.#heard?.add(key);
    const counts = (this.#counts.get(key) ?? []).filter(({ doc }) => doc.round === round);
    return counts[Math.max(0, lastIndex(counts, ({ at }) => at <= clock))]?.doc;
  }

  /**
   * What is read of it while `doing` runs: keys of docs, and of a family "poll/".
   * @param {() => void} doing
   * @returns {Set<string>}
   */
  reading(doing) {
    const heard = new Set();
    this.#heard = heard;
    try {
      doing();
    } finally {
      this.#heard = null;
    }
    return heard;
  }

  /**
   * Calls `listener` after changes, once a frame, with what has changed. Returns how to stop it.
   * @param {(news: News) => void} listener
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param {Welcome} frame */
  #welcome(frame) {
    this.docs.clear();
    this.#families.clear();
    this.#merge(frame.docs, frame.now);
    this.#news = null;
    this.seq = frame.seq;
    this.epoch = frame.epoch;
    this.you = frame.you;
  }

  /** @param {Record<string, any>} docs @param {number} at   server ms */
  #merge(docs, at) {
    for (const [key, doc] of Object.entries(docs)) {
      if (doc === null) this.docs.delete(key);
      else this.docs.set(key, doc);
      this.#news?.add(key);
      this.#follow(key, doc);
      if (doc && COUNTS.test(key)) this.#count(key, { at, doc });
    }
  }

  /** @param {string} key @param {{at: number, doc: any}} count */
  #count(key, count) {
    const counts = this.#counts.get(key) ?? [];
    const old = lastIndex(counts, ({ at }) => at <= count.at - COUNTS_KEPT_MS);
    this.#counts.set(key, [...counts.slice(Math.max(0, old)), count]);
  }

  /** Keeps the family of a doc right without sorting it again: of hundreds one has changed. @param {string} key @param {any} doc */
  #follow(key, doc) {
    const slash = key.indexOf("/");
    const [name, id] = [key.slice(0, slash), key.slice(slash + 1)];
    const family = this.#families.get(name);
    const place = family?.places.get(id);
    if (family && doc !== null && place !== undefined) {
      family.rows = [...family.rows]; // whoever has the old ones sees that these are others
      family.rows[place] = [id, doc];
    } else {
      this.#families.delete(name);
    }
  }

  #tell() {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => {
      this.#asked = false;
      const news = this.#news;
      this.#news = new Set();
      for (const listener of this.#listeners) listener(news);
    });
  }
}

/** Whether there is news of something that was read. @param {News} news @param {Set<string>} read */
export function touches(news, read) {
  if (!news) return true;
  for (const key of news) if (read.has(key) || read.has(key.slice(0, key.indexOf("/") + 1))) return true;
  return false;
}

/** The slides of a page by their id, for what draws one. @param {Store} store */
export const slidesOf = (store) =>
  Object.assign((/** @type {string} */ id) => store.get(`slide/${id}`), {
    all: () => [...store.family("slide")].sort(([, a], [, b]) => a.number - b.number),
  });
