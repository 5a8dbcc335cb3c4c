/**
 * What lies on the stage that has much to draw: a poll with its result, and the scoreboard. stage.js is handed
 * them, so that a slide can be shown before they are loaded.
 *
 * @typedef {import("../../core/store.js").Store} Store
 * @typedef {import("./stage.js").How} How
 */

import { html, nothing } from "lit-html";
import { kindOf, optionsOf } from "../../ballots/index.js";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";
import { groupsBy } from "../../core/polling.js";
import { slidesOf } from "../../core/store.js";
import { pollResult, timeLeft } from "../polls/result.js";
import { scoreboard } from "../polls/quiz.js";
import { board } from "./stage.js";

const MANY = 5; // options from which they stand closer …
const MANY_MORE = 7; // … and in two columns

/** @param {Store} store */
export const scores = (store) =>
  board(icons.poll(), _("Scores"), html`<div class="stage__detail">${scoreboard(store.get("scores"))}</div>`);

/**
 * @param {Store} store
 * @param {import("../../protocol.d.ts").PollOverlay} over
 * @param {number} now
 * @param {How} how
 */
export function poll(store, over, now, { mine, seen = () => asItIs(store, over) }) {
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

/** @param {Store} store @param {import("../../protocol.d.ts").PollOverlay} over @returns {import("../../core/polling.js").Seen | undefined} */
function asItIs(store, { poll: number, by }) {
  const poll = store.get(`poll/${number}`);
  return poll && { poll, tally: store.get(`tally/${number}`), split: groupsBy(store.get(`split/${number}`), by) };
}

/** @param {number} options @param {boolean} solved   then the solution stands below them */
function density(options, solved) {
  const close = solved || options >= MANY ? "stage__over--dense" : "";
  return options >= MANY_MORE ? `${close} stage__over--columns` : close;
}
