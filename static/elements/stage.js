/**
 * The stage: the slide of a cue and what lies over it. The same element on a phone
 * and in the desk's preview; it fills the width it is given and everything in it grows
 * with that width (stage.css). The hall's projector has boards of its own (screen-over.js).
 * It shows the cue it is handed, and never asks what time it is.
 *
 * @typedef {import("../protocol.d.ts").CueDoc} CueDoc
 * @typedef {import("../core/docs.d.ts").Overlay} Overlay
 * @typedef {import("../core/store.js").Store} Store
 * @typedef {import("../ballots/options.js").Choice} Choice
 */

import { html, nothing } from "lit-html";
import { kindOf, optionsOf } from "../ballots/index.js";
import * as icons from "../core/icons.js";
import { _ } from "../core/i18n.js";
import { groupsBy } from "../core/polling.js";
import { duration } from "../core/text.js";
import { slidesOf } from "../core/store.js";
import { vars } from "../core/vars.js";
import { pollResult, timeLeft } from "./poll-result.js";
import { scoreboard } from "./quiz.js";
import { slidePicture } from "./slide.js";

const LONG = 120; // characters from which words are set smaller
const LONGER = 400; // and smaller still: what is left scrolls
const MANY = 5; // options from which they stand closer …
const MANY_MORE = 7; // … and in two columns

/**
 * @typedef {object} How
 * @property {boolean} [hint]   say in small letters that a blank stage is meant
 * @property {(poll: number) => Choice} [mine]
 * @property {(poll: number) => import("../core/polling.js").Seen | undefined} [seen]   a poll as it is to be shown; else as the docs are
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
      return board(icons.poll(), _("Scores"), html`<div class="stage__detail">${scoreboard(store.get("scores"))}</div>`);
    case "poll":
      return poll(store, over, now, how);
  }
}

/**
 * The frame that all but the blank stage have: a sign, what it is, and the matter.
 * @param {unknown} icon
 * @param {string} name
 * @param {unknown} matter
 */
function board(icon, name, matter, density = "") {
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
 * @param {import("../protocol.d.ts").BreakOverlay} over
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

/** @param {import("../protocol.d.ts").QuestionDoc | undefined} question */
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

/**
 * @param {Store} store
 * @param {import("../protocol.d.ts").PollOverlay} over
 * @param {number} now
 * @param {How} how
 */
function poll(store, over, now, { mine, seen = () => asItIs(store, over) }) {
  const number = over.poll;
  const { poll: doc, tally, split } = seen(number) ?? {};
  if (!doc) return nothing;
  const options = optionsOf(doc.ballot);
  const waiting = tally?.counts
    ? nothing
    : html`<p class="stage__by">${kindOf(doc.ballot).hint(doc.ballot)}</p>
        <ol class="stage__options" type="A">
          ${options.map((option) => html`<li>${option}</li>`)}
        </ol>`;
  return board(
    icons.poll(),
    _("Poll"),
    html`<h2 class="stage__words">${doc.title}</h2>
      ${timeLeft(doc, now)}
      <div class="stage__detail">${waiting}${pollResult(doc, tally, { mine: mine?.(number) ?? [], slides: slidesOf(store), split })}</div>`,
    split ? "stage__over--dense stage__over--split" : density(options.length, Boolean(doc.quiz?.right)),
  );
}

/** @param {Store} store @param {import("../protocol.d.ts").PollOverlay} over @returns {import("../core/polling.js").Seen | undefined} */
function asItIs(store, { poll: number, by }) {
  const poll = store.get(`poll/${number}`);
  return poll && { poll, tally: store.get(`tally/${number}`), split: groupsBy(store.get(`split/${number}`), by) };
}

/** @param {number} options @param {boolean} solved   then the solution stands below them */
function density(options, solved) {
  const close = solved || options >= MANY ? "stage__over--dense" : "";
  return options >= MANY_MORE ? `${close} stage__over--columns` : close;
}
