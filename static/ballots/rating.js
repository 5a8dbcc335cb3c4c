/**
 * Rating: 1 to 5, with a word at each end. On the wire option 0 stands for 1. The
 * result is five columns and the average. A kind is a vote form and a result
 * drawing, registered in index.js; the rules are the server's.
 *
 * @typedef {import("../protocol.d.ts").Rating} Ballot
 * @typedef {import("./options.js").Form} Form
 * @typedef {import("./options.js").Counts} Counts
 * @typedef {import("./options.js").Fields} Fields
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { _ } from "../core/i18n.js";
import { number, percent } from "../core/text.js";
import { vars } from "../core/vars.js";

const STEPS = [1, 2, 3, 4, 5];

export const name = () => _("Rating");

/** @param {Ballot} _ballot */
export const hint = (_ballot) => _("Give 1 to 5.");

/** @param {Ballot} ballot @param {Form} form */
export function vote(ballot, { name, choice, disabled, onChoose }) {
  return html`
    <div class="rating">
      ${STEPS.map(
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
            <span>${step}</span>
          </label>
        `,
      )}
    </div>
    ${ends(ballot)}
  `;
}

/** @param {Ballot} ballot @param {Counts} counts */
export function result(ballot, { counts, votes, mine }) {
  const most = Math.max(0, ...counts);
  const sum = counts.reduce((total, count, option) => total + count * (option + 1), 0);
  return html`
    ${votes ? html`<p class="soft">${_("Average {value}", { value: number(Math.round((sum / votes) * 10) / 10) })}</p>` : nothing}
    <ol class="bars bars--columns" role="list">
      ${STEPS.map((step, option) => {
        const count = counts[option] ?? 0;
        const share = votes ? count / votes : 0;
        const lead = count && count === most ? "column--lead" : "";
        return html`<li class="column ${lead} ${mine.includes(option) ? "column--mine" : ""}">
          <span class="bar__figure">${percent(share)}</span>
          <span class="column__track" aria-hidden="true"><i class="column__fill" ${vars({ share })}></i></span>
          <span class="column__name">
            ${mine.includes(option) ? html`<span class="visually-hidden">${_("Your choice:")}</span>` : nothing}${step}
          </span>
        </li>`;
      })}
    </ol>
    ${ends(ballot)}
  `;
}

/** @param {Ballot} _ballot @param {number[]} choice */
export const said = (_ballot, choice) => _("{n} of 5", { n: (choice[0] ?? 0) + 1 });

/** @param {Fields} fields @param {(change: Fields) => void} set */
export const compose = ({ low = "", high = "" }, set) => html`<div class="field-pair">
  <label class="field">
    <span class="label">${_("1 means (may stay empty)")}</span>
    <input name="low" autocomplete="off" .value=${live(low)} @input=${typed((value) => set({ low: value }))} />
  </label>
  <label class="field">
    <span class="label">${_("5 means (may stay empty)")}</span>
    <input name="high" autocomplete="off" .value=${live(high)} @input=${typed((value) => set({ high: value }))} />
  </label>
</div>`;

/** @param {Fields} fields @returns {Ballot} */
export const ballot = ({ low = "", high = "" }) => ({ kind: "rating", low, high });

/** @param {Ballot} ballot @returns {Fields} */
export const fields = ({ low = "", high = "" }) => ({ low, high });

export const presets = () => [
  { name: _("Difficulty 1-5"), fields: { low: _("too easy"), high: _("too hard") } },
  { name: _("Agreement 1-5"), fields: { low: _("not at all"), high: _("completely") } },
];

/** @param {(value: string) => void} take */
const typed = (take) => (/** @type {Event} */ event) => take(/** @type {HTMLInputElement} */ (event.target).value);

/** @param {Ballot} ballot */
function ends({ low, high }) {
  return low || high ? html`<p class="scale-ends"><span>${low}</span><span>${high}</span></p>` : nothing;
}
