/**
 * Multiple choice: at least `min` and up to `max` of the options. When the most are
 * chosen the others wait until one is let go. A kind is a vote form and a result
 * drawing, registered in index.js; the rules are the server's.
 *
 * @typedef {import("../protocol.d.ts").Multiple} Ballot
 * @typedef {import("./options.js").Choice} Choice
 * @typedef {import("./options.js").Form} Form
 * @typedef {import("./options.js").Result} Result
 * @typedef {import("./options.js").Fields} Fields
 */

import { html } from "lit-html";
import { _, ngettext } from "../core/i18n.js";
import { bars, choices, composeOptions, lines, numberField, numbers, said as inWords } from "./options.js";

export const name = () => _("Multiple choice");

/** @param {Ballot} ballot */
export function hint({ options, max, min = 1 }) {
  if (min === max) return _("Choose {n}.", { n: max });
  if (min > 1) return _("Choose {least} to {most}.", { least: min, most: max });
  return max < options.length ? _("Choose up to {n}.", { n: max }) : _("Choose all that apply.");
}

/** @param {Ballot} ballot */
export const options = (ballot) => ballot.options;

/** @param {Ballot} ballot @param {Form} form */
export function vote(ballot, form) {
  const full = form.choice.length >= ballot.max;
  return choices("checkbox", ballot.options, form, (option) => full && !form.choice.includes(option));
}

export const answer = vote;

/** @param {Ballot} ballot @param {Choice} choice */
export const ready = ({ min = 1 }, choice) => choice.length >= min;

/** @param {Ballot} ballot @param {Choice} choice */
export function lacks({ options, max, min = 1 }, choice) {
  if (choice.length < min) return ngettext("Choose {n} more.", "Choose {n} more.", min - choice.length);
  return choice.length >= max && max < options.length ? _("These are as many as may be chosen. Let one go to take another.") : "";
}

/** @param {Ballot} ballot @param {Result} counted */
export const result = (ballot, counted) => bars(ballot.options, counted);

/** @param {Ballot} ballot @param {Choice} choice */
export const said = (ballot, choice) => inWords(ballot.options, choice);

/** @param {Fields} fields @param {(change: Fields) => void} set */
export function compose(fields, set) {
  const many = lines(fields.options).length;
  const most = Math.min(Number(fields.max) || many, many);
  return html`${composeOptions(fields, set)}
    ${numberField("min", _("At least"), numbers(1, Math.max(1, most)), fields, set)}
    ${numberField("max", _("How many may be chosen"), [{ value: "", said: _("All of them") }, ...numbers(1, many)], fields, set)}`;
}

/** @param {Fields} fields @returns {Ballot} */
export function ballot({ options: typed, max, min }) {
  const options = lines(typed);
  const most = Math.min(Number(max) || options.length, options.length);
  return { kind: "multiple", options, max: most, min: Math.min(Number(min) || 1, most) };
}

/** @param {Ballot} ballot @returns {Fields} */
export const fields = ({ options, max, min = 1 }) => ({
  options: options.join("\n"),
  max: max < options.length ? String(max) : "",
  min: String(min),
});

/** @returns {import("./options.js").Preset[]} */
export const presets = () => [];
