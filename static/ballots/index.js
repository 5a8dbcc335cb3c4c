/**
 * The kinds of ballot, by the name they have on the wire. A new kind is one file
 * beside this one and one line here; every page that draws a poll asks kindOf().
 *
 * @typedef {import("../core/docs.d.ts").Ballot} Ballot
 * @typedef {import("./options.js").Choice} Choice
 * @typedef {import("./options.js").Form} Form
 * @typedef {import("./options.js").Result} Result
 * @typedef {import("./options.js").Fields} Fields
 * @typedef {import("./options.js").SetFields} SetFields
 * @typedef {import("./options.js").Preset} Preset
 * @typedef {import("./options.js").Slides} Slides
 * @typedef {object} Kind
 * @property {() => string} name
 * @property {(ballot: any) => string} hint   what a voter is to do
 * @property {(ballot: any) => string[]} options   what there is to choose from, where it has a name
 * @property {(ballot: any, form: Form) => unknown} vote
 * @property {(ballot: any, choice: Choice) => boolean} [ready]   may it be sent? without it: when anything is chosen
 * @property {(ballot: any, choice: Choice) => string} [lacks]   what is still to do before it may be sent; "": nothing
 * @property {(ballot: any, result: Result) => unknown} result
 * @property {(ballot: any, choice: Choice) => string} said   a choice in words
 * @property {((ballot: any) => {options?: string[], signs?: string[], told?: string}) | null} [groups]   by group: the
 *   options that are counted, what stands for each, what the figures are; without it the options, by those who chose
 *   them; null: what was said in words is in no group
 * @property {boolean} [quoted]   what a voter writes may stand on the screen
 * @property {boolean} [paged]   all of what is said stands on pages: see core/answers.js
 * @property {(ballot: any, form: Form) => unknown} [answer]   what an editor asks for the right one; without it there is none
 * @property {(ballot: any, right: Choice) => string} [rightly]   the right answer in words; without it as a choice
 * @property {(fields: Fields, set: SetFields, slides: Slides) => unknown} compose   what an editor asks for
 * @property {(fields: Fields) => any} ballot    what was typed, as a ballot; the server judges it
 * @property {(ballot: any) => Fields} fields    the way back, to change a draft
 * @property {() => Preset[]} presets            ballots that need no typing
 */

import * as cloud from "./cloud.js";
import * as multiple from "./multiple.js";
import * as numeric from "./numeric.js";
import * as ranking from "./ranking.js";
import * as rating from "./rating.js";
import * as single from "./single.js";
import * as spotting from "./spotting.js";
import * as wall from "./wall.js";

/** @type {Record<Ballot["kind"], Kind>} */
export const kinds = { single, multiple, rating, ranking, numeric, cloud, wall, spotting };

const LETTERS = [..."ABCDEFGHIJKL"]; // that one says aloud: as many as there are options

/** Where no deck is at hand. @type {Slides} */
export const noSlides = Object.assign(() => undefined, { all: () => [] });

/** @param {Ballot} ballot */
export const kindOf = (ballot) => kinds[ballot.kind];

/** @param {Ballot} ballot */
export const optionsOf = (ballot) => kindOf(ballot).options(ballot);

/** What a result by group is made of. @param {Ballot} ballot @returns {{options: string[], signs: string[], told: string}} */
export const groupsOf = (ballot) => ({ options: optionsOf(ballot), signs: LETTERS, told: "", ...kindOf(ballot).groups?.(ballot) });

/** @param {Ballot} ballot @param {Choice} choice */
export const isReady = (ballot, choice) => choice.length > 0 && (kindOf(ballot).ready?.(ballot, choice) ?? true);

/** What is wrong with what is chosen so far, as a sentence that says what to do. @param {Ballot} ballot @param {Choice} choice */
export const lacks = (ballot, choice) => (choice.length ? (kindOf(ballot).lacks?.(ballot, choice) ?? "") : "");

/** The right answer in words. @param {Ballot} ballot @param {Choice} right */
export const rightly = (ballot, right) => (kindOf(ballot).rightly ?? kindOf(ballot).said)(ballot, right);

/**
 * The drawing of a result, or of none yet.
 * @param {Ballot} ballot
 * @param {Partial<import("../protocol.d.ts").TallyDoc> | undefined} tally
 * @param {Partial<Result>} how
 */
export const resultOf = (ballot, { counts, said = [], median = null, votes = 0 } = {}, how) =>
  kindOf(ballot).result(ballot, {
    counts: counts ?? [],
    // What was taken away is drawn only where it can be brought back.
    said: how.judge ? said : said.filter((each) => each.shown !== false),
    median: median ?? "",
    votes: counts ? votes : 0, // before the result is shown nothing may grow
    mine: [],
    right: [],
    growing: false,
    slides: noSlides,
    ...how,
  });
