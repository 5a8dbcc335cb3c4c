/**
 * What makes a poll a question of the quiz, wherever it is drawn: one's own answer judged,
 * the right one with why it is right, and the scoreboard. It draws what the server says, so
 * before a result is shown there is nothing to draw.
 *
 * @typedef {import("../../protocol.d.ts").PollDoc} PollDoc
 * @typedef {import("../../protocol.d.ts").ScoresDoc} ScoresDoc
 * @typedef {import("../../ballots/options.js").Choice} Choice
 */

import { html, nothing } from "lit-html";
import { rightly } from "../../ballots/index.js";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { number, percent } from "../../core/text.js";

/** What it is worth. @param {Pick<PollDoc, "quiz">} poll */
export const worth = ({ quiz }) =>
  quiz ? html`<span class="quiz__worth">${ngettext("{n} point", "{n} points", quiz.points ?? 10)}</span>` : nothing;

/**
 * One's own answer judged, once its result is shown to this viewer; of a question that was not answered nothing.
 * @param {Pick<PollDoc, "quiz">} poll @param {Pick<import("../../protocol.d.ts").MyVote, "verdict" | "points">} vote
 */
export function verdict({ quiz }, { verdict, points }) {
  if (!quiz?.right || !verdict) return nothing;
  const says = { right: _("Right"), partly: _("Partly right"), wrong: _("Not right") };
  const all = quiz.points ?? 10;
  return html`<p class="verdict verdict--${verdict}" role="status">
    ${verdict === "wrong" ? icons.cross() : icons.check()}<b>${says[verdict]}</b>
    <span class="verdict__points">${ngettext("{n} of {all} point", "{n} of {all} points", all, { n: points ?? 0, all })}</span>
  </p>`;
}

/** The right answer, and why. @param {PollDoc} poll */
export function solution({ ballot, quiz }) {
  if (!quiz?.right) return nothing;
  return html`<div class="solution">
    <p><span class="soft">${_("Right answer")}</span> <b>${rightly(ballot, quiz.right)}</b></p>
    ${quiz.explanation ? html`<p class="solution__why">${quiz.explanation}</p>` : nothing}
  </div>`;
}

/** What has changed since the question was asked before. @param {import("../../protocol.d.ts").Gain | null | undefined} gain */
export function learnt(gain) {
  if (!gain?.both) return nothing;
  const { both, changed, right_before: before, right_after: after } = gain;
  const of = ngettext("of {n} person who answered twice", "of {n} people who answered twice", both);
  if (before == null || after == null) {
    return html`<p class="gain"><b>${percent(changed / both)}</b> <span>${_("have changed their answer")}</span> <span class="soft">${of}</span></p>`;
  }
  return html`<p class="gain">
    <span>${_("Right")}</span>
    <b>${percent(before / both)}</b> <span aria-hidden="true">→</span> <b class="gain__now">${percent(after / both)}</b>
    <span class="soft">${of}</span>
  </p>`;
}

/** The best people, and the units beside them. @param {ScoresDoc | undefined} scores */
export function scoreboard(scores) {
  if (!scores?.people) return html`<p class="soft">${_("Nobody has answered a question yet.")}</p>`;
  const { best = [], units = [] } = scores;
  return html`<div class="scores">
    <ol class="scores__best" role="list">
      ${best.map(
        (each) => html`<li class="score" data-place=${each.place}>
          <b class="score__place">${each.place}</b>
          <span class="score__name">${each.name} ${each.unit ? html`<small class="soft">${each.unit}</small>` : nothing}</span>
          <b class="score__points">${number(each.points)}</b>
        </li>`,
      )}
    </ol>
    ${
      units.length
        ? html`<ol class="scores__units" role="list">
            ${units.map(
              ({ unit, people, average }) => html`<li class="score">
                <span class="score__name">${unit} <small class="soft">${ngettext("{n} person", "{n} people", people)}</small></span>
                <b class="score__points">${_("{average} on average", { average: number(average) })}</b>
              </li>`,
            )}
          </ol>`
        : nothing
    }
    <p class="soft scores__sum">${ngettext("{n} question", "{n} questions", scores.questions)} · ${ngettext("{n} point to be had", "{n} points to be had", scores.possible)}</p>
  </div>`;
}
