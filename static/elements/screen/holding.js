/**
 * The boards of a screen that has no slide to show: before the start (what, who, when,
 * and large: the way in), after the end (thanks), and when its link was withdrawn.
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("../../protocol.d.ts").BroadcastDoc} BroadcastDoc
 */

import { html, nothing } from "lit-html";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { dayAndTime, duration } from "../../core/text.js";
import { board, phrased } from "./board.js";
import { joinCard } from "./join.js";

const COUNTDOWN_MS = 12 * 3_600_000; // further off, the date says it better

/** @param {Page} page @param {BroadcastDoc} broadcast */
export function before(page, broadcast) {
  const { title, lecturer, planned_at, phase } = broadcast;
  const here = page.store.get("presence")?.here ?? 0;
  const left = planned_at && phase === "planned" ? planned_at - page.now() : 0;
  const counting = left > 0 && left < COUNTDOWN_MS;
  return board({
    kind: "holding",
    key: [title, lecturer, planned_at, counting, counting && duration(left).length].join("|"),
    largest: 0.075,
    matter: html`<h1 class="board__title">${phrased(title)}</h1>
      ${lecturer ? html`<p class="board__lecturer">${lecturer}</p>` : nothing}
      ${planned_at ? html`<p class="board__soft">${dayAndTime(planned_at)}</p>` : nothing}
      ${
        counting
          ? html`<p class="board__count" role="timer">${duration(left)}</p>`
          : html`<p class="board__soon">${_("We begin in a moment.")}</p>`
      }`,
    below: html`<p class="board__below">${here ? ngettext("{n} person is here", "{n} people are here", here) : nothing}</p>`,
    aside: joinCard(broadcast),
  });
}

/** @param {BroadcastDoc} broadcast */
export function after({ title, lecturer }) {
  return board({
    kind: "after",
    key: `${title}|${lecturer}`,
    largest: 0.1,
    matter: html`<h1 class="board__title">${phrased(_("Thank you for taking part."))}</h1>
      <p>${phrased(title)}</p>
      ${lecturer ? html`<p class="board__soft">${lecturer}</p>` : nothing}`,
  });
}

export function withdrawn() {
  return board({
    kind: "withdrawn",
    icon: icons.unlinked(),
    name: _("Screen"),
    key: "withdrawn",
    largest: 0.08,
    matter: html`<h1 class="board__title">${phrased(_("The link of this screen was withdrawn."))}</h1>
      <p class="board__soft">${_("Ask the organiser for a new link and open it here.")}</p>`,
  });
}
