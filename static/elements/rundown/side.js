/**
 * Beside the rundown: what is in no place of it. Polls that wait to be put in, changed
 * or put away, and slides that were taken out: those stay in the deck and come back where
 * their number says.
 *
 * @typedef {import("./plan.js").Plan} Plan
 */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { kindOf } from "../../ballots/index.js";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";
import { slideName } from "../desk/driving/item.js";
import { pollState } from "../desk/driving/rundown.js";
import { opened } from "./opened.js";
import { slideThumb } from "../stage/slide.js";

/** @param {Plan} plan */
export function side(plan) {
  const polls = plan.sparePolls();
  const slides = plan.spareSlides();
  return html`<aside class="plan__side">
    ${polls.length ? spare(_("Polls that are not in the rundown"), polls, (each) => poll(plan, each)) : nothing}
    ${slides.length ? spare(_("Slides that are not in the rundown"), slides, (each) => slide(plan, each)) : nothing}
    ${hints()}
  </aside>`;
}

/**
 * @template Doc
 * @param {string} title
 * @param {[string, Doc][]} rows
 * @param {(row: [string, Doc]) => unknown} draw
 */
function spare(title, rows, draw) {
  return html`<section class="plan-spare">
    <h2 class="plan-spare__title">${title}</h2>
    <ul class="plan-spare__rows">
      ${repeat(rows, ([id]) => id, (each) => html`<li>${draw(each)}</li>`)}
    </ul>
  </section>`;
}

/** @param {Plan} plan @param {[string, import("../../protocol.d.ts").PollDoc]} row */
function poll(plan, [name, doc]) {
  const number = Number(name);
  const at = `poll/${number}`;
  const open = plan.writing.isAt(at);
  if (open) return html`<div class="plan-spare__body" data-open>${opened(plan, open)}</div>`;
  return html`<p><b>${doc.title}</b> <span class="soft">${kindOf(doc.ballot).name()}</span> ${pollState(doc)}</p>
    <div class="cluster">
      <button type="button" class="button button--small" data-do="place-poll" @click=${() => plan.placePoll(number, null)}>
        ${icons.plus()}<span>${_("Add at the end")}</span>
      </button>
      ${doc.state === "draft" ? changing(plan, at, number) : nothing}
    </div>`;
}

/** @param {Plan} plan @param {string} at @param {number} number */
const changing = (plan, at, number) => html`<button
    type="button"
    class="button button--small button--quiet"
    @click=${() => plan.writing.composePoll(at, number)}
  >
    ${_("Edit")}
  </button>
  <button
    type="button"
    class="button button--small button--quiet"
    data-do="put-away"
    @click=${() => plan.putAway(number)}
  >
    ${_("Put away")}
  </button>`;

/** @param {Plan} plan @param {[string, import("../../protocol.d.ts").SlideDoc]} row */
function slide(plan, [id, doc]) {
  return html`<div class="plan-spare__slide">
    ${slideThumb(doc)}
    <p class="grow"><b>${doc.number}</b> ${slideName(doc, plan.page.store)}</p>
    <button type="button" class="button button--small" data-do="place-slide" @click=${() => plan.placeSlide(id)}>
      ${_("Put back")}
    </button>
  </div>`;
}

/** The keys, for those who have some. */
const hints = () => html`<dl class="plan-keys">
  <dt><kbd>↑</kbd> <kbd>↓</kbd></dt>
  <dd>${_("go from row to row")}</dd>
  <dt><kbd>Alt</kbd> <kbd>↑</kbd> <kbd>↓</kbd></dt>
  <dd>${_("move the row")}</dd>
  <dt><kbd>+</kbd></dt>
  <dd>${_("put something in below; with Shift + Ins above")}</dd>
  <dt><kbd>Enter</kbd></dt>
  <dd>${_("open it: notes, poll, text")}</dd>
  <dt><kbd>Del</kbd></dt>
  <dd>${_("take it out")}</dd>
</dl>`;
