/**
 * The question queue at the desk: what is on screen, what waits, what everybody sees,
 * and folded away what is done. Each row has its buttons; the selected one obeys keys.
 * Drawn by desk/page.js; what the buttons do is Queue's.
 *
 * @typedef {import("../self.js").Desk} Desk
 * @typedef {import("./queue.js").Row} Row
 * @typedef {import("../../../protocol.d.ts").QuestionDoc} Question
 */

import { html, nothing } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { live } from "lit-html/directives/live.js";
import { repeat } from "lit-html/directives/repeat.js";
import * as icons from "../../../core/icons.js";
import { _, ngettext } from "../../../core/i18n.js";
import { onlyDocs } from "../../../core/part.js";
import { age, number, relative } from "../../../core/text.js";
import { replied, writing } from "./writing.js";
import { action } from "./action.js";
import { filter, labels } from "./labels.js";
import { doubles, united } from "./merging.js";
import { ORDERS } from "../../questions/order.js";
import { slideThumb } from "../../stage/slide.js";

/** @param {Desk} desk */
export function questions(desk) {
  const { screen, pending, live: seen, done } = desk.queue.rows();
  const none = !screen.length && !pending.length && !seen.length;
  return html`<div class="queue stack" tabindex="-1" role="group" aria-label=${_("Questions")}>
    ${filter(desk)} ${none ? empty(desk) : nothing}
    ${group(desk, _("On screen now"), screen, "queue__screen")}
    ${group(desk, ngettext("{n} is waiting", "{n} are waiting", pending.length), pending)}
    ${group(desk, _("Everyone can see these"), seen, "", seen.length > 1 ? sorting(desk) : nothing)} ${done.length ? past(desk, done.length) : nothing}
  </div>`;
}

/** @param {Desk} desk */
const empty = ({ broadcast }) =>
  html`<div class="empty">
    ${icons.question()}
    <p>
      ${
        broadcast?.question_mode === "moderated"
          ? _("No questions. New ones wait here until you let them through.")
          : _("No questions. New ones are seen by everyone at once.")
      }
    </p>
  </div>`;

/** @param {Desk} desk @param {string} name @param {Row[]} rows @param {unknown} [beside] */
function group(desk, name, rows, look = "", beside = nothing) {
  if (!rows.length) return nothing;
  return html`<section class=${look} aria-label=${name}>
    <div class="queue__bar"><h2 class="side__head">${name}</h2>${beside}</div>
    ${list(desk, rows)}
  </section>`;
}

/** Of many only the first, until one wants more. @param {Desk} desk @param {Row[]} rows */
function list(desk, rows) {
  const { page } = desk;
  const shown = rows.slice(0, desk.queue.shown);
  const seen = [onlyDocs(page), desk.live, page.store.get("labels"), ...shown.map(([, question]) => question)];
  return html`<ul class="queue__rows" role="list">
      ${guard(seen, () =>
        repeat(
          shown,
          ([id]) => id,
          ([id, question]) => row(desk, id, question),
        ),
      )}
    </ul>
    ${
      rows.length > desk.queue.shown
        ? html`<button type="button" class="button button--quiet" data-do="more" @click=${() => desk.queue.showMore()}>
            ${ngettext("Show more ({n} is left)", "Show more ({n} are left)", rows.length - desk.queue.shown)}
          </button>`
        : nothing
    }`;
}

/** @param {Desk} desk */
const sorting = ({ queue }) =>
  html`<select
    class="input queue__order"
    aria-label=${_("Order of the questions")}
    @change=${(/** @type {Event} */ event) => queue.sort(/** @type {HTMLSelectElement} */ (event.target).value)}
  >
    ${Object.entries(ORDERS).map(
      ([name, { words }]) => html`<option value=${name} ?selected=${name === queue.order}>${words()}</option>`,
    )}
  </select>`;

/** Answered, dismissed, withdrawn: folded, with a search. @param {Desk} desk @param {number} count */
function past(desk, count) {
  const { queue } = desk;
  const rows = queue.found();
  const writing = rows.some(([id]) => id === queue.editing?.id); // somebody else has just closed it: nothing written hides
  return html`<details class="queue__past" ?open=${writing}>
    <summary>${ngettext("{n} done", "{n} done", count)}</summary>
    <input
      class="input"
      type="search"
      aria-label=${_("Search among these questions")}
      placeholder=${_("Search")}
      .value=${live(queue.seeking)}
      @input=${(/** @type {Event} */ event) => queue.seek(/** @type {HTMLInputElement} */ (event.target).value)}
    />
    ${
      rows.length
        ? list(desk, rows)
        : html`<p class="soft">${_("Nothing found.")}</p>`
    }
  </details>`;
}

/**
 * Drawn again only when something in it has changed, as on the phone; while somebody writes in it, each time.
 * @param {Desk} desk @param {string} id @param {Question} question
 */
function row(desk, id, question) {
  const { queue, page } = desk;
  const { store } = page;
  const selected = queue.selected === id;
  if (queue.editing?.id === id) return drawn(desk, id, question, selected, queue.editing);
  const slide = question.slide && store.get(`slide/${question.slide}`);
  const others = [question.into && store.get(`question/${question.into}`), ...queue.united(id), ...queue.doubles.of(id, question).flat()];
  return guard([question, selected, age(question.at ?? 0, page.now()), slide, store.get("labels"), desk.live, ...others], () =>
    drawn(desk, id, question, selected, null),
  );
}

/**
 * @param {Desk} desk @param {string} id @param {Question} question @param {boolean} selected
 * @param {import("./queue.js").Editing | null} editing
 */
function drawn(desk, id, question, selected, editing) {
  const { queue } = desk;
  return html`<li
    class="queue__row queue__row--${question.state} ${selected ? "queue__row--selected" : ""}"
    data-question=${id}
    tabindex="0"
    aria-current=${selected ? "true" : "false"}
    @focus=${() => queue.select(id)}
    @click=${() => queue.select(id)}
  >
    ${labels(desk, id, question)} ${editing?.what === "wording" ? writing(desk, editing) : html`<p class="queue__text">${question.text ?? _("The words are gone.")}</p>`}
    ${question.edited && question.original ? html`<p class="queue__original"><span class="eyebrow">${_("Original")}</span> ${question.original}</p>` : nothing}
    ${editing?.what === "reply" ? writing(desk, editing) : replied(question)}
    ${editing?.what === "action" ? writing(desk, editing) : action(question)} ${origin(desk, question)} ${united(desk, id, question)} ${editing ? nothing : html`<div class="queue__actions">${steps(desk, id, question)}</div>`}
    ${editing ? nothing : doubles(desk, id, question)}
  </li>`;
}

/** From whom, when, at which slide, how much wanted. @param {Desk} desk @param {Question} question */
function origin({ page }, question) {
  const slide = question.slide ? page.store.get(`slide/${question.slide}`) : undefined;
  const by = question.anonymous
    ? html`<span class="queue__mask">${icons.mask()}${_("anonymous")}</span>`
    : [question.by, question.unit].filter(Boolean).join(" · ") || _("Guest");
  return html`<p class="queue__by">
    ${question.held_by && question.held_by !== page.store.you?.name ? html`<span class="pill pill--now" data-held>${_("{name} is at it", { name: question.held_by })}</span>` : nothing}
    ${question.listed ? html`<span class="pill pill--bad" data-listed>${_("Has a word of the list")}</span>` : nothing}
    ${question.pinned ? html`<span class="pill pill--plain">${icons.pin()}${_("Pinned")}</span>` : nothing}
    ${question.votes ? html`<b class="queue__votes number">${icons.up()}${number(question.votes)}</b>` : nothing}
    <span>${by}</span>
    ${question.at ? html`<span>${relative(question.at, page.now())}</span>` : nothing}
    ${
      slide
        ? html`<a class="queue__slide" href=${slide.src} target="_blank" title=${_("Asked at slide {n}", { n: slide.number })}>
            ${slideThumb(slide)}<span>${_("Slide {n}", { n: slide.number })}</span>
          </a>`
        : nothing
    }
    ${STATES[question.state] ? html`<span class="pill pill--plain">${STATES[question.state]?.()}</span>` : nothing}
  </p>`;
}

/** @type {Partial<Record<Question["state"], () => string>>} */
const STATES = {
  answered: () => _("Answered"),
  dismissed: () => _("Dismissed"),
  archived: () => _("Archived"),
  merged: () => _("Merged with another"),
  withdrawn: () => _("Withdrawn by its author"),
};

/** @param {Desk} desk @param {string} id @param {Question} question */
function steps(desk, id, question) {
  const { queue } = desk;
  if (question.state === "withdrawn") return nothing;
  const merged = question.state === "merged";
  const open = question.state === "pending" || question.state === "live";
  const button = (
    /** @type {string} */ act,
    /** @type {unknown} */ icon,
    /** @type {string} */ name,
    /** @type {() => void} */ run,
    look = "button--quiet",
  ) =>
    html`<button type="button" class="button button--small ${look}" data-do=${act} @click=${run}>
      ${icon}<span>${name}</span>
    </button>`;
  const sign = (
    /** @type {string} */ act,
    /** @type {unknown} */ icon,
    /** @type {string} */ name,
    /** @type {() => void} */ run,
  ) =>
    html`<button
      type="button"
      class="button button--small button--quiet"
      data-do=${act}
      aria-label=${name}
      title=${name}
      @click=${run}
    >
      ${icon}
    </button>`;
  const step = (/** @type {import("./queue.js").Step} */ name) => () => void queue.act(name, id);
  return html`
    ${question.state === "pending" ? button("approve", icons.check(), _("Approve"), step("approve"), "button--primary") : nothing}
    ${open && desk.live ? button("present", icons.screen(), _("On screen"), step("present"), "") : nothing}
    ${question.state === "on_screen" ? button("answer", icons.check(), _("Answered"), step("answer"), "button--primary") : nothing}
    ${question.state === "live" ? button("answer", icons.check(), _("Answered"), step("answer")) : nothing}
    ${open || question.state === "on_screen" ? button("dismiss", icons.cross(), _("Dismiss"), step("dismiss")) : nothing}
    ${open || merged ? nothing : button("approve", icons.left(), _("Back to the list"), step("approve"))}
    <span class="queue__signs">
      ${merged || question.state === "dismissed" ? nothing : sign("edit", icons.edit(), _("Edit the wording"), () => queue.edit(id))}
      ${merged ? nothing : sign("reply", icons.reply(), _("Reply in writing"), () => queue.edit(id, "reply"))}
      ${merged ? nothing : sign("action", icons.task(), _("Make it an action item of a unit"), () => queue.edit(id, "action"))}
      ${merged || question.state === "archived" || question.state === "on_screen" ? nothing : sign("archive", icons.box(), _("Put away"), step("archive"))}
      ${open || question.pinned ? sign("pin", icons.pin(), question.pinned ? _("Unpin") : _("Pin above the others"), () => queue.pin(id, !question.pinned)) : nothing}
      ${question.undo ? sign("undo", icons.undo(), _("Undo"), () => void queue.undo(id)) : nothing}
    </span>
  `;
}
