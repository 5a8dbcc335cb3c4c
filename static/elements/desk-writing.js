/**
 * The box in which the desk writes: another wording of a question, or the reply to it.
 * What is written stays in it until the server has it; a refusal stands beside it.
 *
 * @typedef {import("./desk-self.js").Desk} Desk
 * @typedef {import("../protocol.d.ts").QuestionDoc} Question
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { _ } from "../core/i18n.js";
import { sentence } from "../core/rejections.js";

/** @param {Question} question */
export const replied = ({ reply }) =>
  reply ? html`<p class="queue__original"><span class="eyebrow">${_("Reply")}</span> ${reply}</p>` : nothing;

/** @param {Desk} desk @param {import("./desk-queue.js").Editing} editing */
export function writing({ queue }, { what, text, sending, refusal }) {
  const keys = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") queue.stopEditing();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void queue.saveEdit();
    else return;
    event.preventDefault();
  };
  const save = (/** @type {Event} */ event) => {
    event.preventDefault();
    void queue.saveEdit();
  };
  return html`<form class="queue__edit" @submit=${save} @keydown=${keys}>
    <textarea
      class="input"
      rows="3"
      aria-label=${what === "wording" ? _("The wording of the question") : _("The reply")}
      .value=${live(text)}
      @input=${(/** @type {Event} */ event) => queue.write(/** @type {HTMLTextAreaElement} */ (event.target).value)}
    ></textarea>
    ${refusal ? html`<p class="field__error" role="alert">${sentence(refusal)}</p>` : nothing}
    <div class="cluster">
      <button class="button button--small button--primary" data-do="save-edit" ?disabled=${sending} title="Ctrl+Enter">
        ${what === "wording" ? _("Save the wording") : _("Save the reply")}
      </button>
      <button type="button" class="button button--small button--quiet" title="Esc" @click=${() => queue.stopEditing()}>
        ${_("Cancel")}
      </button>
      <span class="soft">${what === "wording" ? _("The original is kept.") : _("Everyone who sees the question reads it. Empty: no reply.")}</span>
    </div>
  </form>`;
}
