/**
 * The editors that open in the rundown: of a poll, and of the words of a notice or a
 * break. The same in an item's own row, in the place between two rows where something
 * new is put in, and in the list of spare polls.
 *
 * @typedef {import("./plan.js").Plan} Plan
 * @typedef {import("./writing.js").Open} Open
 * @typedef {import("./writing.js").Wording} Wording
 * @typedef {import("./writing.js").Composing} Composing
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";
import { sentence } from "../../core/rejections.js";
import { slidesOf } from "../../core/store.js";
import { pollEditor } from "../polls/editor.js";

const LIMIT = 500; // characters, as in live/domain/base.py NOTICE_LIMIT
const LONGEST = 24 * 60; // minutes, as in live/domain/rundown.py BREAK_LIMIT

/** @param {Plan} plan @param {Open} open */
export function opened(plan, open) {
  if (open.kind === "poll") return poll(plan, open);
  return open.kind === "words" ? words(plan, open) : nothing;
}

/** @param {Plan} plan @param {Composing} open */
function poll({ writing, page }, { number, draft, sending, refusal }) {
  return pollEditor({
    id: "compose",
    draft,
    onChange: (change) => writing.writePoll(change),
    save: number === null ? _("Put it in") : _("Save"),
    onSave: () => void writing.savePoll(),
    onCancel: () => writing.close(),
    refusal,
    sending,
    slides: slidesOf(page.store),
  });
}

/** @param {Plan} plan @param {Wording} open */
function words({ writing }, { at, item, refusal }) {
  const write = (/** @type {{text?: string, minutes?: number}} */ change) => writing.writeWords(change);
  const save = (/** @type {Event} */ event) => {
    event.preventDefault();
    void writing.saveWords();
  };
  const key = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") writing.close();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save(event);
  };
  return html`<form class="plan-words" @submit=${save} @keydown=${key}>
    <label class="field grow">
      <span class="label">${item.kind === "break" ? _("What the break is for") : _("What the notice says")}</span>
      <textarea
        rows="2"
        required
        maxlength=${LIMIT}
        .value=${live(item.text)}
        @input=${(/** @type {Event} */ event) => write({ text: /** @type {HTMLTextAreaElement} */ (event.target).value })}
      ></textarea>
    </label>
    ${item.kind === "break" ? minutes(item.minutes, (value) => write({ minutes: value })) : nothing}
    ${refusal ? html`<p class="notice notice--danger" role="alert">${icons.warning()}<span>${sentence(refusal)}</span></p>` : nothing}
    <div class="plan-words__acts">
      <button class="button button--primary" title="Ctrl+Enter">${at.startsWith("=") ? _("Save") : _("Put it in")}</button>
      <button type="button" class="button button--quiet" @click=${() => writing.close()}>${_("Cancel")}</button>
    </div>
  </form>`;
}

/** @param {number} value @param {(value: number) => void} onChange */
const minutes = (value, onChange) => html`<label class="field plan-words__minutes">
  <span class="label">${_("Minutes")}</span>
  <input
    type="number"
    inputmode="numeric"
    min="1"
    max=${LONGEST}
    step="1"
    required
    .value=${live(String(value || ""))}
    @input=${(/** @type {Event} */ event) => onChange(Math.round(/** @type {HTMLInputElement} */ (event.target).valueAsNumber) || 0)}
  />
</label>`;
