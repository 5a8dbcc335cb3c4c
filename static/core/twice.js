/**
 * The second press: what cannot be taken back is asked for in its own place, and the same press once more
 * does it. Nothing opens over the page, so a clicker goes on moving slides, and who does nothing has changed
 * nothing: some seconds later it is forgotten. Pure: time is an argument.
 */

const SLIP_MS = 400; // two presses sooner than that are one nervous finger
const STAYS_MS = 8_000; // time to read a sentence and to make up one's mind

export class Twice {
  /** @type {{what: string, since: number} | null} */
  #asked = null;

  /** Whether this is what waits for its second press. @param {string} what @param {number} now */
  asks(what, now) {
    return this.#asked?.what === what && now - this.#asked.since <= STAYS_MS;
  }

  /**
   * It was pressed: true the second time. Something else that was asked for is forgotten.
   * @param {string} what @param {number} now
   */
  press(what, now) {
    if (!this.#asked || !this.asks(what, now)) {
      this.#asked = { what, since: now };
      return false;
    }
    if (now - this.#asked.since < SLIP_MS) return false;
    this.forget();
    return true;
  }

  forget() {
    this.#asked = null;
  }
}
