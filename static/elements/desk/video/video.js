/**
 * The video at the desk: what is wrong with it, a monitor, how its clock is corrected (the
 * watch, the clap, the nudges), by which rung viewers follow and how far behind they are, and
 * the running mark for the hall's screen. Drawn by desk/page.js where there is a video.
 *
 * @typedef {import("../self.js").Desk} Desk
 * @typedef {import("../../../core/docs.d.ts").VideoDoc} VideoDoc
 * @typedef {import("../../../protocol.d.ts").WatchDoc} WatchDoc
 */

import { html, nothing } from "lit-html";
import * as icons from "../../../core/icons.js";
import { _, ngettext } from "../../../core/i18n.js";
import { sentences, timeOfDay } from "../../../core/text.js";
import { shares } from "../people.js";
import { rungLeft, whatIsWrong } from "./trouble.js";
import { troubleSentence } from "../../video/trouble.js";

const NUDGE_MS = 100;
const BELIEVED_MS = 3_000; // as live/domain/calibration.py: encoder and upload explain that much

/** @param {Desk} desk */
export function video(desk) {
  const doc = desk.page.store.get("video");
  if (!doc || doc.kind === "none") return html`<p class="empty">${_("No video is set up.")}</p>`;
  const watch = desk.page.store.get("watch");
  desk.monitor.refresh();
  return html`<div class="desk-video stack">
    ${trouble(doc, watch)} ${monitor(desk, doc)} ${calibration(desk, doc, watch)} ${viewers(desk)} ${mark(desk, doc)}
  </div>`;
}

/** @param {VideoDoc} doc @param {WatchDoc | undefined} watch */
function trouble(doc, watch) {
  if (!watch?.trouble) return nothing;
  return html`<div class="notice notice--signal desk-video__trouble" role="status" data-trouble=${watch.trouble}>
    ${icons.warning()}
    <div class="stack stack--tight">
      <p>${whatIsWrong(doc.kind, watch.trouble, watch.detail ?? "")}</p>
      <p class="soft">${rungLeft(watch.trouble, doc.delay_ms)}</p>
    </div>
  </div>`;
}

// The monitor ---------------------------------------------------------------------

/** @param {Desk} desk @param {VideoDoc} doc */
function monitor({ monitor }, doc) {
  const { player, open } = monitor;
  const wrong = player?.state === "dead" ? troubleSentence(player.trouble) : "";
  return html`<section class="stack stack--tight" aria-label=${_("Monitor")}>
    ${open ? html`<div class="monitor">${player ? player.video : frame(doc)}</div>` : nothing}
    ${wrong ? html`<p class="soft" role="status">${wrong}</p>` : nothing}
    <button type="button" class="button button--small" data-do="monitor" @click=${() => monitor.show(!open)}>
      ${icons.video()}<span>${open ? _("Close the monitor") : _("See what viewers see")}</span>
    </button>
  </section>`;
}

/** @param {VideoDoc} doc */
const frame = ({ embed }) =>
  embed
    ? html`<iframe
        class="monitor__picture"
        src=${embed}
        title=${_("Video")}
        sandbox="allow-scripts allow-same-origin allow-presentation"
        allow="autoplay; encrypted-media"
        referrerpolicy="strict-origin-when-cross-origin"
      ></iframe>`
    : nothing;

// The clock -----------------------------------------------------------------------

/** @param {Desk} desk @param {VideoDoc} doc @param {WatchDoc | undefined} watch */
function calibration(desk, doc, watch) {
  const { monitor } = desk;
  const set = doc.turns?.length;
  return html`<section class="stack stack--tight" aria-label=${_("In step with the video")}>
    <h2 class="side__head">${_("In step with the video")}</h2>
    <p>${known(doc, watch)}</p>
    ${monitor.waiting ? waiting(desk) : clap(desk, doc, watch)}
    <div class="cluster" role="group" aria-label=${_("Correct it in small steps")}>
      <button type="button" class="button button--small" data-do="later" @click=${() => monitor.nudge(-NUDGE_MS)}>
        ${_("Slides 0.1 s later")}
      </button>
      <button type="button" class="button button--small" data-do="earlier" @click=${() => monitor.nudge(NUDGE_MS)}>
        ${_("Slides 0.1 s earlier")}
      </button>
      ${
        set
          ? html`<button type="button" class="button button--small button--quiet" data-do="by-itself" @click=${() => monitor.byItself()}>
              ${icons.undo()}<span>${_("Back to automatic")}</span>
            </button>`
          : nothing
      }
    </div>
  </section>`;
}

/** What is known of the clock, and what is not. @param {VideoDoc} doc @param {WatchDoc | undefined} watch */
function known(doc, watch) {
  const turn = doc.turns?.[doc.turns.length - 1];
  if (turn?.by_now || (!turn && doc.kind !== "hls")) return delay(doc, turn);
  const offset = watch?.offset_ms ?? null;
  if (turn?.method === "clap" || turn?.method === "nudge") {
    const said = _("The stream's clock is corrected by {s} s, set at the desk at {time}.", { s: signed(turn.cal_ms), time: timeOfDay(turn.at) });
    return watch?.path_ms == null ? said : sentences(said, _("It is followed by itself when the encoder starts anew."));
  }
  if (turn?.method === "watch" && Math.abs(turn.cal_ms) > 0) {
    const said = _("The stream's clock is wrong and is corrected by {s} s, as measured.", { s: signed(turn.cal_ms) });
    return sentences(said, _("What encoder and upload take is not known: a clap makes it exact."));
  }
  if (offset === null) return watch?.trouble ? _("The stream's clock has not been measured.") : _("The stream's clock is being measured …");
  const said = _("The stream's clock seems right: what it dates comes {s} s later.", { s: seconds(Math.min(offset, BELIEVED_MS)) });
  return sentences(said, _("How much of that is encoder and upload is not known: a clap makes it exact."));
}

/** Of a player without a clock. @param {VideoDoc} doc @param {{cal_ms: number, at: number} | undefined} turn */
const delay = (doc, turn) =>
  turn
    ? _("All its viewers are taken to be {s} s behind, set at the desk at {time}.", { s: seconds(-turn.cal_ms), time: timeOfDay(turn.at) })
    : sentences(
        _("This player says nothing of its clock. Viewers are taken to be {s} s behind, as set up.", { s: seconds(doc.delay_ms) }),
        _("A clap tells how far it really is."),
      );

/** @param {Desk} desk @param {VideoDoc} doc @param {WatchDoc | undefined} watch */
function clap({ monitor }, doc, watch) {
  const dated = doc.kind === "hls" && watch?.trouble !== "no_dates";
  const blind = dated && monitor.frameAt === undefined;
  return html`<button type="button" class="button" data-do="clap" ?disabled=${blind} @click=${() => monitor.clap()}>
      ${icons.clock()}<span>${_("I clap now")}</span>
    </button>
    <p class="soft small">
      ${blind ? _("Open the monitor first.") : _("Clap where the camera sees it and press at the same moment; press again when the monitor shows it.")}
    </p>`;
}

/** @param {Desk} desk */
const waiting = ({ monitor, page }) =>
  html`<div class="cluster">
    <button type="button" class="button button--signal" data-do="seen" @click=${() => monitor.seen()}>
      ${icons.check()}<span>${_("I see the clap now")}</span>
    </button>
    <button type="button" class="button button--quiet" @click=${() => monitor.cancel()}>${_("Cancel")}</button>
    <span class="soft number">${_("{s} s", { s: Math.round((page.now() - (monitor.clapped ?? 0)) / 1000) })}</span>
  </div>`;

// Who follows how -----------------------------------------------------------------

const RUNGS = {
  playlist: () => _("By the stream's clock"),
  calibrated: () => _("By a measured delay"),
  site: () => _("By the usual delay"),
  now: () => _("Without delay"),
};

/** @param {Desk} desk */
function viewers({ page }) {
  const doc = page.store.get("viewers");
  const rungs = /** @type {Record<string, number>} */ (doc?.rungs ?? {});
  const counts = Object.fromEntries(Object.entries(rungs).filter(([, count]) => count));
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return html`<div class="stack stack--tight" data-viewers=${all}>
    ${all ? nothing : html`<h2 class="side__head">${_("Viewers elsewhere")}</h2>`}
    ${shares(_("Viewers elsewhere"), counts, (rung) => RUNGS[/** @type {keyof typeof RUNGS} */ (rung)]())}
    <p class="soft">
      ${
        all
          ? _("Half of them are within {median} s of the hall, the slowest is {slowest} s behind.", {
              median: seconds(doc?.median_ms ?? 0),
              slowest: seconds(doc?.slowest_ms ?? 0),
            })
          : _("Nobody watches the video at the moment.")
      }
    </p>
  </div>`;
}

/** @param {Desk} desk @param {VideoDoc} doc */
const mark = ({ monitor }, doc) =>
  html`<section class="stack stack--tight" aria-label=${_("Running mark")}>
    <label class="switch">
      <input
        type="checkbox"
        data-do="mark"
        .checked=${doc.mark ?? false}
        @change=${(/** @type {Event} */ event) => monitor.mark(/** @type {HTMLInputElement} */ (event.target).checked)}
      />
      <span>${_("Running mark on the hall's screen")}</span>
    </label>
    <p class="soft small">
      ${_("Two digits that change each second. Viewers of a player without a clock type the ones they see, and are in step.")}
      <a href="mark" target="_blank">${_("For OBS: the mark as an overlay")}</a>
    </p>
  </section>`;

/** @param {number} ms */
const seconds = (ms) => (ms / 1000).toFixed(1);

/** @param {number} ms */
const signed = (ms) => `${ms < 0 ? "−" : "+"}${seconds(Math.abs(ms))}`;

/** What the tab says beside its name. @param {Desk} desk */
export function videoBadge({ page }) {
  const wrong = page.store.get("watch")?.trouble;
  return wrong ? html`<span class="badge">!<span class="visually-hidden"> ${_("Something is wrong with the video")}</span></span>` : nothing;
}
