/**
 * Who is there, at the desk: how many, by site and by unit, and everybody by name
 * with whether they are here and looking. Drawn by page.js.
 *
 * @typedef {import("./self.js").Desk} Desk
 * @typedef {import("../../protocol.d.ts").PersonDoc} Person
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { repeat } from "lit-html/directives/repeat.js";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { number, timeOfDay } from "../../core/text.js";
import { vars } from "../../core/vars.js";
import { missing } from "./missing.js";
import { attendeesHere } from "./polls/turnout.js";

/** Desk first: they are few and one looks for them. @type {Person["role"][]} */
const ORDER = ["lecturer", "organiser", "moderator", "attendee", "screen"];

/** @param {Desk} desk */
export function people(desk) {
  const { store } = desk.page;
  const presence = store.get("presence");
  const sites = desk.broadcast?.sites ?? [];
  const joined = store.family("person").filter(([, { role }]) => role === "attendee").length;
  const site = (/** @type {string} */ id) => sites.find((each) => each.id === id)?.name ?? id;
  return html`<div class="people stack">
    <p class="people__count">
      <b class="number">${number(attendeesHere(desk.page))}</b>
      <span>${ngettext("attendee here now", "attendees here now", attendeesHere(desk.page))}</span>
      <span class="soft">${ngettext("{n} has joined", "{n} have joined", joined)}</span>
    </p>
    ${missing(desk)}
    ${shares(_("Attendees by site"), presence?.sites ?? {}, (id) => site(id) || _("No site given"))}
    ${shares(_("Attendees by unit"), presence?.units ?? {}, (id) => id || _("No unit given"))}
    ${everybody(desk, site)}
  </div>`;
}

/**
 * A small bar for each, the most first.
 * @param {string} name
 * @param {Record<string, number>} counts
 * @param {(id: string) => string} label
 */
export function shares(name, counts, label) {
  const rows = Object.entries(counts).sort((a, b) => b[1] - a[1]);
  if (!rows.length) return nothing;
  const most = Math.max(...rows.map(([, count]) => count));
  return html`<section aria-label=${name}>
    <h2 class="side__head">${name}</h2>
    <ul class="shares" role="list">
      ${repeat(
        rows,
        ([id]) => id,
        ([id, count]) => html`<li class="share">
          <span class="share__name">${label(id)}</span>
          <span class="bar__track" aria-hidden="true"><i class="bar__fill" ${vars({ share: count / most })}></i></span>
          <b class="number">${number(count)}</b>
        </li>`,
      )}
    </ul>
  </section>`;
}

/** @param {Desk} desk @param {(id: string) => string} site */
function everybody(desk, site) {
  const wanted = desk.seeking.trim().toLocaleLowerCase();
  const where = (/** @type {Person} */ { unit, site: id }) => [unit, id && site(id)].filter(Boolean).join(" · ");
  const rows = desk.page.store
    .family("person")
    .filter(([, each]) => !wanted || `${each.name} ${where(each)}`.toLocaleLowerCase().includes(wanted))
    .sort(([, a], [, b]) => rank(a) - rank(b) || a.name.localeCompare(b.name, desk.page.lang));
  return html`<section class="stack stack--tight" aria-label=${_("Everybody")}>
    <h2 class="side__head">${_("Everybody")}</h2>
    <input
      class="input"
      type="search"
      aria-label=${_("Search for a name, a unit or a site")}
      placeholder=${_("Name, unit or site")}
      .value=${live(desk.seeking)}
      @input=${(/** @type {Event} */ event) => desk.set({ seeking: /** @type {HTMLInputElement} */ (event.target).value })}
    />
    ${rows.length ? nothing : html`<p class="soft">${wanted ? _("Nothing found.") : _("Nobody has joined yet.")}</p>`}
    <ul class="people__list" role="list">
      ${repeat(
        rows,
        ([id]) => id,
        ([id, each]) => person(desk, id, each, where(each)),
      )}
    </ul>
  </section>`;
}

/** The desk, then who is here, then who has gone. @param {Person} person */
const rank = ({ role, here }) => (role === "attendee" || role === "screen" ? (here ? 10 : 20) : 0) + ORDER.indexOf(role);

/** @param {Desk} desk @param {string} id @param {Person} each @param {string} where */
function person(desk, id, each, where) {
  const presence = each.here ? (each.visible ? "here" : "hidden") : "away";
  return html`<li class="person person--${presence}" data-person=${id}>
    <span class="person__dot" aria-hidden="true"></span>
    <span class="person__who">
      <span class="person__name">${each.name || _("Guest")}</span>
      ${each.role === "attendee" ? nothing : html`<span class="badge badge--quiet">${ROLES[each.role]()}</span>`}
      ${desk.driving.doc.driver === id ? html`<span class="person__drives">${icons.live()}${_("drives")}</span>` : nothing}
      <span class="soft">${where}</span>
    </span>
    <span class="person__since soft number">${SAID[presence](each.since ? timeOfDay(each.since) : "")}</span>
  </li>`;
}

/** @type {Record<Person["role"], () => string>} */
const ROLES = {
  lecturer: () => _("Lecturer"),
  organiser: () => _("Organiser"),
  moderator: () => _("Moderator"),
  attendee: () => _("Attendee"),
  screen: () => _("Screen"),
};

const SAID = {
  here: (/** @type {string} */ time) => _("since {time}", { time }),
  hidden: () => _("in the background"),
  away: () => _("away"),
};
