/**
 * Multiple choice: up to `max` of the options. When that many are chosen the others
 * wait until one is let go. A kind is a vote form and a result drawing, registered
 * in index.js; the rules are the server's.
 *
 * @typedef {import("../protocol.d.ts").Multiple} Ballot
 * @typedef {import("./options.js").Form} Form
 * @typedef {import("./options.js").Counts} Counts
 * @typedef {import("./options.js").Fields} Fields
 */

import { html } from "lit-html";
import { _ } from "../core/i18n.js";
import { bars, choices, composeOptions, lines, said as inWords } from "./options.js";

export const name = () => _("Multiple choice");

/** @param {Ballot} ballot */
export const hint = (ballot) =>
  ballot.max < ballot.options.length ? _("Choose up to {n}.", { n: ballot.max }) : _("Choose all that apply.");

/** @param {Ballot} ballot @param {Form} form */
export function vote(ballot, form) {
  const full = form.choice.length >= ballot.max;
  return choices("checkbox", ballot.options, form, (option) => full && !form.choice.includes(option));
}

/** @param {Ballot} ballot @param {Counts} counts */
export const result = (ballot, counts) => bars(ballot.options, counts);

/** @param {Ballot} ballot @param {number[]} choice */
export const said = (ballot, choice) => inWords(ballot.options, choice);

/** @param {Fields} fields @param {(change: Fields) => void} set */
export const compose = (fields, set) => html`${composeOptions(fields, set)}
  <label class="field field--line">
    <span class="label">${_("How many may be chosen")}</span>
    <select
      name="max"
      @change=${(/** @type {Event} */ event) => set({ max: /** @type {HTMLSelectElement} */ (event.target).value })}
    >
      <option value="" ?selected=${!fields.max}>${_("All of them")}</option>
      ${lines(fields.options).map(
        (_line, option) =>
          html`<option value=${option + 1} ?selected=${fields.max === String(option + 1)}>${option + 1}</option>`,
      )}
    </select>
  </label>`;

/** @param {Fields} fields @returns {Ballot} */
export function ballot({ options: typed, max }) {
  const options = lines(typed);
  return { kind: "multiple", options, max: Math.min(Number(max) || options.length, options.length) };
}

/** @param {Ballot} ballot @returns {Fields} */
export const fields = ({ options, max }) => ({
  options: options.join("\n"),
  max: max < options.length ? String(max) : "",
});

/** @returns {import("./options.js").Preset[]} */
export const presets = () => [];
