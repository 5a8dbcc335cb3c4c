/**
 * Multiple choice: up to `max` of the options. When that many are chosen the others
 * wait until one is let go. A kind is a vote form and a result drawing, registered
 * in index.js; the rules are the server's.
 *
 * @typedef {import("../protocol.d.ts").Multiple} Ballot
 * @typedef {import("./options.js").Form} Form
 * @typedef {import("./options.js").Counts} Counts
 */

import { _ } from "../core/i18n.js";
import { bars, choices, said as inWords } from "./options.js";

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
