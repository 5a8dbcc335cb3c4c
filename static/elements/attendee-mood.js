/**
 * The attendee's signs and pace: one row below the slide, there while the broadcast is
 * live and the desk wants it. What is pressed shows as long as it counts; it is kept
 * nowhere, and a lost connection loses it. Counted by the server, seen by the desk.
 *
 * @typedef {import("../core/page.js").Page} Page
 * @typedef {import("./mood.js").Pace} Pace
 * @typedef {import("./mood.js").Sign} Sign
 */

import { html, nothing } from "lit-html";
import { _ } from "../core/i18n.js";
import { sentence } from "../core/rejections.js";
import { PACES, SIGNS } from "./mood.js";

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

  /** Whether it counts now. @param {import("../protocol.d.ts").Command} command @param {string} slot */
  async #give(command, slot) {
    this.refusal = undefined;
    this.#page.redraw();
    const { rejected } = await this.#page.outbox.send(command, { lasting: false, slot: `mood/${slot}` });
    if (rejected === "superseded") return true;
    this.refusal = rejected;
    return !rejected;
  }
}

/** @param {Page} page @param {Mood} mood */
export function moodRow({ store }, mood) {
  const on = store.get("reactions");
  if (store.get("broadcast")?.phase !== "live" || !(on?.pace || on?.signs)) return nothing;
  return html`<section class="mood" aria-label=${_("Without words")}>
    ${on.pace ? paces(mood) : nothing} ${on.signs ? signs(mood) : nothing}
    ${mood.refusal ? html`<p class="mood__refusal" role="alert">${sentence(mood.refusal)}</p>` : nothing}
  </section>`;
}

/** @param {Mood} mood */
const paces = (mood) =>
  html`<div class="mood__group mood__group--pace" role="group" aria-label=${_("The pace for me is")}>
    ${PACES.map(
      ({ pace, icon, name }) => html`<button
        type="button"
        class="mood__one"
        data-pace=${pace}
        aria-pressed=${mood.pace === pace ? "true" : "false"}
        @click=${() => mood.feel(pace)}
      >
        ${icon()}<span>${name()}</span>
      </button>`,
    )}
  </div>`;

/** @param {Mood} mood */
const signs = (mood) =>
  html`<div class="mood__group" role="group" aria-label=${_("Show the lecturer")}>
    ${SIGNS.map(
      ({ sign, icon, name }) => html`<button
        type="button"
        class="mood__one mood__one--sign"
        data-sign=${sign}
        aria-label=${name()}
        title=${name()}
        aria-pressed=${mood.shows(sign) ? "true" : "false"}
        @click=${() => mood.react(sign)}
      >
        ${icon()}
      </button>`,
    )}
  </div>`;
