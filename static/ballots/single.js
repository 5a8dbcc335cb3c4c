/**
 * Single choice: exactly one of two to twelve options. A kind is a vote form and a
 * result drawing, registered in index.js; the rules are the server's.
 *
 * @typedef {import("../protocol.d.ts").Single} Ballot
 * @typedef {import("./options.js").Form} Form
 * @typedef {import("./options.js").Result} Result
 * @typedef {import("./options.js").Fields} Fields
 */

import { _ } from "../core/i18n.js";
import { bars, choices, composeOptions, lines, said as inWords } from "./options.js";

export const name = () => _("Single choice");

/** @param {Ballot} _ballot */
export const hint = (_ballot) => _("Choose one.");

/** @param {Ballot} ballot */
export const options = (ballot) => ballot.options;

/** @param {Ballot} ballot @param {Form} form */
export const vote = (ballot, form) => choices("radio", ballot.options, form);

export const answer = vote;

/** @param {Ballot} ballot @param {Result} counted */
export const result = (ballot, counted) => bars(ballot.options, counted);

/** @param {Ballot} ballot @param {import("./options.js").Choice} choice */
export const said = (ballot, choice) => inWords(ballot.options, choice);

export const compose = composeOptions;

/** @param {Fields} fields @returns {Ballot} */
export const ballot = ({ options }) => ({ kind: "single", options: lines(options) });

/** @param {Ballot} ballot @returns {Fields} */
export const fields = ({ options }) => ({ options: options.join("\n") });

export const presets = () => [
  { name: _("Yes / No"), fields: { options: `${_("Yes")}\n${_("No")}` } },
  { name: _("Clear / Unclear"), fields: { options: `${_("Clear")}\n${_("Unclear")}` } },
];
