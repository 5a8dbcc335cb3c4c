/**
 * What makes a question of a poll in its editor: the right answer, why it is right, and
 * what it is worth. The right answer is given in the kind's own words, mostly by voting
 * it; a kind that only takes opinions has none. Part of the poll editor.
 *
 * @typedef {import("../../ballots/options.js").Fields} Fields
 * @typedef {import("../../ballots/options.js").Choice} Choice
 * @typedef {import("../../ballots/options.js").Slides} Slides
 * @typedef {import("../../core/docs.d.ts").Ballot} Ballot
 * @typedef {import("../../protocol.d.ts").PollDoc} PollDoc
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { kindOf } from "../../ballots/index.js";
import { typed } from "../../ballots/options.js";
import { _ } from "../../core/i18n.js";

const POINTS = 10; // what a question is worth mostly
const ON = "on";

/**
 * @param {Ballot} ballot   as it is typed so far
 * @param {Fields} fields
 * @param {(change: Fields) => void} set
 * @param {Slides} slides
 */
export function composeQuiz(ballot, fields, set, slides) {
  const { answer } = kindOf(ballot);
  if (!answer) return nothing;
  const turn = (/** @type {Event} */ event) =>
    set({ quiz: /** @type {HTMLInputElement} */ (event.target).checked ? ON : "" });
  return html`<label class="switch">
      <input type="checkbox" name="quiz" .checked=${live(fields.quiz === ON)} @change=${turn} /> ${_("There is a right answer")}
    </label>
    ${fields.quiz === ON ? answering(answer, ballot, fields, set, slides) : nothing}`;
}

/**
 * @param {NonNullable<import("../../ballots/index.js").Kind["answer"]>} answer
 * @param {Ballot} ballot
 * @param {Fields} fields
 * @param {(change: Fields) => void} set
 * @param {Slides} slides
 */
function answering(answer, ballot, fields, set, slides) {
  const onChoose = (/** @type {Choice} */ right) => set({ right: JSON.stringify(right) });
  return html`<fieldset class="field poll__choices" data-right>
      <legend class="label">${_("Choose the right answer")}</legend>
      ${answer(ballot, { name: "right", choice: rightOf(fields), disabled: false, onChoose, slides })}
    </fieldset>
    <label class="field">
      <span class="label">${_("Why it is right; shown with the result")}</span>
      <textarea name="explanation" rows="2" .value=${live(fields.explanation ?? "")} @input=${typed((explanation) => set({ explanation }))}></textarea>
    </label>
    <label class="field field--line">
      <span class="label">${_("Points")}</span>
      <input name="points" type="number" min="1" max="100" .value=${live(fields.points ?? String(POINTS))} @input=${typed((points) => set({ points }))} />
    </label>`;
}

/** @param {Fields} fields @returns {Choice} */
const rightOf = ({ right }) => JSON.parse(right || "[]");

/** What was typed, as add_poll and edit_poll want it; the server judges it. @param {Ballot} ballot @param {Fields} fields */
export const quiz = (ballot, fields) =>
  fields.quiz === ON && kindOf(ballot).answer
    ? {
        right: rightOf(fields).filter((each) => each !== ""),
        points: Math.trunc(Number(fields.points ?? POINTS)) || 0,
        explanation: fields.explanation ?? "",
      }
    : null;

/** The way back, to change a draft. @param {PollDoc} poll @returns {Fields} */
export const quizFields = ({ quiz }) =>
  quiz
    ? {
        quiz: ON,
        right: JSON.stringify(quiz.right ?? []),
        points: String(quiz.points ?? POINTS),
        explanation: quiz.explanation ?? "",
      }
    : {};
