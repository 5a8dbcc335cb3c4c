/**
 * The box in which the desk writes: another wording of a question, the reply to it, or the action item that a
 * unit has of it. What is written stays in it until the server has it; a refusal stands beside it, and with it
 * what somebody else has made of it meanwhile.
 *
 * @typedef {import("../self.js").Desk} Desk
 * @typedef {import("./queue.js").Editing} Editing
 * @typedef {import("../../../protocol.d.ts").QuestionDoc} Question
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { _ } from "../../../core/i18n.js";
import { sentence } from "../../../core/rejections.js";
import { fields } from "./action.js";

/** What the box begins with. @param {string} id @param {Editing["what"]} what @param {Question} question @returns {Editing} */
export function begun(id, what, { text, reply, private_reply, action }) {
  const was = { wording: text, reply, action: action?.outcome }[what] ?? "";
  return {
    id,
    what,
    text: was,
    was,
    private: what === "reply" && !!private_reply,
    unit: action?.unit ?? "",
    due: action?.due ?? "",
    done: !!action?.done,
    sending: false,
    refusal: undefined,
  };
}

/** What saving it means. @param {Editing} editing @returns {import("../../../protocol.d.ts").Command} */
export function written({ id, what, text, was, unit, due, done, ...rest }) {
  if (what === "wording") return { do: "edit", question: id, text, was };
  const words = text.trim() ? text : null;
  if (what === "reply") return { do: "reply", question: id, text: words, private: rest.private, was };
  if (!unit.trim()) return { do: "unassign", question: id };
  return { do: "assign", question: id, unit, due: due || null, done, outcome: words };
}

/** What to say when it is saved. @param {Editing} editing */
export function saved({ what, text, unit, ...rest }) {
  if (what === "action") return unit.trim() ? _("The action item is saved.") : _("It is no action item any more.");
  if (!text.trim()) return _("The reply is gone.");
  return rest.private ? _("Only the asker reads the reply.") : _("Everyone who sees the question reads the reply.");
}

/** @param {Question} question */
export const replied = ({ reply, private_reply }) =>
  reply
    ? html`<p class="queue__original"><span class="eyebrow">${private_reply ? _("Reply, only for the asker") : _("Reply")}</span> ${reply}</p>`
    : nothing;

/** @param {Desk} desk @param {Editing} editing */
export function writing(desk, editing) {
  const { queue } = desk;
  const { what, text, sending, refusal } = editing;
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
    ${what === "action" ? fields(desk, editing) : nothing}
    <textarea
      class="input"
      rows="3"
      aria-label=${NAMES[what]()}
      placeholder=${what === "action" ? NAMES.action() : ""}
      .value=${live(text)}
      @input=${(/** @type {Event} */ event) => queue.write({ text: /** @type {HTMLTextAreaElement} */ (event.target).value })}
    ></textarea>
    ${what === "reply" ? alone(desk, editing) : nothing}
    ${refusal ? html`<p class="field__error" role="alert">${sentence(refusal)}</p>` : nothing}
    ${
      refusal === "question_changed"
        ? html`<p class="queue__original"><span class="eyebrow">${_("Now it says")}</span> ${editing.was || _("nothing")}</p>`
        : nothing
    }
    <div class="cluster">
      <button class="button button--small button--primary" data-do="save-edit" ?disabled=${sending} title="Ctrl+Enter">
        ${SAVE[what]()}
      </button>
      <button type="button" class="button button--small button--quiet" title="Esc" @click=${() => queue.stopEditing()}>
        ${_("Cancel")}
      </button>
      <span class="soft">${hint(editing)}</span>
    </div>
  </form>`;
}

const NAMES = {
  wording: () => _("The wording of the question"),
  reply: () => _("The reply"),
  action: () => _("What came of it"),
};

const SAVE = {
  wording: () => _("Save the wording"),
  reply: () => _("Save the reply"),
  action: () => _("Save the action item"),
};

/** @param {Editing} editing */
function hint({ what, ...rest }) {
  if (what === "wording") return _("The original is kept.");
  if (what === "action") return _("Without a unit it is no action item.");
  return rest.private
    ? _("Only the asker reads it, on the device that asked. Empty: no reply.")
    : _("Everyone who sees the question reads it. Empty: no reply.");
}

/** @param {Desk} desk @param {Editing} editing */
const alone = ({ queue }, editing) =>
  html`<label class="switch">
    <input
      type="checkbox"
      role="switch"
      data-do="private"
      .checked=${live(editing.private)}
      @change=${(/** @type {Event} */ event) => queue.write({ private: /** @type {HTMLInputElement} */ (event.target).checked })}
    />
    <span>${_("For the asker alone")}</span>
  </label>`;
