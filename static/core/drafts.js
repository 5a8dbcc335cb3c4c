/**
 * What is being written and not sent yet, kept on this device so that a reload loses none of it: by the name of
 * the form, in the storage of one person at one broadcast. Used by the desk, and by the phone for choices; its one
 * draft is in Own. Tabs share it: each change reads, changes and writes at once. It knows nothing of what it keeps.
 */

export class Drafts {
  #key;
  #storage;
  /** Where the storage is full or forbidden: what was written last. @type {Record<string, unknown>} */
  #kept = {};

  /** @param {string} key  names broadcast and participant @param {Storage} [storage] */
  constructor(key, storage = localStorage) {
    this.#key = key;
    this.#storage = storage;
  }

  /**
   * What was being written, or undefined.
   * @param {string} name @returns {any}
   */
  get(name) {
    return this.#read()[name];
  }

  /** Null: it is sent, or no longer wanted. @param {string} name @param {unknown} draft */
  keep(name, draft) {
    const { [name]: _before, ...others } = this.#read();
    this.#kept = draft === null ? others : { ...others, [name]: draft };
    try {
      if (Object.keys(this.#kept).length) this.#storage.setItem(this.#key, JSON.stringify(this.#kept));
      else this.#storage.removeItem(this.#key);
    } catch {
      // no room: it holds until this page is closed
    }
  }

  /** This person leaves: on a shared device nothing of theirs stays behind. */
  forget() {
    this.#kept = {};
    try {
      this.#storage.removeItem(this.#key);
    } catch {
      // it was never kept
    }
  }

  /** @returns {Record<string, unknown>} */
  #read() {
    try {
      const saved = this.#storage.getItem(this.#key);
      return saved ? JSON.parse(saved) : {};
    } catch {
      return this.#kept; // unreadable or forbidden
    }
  }
}
