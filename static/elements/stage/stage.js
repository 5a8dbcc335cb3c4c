/**
 * The stage: the slide of a cue and what lies over it. The same element on a phone
 * and in the desk's preview; it fills the width it is given and everything in it grows
 * with that width (stage.css). The hall's projector has boards of its own (screen/over.js).
 * It shows the cue it is handed, and never asks what time it is. How polls and scores are drawn it is handed
 * too (boards.js): a phone shows its first slide before it has loaded that.
 *
 * @typedef {import("../../protocol.d.ts").CueDoc} CueDoc
 * @typedef {import("../../core/docs.d.ts").Overlay} Overlay
 * @typedef {import("../../core/store.js").Store} Store
 * @typedef {import("../../ballots/options.js").Choice} Choice
 */

import { html, nothing } from "lit-html";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";
import { duration } from "../../core/text.js";
import { vars } from "../../core/vars.js";
import { slidePicture } from "./slide.js";

const LONG = 120; // characters from which words are set smaller
const LONGER = 400; // and smaller still: what is left scrolls

/**
 * @typedef {object} How
 * @property {typeof import("./boards.js")} [boards]   without them polls and scores are not drawn
 * @property {boolean} [hint]   say in small letters that a blank stage is meant
 * @property {(poll: number) => Choice} [mine]
 * @property {(poll: number) => import("../../core/polling.js").Seen | undefined} [seen]   a poll as it is to be shown; else as the docs are
 */

/**
 * @param {Store} store
 * @param {CueDoc | undefined} cue
 * @param {number} now  the viewer's clock, ms, for what counts down
 * @param {How} [how]
 */
export function stage(store, cue, now, how = {}) {
  const slide = cue?.slide ? store.get(`slide/${cue.slide}`) : undefined;
  const ratio = slide ? `${slide.width} / ${slide.height}` : "16 / 9";
  return html`<div class="stage" ${vars({ "stage-ratio": ratio })}>
    ${slidePicture(slide)} ${cue?.overlay ? overlay(store, cue, cue.overlay, now, how) : nothing}
  </div>`;
}

/**
 * @param {Store} store
 * @param {CueDoc} cue
 * @param {Overlay} over
 * @param {number} now
 * @param {How} how
 */
function overlay(store, cue, over, now, how) {
  switch (over.kind) {
    case "blank":
      return html`<div class="stage__over stage__over--blank">
        ${how.hint ? html`<p class="stage__by">${_("The stage is blank for a moment.")}</p>` : nothing}
      </div>`;
    case "break":
      return pause(over, cue.at, now);
    case "notice":
      return board(icons.bell(), _("Notice"), words(over.text));
    case "question":
      return asked(store.get(`question/${over.question}`));
    case "scores":
      return how.boards?.scores(store);
    case "poll":
      return how.boards?.poll(store, over, now, how);
  }
}

/**
 * The frame that all but the blank stage have: a sign, what it is, and the matter.
 * @param {unknown} icon
 * @param {string} name
 * @param {unknown} matter
 */
export function board(icon, name, matter, density = "") {
  return html`<div class="stage__over ${density}">
    <p class="stage__eyebrow">${icon}<span>${name}</span></p>
    ${matter}
  </div>`;
}

/** @param {string} text */
function words(text) {
  const size = text.length > LONGER ? "stage__words--longer" : text.length > LONG ? "stage__words--long" : "";
  return html`<p class="stage__words ${size}">${text}</p>`;
}

/**
 * @param {import("../../protocol.d.ts").BreakOverlay} over
 * @param {number} since
 * @param {number} now
 */
function pause(over, since, now) {
  const left = since + over.minutes * 60_000 - now;
  const count =
    left > 0
      ? html`<p class="stage__count" role="timer">${duration(left)}</p>`
      : html`<p class="stage__words">${_("We go on in a moment.")}</p>`;
  return board(icons.cup(), _("Break"), html`${over.text ? words(over.text) : nothing}${count}`);
}

/** @param {import("../../protocol.d.ts").QuestionDoc | undefined} question */
function asked(question) {
  if (!question?.text) return nothing; // taken back between two patches
  const by = question.by ? [question.by, question.unit].filter(Boolean).join(" · ") : _("Anonymous");
  return board(
    icons.question(),
    _("Question"),
    html`${words(question.text)}
      <p class="stage__by">${by}</p>`,
  );
}
