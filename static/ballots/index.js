/**
 * The kinds of ballot, by the name they have on the wire. A new kind is one file
 * beside this one and one line here; every page that draws a poll asks kindOf().
 *
 * @typedef {import("../core/docs.d.ts").Ballot} Ballot
 * @typedef {import("./options.js").Form} Form
 * @typedef {import("./options.js").Counts} Counts
 * @typedef {import("./options.js").Fields} Fields
 * @typedef {import("./options.js").Preset} Preset
 * @typedef {object} Kind
 * @property {() => string} name
 * @property {(ballot: any) => string} hint   what a voter is to do
 * @property {(ballot: any, form: Form) => unknown} vote
 * @property {(ballot: any, counts: Counts) => unknown} result
 * @property {(ballot: any, choice: number[]) => string} said   a choice in words
 * @property {(fields: Fields, set: (change: Fields) => void) => unknown} compose   what an editor asks for
 * @property {(fields: Fields) => any} ballot    what was typed, as a ballot; the server judges it
 * @property {(ballot: any) => Fields} fields    the way back, to change a draft
 * @property {() => Preset[]} presets            ballots that need no typing
 */

import * as multiple from "./multiple.js";
import * as rating from "./rating.js";
import * as single from "./single.js";

/** @type {Record<Ballot["kind"], Kind>} */
export const kinds = { single, multiple, rating };

/** @param {Ballot} ballot */
export const kindOf = (ballot) => kinds[ballot.kind];
