/**
 * What stands in the slide's place before the start (what it is, who speaks, when,
 * who you are) and above it after the end (thanks, and what remains to be read).
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("../../protocol.d.ts").BroadcastDoc} BroadcastDoc
 */

import { html, nothing } from "lit-html";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { dayAndTime, duration } from "../../core/text.js";
import { whereabouts } from "./head.js";

const COUNTDOWN_MS = 24 * 3_600_000; // further off, the date says it better

/** @param {Page} page @param {BroadcastDoc} broadcast */
export function holding(page, broadcast) {
  return broadcast.phase === "planned" ? before(page, broadcast) : after(page, broadcast);
}

/** @param {Page} page @param {BroadcastDoc} broadcast */
function before(page, { title, lecturer, planned_at }) {
  const left = planned_at ? planned_at - page.now() : 0;
  const { you } = page.store;
  const here = page.store.get("presence")?.here ?? 0;
  return html`<section class="holding">
    <p class="eyebrow">${_("Not started yet")}</p>
    <h2 class="holding__title">${title}</h2>
    ${lecturer ? html`<p class="holding__lecturer">${lecturer}</p>` : nothing}
    ${planned_at ? html`<p>${_("Planned for {time}", { time: dayAndTime(planned_at) })}</p>` : nothing}
    ${
      left > 0 && left < COUNTDOWN_MS
        ? html`<p class="holding__count" role="timer">${duration(left)}</p>`
        : html`<p class="soft">${_("It begins as soon as the lecturer is ready. This page follows by itself.")}</p>`
    }
    <p class="soft">
      ${you?.name ? html`${_("You are here as")} <b>${[you.name, whereabouts(page.store)].filter(Boolean).join(" · ")}</b>` : nothing}
      ${here > 1 ? html`<br />${ngettext("{n} person is here", "{n} people are here", here)}` : nothing}
    </p>
    <p class="soft">${_("You may ask questions already.")}</p>
  </section>`;
}

/** @param {Page} page @param {BroadcastDoc} broadcast */
function after({ slug }, { replay }) {
  return html`<section class="holding holding--after">
    <p class="eyebrow">${_("Ended")}</p>
    <h2 class="holding__title">${_("Thank you for taking part.")}</h2>
    <p class="soft">
      ${_("What was shown stays here: the slides, the results and the answered questions.")}
    </p>
    ${
      replay
        ? html`<p>
            <a class="button button--primary" data-do="replay" href="/b/${slug}/replay"
              >${icons.play()}<span>${_("Watch the replay")}</span></a
            >
          </p>`
        : nothing
    }
  </section>`;
}
