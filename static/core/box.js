/**
 * The box: where the outbox keeps its entries on this device (localStorage).
 * Each tab writes its own box, so tabs never fight; what a closed tab left behind is
 * adopted by the next one that looks. Should two tabs adopt the same entry, both
 * send the same command id, and the server does it once.
 * It knows nothing of commands but that they have an id, and never sends.
 *
 * @typedef {{id: string, at: number, slot: string | null,
 *           command: import("../protocol.d.ts").Command}} Entry
 * @typedef {{beat: number, entries: Entry[]}} Saved
 */

const BEAT_MS = 5_000; // how often a living tab says so, while it has something to send
const STALE_MS = 20_000; // hidden tabs run timers once a minute at worst: adopting early is harmless

export class Box {
  #prefix;
  #key;
  #storage;

  /**
   * @param {string} prefix  names broadcast, audience and participant
   * @param {string} tab     random, new with each page load
   * @param {Storage} [storage]
   */
  constructor(prefix, tab, storage = localStorage) {
    this.#prefix = `${prefix}:`;
    this.#key = `${prefix}:${tab}`;
    this.#storage = storage;
  }

  /**
   * Keeps these entries; false when the device has no room.
   * @param {Entry[]} entries
   */
  save(entries) {
    try {
      if (entries.length === 0) this.#storage.removeItem(this.#key);
      else this.#storage.setItem(this.#key, JSON.stringify({ beat: Date.now(), entries }));
      return true;
    } catch {
      return false; // full, or forbidden in a private window
    }
  }

  /**
   * Takes over what tabs that are gone have left, oldest first.
   * @returns {Entry[]}
   */
  adopt() {
    /** @type {Entry[]} */
    const found = [];
    try {
      for (const key of Object.keys(this.#storage)) {
        if (!key.startsWith(this.#prefix) || key === this.#key) continue;
        const saved = this.#read(key);
        if (saved && Date.now() - saved.beat < STALE_MS) continue;
        this.#storage.removeItem(key);
        found.push(...(saved?.entries ?? []));
      }
    } catch {
      // storage is forbidden: nothing was ever left there
    }
    return found.sort((a, b) => a.at - b.at);
  }

  /**
   * Says every few seconds that this tab lives; when the page goes, that it does not.
   * @param {() => Entry[]} entries
   */
  keepAlive(entries) {
    setInterval(() => entries().length && this.save(entries()), BEAT_MS);
    addEventListener("pageshow", () => this.save(entries()));
    addEventListener("pagehide", () => {
      if (entries().length === 0) return;
      try {
        this.#storage.setItem(this.#key, JSON.stringify({ beat: 0, entries: entries() }));
      } catch {
        // the last save with an older beat is adopted all the same, 20 s later
      }
    });
  }

  /**
   * @param {string} key
   * @returns {Saved | null}
   */
  #read(key) {
    try {
      const saved = JSON.parse(this.#storage.getItem(key) ?? "null");
      return Array.isArray(saved?.entries) ? saved : null;
    } catch {
      return null;
    }
  }
}
