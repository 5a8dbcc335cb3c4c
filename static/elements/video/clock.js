/**
 * How far behind the hall this viewer is and how the page knows it, as one line of words,
 * and below it, when asked for, the panel to set it right: by the running number in the
 * video, or by half seconds. It covers nothing: one must see the video while doing it.
 *
 * @typedef {import("./pane.js").VideoPane} VideoPane
 */

import { html, nothing } from "lit-html";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { duration } from "../../core/text.js";

const NUDGE_MS = 500;
const MINUTE_S = 60;

/** @param {VideoPane} pane */
export function clockLine(pane) {
  return html`<div class="video__clock">
    <button
      type="button"
      class="video__behind"
      data-do="clock"
      data-rung=${pane.page.viewing.rung}
      aria-expanded=${pane.setting ? "true" : "false"}
      aria-controls="video-setting"
      @click=${() => pane.set(!pane.setting)}
    >
      <span>${sentence(pane)}</span>${icons.right()}
    </button>
    ${pane.setting ? panel(pane) : nothing}
  </div>`;
}

/** "You see the hall as it was 12 seconds ago", "by the stream's own clock" @param {VideoPane} pane */
function sentence(pane) {
  const { viewing } = pane.page;
  const seconds = pane.behind();
  if (viewing.rung === "now") return _("How far behind your video is, is not known: slides come as in the hall.");
  return html`${seconds < 2 ? _("You see the hall as it is now") : ago(seconds)}
    <small class="soft">${how(pane)}</small>`;
}

/** @param {number} seconds */
const ago = (seconds) =>
  seconds < MINUTE_S
    ? ngettext("You see the hall as it was {n} second ago", "You see the hall as it was {n} seconds ago", seconds)
    : _("You see the hall as it was {time} ago", { time: duration(seconds * 1000) });

/** @param {VideoPane} pane */
function how({ player, page: { viewing } }) {
  if (player?.state === "dead" && viewing.rung === "calibrated") return _("as before the video stopped");
  if (viewing.isOwn) return _("as you have set it");
  if (viewing.rung === "calibrated") return _("as measured in the hall");
  return viewing.rung === "playlist" ? _("by the stream's own clock") : _("as is usual here");
}

/** @param {VideoPane} pane */
function panel(pane) {
  const { viewing } = pane.page;
  return html`<div class="video__setting stack" id="video-setting">
    <p>${_("Slides and polls come when you see that moment in the video. Do they come at the right time?")}</p>
    <div class="cluster">
      ${step(_("They come too early"), "early", () => pane.nudge(-NUDGE_MS))}
      ${step(_("They come too late"), "late", () => pane.nudge(NUDGE_MS))}
      <span class="soft">${_("Each press moves them by half a second.")}</span>
    </div>
    ${mark(pane)}
    <div class="cluster">
      ${viewing.isOwn ? step(_("Forget what I have set"), "reset", () => pane.reset()) : nothing}
      ${viewing.mayChoose ? step(_("I am in the hall"), "hall", () => choose(pane, "room")) : nothing}
      <button type="button" class="button button--small button--quiet" @click=${() => pane.set(false)}>${_("Close")}</button>
    </div>
  </div>`;
}

/** @param {string} label @param {string} what @param {() => void} press */
const step = (label, what, press) =>
  html`<button type="button" class="button button--small" data-do=${what} @click=${press}>${label}</button>`;

/** By the number of two digits that runs in the video, where the hall shows one. @param {VideoPane} pane */
function mark(pane) {
  if (pane.done) {
    const time = (pane.page.viewing.behind() / 1000).toFixed(1);
    return html`<p role="status"><b>${_("Set: you are {n} seconds behind the hall.", { n: time })}</b></p>`;
  }
  if (pane.awaited !== null) {
    const number = String(Math.round(pane.awaited / 1000) % 100).padStart(2, "0");
    return html`<button type="button" class="button button--primary button--wide" data-do="press" @click=${() => pane.press()}>
        ${_("Press in the moment in which the video shows {n}", { n: number })}
      </button>
      ${step(_("Another number"), "await", () => pane.await())}`;
  }
  return html`<p>${_("If a number of two digits runs in the video, press what it shows now:")} <b class="number">${pane.typed || " "}</b></p>
    <div class="video__digits" role="group" aria-label=${_("The number in the video")}>
      ${[1, 2, 3, 4, 5, 6, 7, 8, 9, 0].map(
        (digit) =>
          html`<button type="button" class="button" data-digit=${digit} @click=${() => pane.type(digit)}>${digit}</button>`,
      )}
    </div>`;
}

/** Where one is, for those of whom the page cannot know. @param {VideoPane} pane @param {"room" | "remote"} place */
export function choose(pane, place) {
  pane.page.viewing.choose(place);
  pane.set(false);
}
