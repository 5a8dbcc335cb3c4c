/**
 * A poll as the hall sees it: the question and its bars as large as they fit, and beside them,
 * while it is open, the time that is left, the way in and how many have voted. It has one drawing
 * from its opening to its result: only the figures come in, so the bars grow in their place, and
 * they do it a few times a second at most: nobody reads figures that change faster. A result by
 * group is its second view.
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("../../protocol.d.ts").BroadcastDoc} BroadcastDoc
 * @typedef {import("../../protocol.d.ts").PollDoc} PollDoc
 * @typedef {import("../../protocol.d.ts").TallyDoc} TallyDoc
 * @typedef {import("../../core/polling.js").Split} Split
 */

import { html, nothing } from "lit-html";
import { kindOf, optionsOf, resultOf } from "../../ballots/index.js";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { pollOf, splitOf, tallyOf, waitingFor } from "../../core/polling.js";
import { slidesOf } from "../../core/store.js";
import { vars } from "../../core/vars.js";
import { timeLeft } from "../polls/result.js";
import { splitResult } from "../polls/split.js";
import { learnt, solution } from "../polls/quiz.js";
import { board, phrased } from "./board.js";
import { joinCard } from "./join.js";
import { LARGEST, answersSeen } from "./answers.js";

const PACE_MS = 500; // between two counts that are drawn: a bar's own growing takes a little longer
const CALM_MS = 1_000; // the same for words, which make room for one another
const FEW = 3; // options up to which type may be larger still
const MANY = 7; // options from which they stand in two columns
const LONG = 70; // characters from which a question is set smaller, so that it leaves room for its options

/** @param {Page} page @param {BroadcastDoc} broadcast @param {number} number */
export function pollBoard(page, broadcast, number) {
  const doc = pollOf(page, number);
  if (!doc) return nothing;
  const words = !!kindOf(doc.ballot).quoted;
  const moment = paced(page, words ? CALM_MS : PACE_MS);
  const tally = tallyOf(page, number, doc, moment);
  const split = splitOf(page, number, doc, moment);
  const options = optionsOf(doc.ballot);
  const open = doc.state === "open";
  const paged = tally?.counts && kindOf(doc.ballot).paged ? answersSeen(page, number, doc) : undefined;
  return board({
    kind: "poll",
    icon: icons.poll(),
    name: heading(page, doc),
    key: measure(doc, tally, split, paged?.key),
    stepwise: words && !paged,
    largest: paged ? LARGEST : split || options.length > FEW ? 0.075 : 0.085,
    matter: html`<h1 class="board__asked ${doc.title.length > LONG ? "board__asked--long" : ""}">${phrased(doc.title)}</h1>
      ${paged ? paged.matter : split ? splitResult(doc, split) : drawing(page, doc, tally, options.length)}`,
    below: paged?.below,
    aside: open ? beside(page, broadcast, doc, tally) : nothing,
  });
}

/** What it is, and while it is open what one is to do. @param {Page} page @param {PollDoc} doc */
function heading(page, doc) {
  const open = doc.state === "open";
  const round = doc.round > 1 ? _("Round {n}", { n: doc.round }) : "";
  const parts = [open ? _("Poll, open now") : _("Poll, closed"), round, open ? kindOf(doc.ballot).hint(doc.ballot) : awaited(page, doc)];
  return parts.filter(Boolean).join(" · ");
}

/**
 * Changes when the type has to be measured again: never because of a vote, unless it brings new words.
 * @param {PollDoc} doc @param {TallyDoc | undefined} tally @param {Split | undefined} split
 * @param {string[]} [words]   those that are seen, where they are not the tally's
 */
const measure = (doc, tally, split, words = tally?.said?.map(({ text }) => text)) =>
  JSON.stringify([
    [doc.title, doc.ballot, doc.state, !!tally?.counts, !!tally?.gain],
    words,
    split && [split.by, split.groups?.map(({ name }) => name)],
  ]);

/** @param {Page} page @param {PollDoc} doc @param {TallyDoc | undefined} tally @param {number} options */
function drawing(page, doc, tally, options) {
  const growing = doc.state === "open" || waitingFor(page, doc) > 0;
  const counted = { right: doc.quiz?.right ?? [], growing, slides: slidesOf(page.store) };
  return html`<div
      class="tally ${tally?.counts ? "" : "tally--hidden"} ${options >= MANY ? "tally--columns" : ""}"
      ${vars({ rows: Math.ceil(options / 2) })}
    >
      ${resultOf(doc.ballot, tally, counted)}
    </div>
    ${tally?.counts ? html`${learnt(tally.gain)} ${solution(doc)}` : nothing}`;
}

/** @param {Page} page @param {BroadcastDoc} broadcast @param {PollDoc} doc @param {TallyDoc | undefined} tally */
const beside = (page, broadcast, doc, tally) => html`<aside class="board__beside">
  ${timeLeft(doc, page.media())} ${joinCard(broadcast)}
  <p class="board__turnout">${large(voted(tally))} <span class="board__soft">${present(page)}</span></p>
</aside>`;

/** A sentence with its figure set large. @param {string} text */
function large(text) {
  const [, before = "", figure = "", after = text] = /^(\D*)(\d(?:.*\d)?)(.*)$/.exec(text) ?? [];
  return html`${before}<b>${figure}</b>${after}`;
}

/** @param {Pick<TallyDoc, "votes"> | undefined} tally */
export const voted = (tally) => ngettext("{n} has voted", "{n} have voted", tally?.votes ?? 0);

/** @param {Page} page */
export function present(page) {
  const here = page.store.get("presence")?.here ?? 0;
  return ngettext("{n} person is here", "{n} people are here", here);
}

/** The moment whose count is drawn. @param {Page} page @param {number} pace   ms */
const paced = (page, pace) => Math.floor(page.media() / pace) * pace;

/** When the next count is drawn, while votes come in to a poll on stage. @param {Page} page @param {number} media */
export function nextCount(page, media) {
  const over = page.cue()?.overlay;
  const open = over?.kind === "poll" && pollOf(page, over.poll)?.state === "open";
  return open ? (Math.floor(media / PACE_MS) + 1) * PACE_MS : undefined;
}

/** Why the result is not there yet. @param {Page} page @param {PollDoc} poll */
function awaited(page, poll) {
  const left = Math.ceil(waitingFor(page, poll) / 1000);
  return left ? _("Waiting for remote viewers, {n} s", { n: left }) : "";
}
