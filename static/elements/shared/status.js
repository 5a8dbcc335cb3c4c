/**
 * How it stands with the connection, in words: a pill (live, catching up, lost) and
 * a sentence on what has not reached the server yet. For every page with a link.
 */

import { html, nothing } from "lit-html";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { list, timeOfDay } from "../../core/text.js";

/** @typedef {import("../../core/page.js").Page} Page */

/** @param {Page} page */
export function statusPill({ link, store }) {
  const onAir = store.get("broadcast")?.phase === "live";
  switch (link.state) {
    case "live":
      return html`<span class="pill pill--good" data-link="live">${onAir ? _("Live") : _("Connected")}</span>`;
    case "catching_up":
      return html`<span class="pill pill--now" data-link="catching_up">${_("Catching up")}</span>`;
    case "lost":
      return html`<span class="pill pill--bad" data-link="lost">${_("Connection lost")}</span>`;
    case "ended":
      return html`<span class="pill pill--bad" data-link="ended">${_("Signed out")}</span>`;
  }
}

/**
 * Nothing while all is well; else what is wrong and what still waits here.
 * @param {Page} page
 */
export function statusBanner({ link, outbox, audience }) {
  if (link.state === "ended") {
    return banner("danger", _("This access was withdrawn. What you see is no longer up to date."));
  }
  const waiting = undelivered(outbox.entries);
  if (link.state === "lost") {
    const since = _("No connection since {time}; trying again by itself.", { time: timeOfDay(link.lostAt) });
    return banner("danger", waiting ? `${since} ${waiting}` : since);
  }
  if (outbox.unsaved) {
    const why = _("The server cannot save anything now: its disk is full. When there is room it goes on by itself.");
    const help = audience === "desk" ? _("Tell whoever runs the server; what is on the screens stays there.") : "";
    return banner("danger", [why, help, waiting].filter(Boolean).join(" "), icons.warning());
  }
  const stuck = outbox.entries.some((entry) => Date.now() - entry.at > 3_000);
  return stuck ? banner("signal", waiting) : nothing;
}

/**
 * "Not delivered yet: 1 vote and 1 question", or nothing.
 * @param {import("../../core/outbox.js").Entry[]} entries
 */
function undelivered(entries) {
  const count = (/** @type {string} */ verb) => entries.filter((entry) => entry.command.do === verb).length;
  const votes = count("vote");
  const questions = count("ask");
  const others = entries.length - votes - questions;
  const parts = [];
  if (votes) parts.push(ngettext("{n} vote", "{n} votes", votes));
  if (questions) parts.push(ngettext("{n} question", "{n} questions", questions));
  if (others) parts.push(ngettext("{n} other thing", "{n} other things", others));
  return parts.length
    ? _("Not delivered yet: {things}. It is kept here and goes out by itself.", { things: list(parts) })
    : "";
}

/**
 * Why something that was given has not arrived, in a few words.
 * @param {Page} page
 * @param {import("../../core/outbox.js").Entry | undefined} entry
 */
export function underWay({ link, outbox }, entry) {
  if (link.state !== "live") return _("Waiting for the connection");
  const waits = entry && outbox.waits(entry);
  if (!waits) return _("Sending …");
  const n = Math.ceil(waits.ms / 1_000);
  return waits.code === "too_fast"
    ? ngettext("Goes out in {n} s: that was many in a row", "Goes out in {n} s: that was many in a row", n)
    : ngettext("Goes out in {n} s: the server is busy", "Goes out in {n} s: the server is busy", n);
}

/**
 * @param {"danger" | "signal"} tone
 * @param {string} text
 */
function banner(tone, text, sign = tone === "danger" ? icons.unlinked() : icons.clock()) {
  return html`<div class="notice notice--${tone} status-banner" role="status">
    ${sign}
    <p>${text}</p>
  </div>`;
}
