/**
 * The rundown at the desk: slides as a film, polls, notices and breaks between them,
 * the current item marked and kept in sight. A press brings an item on stage. It is
 * laid out on the rundown page, not here.
 *
 * @typedef {import("../self.js").Desk} Desk
 * @typedef {import("./item.js").Item} Item
 */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { whenChanged } from "../../../core/gestures.js";
import * as icons from "../../../core/icons.js";
import { _ } from "../../../core/i18n.js";
import { itemKind, itemName, itemThumb } from "./item.js";

const CALM = matchMedia("(prefers-reduced-motion: reduce)");

/** @param {Desk} desk */
export function rundown(desk) {
  const { page, driving } = desk;
  const doc = page.store.get("rundown");
  if (!doc?.items.length) return emptyRundown(desk);
  const aimed = driving.position();
  return html`<section class="rundown-film" aria-label=${_("Rundown")}>
    <ol class="rundown-film__items" ${inMiddle(aimed)}>
      ${repeat(
        doc.items,
        (item) => item.id,
        (item) => html`<li>${row(desk, item, item.id === doc.current, item.id === aimed)}</li>`,
      )}
    </ol>
  </section>`;
}

/** @param {Desk} desk @param {Item} item @param {boolean} current @param {boolean} aimed */
function row(desk, item, current, aimed) {
  const { store } = desk.page;
  const poll = item.kind === "poll" ? store.get(`poll/${item.poll}`) : undefined;
  const notes = item.kind === "slide" && !!item.notes;
  return html`<button
    type="button"
    class="item item--${item.kind} ${current ? "item--current" : ""} ${aimed && !current ? "item--aimed" : ""}"
    data-item=${item.id}
    aria-current=${current ? "true" : "false"}
    ?disabled=${poll?.removed}
    @click=${() => desk.driving.to(item.id)}
  >
    ${itemThumb(store, item)}
    <span class="item__words">
      ${
        item.kind === "slide"
          ? html`<span class="visually-hidden">${itemKind(item)}</span>`
          : html`<span class="item__kind">${itemKind(item)} ${poll ? pollState(poll) : nothing}</span>`
      }
      <span class="item__name">${itemName(store, item)}</span>
    </span>
    ${notes ? html`<span class="item__notes">${icons.edit()}<span class="visually-hidden">${_("with notes")}</span></span>` : nothing}
  </button>`;
}

/** @param {import("../../../protocol.d.ts").PollDoc} poll */
export function pollState(poll) {
  if (poll.removed) return html`<span class="pill pill--plain">${_("Draft, put away")}</span>`;
  switch (poll.state) {
    case "draft":
      return html`<span class="pill pill--plain">${_("Draft")}</span>`;
    case "open":
      return html`<span class="pill pill--now">${_("Open")}</span>`;
    case "closed":
      return html`<span class="pill">${_("Closed")}</span>`;
  }
}

/** No deck yet: what to do, for those who can. @param {Desk} desk */
export function emptyRundown({ page }) {
  const organiser = page.store.you?.role === "organiser";
  return html`<div class="empty">
    ${icons.slide()}
    <p>${organiser ? _("No deck yet: upload one on the set-up page.") : _("No deck yet. The organiser uploads it; it then appears here by itself.")}</p>
    ${
      organiser
        ? html`<a class="button button--primary" href="/broadcasts/${page.slug}">${_("To the set-up page")}</a>`
        : nothing
    }
  </div>`;
}

/** Keeps the item that is aimed at in the middle of the list, without moving the page. */
const inMiddle = whenChanged((list, id) => {
  const item = /** @type {HTMLElement | null} */ (list.querySelector(`[data-item="${CSS.escape(id ?? "")}"]`));
  if (!item) return;
  const scroller = list.closest("[data-scrolls]") ?? list; // in the column beside the stage it is the column that scrolls
  const away = item.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  scroller.scrollBy({ top: away - (scroller.clientHeight - item.offsetHeight) / 2, behavior: CALM.matches ? "instant" : "smooth" });
});
