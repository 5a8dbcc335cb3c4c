/**
 * The screen page as a whole: the notice as a band, the picture (a slide, or a board in
 * its place) as large as it can be, and one line with the way in and the count. Before
 * the start and after the end a holding board. It never shows an error to the hall: a
 * lost connection is a small mark, and the picture stays. Where the screen stands elsewhere
 * the video is beside the picture, and all comes in its time. Drawn by screen.js.
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("../../protocol.d.ts").BroadcastDoc} BroadcastDoc
 * @typedef {import("../../protocol.d.ts").CueDoc} CueDoc
 * @typedef {import("./reel.js").Reel} Reel
 * @typedef {import("../video/pane.js").VideoPane} VideoPane
 */

import { html, nothing } from "lit-html";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";
import { runningMark } from "../../core/mark.js";
import { pollsOf, tallyOf } from "../../core/polling.js";
import { board } from "./board.js";
import { after, before, withdrawn } from "./holding.js";
import { address } from "./join.js";
import { signs } from "./mood.js";
import { elsewhere, placeButton } from "./elsewhere.js";
import { noticesAt, phaseAt } from "../stage/in-step.js";
import { over } from "./over.js";
import { present, voted } from "./poll.js";
import { isLight, toggleFullScreen, toggleLight } from "./room.js";

const LONG = 60; // characters from which a notice is set smaller …
const LONGER = 180; // … and smaller still

/** @param {Page} page @param {Reel} reel @param {VideoPane} pane */
export function screenPage(page, reel, pane) {
  if (page.link.state === "ended") return html`<div class="screen">${withdrawn()}</div>`;
  const video = elsewhere(pane);
  const broadcast = seen(page);
  const cue = broadcast?.phase === "live" ? page.cue() : undefined;
  const blank = cue?.overlay?.kind === "blank";
  return html`<div class="screen ${blank ? "screen--blank" : ""}" data-phase=${broadcast?.phase ?? "unknown"}>
    ${noticesAt(page).map(band)}
    <div class="screen__row" data-layout=${pane.doc ? pane.layout : "alone"}>
      <div class="screen__picture">${broadcast ? picture(page, reel, broadcast, cue) : nothing} ${mark(page)} ${signs(page)}</div>
      ${video}
    </div>
    ${broadcast ? foot(page, broadcast, cue) : nothing} ${lost(page)}
    <div class="screen__tools">
      ${placeButton(pane)}
      <button
        type="button"
        class="screen__tool"
        data-do="light"
        aria-pressed=${isLight() ? "true" : "false"}
        aria-label=${_("Light picture, for a bright hall")}
        title="${_("Light picture, for a bright hall")} (L)"
        @click=${() => (toggleLight(), page.redraw())}
      >
        ${icons.light()}
      </button>
      <button type="button" class="screen__tool" aria-label=${_("Full screen")} title="F" @click=${toggleFullScreen}>
        ${icons.screen()}
      </button>
    </div>
  </div>`;
}

/** The broadcast as it stands at the moment that is seen here. @param {Page} page */
function seen(page) {
  const doc = page.store.get("broadcast");
  return doc && { ...doc, phase: phaseAt(doc, page.media()) };
}

/**
 * @param {Page} page @param {Reel} reel @param {BroadcastDoc} broadcast
 * @param {CueDoc | undefined} cue
 */
function picture(page, reel, broadcast, cue) {
  if (broadcast.phase === "ended") return after(broadcast);
  if (!cue?.slide && !cue?.overlay) return before(page, broadcast);
  const board = cue.overlay ? over(page, broadcast, cue, cue.overlay) : nothing;
  return board === nothing ? slide(page, reel, cue.slide) : board;
}

/** @param {Page} page @param {Reel} reel @param {string | null | undefined} id */
function slide({ store }, reel, id) {
  const doc = id ? store.get(`slide/${id}`) : undefined;
  if (!doc) return nothing;
  const shown = reel.show(doc);
  const all = store.family("slide").map(([, each]) => each);
  reel.ahead(all, doc.number);
  return shown ?? board({ matter: html`<p class="board__words">${doc.text}</p>`, key: doc.src, kind: "text" });
}

/** The running mark, where the desk wants it. @param {Page} page */
const mark = (page) => (page.store.get("video")?.mark ? (face ??= runningMark(() => page.now(), "mark mark--screen")) : nothing);

/** @type {HTMLElement | undefined} one for this page: it goes on by itself */
let face;

/** To this room, or to everyone. @param {import("../../protocol.d.ts").NoticeDoc} notice */
function band({ text }) {
  const size = text.length > LONGER ? "screen__band--longer" : text.length > LONG ? "screen__band--long" : "";
  return html`<aside class="screen__band ${size}" role="status">${icons.bell()}<p>${text}</p></aside>`;
}

/**
 * The line below: how to come in, who is there, and how many have voted: in the poll on stage that is
 * closed, else in those that are open beside it.
 * @param {Page} page @param {BroadcastDoc} broadcast
 * @param {CueDoc | undefined} cue
 */
function foot(page, broadcast, cue) {
  if (broadcast.phase === "ended" || (!cue?.slide && !cue?.overlay)) return nothing;
  const staged = cue.overlay?.kind === "poll" ? cue.overlay.poll : 0;
  const polls = pollsOf(page);
  const open = polls.filter(([number, poll]) => poll.state === "open" && Number(number) !== staged);
  const onStage = polls.filter(([number]) => Number(number) === staged);
  const invited = onStage.some(([, poll]) => poll.state === "open");
  if (invited && !open.length) return nothing; // that board says it all
  const counted = onStage.length && !invited ? onStage : open;
  const votes = counted.reduce((sum, [number, poll]) => sum + (tallyOf(page, number, poll)?.votes ?? 0), 0);
  return html`<footer class="screen__foot">
    <p>${invited ? nothing : address(broadcast)}</p>
    <p>
      ${counted.length ? html`<span class="screen__votes">${voted({ votes })}</span>` : nothing}
      <span>${present(page)}</span>
    </p>
  </footer>`;
}

/** Discreet: whoever runs the hall sees it, the audience is not alarmed. @param {Page} page */
function lost({ link }) {
  if (link.state !== "lost") return nothing;
  return html`<p class="screen__lost" role="status">
    ${icons.unlinked()}<span class="visually-hidden">${_("Connection lost")}</span>
  </p>`;
}
