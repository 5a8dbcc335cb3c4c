/**
 * Who of the roster has not joined yet, at the desk: asked of the server while somebody looks at the people, and
 * no more often than the hall changes. Where there is no roster, it says nothing. Drawn by people.js.
 *
 * @typedef {import("./self.js").Desk} Desk
 * @typedef {{expected: number, missing: number, people: {name: string, unit: string}[]}} Found   live/pages/missing.py
 */

import { html, nothing } from "lit-html";
import { _, ngettext } from "../../core/i18n.js";
import { number } from "../../core/text.js";

const AGAIN_MS = 10_000; // somebody who comes in is off the list by the time one looks for them

export class Missing {
  /** @type {Found | null} */
  found = null;
  #asked = -Infinity; // this device's clock, ms

  #desk;

  /** @param {Desk} desk */
  constructor(desk) {
    this.#desk = desk;
  }

  /** Somebody looks at it. */
  look() {
    if (Date.now() - this.#asked < AGAIN_MS) return;
    this.#asked = Date.now();
    void this.#ask();
  }

  async #ask() {
    try {
      const answer = await fetch("desk/missing");
      if (!answer.ok) return;
      this.found = await answer.json();
      this.#desk.page.redraw();
    } catch {
      // no connection: what is known stays, and is asked for again
    }
  }
}

/** @param {Desk} desk */
export function missing(desk) {
  desk.missing.look();
  const { found } = desk.missing;
  if (!found?.expected) return nothing;
  if (!found.missing) return html`<p class="people__missing">${_("Everybody on the roster has joined.")}</p>`;
  /** @type {Map<string, string[]>} */
  const units = new Map();
  for (const { name, unit } of found.people) units.set(unit, [...(units.get(unit) ?? []), name]);
  return html`<details class="people__missing">
    <summary>
      <b class="number">${number(found.missing)}</b> ${ngettext("of {n} on the roster has not joined", "of {n} on the roster have not joined", found.expected)}
    </summary>
    <dl>
      ${[...units].map(([unit, names]) => html`<dt>${unit || _("No unit given")} <span class="soft number">${names.length}</span></dt><dd>${names.join(" · ")}</dd>`)}
    </dl>
  </details>`;
}
