/**
 * What the kinds with named options (single, multiple) share: a line to choose each
 * option, and a bar for each in the result. Called by those two files only.
 *
 * @typedef {object} Form      what a ballot's vote form is drawn from
 * @property {string} name     unique on the page; groups the inputs
 * @property {number[]} choice what is chosen now (not yet sent, perhaps)
 * @property {boolean} disabled
 * @property {(choice: number[]) => void} onChoose
 *
 * @typedef {object} Counts    what a ballot's result is drawn from
 * @property {number[]} counts votes for each option
 * @property {number} votes    people who voted: shares are of these
 * @property {number[]} mine   options this person chose, to be marked
 *
 * @typedef {Record<string, string>} Fields   what is typed into an editor, by field; all kinds share
 *   them, so that the options stay when somebody changes the kind
 * @typedef {{name: string, fields: Fields}} Preset
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { check } from "../core/icons.js";
import { _ } from "../core/i18n.js";
import { list, number, percent } from "../core/text.js";
import { vars } from "../core/vars.js";

/**
 * @param {"radio" | "checkbox"} type
 * @param {string[]} options
 * @param {Form} form
 * @param {(option: number) => boolean} [full]  options that cannot be added now
 */
export function choices(type, options, { name, choice, disabled, onChoose }, full = () => false) {
  const chosen = (/** @type {number} */ option) => choice.includes(option);
  const toggle = (/** @type {number} */ option) =>
    type === "radio" ? [option] : chosen(option) ? choice.filter((each) => each !== option) : [...choice, option];
  return options.map(
    (label, option) => html`
      <label class="choice ${chosen(option) ? "choice--chosen" : ""}">
        <input
          type=${type}
          name=${name}
          .checked=${chosen(option)}
          ?disabled=${disabled || full(option)}
          @change=${() => onChoose(toggle(option))}
        />
        <span>${label}</span>
      </label>
    `,
  );
}

/**
 * @param {string[]} options
 * @param {Counts} result
 */
export function bars(options, { counts, votes, mine }) {
  const most = Math.max(0, ...counts);
  return html`<ul class="bars" role="list">
    ${options.map((label, option) => {
      const count = counts[option] ?? 0;
      const share = votes ? count / votes : 0;
      const classes = `bar ${count && count === most ? "bar--lead" : ""} ${mine.includes(option) ? "bar--mine" : ""}`;
      return html`<li class=${classes}>
        <span class="bar__label">
          ${
            mine.includes(option) ? html`${check()}<span class="visually-hidden">${_("Your choice:")}</span>` : nothing
          }<span>${label}</span>
        </span>
        <span class="bar__figure"><b>${percent(share)}</b> · ${number(count)}</span>
        <span class="bar__track" aria-hidden="true"><i class="bar__fill" ${vars({ share })}></i></span>
      </li>`;
    })}
  </ul>`;
}

/**
 * A choice in words: "Helmet and gloves".
 * @param {string[]} options
 * @param {number[]} choice
 */
export const said = (options, choice) => list(choice.map((option) => options[option] ?? ""));

/**
 * One box for all options, a line for each: the fastest to type, and a list can be pasted.
 * @param {Fields} fields @param {(change: Fields) => void} set
 */
export const composeOptions = ({ options = "" }, set) => html`<label class="field">
  <span class="label">${_("Options, one a line")}</span>
  <textarea
    name="options"
    rows=${Math.max(3, lines(options).length + 1)}
    required
    autocomplete="off"
    .value=${live(options)}
    @input=${(/** @type {Event} */ event) => set({ options: /** @type {HTMLTextAreaElement} */ (event.target).value })}
  ></textarea>
</label>`;

/** The options that were typed. @param {string} [text] */
export const lines = (text = "") =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
