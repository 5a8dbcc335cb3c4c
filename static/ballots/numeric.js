/**
 * Number: one number in a range, with a unit. It travels as the text that was typed.
 * The result is a histogram and the median; the server makes the columns. A kind is a
 * vote form and a result drawing, registered in index.js.
 *
 * @typedef {import("../protocol.d.ts").Numeric} Ballot
 * @typedef {import("./options.js").Choice} Choice
 * @typedef {import("./options.js").Form} Form
 * @typedef {import("./options.js").Result} Result
 * @typedef {import("./options.js").Fields} Fields
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { _ } from "../core/i18n.js";
import { lengths } from "../core/scale.js";
import { number, percent } from "../core/text.js";
import { column, lineField, numberField, numbers, typed } from "./options.js";

export const name = () => _("Numeric answer");

/** @param {Ballot} ballot */
export const hint = ({ min, max, unit = "" }) =>
  _("A number from {least} to {most} {unit}", { least: number(min), most: number(max), unit }).trim();

/** @param {Ballot} _ballot @returns {string[]} */
export const options = (_ballot) => [];

/** @param {Ballot} ballot @param {Form} form */
export const vote = (ballot, { name, choice, disabled, onChoose }) => html`<label class="number-field">
  <input
    name=${name}
    inputmode=${ballot.min < 0 ? "text" : ballot.decimals ? "decimal" : "numeric"}
    autocomplete="off"
    maxlength="18"
    aria-label=${hint(ballot)}
    ?disabled=${disabled}
    .value=${live(String(choice[0] ?? ""))}
    @input=${typed((value) => onChoose(value.trim() ? [plain(value)] : []))}
  />
  <span>${ballot.unit}</span>
</label>`;

/** The number, and how far from it is still right. @param {Ballot} ballot @param {Form} form */
export const answer = ({ unit = "" }, { name, choice, onChoose }) => {
  const [value = "", within = ""] = choice;
  const field = (/** @type {string} */ part, /** @type {string} */ says, /** @type {number | string} */ now, /** @type {(text: string) => void} */ take) =>
    html`<label class="field">
      <span class="label">${says}</span>
      <input name="${name}-${part}" inputmode="decimal" autocomplete="off" .value=${live(String(now))} @input=${typed((text) => take(plain(text)))} />
    </label>`;
  return html`<div class="field-pair">
    ${field("value", _("Right number ({unit})", { unit: unit || _("no unit") }), value, (text) => onChoose([text, within]))}
    ${field("within", _("Still right within ±"), within, (text) => onChoose([value, text]))}
  </div>`;
};

/** @param {Ballot} ballot @param {Choice} right */
export const rightly = ({ unit = "" }, [value = "", within = ""]) =>
  `${value} ${unit}${Number(within) ? ` ± ${within}` : ""}`.trim();

/** @param {Ballot} _ballot @param {Choice} choice */
export const ready = (_ballot, choice) => /^[-+]?\d+(\.\d+)?$/.test(String(choice[0]));

/** @param {Ballot} ballot @param {Choice} choice */
export const lacks = (ballot, choice) => (ready(ballot, choice) ? "" : _("This is no number. Write it in figures, such as {n}.", { n: ballot.max }));

/** @param {Ballot} ballot @param {Result} result */
export function result({ unit = "" }, { said: columns, median, votes, mine, growing }) {
  const counts = columns.map((each) => each.votes);
  const most = Math.max(1, ...counts);
  const { bars: high } = lengths(counts, most, growing);
  return html`<p class="histogram__median">${_("Median")} <b>${median ? `${number(Number(median))} ${unit}` : "–"}</b></p>
    ${mine.length ? html`<p class="soft">${_("Your answer: {value}", { value: `${mine[0]} ${unit}` })}</p>` : nothing}
    <ol class="bars bars--columns histogram" role="list">
      ${columns.map(
        ({ text, votes: count }, at) =>
          html`<li class="column ${count === most ? "column--lead" : ""}" aria-label="${text} ${unit}: ${percent(votes ? count / votes : 0)}">
            <span class="bar__figure">${count ? number(count) : nothing}</span>
            ${column(high[at])}
            <span class="column__name">${text.split(" – ")[0]}</span>
          </li>`,
      )}
    </ol>`;
}

export const groups = () => ({ told: _("Median") });

/** @param {Ballot} ballot @param {Choice} choice */
export const said = ({ unit = "" }, choice) => `${choice[0] ?? ""} ${unit}`.trim();

/** @param {Fields} fields @param {(change: Fields) => void} set */
export const compose = (fields, set) => html`<div class="field-pair">
    ${lineField("least", _("Smallest"), fields, set, { required: true, numeric: true })}
    ${lineField("most", _("Largest"), fields, set, { required: true, numeric: true })}
    ${lineField("unit", _("Unit (may stay empty)"), fields, set)}
  </div>
  ${numberField("decimals", _("Decimal places"), numbers(0, 3), { decimals: "0", ...fields }, set)}`;

/** @param {Fields} fields @returns {Ballot} */
export const ballot = ({ least = "", most = "", unit = "", decimals }) => ({
  kind: "numeric",
  min: Number(plain(least)) || 0,
  max: Number(plain(most)) || 0,
  unit,
  decimals: Number(decimals) || 0,
});

/** @param {Ballot} ballot @returns {Fields} */
export const fields = ({ min, max, unit = "", decimals = 0 }) => ({
  least: String(min),
  most: String(max),
  unit,
  decimals: String(decimals),
});

export const presets = () => [{ name: "0-100 %", fields: { least: "0", most: "100", unit: "%", decimals: "0" } }];

/** As typed on any keyboard: full-width digits, a comma for the point. @param {string} value */
const plain = (value) => value.normalize("NFKC").replace(/\s/g, "").replace("−", "-").replace(",", ".");
