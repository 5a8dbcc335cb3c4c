/**
 * One row of the rundown: a handle to drag it by, a picture or sign, what it is, and how
 * to open it or take it out. Opened, it has the notes of the slide, or the editor of the
 * poll, notice or break.
 *
 * @typedef {import("./plan.js").Plan} Plan
 * @typedef {import("./plan.js").Item} Item
 * @typedef {{place: number, current: boolean, at: boolean}} Standing
 *   place: from 1; current: on stage now; at: the row that has the keys
 */

import { html, nothing } from "lit-html";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { kindOf, optionsOf } from "../../ballots/index.js";
import { itemKind, itemName, itemThumb } from "../desk/driving/item.js";
import { pollState } from "../desk/driving/rundown.js";
import { opened } from "./opened.js";
import { slideWords } from "../stage/slide.js";

const LIMIT = 1_000; // characters, as in live/domain/base.py QUESTION_LIMIT

/** @param {Plan} plan @param {Item} item @param {Standing} standing */
export function row(plan, item, { place, current, at }) {
  const { store } = plan.page;
  const open = plan.writing.isAt(`=${item.id}`);
  const name = itemName(store, item);
  const press = (/** @type {MouseEvent} */ event) => {
    if (!(/** @type {HTMLElement} */ (event.target).closest("button, [data-grip]"))) plan.writing.toggle(item);
  };
  return html`<div
      class="plan-row plan-row--${item.kind} ${current ? "plan-row--now" : ""} ${open ? "plan-row--open" : ""}"
      data-item=${item.id}
      role="group"
      tabindex=${at ? 0 : -1}
      aria-label=${`${place}. ${itemKind(item)}: ${name}`}
      aria-current=${current ? "true" : "false"}
      @click=${press}
      @focus=${() => plan.at === item.id || plan.set({ at: item.id })}
    >
      <span class="plan-row__grip" data-grip title=${_("Drag to move; or Alt + ↑ ↓")}>${icons.grip()}</span>
      ${itemThumb(store, item)}
      <div class="plan-row__words">
        <p class="plan-row__kind">${about(plan, item)} ${current ? onStage() : nothing}</p>
        <p class="plan-row__name">${name}</p>
        ${notesLine(plan, item, !!open)}
      </div>
      <div class="plan-row__acts">${acts(plan, item, at, !!open)}</div>
    </div>
    ${open ? body(plan, item, open) : nothing}`;
}

const onStage = () => html`<span class="pill pill--now">${_("On stage now")}</span>`;

/** The line above the name: the kind, and for a poll its ballot and state. @param {Plan} plan @param {Item} item */
function about({ page: { store } }, item) {
  if (item.kind === "slide") {
    const number = store.get(`slide/${item.slide}`)?.number;
    return number ? _("Slide {n}", { n: number }) : nothing;
  }
  const poll = item.kind === "poll" ? store.get(`poll/${item.poll}`) : undefined;
  if (!poll) return itemKind(item);
  const options = optionsOf(poll.ballot).length;
  return html`${kindOf(poll.ballot).name()}${
    options ? html` · ${ngettext("{n} option", "{n} options", options)}` : nothing
  }
  ${pollState(poll)}`;
}

/** The notes as far as they go on a line or two. @param {Plan} plan @param {Item} item @param {boolean} open */
function notesLine({ writing }, item, open) {
  if (item.kind !== "slide" || open) return nothing;
  const text = writing.typed.get(item.id) ?? item.notes;
  return text ? html`<p class="plan-row__notes">${text}</p>` : nothing;
}

/** @param {Plan} plan @param {Item} item @param {boolean} at @param {boolean} open */
function acts(plan, item, at, open) {
  const draft = item.kind !== "poll" || plan.page.store.get(`poll/${item.poll}`)?.state === "draft";
  const verb = { slide: _("Notes"), poll: _("Edit"), notice: _("Edit"), break: _("Edit") }[item.kind];
  return html`
    ${
      draft
        ? html`<button
            type="button"
            class="button button--quiet button--icon"
            data-do="open"
            tabindex=${at ? 0 : -1}
            aria-label=${verb}
            title=${verb}
            aria-expanded=${open ? "true" : "false"}
            @click=${() => plan.writing.toggle(item)}
          >
            ${icons.edit()}
          </button>`
        : nothing
    }
    <button
      type="button"
      class="button button--quiet button--icon"
      data-do="remove"
      tabindex=${at ? 0 : -1}
      aria-label=${_("Take out of the rundown")}
      title=${_("Take out of the rundown")}
      @click=${() => plan.remove(item.id)}
    >
      ${icons.cross()}
    </button>
  `;
}

/** @param {Plan} plan @param {Item} item @param {import("./writing.js").Open} open */
function body(plan, item, open) {
  return html`<div class="plan-row__body" data-open>
    ${item.kind === "slide" ? notes(plan, item) : opened(plan, open)}
  </div>`;
}

/** @param {Plan} plan @param {import("../../protocol.d.ts").SlideItem} item */
function notes({ writing, page: { store } }, item) {
  const slide = store.get(`slide/${item.slide}`);
  const leave = (/** @type {KeyboardEvent} */ event) => {
    const done = event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey));
    if (!done) return;
    event.preventDefault();
    void writing.saveNotes(item.id);
    writing.close();
  };
  const type = (/** @type {Event} */ event) =>
    writing.typeNotes(item.id, /** @type {HTMLTextAreaElement} */ (event.target).value);
  return html`<div class="plan-notes">
    ${
      slide
        ? html`<img
            class="plan-notes__slide"
            src=${slide.src}
            width=${slide.width}
            height=${slide.height}
            alt=${slideWords(slide)}
          />`
        : nothing
    }
    <label class="field">
      <span class="label">${_("Notes for the lecturer")}</span>
      <textarea
        rows="6"
        maxlength=${LIMIT}
        .value=${writing.typed.get(item.id) ?? item.notes ?? ""}
        @input=${type}
        @change=${() => writing.saveNotes(item.id)}
        @keydown=${leave}
      ></textarea>
      <span class="hint">${_("Only the desk sees them. Saved when you leave the field.")}</span>
    </label>
  </div>`;
}
