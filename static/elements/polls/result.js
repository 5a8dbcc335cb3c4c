/**
 * A poll's result, wherever it is drawn: on the phone, over the slide, at the desk.
 * Shows the bars where the counts may be seen, else how many have voted.
 * It draws what the docs say and decides nothing.
 *
 * @typedef {import("../../protocol.d.ts").PollDoc} PollDoc
 * @typedef {import("../../protocol.d.ts").TallyDoc} TallyDoc
 * @typedef {import("../../ballots/options.js").Choice} Choice
 * @typedef {import("../../ballots/options.js").Slides} Slides
 */

import { html, nothing } from "lit-html";
import { noSlides, resultOf } from "../../ballots/index.js";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { duration } from "../../core/text.js";
import { splitResult } from "./split.js";
import { learnt, solution } from "./quiz.js";

const SOON_MS = 10_000; // then it is time to make up one's mind

/**
 * @param {PollDoc} poll
 * @param {TallyDoc | undefined} tally
 * @param {object} [how]
 * @param {Choice} [how.mine]   this person's choice, to be marked
 * @param {boolean} [how.large]
 * @param {Slides} [how.slides]
 * @param {(text: string, shown: boolean) => void} [how.judge]
 * @param {import("../../protocol.d.ts").Split} [how.split]   by group
 */
export function pollResult(poll, tally, { mine = [], large = false, slides = noSlides, judge, split } = {}) {
  return html`<div class="result ${large ? "result--large" : ""}">
    ${!tally?.counts ? nothing : split ? splitResult(poll, split) : resultOf(poll.ballot, tally, { mine, right: poll.quiz?.right ?? [], growing: poll.state === "open", slides, judge })}
    ${tally?.counts ? html`${learnt(tally.gain)} ${solution(poll)}` : nothing} ${pollSum(poll, tally)}
  </div>`;
}

/**
 * One line below: how many have voted, which round, open or closed.
 * @param {PollDoc} poll
 * @param {TallyDoc | undefined} tally
 */
export function pollSum(poll, tally) {
  const votes = tally?.votes ?? 0;
  return html`<p class="bars__sum">
    <span>${ngettext("{n} vote", "{n} votes", votes)}</span>
    <span>
      ${poll.round > 1 ? html`${_("Round {n}", { n: poll.round })} · ` : nothing}${
        poll.state === "open" ? _("Open") : _("Closed")
      }
    </span>
  </p>`;
}

/**
 * "0:12": how long it is still open to this viewer, where it closes by itself.
 * @param {PollDoc} poll   as this viewer sees it
 * @param {number} clock   the media clock
 */
export function timeLeft({ state, closes_at }, clock) {
  if (state !== "open" || closes_at == null) return nothing;
  const left = Math.max(0, closes_at - clock);
  return html`<span class="countdown ${left <= SOON_MS ? "countdown--soon" : ""}" role="timer">
    ${icons.clock()}<span class="visually-hidden">${_("Time left:")} </span>${duration(left)}
  </span>`;
}
