/**
 * Rating: 1 to as many steps as the ballot has, with a word at each end. On the wire
 * option 0 stands for 1. The result is a column for each step, and the average. A kind is a vote form and a result
 * drawing, registered in index.js; the rules are the server's.
 *
 * @typedef {import("../protocol.d.ts").Rating} Ballot
 * @typedef {import("./options.js").Form} Form
 * @typedef {import("./options.js").Choice} Choice
 * @typedef {import("./options.js").Result} Result
 * @typedef {import("./options.js").Fields} Fields
 */

import { html, nothing } from "lit-html";
import { _ } from "../core/i18n.js";
import { lengths } from "../core/scale.js";
import { number, percent } from "../core/text.js";
import { vars } from "../core/vars.js";
import { column, lineField, numberField, numbers } from "./options.js";

const STEPS = 5; // where a ballot does not say
const ONE_ROW = 5; // more steps than these stand in two rows, for a thumb

export const name = () => _("Rating");

/** @param {Ballot} ballot */
export const hint = ({ steps = STEPS }) => _("Give 1 to {n}.", { n: steps });

/** @param {Ballot} _ballot @returns {string[]} */
export const options = (_ballot) => [];

/** @param {Ballot} ballot @param {Form} form */
export function vote(ballot, { name, choice, disabled, onChoose }) {
  return html`
    <div class="rating" ${vars({ "per-row": inRow(ballot) })}>
      ${stepsOf(ballot).map(
        (step, option) => html`
          <label class="choice rating__step ${choice.includes(option) ? "choice--chosen" : ""}">
            <input
              class="visually-hidden"
              type="radio"
              name=${name}
              .checked=${choice.includes(option)}
              ?disabled=${disabled}
              @change=${() => onChoose([option])}
            />
            <span>${step}</span><span class="visually-hidden">${meaning(ballot, option)}</span>
          </label>
        `,
      )}
    </div>
    ${ends(ballot)}
  `;
}

/** @param {Ballot} ballot @param {Result} result */
export function result(ballot, { counts, votes, mine, growing }) {
  const most = Math.max(0, ...counts);
  const { track, bars: high } = lengths(counts, votes, growing);
  const sum = counts.reduce((total, count, option) => total + count * (option + 1), 0);
  return html`
    <p class="soft rating__mean">${_("Average {value}", { value: votes ? number(Math.round((sum / votes) * 10) / 10) : "–" })}</p>
    <ol class="bars bars--columns" role="list">
      ${stepsOf(ballot).map((step, option) => {
        const count = counts[option] ?? 0;
        const lead = count && count === most ? "column--lead" : "";
        const share = percent(votes ? count / votes : 0);
        const chosen = mine.includes(option) ? `${_("Your choice:")} ` : "";
        const aloud = `${chosen}${[step, meaning(ballot, option)].join(" ").trim()}: ${share}, ${number(count)}`;
        return html`<li class="column ${lead} ${chosen ? "column--mine" : ""}" aria-label=${aloud}>
          <span class="bar__figure">${share}</span>
          ${column(high[option], track)}
          <span class="column__name">${step}</span>
        </li>`;
      })}
    </ol>
    ${ends(ballot)}
  `;
}

/** The ends say what they mean. @param {Ballot} ballot */
export const groups = (ballot) => {
  const steps = stepsOf(ballot);
  return { options: steps.map((_step, option) => meaning(ballot, option)), signs: steps.map(String) };
};

/** @param {Ballot} ballot @param {Choice} choice */
export const said = ({ steps = STEPS }, choice) => _("{n} of {all}", { n: Number(choice[0] ?? 0) + 1, all: steps });

/** @param {Fields} fields @param {(change: Fields) => void} set */
export const compose = (fields, set) => html`<div class="field-pair">
    ${lineField("low", _("1 means (may stay empty)"), fields, set)}
    ${lineField("high", _("{n} means (may stay empty)", { n: fields.steps ?? STEPS }), fields, set)}
  </div>
  ${numberField("steps", _("Steps"), numbers(3, 10), { steps: String(STEPS), ...fields }, set)}`;

/** @param {Fields} fields @returns {Ballot} */
export const ballot = ({ low = "", high = "", steps }) => ({ kind: "rating", low, high, steps: Number(steps) || STEPS });

/** @param {Ballot} ballot @returns {Fields} */
export const fields = ({ low = "", high = "", steps = STEPS }) => ({ low, high, steps: String(steps) });

export const presets = () => [
  { name: _("Difficulty 1-5"), fields: { low: _("too easy"), high: _("too hard"), steps: "5" } },
  { name: _("Agreement 1-5"), fields: { low: _("not at all"), high: _("completely"), steps: "5" } },
];

/** @param {Ballot} ballot */
const stepsOf = ({ steps = STEPS }) => Array.from({ length: steps }, (_each, option) => option + 1);

/** @param {Ballot} ballot @param {number} option */
const meaning = ({ low = "", high = "", steps = STEPS }, option) => (option === 0 ? low : option === steps - 1 ? high : "");

/** @param {Ballot} ballot */
const inRow = ({ steps = STEPS }) => (steps > ONE_ROW ? Math.ceil(steps / 2) : steps);

/** @param {Ballot} ballot */
function ends({ low, high }) {
  return low || high ? html`<p class="scale-ends"><span>${low}</span><span>${high}</span></p>` : nothing;
}
