/**
 * Who is at which question: this page says so while something of a question is being written here, and says it
 * again before it would pass. That two are at one is shown, never forbidden.
 *
 * @typedef {import("../self.js").Desk} Desk
 */

const AGAIN_MS = 30_000; // half of what a hold lasts, live/domain/holding.py

export class Holding {
  #desk;
  /** @type {string | null} */
  #question = null;
  #timer = 0;

  /** @param {Desk} desk */
  constructor(desk) {
    this.#desk = desk;
  }

  /** Be at this question and at no other; null: at none. @param {string | null} question */
  at(question) {
    if (question === this.#question) return;
    clearInterval(this.#timer);
    if (this.#question) this.#say(this.#question, false);
    this.#question = question;
    if (!question) return;
    this.#say(question, true);
    this.#timer = window.setInterval(() => this.#say(question, true), AGAIN_MS);
  }

  /** @param {string} question @param {boolean} on */
  #say(question, on) {
    void this.#desk.give({ do: "hold", question, on }, { lasting: false, beside: true });
  }
}
