/**
 * The action item of a question at the desk: to which unit it was given, by which day, and what came of it. Its
 * form is part of the box in which the desk writes (writing.js).
 *
 * @typedef {import("../self.js").Desk} Desk
 * @typedef {import("./queue.js").Editing} Editing
 * @typedef {import("../../../protocol.d.ts").QuestionDoc} Question
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import * as icons from "../../../core/icons.js";
import { _ } from "../../../core/i18n.js";

/** @param {NonNullable<Question["action"]>} item */
function words({ unit, due, done, outcome }) {
  const when = [due && _("by {date}", { date: due }), done && _("done")].filter(Boolean).join(" · ");
  return html`${done ? icons.check() : nothing}<b>${unit}</b>${when ? ` · ${when}` : ""}${outcome ? html`<br />${outcome}` : nothing}`;
}

/** @param {Question} question */
export const action = ({ action: item }) =>
  item
    ? html`<p class="queue__original" data-action=${item.done ? "done" : "open"}><span class="eyebrow">${_("Action item")}</span> ${words(item)}</p>`
    : nothing;

/** @param {Desk} desk @param {Editing} editing */
export function fields({ queue, broadcast }, { unit, due, done }) {
  const value = (/** @type {Event} */ event) => /** @type {HTMLInputElement} */ (event.target).value;
  return html`<div class="queue__fields">
      <label class="field">
        <span>${_("Unit")}</span>
        <input
          class="input"
          name="unit"
          list="units"
          autocomplete="off"
          .value=${live(unit)}
          @input=${(/** @type {Event} */ event) => queue.write({ unit: value(event) })}
        />
      </label>
      <label class="field">
        <span>${_("Due")}</span>
        <input
          class="input"
          type="date"
          name="due"
          .value=${live(due)}
          @input=${(/** @type {Event} */ event) => queue.write({ due: value(event) })}
        />
      </label>
      <datalist id="units">${(broadcast?.units ?? []).map((each) => html`<option value=${each}></option>`)}</datalist>
    </div>
    <label class="switch">
      <input
        type="checkbox"
        role="switch"
        .checked=${live(done)}
        @change=${(/** @type {Event} */ event) => queue.write({ done: /** @type {HTMLInputElement} */ (event.target).checked })}
      />
      <span>${_("Done")}</span>
    </label>`;
}
