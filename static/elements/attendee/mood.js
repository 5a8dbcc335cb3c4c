/**
 * The attendee's signs and pace: what is pressed shows as long as it counts; it is kept
 * nowhere, and a lost connection loses it. Counted by the server, seen by the desk; the
 * row of buttons is mood-row.js.
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("../shared/mood.js").Pace} Pace
 * @typedef {import("../shared/mood.js").Sign} Sign
 */

const SIGN_MS = 20_000; // as long as it counts: live/domain/reactions.py SIGN_MS …
const PACE_MS = 120_000; // … and PACE_MS

export class Mood {
  /** @type {string | undefined} */
  refusal;

  #page;
  /** Until when each sign counts. @type {Map<Sign, number>} */
  #shown = new Map();
  /** @type {{pace: Pace | null, until: number}} */
  #felt = { pace: null, until: 0 };

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
  }

  /** @param {Sign} sign */
  shows(sign) {
    return (this.#shown.get(sign) ?? 0) > this.#page.now();
  }

  get pace() {
    return this.#felt.until > this.#page.now() ? this.#felt.pace : null;
  }

  /** @param {Sign} sign */
  async react(sign) {
    this.#shown.set(sign, this.#page.now() + SIGN_MS);
    if (!(await this.#give({ do: "react", sign }, sign))) this.#shown.delete(sign);
    this.#page.redraw();
  }

  /** Pressed again, it is taken back. @param {Pace} pressed */
  async feel(pressed) {
    const before = this.#felt;
    const pace = this.pace === pressed ? null : pressed;
    this.#felt = { pace, until: this.#page.now() + PACE_MS };
    const mine = this.#felt;
    if (!(await this.#give({ do: "set_pace", pace }, "pace")) && this.#felt === mine) this.#felt = before;
    this.#page.redraw();
  }

  /** Whether it counts now. @param {import("../../protocol.d.ts").Command} command @param {string} slot */
  async #give(command, slot) {
    this.refusal = undefined;
    this.#page.redraw();
    const { rejected } = await this.#page.outbox.send(command, { lasting: false, slot: `mood/${slot}` });
    if (rejected === "superseded") return true;
    this.refusal = rejected;
    return !rejected;
  }
}
