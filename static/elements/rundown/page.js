/**
 * The rundown page as a whole: the head with the sums and the search, the list with its
 * rows and the places between them, and beside it what is in no place yet. Keys work on
 * the row that has the focus. Drawn by rundown.js.
 *
 * @typedef {import("./plan.js").Plan} Plan
 * @typedef {import("./plan.js").Item} Item
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { guard } from "lit-html/directives/guard.js";
import { repeat } from "lit-html/directives/repeat.js";
import { optionsOf } from "../../ballots/index.js";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { drag } from "./drag.js";
import { between } from "./between.js";
import { row } from "./row.js";
import { side } from "./side.js";
import { statusBanner, statusPill } from "../shared/status.js";
import { toasts } from "../shared/toasts.js";

/** @param {Plan} plan */
export function rundownPage(plan) {
  const { page } = plan;
  const broadcast = page.store.get("broadcast");
  if (!broadcast) return html`<p class="empty">${_("One moment …")}</p>`;
  const items = plan.items();
  return html`
    ${head(plan, broadcast.title)}
    <div class="plan">
      ${statusBanner(page)} ${items.length ? tools(plan, items) : empty(plan, broadcast.slides ?? 0)}
      <section class="plan__list" aria-label=${_("Rundown")}>${list(plan, items)}</section>
      ${side(plan)}
    </div>
    ${toasts(plan.toasts)}
  `;
}

/** @param {Plan} plan @param {string} title */
function head({ page }, title) {
  const organiser = page.store.you?.role === "organiser";
  return html`<header class="plan-head">
    <div class="grow">
      <p class="eyebrow">${_("Rundown")}</p>
      <h1>${title}</h1>
    </div>
    ${statusPill(page)}
    <nav class="plan-head__pages" aria-label=${_("Other pages")}>
      ${organiser ? html`<a class="button button--small" href="/broadcasts/${page.slug}">${_("Set-up")}</a>` : nothing}
      <a class="button button--small" href="desk">${_("Desk")}</a>
    </nav>
  </header>`;
}

/** The sums, and the search. @param {Plan} plan @param {Item[]} items */
function tools(plan, items) {
  const found = plan.seeking ? items.filter((item) => matches(plan, item)).length : 0;
  return html`<div class="plan__tools">
    <p class="plan__sums soft">
      ${plan.seeking ? html`<b>${ngettext("{n} place found", "{n} places found", found)}</b>` : sums(items)}
    </p>
    <label class="plan__search">
      <span class="visually-hidden">${_("Search the slides and what is between them")}</span>
      <input
        type="search"
        class="input"
        placeholder=${_("Search")}
        .value=${live(plan.seeking)}
        @input=${(/** @type {Event} */ event) => plan.set({ seeking: /** @type {HTMLInputElement} */ (event.target).value })}
        @keydown=${(/** @type {KeyboardEvent} */ event) => searchKey(plan, event)}
      />
    </label>
  </div>`;
}

/** @param {Item[]} items */
function sums(items) {
  const of = (/** @type {Item["kind"]} */ kind) => items.filter((item) => item.kind === kind).length;
  const minutes = items.reduce((sum, item) => sum + (item.kind === "break" ? item.minutes : 0), 0);
  const breaks = of("break");
  return [
    ngettext("{n} slide", "{n} slides", of("slide")),
    ngettext("{n} poll", "{n} polls", of("poll")),
    breaks ? ngettext("{n} break, {minutes} min", "{n} breaks, {minutes} min", breaks, { minutes }) : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

/** @param {Plan} plan @param {Item[]} items */
function list(plan, items) {
  const current = plan.page.store.get("rundown")?.current ?? null;
  const at = items.some((item) => item.id === plan.at) ? plan.at : (items[0]?.id ?? null);
  const shown = items.map((item, index) => ({ item, index })).filter(({ item }) => matches(plan, item));
  return html`<div
      class="plan__frame ${plan.seeking ? "plan__frame--found" : ""}"
      ${drag((id, before) => plan.move(id, before))}
      @keydown=${(/** @type {KeyboardEvent} */ event) => keys(plan, event)}
    >
      <ol class="plan__items">
        ${repeat(
          shown,
          ({ item }) => item.id,
          ({ item, index }) => place(plan, item, { place: index + 1, current: item.id === current, at: item.id === at }),
        )}
      </ol>
      <i class="plan__line" data-line></i>
    </div>
    ${plan.seeking ? nothing : between(plan, "+")}`;
}

/**
 * A row with the place before it, drawn anew only when something in it has changed: a
 * long rundown has hundreds.
 * @param {Plan} plan @param {Item} item @param {import("./row.js").Standing} standing
 */
function place(plan, item, standing) {
  const { store } = plan.page;
  const { writing } = plan;
  const doc = item.kind === "slide" ? store.get(`slide/${item.slide}`) : item.kind === "poll" && store.get(`poll/${item.poll}`);
  const open = writing.isAt(`=${item.id}`) ?? writing.isAt(`+${item.id}`);
  const seen = [item, doc, open, open && store.version, writing.typed.get(item.id), !plan.seeking, ...Object.values(standing)];
  return guard(
    seen,
    () => html`<li class="plan__item">
      ${plan.seeking ? nothing : between(plan, `+${item.id}`)} ${row(plan, item, standing)}
    </li>`,
  );
}

/** Is there anything of what is searched for in it? @param {Plan} plan @param {Item} item */
function matches({ seeking, page: { store } }, item) {
  const wanted = seeking.trim().toLocaleLowerCase();
  if (!wanted) return true;
  const text = () => {
    switch (item.kind) {
      case "slide": {
        const slide = store.get(`slide/${item.slide}`);
        return `${slide?.number} ${slide?.text} ${item.notes ?? ""}`;
      }
      case "poll": {
        const poll = store.get(`poll/${item.poll}`);
        return `${poll?.title} ${poll ? optionsOf(poll.ballot).join(" ") : ""}`;
      }
      default:
        return item.text;
    }
  };
  return text().toLocaleLowerCase().includes(wanted);
}

/** No deck yet: where it comes from. @param {Plan} plan @param {number} slides */
function empty({ page }, slides) {
  if (slides) return nothing;
  const organiser = page.store.you?.role === "organiser";
  return html`<div class="empty">
    ${icons.slide()}
    <p>
      ${
        organiser
          ? _("No deck yet: upload one on the set-up page.")
          : _("No deck yet. The organiser uploads it; it then appears here by itself.")
      }
    </p>
    ${
      organiser
        ? html`<a class="button button--primary" href="/broadcasts/${page.slug}">${_("To the set-up page")}</a>`
        : nothing
    }
  </div>`;
}

// Keys ------------------------------------------------------------------------------

/** Enter goes to the first that was found, Escape back to the whole list. @param {Plan} plan @param {KeyboardEvent} event */
function searchKey(plan, event) {
  if (event.key === "Enter") {
    const first = plan.items().find((item) => matches(plan, item));
    plan.set({ seeking: "" });
    plan.focus(first?.id);
  } else if (event.key === "Escape") {
    plan.set({ seeking: "" });
  }
}

/** Keys of a row; those of what is open in it are its own. @param {Plan} plan @param {KeyboardEvent} event */
function keys(plan, event) {
  const items = plan.items();
  const target = /** @type {HTMLElement} */ (event.target);
  const id = target.dataset.item;
  const index = items.findIndex((item) => item.id === id);
  const item = items[index];
  if (!id || !item || event.ctrlKey || event.metaKey || event.isComposing) return;
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step && event.altKey && !plan.seeking) plan.step(id, step);
  else if (event.altKey) return;
  else if (step) plan.focus(neighbour(target, step));
  else if (event.key === "Home") plan.focus(items[0]?.id);
  else if (event.key === "End") plan.focus(items.at(-1)?.id);
  else if (event.key === "Enter" || event.key === " ") plan.writing.toggle(item);
  else if (event.key === "Escape" && plan.writing.isAt(`=${id}`)) plan.writing.close();
  else if ((event.key === "Insert" || event.key === "+") && !plan.seeking) {
    const before = event.key === "Insert" && event.shiftKey ? id : (items[index + 1]?.id ?? "");
    plan.writing.choose(`+${before}`);
  } else if (event.key === "Delete" || event.key === "Backspace") plan.remove(id);
  else return;
  event.preventDefault();
}

/** The row drawn above or below; at an end the row itself. @param {HTMLElement} row @param {number} step */
function neighbour(row, step) {
  const rows = [...(row.closest("ol")?.querySelectorAll("[data-item]") ?? [])];
  const found = rows[rows.indexOf(row) + step] ?? row;
  return /** @type {HTMLElement} */ (found).dataset.item;
}
