/**
 * The place between two rows of the rundown (and the one at the end), where something
 * new is put in: a poll, a notice, a break, or a poll or slide that is in no place yet.
 *
 * @typedef {import("./plan.js").Plan} Plan
 */

import { html, nothing } from "lit-html";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";
import { slideName } from "../desk/driving/item.js";
import { opened } from "./opened.js";

/** @param {Plan} plan @param {string} at  "+<item>": before it, "+": at the end */
export function between(plan, at) {
  const open = plan.writing.isAt(at);
  const last = at === "+";
  const leave = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || event.isComposing || !open) return;
    plan.writing.close();
    plan.focus(plan.at ?? undefined);
  };
  return html`<div class="plan-between ${open ? "plan-between--open" : ""} ${last ? "plan-between--last" : ""}" @keydown=${leave}>
    ${last && !open ? choices(plan, at) : plus(plan, at, !!open)}
    ${open ? html`<div class="plan-between__body" data-open>${open.kind === "choose" ? choose(plan, at) : opened(plan, open)}</div>` : nothing}
  </div>`;
}

/** @param {Plan} plan @param {string} at @param {boolean} open */
function plus({ writing }, at, open) {
  return html`<button
    type="button"
    class="plan-between__plus"
    data-do="between"
    tabindex="-1"
    aria-label=${_("Put something in here")}
    aria-expanded=${open ? "true" : "false"}
    @click=${() => (open ? writing.close() : writing.choose(at))}
  >
    ${open ? icons.cross() : icons.plus()}
  </button>`;
}

/** @param {Plan} plan @param {string} at */
function choices({ writing }, at) {
  return html`<div class="cluster" role="group" aria-label=${_("Put something in here")}>
    <button type="button" class="button button--small" data-do="add-poll" @click=${() => writing.composePoll(at)}>
      ${icons.poll()}<span>${_("Poll")}</span>
    </button>
    <button type="button" class="button button--small" data-do="add-notice" @click=${() => writing.addNotice(at)}>
      ${icons.bell()}<span>${_("Notice")}</span>
    </button>
    <button type="button" class="button button--small" data-do="add-break" @click=${() => writing.addBreak(at)}>
      ${icons.cup()}<span>${_("Break")}</span>
    </button>
  </div>`;
}

/** @param {Plan} plan @param {string} at */
function choose(plan, at) {
  const before = at.slice(1) || null;
  const polls = plan.sparePolls();
  const slides = plan.spareSlides();
  return html`${choices(plan, at)}
  ${
    polls.length || slides.length
      ? html`<ul class="plan-between__spare" aria-label=${_("Not in the rundown")}>
          ${polls.map(
            ([number, poll]) =>
              html`<li>
                <button type="button" class="plan-spare__pick" @click=${() => plan.placePoll(Number(number), before)}>
                  ${icons.poll()}<span>${poll.title}</span>
                </button>
              </li>`,
          )}
          ${slides.map(
            ([id, slide]) =>
              html`<li>
                <button type="button" class="plan-spare__pick" @click=${() => plan.placeSlide(id, before)}>
                  ${icons.slide()}<span>${_("Slide {n}", { n: slide.number })} · ${slideName(slide, plan.page.store)}</span>
                </button>
              </li>`,
          )}
        </ul>`
      : nothing
  }`;
}
