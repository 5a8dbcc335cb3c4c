/**
 * The outbox: commands on their way to the server. Each gets a random 128-bit id and
 * is saved on the device before it is sent, sent again after every reconnect or
 * reload, and leaves only with the server's answer: so a vote given in a tunnel
 * arrives, and arrives once. Views call send(); the link calls flush() and answer().
 * Sent back by a busy server, commands of that kind wait together, and go one by one.
 * It never guesses an outcome: only `done` is success.
 *
 * @typedef {import("./box.js").Entry} Entry
 * @typedef {import("./box.js").Box} Box
 * @typedef {{made?: string | null, reply?: string | null, vote?: import("../protocol.d.ts").MyVote | null, rejected?: string}} Outcome  rejected = the code
 * @typedef {import("../protocol.d.ts").Done | import("../protocol.d.ts").Refused} Answer
 */

const CAP = 100; // entries; nobody means more than that
const RETRY_MS = 2_000; // when the server names no time
const RETRY_CAP_MS = 30_000;
const UNSAVED_MS = 20_000; // a full disk is looked at again every few seconds, and what waits here asks
const LATER = new Set(["busy", "too_fast", "read_only"]); // the same id may be sent again

/** A random name of 128 bits, url-safe. crypto.subtle is absent on plain http in a LAN. */
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

export class Outbox {
  /** @type {Entry[]} what has no answer yet, in the order it was meant */
  entries = [];
  /** Called with each entry that got its final answer, also after a reload. */
  onSettled = (/** @type {Entry} */ _entry, /** @type {Outcome} */ _outcome) => {};
  /** Called when `entries` changed. */
  onChange = () => {};

  #box;
  #post;
  /** @type {Map<string, (outcome: Outcome) => void>} */
  #waiting = new Map();
  /** @type {Set<string>} ids that are under way on the present socket */
  #sent = new Set();
  /** @type {Set<string>} ids that are not kept: they fail with the connection */
  #fleeting = new Set();
  /** @type {Map<string, number>} how often an id was sent back for later */
  #tries = new Map();
  /** @type {Map<string, {code: string, at: number}>} why an id was sent back, and when it goes out again */
  #laters = new Map();
  /** @type {Map<string, number>} what the server is too busy for, by `do`, and when our turn comes */
  #turns = new Map();
  #refusedAt = -Infinity; // when the server last could not save

  /**
   * @param {Box} box
   * @param {(frame: object) => boolean} post  link.send: false when not live
   */
  constructor(box, post) {
    this.#box = box;
    this.#post = post;
    this.entries = box.adopt();
    box.save(this.entries);
    box.keepAlive(() => this.#lasting());
  }

  /**
   * Gives a command to the outbox; resolves with the server's final answer.
   * `lasting: false` is for what makes sense only now (the next slide, please):
   * not saved, and rejected with "offline" when it cannot be sent at once.
   * @param {import("../protocol.d.ts").Command} command
   * @param {{lasting?: boolean, slot?: string}} [how]  slot: a later one replaces an earlier one
   * @returns {Promise<Outcome>}
   */
  send(command, { lasting = true, slot } = {}) {
    if (this.entries.length >= CAP) return Promise.resolve({ rejected: "outbox_full" });
    /** @type {Entry} */
    const entry = { id: randomId(), at: Date.now(), slot: slot ?? null, command };
    if (slot) this.#supersede(slot);
    this.entries.push(entry);
    if (lasting) this.#save();
    else this.#fleeting.add(entry.id);
    /** @type {Promise<Outcome>} */
    const outcome = new Promise((resolve) => this.#waiting.set(entry.id, resolve));
    if (!this.#dispatch(entry) && !lasting) this.#settle(entry, { rejected: "offline" });
    this.onChange();
    return outcome;
  }

  /** The link is live again: everything without an answer goes out once more. */
  flush() {
    this.#sent.clear();
    for (const entry of this.#box.adopt()) {
      if (!this.entries.some((each) => each.id === entry.id)) this.entries.push(entry);
    }
    this.#save();
    for (const entry of [...this.entries]) this.#dispatch(entry);
    this.onChange();
  }

  /** The link is lost: nothing is under way any more, and what was only for now failed. */
  hold() {
    this.#sent.clear();
    for (const entry of this.entries.filter((each) => this.#fleeting.has(each.id))) {
      this.#settle(entry, { rejected: "offline" });
    }
    this.onChange();
  }

  /** @param {Answer} frame */
  answer(frame) {
    const entry = this.entries.find((each) => each.id === frame.id);
    if (!entry) return;
    this.#sent.delete(entry.id);
    this.#refusedAt = frame.type === "done" ? -Infinity : frame.code === "read_only" ? Date.now() : this.#refusedAt;
    if (frame.type === "done") this.#settle(entry, outcome(frame));
    else if (LATER.has(frame.code) && !this.#tooLate(entry, frame.code)) this.#later(entry, frame.code, frame.retry_ms);
    else this.#settle(entry, { rejected: frame.code });
    this.onChange();
  }

  /** A full disk may take hours: a slide must not move by itself then. @param {Entry} entry @param {string} code */
  #tooLate({ id }, code) {
    return code === "read_only" && this.#fleeting.has(id);
  }

  /**
   * Is something in this slot without an answer?
   * @param {string} slot
   */
  pending(slot) {
    return this.entries.find((each) => each.slot === slot);
  }

  /** Whether the server has lately refused what was given because it cannot save: its disk is full. */
  get unsaved() {
    return Date.now() - this.#refusedAt < UNSAVED_MS;
  }

  /**
   * Why an entry was sent back, and for how many ms it still waits here.
   * @param {Entry} entry
   * @returns {{code: string, ms: number} | undefined}
   */
  waits(entry) {
    const later = this.#laters.get(entry.id);
    return later && { code: later.code, ms: Math.max(0, later.at - Date.now()) };
  }

  // Internal ------------------------------------------------------------------

  /** @param {Entry} entry */
  #dispatch(entry) {
    if (this.#sent.has(entry.id) || this.#queues(entry)) return true;
    const sent = this.#post({ type: "command", id: entry.id, ...entry.command });
    if (sent) {
      this.#sent.add(entry.id);
      this.#laters.delete(entry.id);
    }
    return sent;
  }

  /**
   * @param {Entry} entry
   * @param {string} code
   * @param {number | null | undefined} wish
   */
  #later(entry, code, wish) {
    const tries = (this.#tries.get(entry.id) ?? 0) + 1;
    this.#tries.set(entry.id, tries);
    const least = wish ?? Math.min(RETRY_CAP_MS, RETRY_MS * 2 ** (tries - 1));
    const wait = least + Math.random() * least * (code === "busy" ? 0.1 : 0.5); // of a turn each has another already
    this.#laters.set(entry.id, { code, at: Date.now() + wait });
    if (code === "busy") this.#turns.set(entry.command.do, Date.now() + wait);
    setTimeout(() => {
      if (code === "busy") this.#next(entry.command.do);
      else if (this.entries.includes(entry)) this.#dispatch(entry);
      this.onChange();
    }, wait);
  }

  /**
   * Whether an entry stays here because the server is too busy for it: until our turn, or until the one before
   * it is answered.
   * @param {Entry} entry
   */
  #queues(entry) {
    const turn = this.#turns.get(entry.command.do);
    if (turn === undefined) return false;
    if (turn > Date.now()) this.#laters.set(entry.id, { code: "busy", at: turn });
    return turn > Date.now() || this.#alike(entry.command.do).some((each) => this.#sent.has(each.id));
  }

  /** @param {string} kind  it is our turn with this: one goes; there is none: there is no queue */
  #next(kind) {
    const next = this.#alike(kind).find((each) => !this.#sent.has(each.id));
    if (next) this.#dispatch(next);
    else this.#turns.delete(kind);
  }

  /** @param {string} kind */
  #alike(kind) {
    return this.entries.filter((each) => each.command.do === kind);
  }

  /** @param {string} slot */
  #supersede(slot) {
    const earlier = this.pending(slot);
    if (earlier) this.#settle(earlier, { rejected: "superseded" });
  }

  /**
   * @param {Entry} entry
   * @param {Outcome} outcome
   */
  #settle(entry, outcome) {
    this.entries = this.entries.filter((each) => each !== entry);
    this.#save();
    this.#sent.delete(entry.id);
    this.#fleeting.delete(entry.id);
    this.#tries.delete(entry.id);
    this.#laters.delete(entry.id);
    this.#waiting.get(entry.id)?.(outcome);
    this.#waiting.delete(entry.id);
    if ((this.#turns.get(entry.command.do) ?? Infinity) <= Date.now()) this.#next(entry.command.do);
    this.onSettled(entry, outcome);
  }

  #lasting() {
    return this.entries.filter((each) => !this.#fleeting.has(each.id));
  }

  #save() {
    this.#box.save(this.#lasting());
  }
}

/** What a command came to; only what was read is told in words. @param {import("../protocol.d.ts").Done} frame @returns {Outcome} */
const outcome = ({ made, reply, vote }) => ({ made, ...(reply && { reply }), ...(vote && { vote }) });
