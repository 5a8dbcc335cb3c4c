/**
 * What the kinds share: the shapes that they are drawn from, a line to choose each
 * option, a bar for each in the result, and fields to type into. Called by those files only.
 *
 * @typedef {object} Form      what a ballot's vote form is drawn from
 * @property {string} name     unique on the page; groups the inputs
 * @property {Choice} choice what is chosen now (not yet sent, perhaps)
 * @property {boolean} disabled
 * @property {(choice: Choice) => void} onChoose
 * @property {Slides} slides
 *
 * @typedef {object} Result    what a ballot's result is drawn from
 * @property {number[]} counts votes for each option
 * @property {import("../protocol.d.ts").Said[]} said   what was said, and by how many
 * @property {string} median
 * @property {number} votes    people who voted: shares are of these
 * @property {Choice} mine     what this person chose, to be marked
 * @property {Choice} right    the right answer where there is one and it may be seen
 * @property {boolean} growing   votes still come in: see core/scale.js
 * @property {Slides} slides
 * @property {(text: string, shown: boolean) => void} [judge]   the desk's: may everyone see it?
 *
 * @typedef {(number | string)[]} Choice   numbers of options, or texts, as the kind understands them
 * @typedef {import("../protocol.d.ts").SlideDoc} SlideDoc
 * @typedef {((id: string) => SlideDoc | undefined) & {all: () => [string, SlideDoc][]}} Slides
 *
 * @typedef {Record<string, string>} Fields   what is typed into an editor, by field; all kinds share
 *   them, so that the options stay when somebody changes the kind
 * @typedef {(change: Fields | ((now: Fields) => Fields)) => void} SetFields   sets some of them; a change that
 *   depends on what they are is a function of the fields as they are by then
 * @typedef {{name: string, fields: Fields}} Preset
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { check, cross } from "../core/icons.js";
import { _ } from "../core/i18n.js";
import { lengths } from "../core/scale.js";
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
 * @param {Result} result
 */
export function bars(options, { counts, votes, mine, right, growing }) {
  const most = Math.max(0, ...counts);
  const { track, bars: long } = lengths(counts, votes, growing);
  return html`<ul class="bars" role="list">
    ${options.map((label, option) => {
      const count = counts[option] ?? 0;
      const is = { lead: count > 0 && count === most, mine: mine.includes(option), right: right.includes(option) };
      const wrong = is.mine && right.length > 0 && !is.right;
      const classes = `bar ${is.lead ? "bar--lead" : ""} ${is.mine ? "bar--mine" : ""} ${is.right ? "bar--right" : ""} ${wrong ? "bar--wrong" : ""}`;
      return html`<li class=${classes}>
        <span class="bar__label">
          ${
            is.mine ? html`${wrong ? cross() : check()}<span class="visually-hidden">${_("Your choice:")}</span>` : nothing
          }<span>${label}</span>
          ${is.right ? html`<b class="bar__right">${_("Right")}</b>` : nothing}
        </span>
        <span class="bar__figure"><b>${percent(votes ? count / votes : 0)}</b> · ${number(count)}</span>
        ${bar(long[option], track)}
      </li>`;
    })}
  </ul>`;
}

/** How long a bar is, before the track of all who have voted. @param {number} share @param {number} all */
export const bar = (share = 0, all = 1) =>
  html`<span class="bar__track" aria-hidden="true" ${vars({ all })}><i class="bar__fill" ${vars({ share })}></i></span>`;

/** The same, standing. @param {number} share @param {number} all */
export const column = (share = 0, all = 1) =>
  html`<span class="column__track" aria-hidden="true" ${vars({ all })}><i class="column__fill" ${vars({ share })}></i></span>`;

/**
 * A choice in words: "Helmet and gloves".
 * @param {string[]} options
 * @param {Choice} choice
 */
export const said = (options, choice) => list(choice.map((option) => options[Number(option)] ?? ""));

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

/** What was typed, whatever it is typed into. @param {(value: string) => void} take */
export const typed = (take) => (/** @type {Event} */ event) =>
  take(/** @type {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} */ (event.target).value);

/**
 * A field of one line.
 * @param {string} name @param {string} label @param {Fields} fields @param {(change: Fields) => void} set
 * @param {{required?: boolean, numeric?: boolean}} [how]
 */
export const lineField = (name, label, fields, set, { required = false, numeric = false } = {}) => html`<label
  class="field"
>
  <span class="label">${label}</span>
  <input
    name=${name}
    autocomplete="off"
    inputmode=${numeric ? "decimal" : "text"}
    ?required=${required}
    .value=${live(fields[name] ?? "")}
    @input=${typed((value) => set({ [name]: value }))}
  />
</label>`;

/**
 * A choice between numbers, on one line with what it means.
 * @param {string} name @param {string} label @param {{value: string, said: string | number}[]} values
 * @param {Fields} fields @param {(change: Fields) => void} set
 */
export const numberField = (name, label, values, fields, set) => html`<label class="field field--line">
  <span class="label">${label}</span>
  <select name=${name} @change=${typed((value) => set({ [name]: value }))}>
    ${values.map(
      ({ value, said }) => html`<option value=${value} ?selected=${(fields[name] ?? "") === value}>${said}</option>`,
    )}
  </select>
</label>`;

/** Numbers from … to, as values of a numberField. @param {number} from @param {number} to */
export const numbers = (from, to) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_each, at) => ({ value: String(from + at), said: from + at }));
