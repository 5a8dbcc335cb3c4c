/**
 * Rating: 1 to 5, with a word at each end. On the wire option 0 stands for 1. The
 * result is five columns and the average. A kind is a vote form and a result
 * drawing, registered in index.js; the rules are the server's.
 *
 * @typedef {import("../protocol.d.ts").Rating} Ballot
 * @typedef {import("./options.js").Form} Form
 * @typedef {import("./options.js").Counts} Counts
 */

import { html, nothing } from "lit-html";
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

/** @param {Ballot} ballot */
function ends({ low, high }) {
  return low || high ? html`<p class="scale-ends"><span>${low}</span><span>${high}</span></p>` : nothing;
}
