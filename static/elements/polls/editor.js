/**
 * The editor of a poll: what is asked, the kind of ballot and its fields. The desk
 * makes a poll on the spot with it, the rundown page prepares one. It holds nothing:
 * the draft is the caller's, and so is what the buttons do. What a kind asks for is
 * the kind's (static/ballots), so a new kind needs no line here.
 *
 * @typedef {import("../../ballots/options.js").Fields} Fields
 * @typedef {{title: string, kind: keyof typeof kinds, fields: Fields}} Draft
 * @typedef {import("../../ballots/options.js").SetFields} SetFields
 * @typedef {Partial<Omit<Draft, "fields">> & {fields?: Parameters<SetFields>[0]}} Change   what was typed or
 *   pressed; of the fields only those that changed
 *
 * @typedef {object} Editing
 * @property {string} id                      unique on the page
 * @property {Draft} draft
 * @property {(change: Change) => void} onChange
 * @property {string} save                    what the plain button says
 * @property {() => void} onSave
 * @property {(() => void) | undefined} [onOpen]  with it, "Open now" is the first choice
 * @property {() => void} onCancel
 * @property {string | undefined} [refusal]   code of the last refusal; what was typed stays
 * @property {boolean} [sending]
 * @property {import("../../ballots/options.js").Slides} [slides]   for a kind that asks about one
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { kindOf, kinds, noSlides } from "../../ballots/index.js";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";
import { sentence } from "../../core/rejections.js";
import { composeQuiz, quiz, quizFields } from "./editor-quiz.js";
import { composeRules, ruleFields, rules } from "./editor-rules.js";

const NAMES = /** @type {(keyof typeof kinds)[]} */ (Object.keys(kinds));
const FIRST = /** @type {keyof typeof kinds} */ (NAMES[0]);

/** @returns {Draft} */
export const emptyDraft = () => ({ title: "", kind: FIRST, fields: {} });

/** The draft of a poll that is there already. @param {import("../../protocol.d.ts").PollDoc} poll @returns {Draft} */
export const draftOf = (poll) => ({
  title: poll.title,
  kind: poll.ballot.kind,
  fields: { ...kindOf(poll.ballot).fields(poll.ballot), ...ruleFields(poll), ...quizFields(poll) },
});

/**
 * What add_poll and edit_poll want.
 * @param {Draft} draft
 * @returns {{title: string, ballot: import("../../core/docs.d.ts").Ballot, quiz: ReturnType<typeof quiz>} & ReturnType<typeof rules>}
 */
export function composed({ title, kind, fields }) {
  const ballot = kinds[kind].ballot(fields);
  return { title, ballot, ...rules(fields, isDivisible(kind)), quiz: quiz(ballot, fields) };
}

/**
 * A draft after a change. It is made of the draft as it is now, not as it was when it was last drawn:
 * who types into two fields within one frame loses neither.
 * @param {Draft} draft @param {Change} change @returns {Draft}
 */
export const changed = (draft, { fields = {}, ...rest }) => ({
  ...draft,
  ...rest,
  fields: { ...draft.fields, ...(typeof fields === "function" ? fields(draft.fields) : fields) },
});

/** @param {Draft["kind"]} kind */
const isDivisible = (kind) => kinds[kind].groups !== null;

/** Is anything typed that would be a pity to lose? @param {Draft} draft */
export const isEmpty = ({ title, fields }) => !title.trim() && !Object.values(fields).some((text) => text.trim());

/** @param {Editing} editing */
export function pollEditor(editing) {
  const { id, draft, onChange, onSave, onOpen, refusal, slides } = editing;
  const set = (/** @type {Parameters<SetFields>[0]} */ fields) => onChange({ fields });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    (onOpen ?? onSave)();
  };
  return html`<form class="poll-editor" id=${id} @submit=${submit} @keydown=${enterKey}>
    ${kindButtons(draft, onChange)} ${presetButtons(onChange)}
    <label class="field">
      <span class="label">${_("What do you ask?")}</span>
      <textarea
        name="title"
        rows=${draft.title.split("\n").length}
        required
        autocomplete="off"
        .value=${live(draft.title)}
        @input=${(/** @type {Event} */ event) => onChange({ title: /** @type {HTMLTextAreaElement} */ (event.target).value })}
      ></textarea>
    </label>
    ${kinds[draft.kind].compose(draft.fields, set, slides ?? noSlides)}
    ${composeQuiz(kinds[draft.kind].ballot(draft.fields), draft.fields, set, slides ?? noSlides)} ${composeRules(draft.fields, set, isDivisible(draft.kind))}
    ${refusal ? html`<p class="notice notice--danger" role="alert">${icons.warning()}<span>${sentence(refusal)}</span></p>` : nothing}
    ${buttons(editing)}
  </form>`;
}

/** @param {Draft} draft @param {(change: Change) => void} onChange */
function kindButtons(draft, onChange) {
  return html`<div class="segments segments--kinds" role="group" aria-label=${_("Kind of poll")}>
    ${NAMES.map(
      (kind) =>
        html`<button
          type="button"
          class="segments__one"
          data-kind=${kind}
          aria-pressed=${kind === draft.kind ? "true" : "false"}
          @click=${() => onChange({ kind })}
        >
          ${kinds[kind].name()}
        </button>`,
    )}
  </div>`;
}

/** Ballots that need no typing: one press sets the kind and its fields. @param {(change: Change) => void} onChange */
function presetButtons(onChange) {
  const presets = NAMES.flatMap((kind) => kinds[kind].presets().map((preset) => ({ ...preset, kind })));
  return html`<div class="cluster poll-editor__presets" role="group" aria-label=${_("Ready-made options")}>
    ${presets.map(
      ({ name, kind, fields }) =>
        html`<button type="button" class="chip" @click=${() => onChange({ kind, fields })}>${name}</button>`,
    )}
  </div>`;
}

/** @param {Editing} editing */
function buttons({ save, onSave, onOpen, onCancel, sending }) {
  const keep = (/** @type {Event} */ event) => {
    if (/** @type {HTMLButtonElement} */ (event.currentTarget).form?.reportValidity()) onSave();
  };
  return html`<div class="poll-editor__actions">
    ${
      onOpen
        ? html`<button class="button button--primary" data-do="open" ?disabled=${sending} title="Ctrl+Enter">
              ${icons.play()}<span>${_("Open now")}</span>
            </button>
            <button type="button" class="button" data-do="save" ?disabled=${sending} @click=${keep}>${save}</button>`
        : html`<button class="button button--primary" data-do="save" ?disabled=${sending} title="Ctrl+Enter">
            ${save}
          </button>`
    }
    <button type="button" class="button button--quiet" @click=${onCancel}>${_("Cancel")}</button>
  </div>`;
}

/**
 * Ctrl or Cmd + Enter presses the first button from anywhere in the form; Enter in what
 * is asked goes on to what is still to be filled in. Shift + Enter is a second line.
 * @param {KeyboardEvent} event
 */
function enterKey(event) {
  if (event.key !== "Enter" || event.isComposing) return;
  const form = /** @type {HTMLFormElement} */ (event.currentTarget);
  const field = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    /** @type {HTMLButtonElement | null} */ (form.querySelector(".poll-editor__actions button"))?.click();
  } else if (field.matches("[name=title]") && !event.shiftKey) {
    event.preventDefault();
    const missing = form.querySelector(":is(input, textarea):invalid") ?? form.querySelector("[data-do]");
    /** @type {HTMLElement | null} */ (missing)?.focus();
  }
}
