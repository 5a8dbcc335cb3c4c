/**
 * Toasts: what was just done, with a way back, or why it was not. A page makes one
 * Toasts, says things to it and draws it. One that is looked at (pointer or focus on
 * it) stays. It sets no timer: the page draws each second, and what is over is gone.
 *
 * @typedef {object} Toast
 * @property {number} id
 * @property {string} text
 * @property {string} about      what it is about: a later word on the same replaces it
 * @property {"plain" | "danger"} tone
 * @property {{name: string, run: () => void} | undefined} act   one thing one may want to do now
 * @property {number} until      this device's clock, ms
 * @property {boolean} held      somebody is on it
 */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";

const STAYS_MS = 8_000; // time to read why not, or to reach for "Undo"
const GLIMPSE_MS = 4_000; // for what only confirms
const AT_ONCE = 2; // more would cover the controls

export class Toasts {
  /** @type {Toast[]} */
  all = [];
  #redraw;
  #made = 0;

  /** @param {() => void} redraw */
  constructor(redraw) {
    this.#redraw = redraw;
  }

  /**
   * @param {string} text
   * @param {{tone?: Toast["tone"], act?: Toast["act"], about?: string}} [how]
   */
  say(text, { tone = "plain", act, about = text } = {}) {
    this.#made += 1;
    const until = Date.now() + (act || tone === "danger" ? STAYS_MS : GLIMPSE_MS);
    const others = this.all.filter((each) => each.about !== about);
    this.all = [...others, { id: this.#made, text, tone, act, about, until, held: false }].slice(-AT_ONCE);
    this.#redraw();
  }

  /** @param {Toast} toast */
  close(toast) {
    this.all = this.all.filter((each) => each !== toast);
    this.#redraw();
  }

  /** Those that are not over. */
  current() {
    this.all = this.all.filter((each) => each.held || each.until > Date.now());
    return this.all;
  }

  /** @param {Toast} toast @param {boolean} held */
  hold(toast, held) {
    toast.held = held;
    toast.until = Math.max(toast.until, Date.now() + STAYS_MS / 2);
  }
}

/** @param {Toasts} said */
export function toasts(said) {
  return html`<div class="toasts" role="status" aria-live="polite">
    ${repeat(
      said.current(),
      (each) => each.id,
      (each) => toast(said, each),
    )}
  </div>`;
}

/** @param {Toasts} said @param {Toast} each */
function toast(said, each) {
  const { act } = each;
  const run = () => {
    said.close(each);
    act?.run();
  };
  return html`<div
    class="toast toast--${each.tone}"
    @pointerenter=${() => said.hold(each, true)}
    @pointerleave=${() => said.hold(each, false)}
    @focusin=${() => said.hold(each, true)}
    @focusout=${() => said.hold(each, false)}
  >
    ${each.tone === "danger" ? icons.warning() : nothing}
    <span class="toast__text">${each.text}</span>
    ${act ? html`<button type="button" class="button button--quiet button--small" data-do="toast" @click=${run}>${act.name}</button>` : nothing}
    <button
      type="button"
      class="button button--quiet button--small toast__close"
      aria-label=${_("Close this message")}
      @click=${() => said.close(each)}
    >
      ${icons.cross()}
    </button>
  </div>`;
}
