/**
 * The notes of what is on stage, as large as this reader likes them: the size is kept on this device for all
 * broadcasts. Drawn by stage.js.
 *
 * @typedef {import("../self.js").Desk} Desk
 */

import { html, nothing } from "lit-html";
import { _ } from "../../../core/i18n.js";
import { vars } from "../../../core/vars.js";

const KEY = "live:notes";
const SIZES = [1, 1.25, 1.55, 1.9]; // times the usual size: the largest is read standing, from two steps away

let size = kept();

function kept() {
  try {
    return Math.min(SIZES.length - 1, Math.max(0, Number(localStorage.getItem(KEY)) || 0));
  } catch {
    return 0; // storage is shut in this browser: the usual size
  }
}

/** @param {Desk} desk @param {number} step */
function resize(desk, step) {
  size += step;
  try {
    localStorage.setItem(KEY, String(size));
  } catch {
    // it holds for this page then
  }
  desk.page.redraw();
}

/** @param {Desk} desk @param {{crowded: boolean}} how   crowded: then nothing is said of notes that there are not */
export function notes(desk, { crowded }) {
  const { page, driving } = desk;
  const item = driving.items().find((each) => each.id === page.store.get("rundown")?.current);
  const text = item?.kind === "slide" ? item.notes : "";
  if (!text && crowded) return nothing;
  return html`<section class="now__notes" aria-label=${_("Notes")}>
    <h2 class="eyebrow now__notes-head">${_("Notes")} ${text ? sizes(desk) : nothing}</h2>
    ${
      text
        ? html`<p class="now__words" tabindex="0" ${vars({ notes: SIZES[size] ?? 1 })}>${text}</p>`
        : html`<p class="soft">
            ${item ? _("No notes for this item.") : _("Notes appear here with their slide.")}
            <a href="rundown">${_("Write notes on the rundown page")}</a>
          </p>`
    }
  </section>`;
}

/** @param {Desk} desk */
const sizes = (desk) => html`<span class="now__sizes">
  <button type="button" class="button button--quiet button--small" aria-label=${_("Smaller notes")} ?disabled=${size === 0} @click=${() => resize(desk, -1)}>A−</button>
  <button type="button" class="button button--quiet button--small" aria-label=${_("Larger notes")} ?disabled=${size === SIZES.length - 1} @click=${() => resize(desk, 1)}>A+</button>
</span>`;
