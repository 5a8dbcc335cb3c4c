/**
 * What the stream's own clock is off by. calibrationAt() finds the correction that holds
 * for a frame in the history that the server keeps; Steady lets a new correction take
 * effect without a jump back; Personal keeps what this viewer has set, on this device.
 * Used by media.js alone. Nothing here knows the time but by its arguments.
 *
 * @typedef {import("../../protocol.d.ts").Turn} Turn
 * @typedef {{kind: "frame" | "delay", ms: number, at: number}} Own
 *   "frame" is added to the stream's clock; "delay" is taken from the server's
 */

/**
 * The correction, ms, for a frame dated `pdt` by the stream, as known at `now`.
 * @param {readonly Turn[]} turns
 * @param {number} now
 * @param {number} pdt
 */
export function calibrationAt(turns, now, pdt) {
  let found = 0;
  for (const turn of turns) {
    if (turn.at <= now && (turn.from_pdt ?? -Infinity) <= pdt) found = turn.cal_ms;
  }
  return found;
}

/** The newest correction at `now`, of a player that dates no frames. @param {readonly Turn[]} turns @param {number} now */
export const turnAt = (turns, now) => turns.filter(({ at }) => at <= now).pop();

/**
 * A clock that never runs back while the video goes on: when its correction shrinks it
 * stands until the frames have caught up; when it grows it jumps ahead at once.
 */
export class Steady {
  #pdt = -Infinity;
  #wall = -Infinity;

  /**
   * The time to go by for a frame.
   * @param {number} pdt   its date by the stream
   * @param {number} wall  the same, corrected
   */
  through(pdt, wall) {
    const wentBack = pdt < this.#pdt; // a seek: there the clock goes back too
    this.#pdt = pdt;
    this.#wall = wentBack ? wall : Math.max(wall, this.#wall);
    return this.#wall;
  }

  /** The viewer has set the clock: what it showed so far is worth nothing. */
  forget() {
    this.#pdt = this.#wall = -Infinity;
  }
}

/** What this viewer has set for one broadcast: where he is, and how his video runs. */
export class Personal {
  #key;
  #storage;
  /** @type {{place?: "room" | "remote", own?: Own | null}} */
  #kept = {};

  /** @param {string} key  names the broadcast @param {Storage} storage */
  constructor(key, storage) {
    this.#key = key;
    this.#storage = storage;
    try {
      this.#kept = JSON.parse(storage.getItem(key) ?? "{}") ?? {};
    } catch {
      // unreadable or forbidden: begin anew
    }
  }

  get place() {
    return this.#kept.place;
  }

  get own() {
    return this.#kept.own ?? null;
  }

  /** @param {{place?: "room" | "remote", own?: Own | null}} change */
  keep(change) {
    this.#kept = { ...this.#kept, ...change };
    try {
      this.#storage.setItem(this.#key, JSON.stringify(this.#kept));
    } catch {
      // no room: it holds until this page is closed
    }
  }
}
