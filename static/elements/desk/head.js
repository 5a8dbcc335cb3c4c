/**
 * The head of the desk: what this is and how it stands, the clock and the time that
 * has gone by, start and end, and a menu with how questions are taken,
 * the other pages, the language and the way out. Drawn by page.js.
 *
 * @typedef {import("./self.js").Desk} Desk
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { dayAndTime, duration, timeOfDay, timeWithSeconds } from "../../core/text.js";
import { allowing } from "./mood.js";
import { languageForm } from "../shared/language.js";
import { statusPill } from "../shared/status.js";

/** @param {Desk} desk */
export function head(desk) {
  const { page, broadcast } = desk;
  return html`<header class="desk-head">
    <div class="desk-head__title">
      <h1>${broadcast?.title}</h1>
      ${broadcast?.lecturer ? html`<p class="soft">${broadcast.lecturer}</p>` : nothing}
    </div>
    ${statusPill(page)} ${screenPill(desk)} ${clock(desk)} ${turn(desk)}
    <button
      type="button"
      class="button button--quiet button--icon desk-head__help"
      aria-label=${_("Keys")}
      title=${_("Keys")}
      @click=${() => desk.set({ help: true, menu: false })}
    >
      <kbd>?</kbd>
    </button>
    <button
      type="button"
      class="button button--quiet button--icon"
      aria-expanded=${desk.menu ? "true" : "false"}
      aria-controls="menu"
      aria-label=${_("Notice, questions, pages, language")}
      @click=${() => desk.set({ menu: !desk.menu })}
    >
      ${desk.menu ? icons.cross() : icons.menu()}
    </button>
    ${desk.menu ? menu(desk) : nothing}
  </header>`;
}

/** There was a screen, and now there is none: the lecturer does not see the wall behind him. @param {Desk} desk */
function screenPill({ page, live }) {
  if (!live || page.store.get("presence")?.screens !== 0) return nothing;
  return html`<span class="pill pill--bad" data-screens="0" role="status">${_("No screen")}</span>`;
}

const SOON_MS = 5 * 60_000; // time to come to the end

/** What is left of the planned length, or how far it is over. @param {Desk} desk */
function left({ page, broadcast, live }) {
  const due = broadcast?.due_at;
  if (!live || !due) return nothing;
  const ms = due - page.now();
  const look = ms < 0 ? "over" : ms < SOON_MS ? "soon" : "";
  return html`<span class="desk-head__left" data-left=${look} title=${_("Planned until {time}", { time: timeOfDay(due) })}>
    ${ms < 0 ? _("{time} over", { time: duration(-ms) }) : _("{time} left", { time: duration(ms) })}
  </span>`;
}

/** @param {Desk} desk */
function clock(desk) {
  const { page, broadcast } = desk;
  const now = page.now();
  const { started_at: started, ended_at: ended, phase } = broadcast ?? {};
  const gone =
    phase === "planned" || !started
      ? nothing
      : html`<span class="desk-head__gone" title=${_("Since {time}", { time: timeOfDay(started) })}>
          <span class="visually-hidden">${_("Elapsed")}</span>${duration((phase === "ended" && ended ? ended : now) - started)}
        </span>`;
  return html`<p class="desk-head__clock number" role="timer">
    <span class="desk-head__time">${timeWithSeconds(now)}</span>${gone} ${left(desk)}
  </p>`;
}

/** End, with a second press; the start stands big on the stage. @param {Desk} desk */
function turn(desk) {
  if (!desk.live || !desk.mayStart) return nothing;
  return html`<button
      type="button"
      class="button button--small desk-head__end"
      data-do="end"
      @click=${() => desk.confirm("end", "[data-do=end-no]")}
    >
      ${_("End")}
    </button>
    ${desk.confirming === "end" ? asksForEnd(desk) : nothing}`;
}

/** @param {Desk} desk */
function asksForEnd(desk) {
  return html`<div class="desk-head__confirm" role="alertdialog" aria-label=${_("End the broadcast?")}>
    <span>${_("End the broadcast?")} ${closes(desk)}</span>
    <button type="button" class="button button--small button--danger" data-do="end-yes" @click=${() => desk.end()}>
      ${_("End it")}
    </button>
    <button type="button" class="button button--small button--quiet" data-do="end-no" @click=${() => desk.set({ confirming: null })}>
      ${_("Keep on")}
    </button>
  </div>`;
}

/** What ends with it. @param {Desk} desk */
function closes({ polling }) {
  const n = polling.rows().open.length;
  return n ? ngettext("{n} open poll closes.", "{n} open polls close.", n) : nothing;
}

// Menu ------------------------------------------------------------------------------

/** @param {Desk} desk */
function menu(desk) {
  const { page, broadcast } = desk;
  const { you } = page.store;
  return html`<div class="head__menu desk-menu" id="menu">
    <button type="button" class="button" data-do="notice" @click=${() => desk.notices.write()}>
      ${icons.bell()}<span>${_("Write a notice")}</span><kbd>N</kbd>
    </button>
    ${taking(desk)} ${allowing(desk)}
    <nav class="stack stack--tight" aria-label=${_("Other pages")}>
      <a href="rundown">${_("Lay out the rundown")}</a>
      ${broadcast?.phase === "ended" ? html`<a href="replay">${_("Open the replay")}</a>` : nothing}
      ${
        you?.role === "organiser" // the others have no seat at the screen
          ? html`<a href="screen" target="_blank">${_("Open the screen")}</a>
              <a href="/broadcasts/${page.slug}">${_("Set-up, links and exports")}</a>`
          : nothing
      }
    </nav>
    ${
      broadcast?.planned_at
        ? html`<p class="soft">${_("Planned for {time}", { time: dayAndTime(broadcast.planned_at) })}</p>`
        : nothing
    }
    ${languageForm(page.lang)}
    <form method="post" action="/leave" @submit=${() => desk.drafts.forget()}>
      <p class="soft">${_("You are here as")} <b>${you?.name || _("Guest")}</b></p>
      <button class="button button--quiet">${icons.leave()}<span>${_("Leave this broadcast")}</span></button>
    </form>
  </div>`;
}

/** How questions are taken. @param {Desk} desk */
export function taking(desk) {
  const { broadcast } = desk;
  const mode = (/** @type {"moderated" | "open"} */ value, /** @type {string} */ name) =>
    html`<button
      type="button"
      class="segments__one"
      data-mode=${value}
      aria-pressed=${broadcast?.question_mode === value ? "true" : "false"}
      @click=${() => desk.setQuestions({ mode: value })}
    >
      ${name}
    </button>`;
  const allow = (/** @type {"anonymous" | "named"} */ who, /** @type {boolean} */ now, /** @type {string} */ words) =>
    html`<label class="switch">
      <input
        type="checkbox"
        role="switch"
        data-allow=${who}
        .checked=${live(now)}
        @change=${(/** @type {Event} */ event) => desk.setQuestions({ [who]: /** @type {HTMLInputElement} */ (event.target).checked })}
      />
      <span>${words}</span>
    </label>`;
  return html`<div class="taking">
    <p class="eyebrow" id="taking">${_("New questions")}</p>
    <div class="segments" role="group" aria-labelledby="taking">
      ${mode("moderated", _("wait for you"))} ${mode("open", _("show at once"))}
    </div>
    ${allow("anonymous", !!broadcast?.anonymous, _("Anonymous questions allowed"))}
    ${allow("named", broadcast?.named !== false, _("Questions with a name allowed"))}
    ${pause(desk)}
  </div>`;
}

const PAUSES = [0, 30, 60, 120, 300, 600]; // seconds between two questions of one person

/** @param {Desk} desk */
const pause = (desk) => {
  const now = desk.broadcast?.cooldown_s ?? 0;
  const all = PAUSES.includes(now) ? PAUSES : [...PAUSES, now].sort((a, b) => a - b);
  return html`<label class="taking__pause">
    <span>${_("Each person asks")}</span>
    <select
      class="input"
      data-do="cooldown"
      @change=${(/** @type {Event} */ event) => desk.setQuestions({ cooldown_s: Number(/** @type {HTMLSelectElement} */ (event.target).value) })}
    >
      ${all.map(
        (seconds) => html`<option value=${seconds} ?selected=${seconds === now}>
          ${seconds ? ngettext("every {n} second", "every {n} seconds", seconds) : _("as often as they like")}
        </option>`,
      )}
    </select>
  </label>`;
};
