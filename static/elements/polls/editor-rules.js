/**
 * How a poll is run, whatever is asked: how long it is open, and when its result is
 * shown. Folded away below the ballot, because most polls need none of it; what was
 * chosen is said in the fold. Part of the poll editor.
 *
 * @typedef {import("../../ballots/options.js").Fields} Fields
 * @typedef {import("../../protocol.d.ts").PollDoc} PollDoc
 */

import { html, nothing } from "lit-html";
import { lineField, numberField } from "../../ballots/options.js";
import { _, ngettext } from "../../core/i18n.js";

const LIMITS = [10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600];

/** @param {number} seconds */
export const span = (seconds) =>
  seconds < 120 || seconds % 60
    ? ngettext("{n} second", "{n} seconds", seconds)
    : ngettext("{n} minute", "{n} minutes", seconds / 60);

/** The time limits that are offered, that of a poll among them. @param {string} [seconds] */
function limits(seconds) {
  const all = new Set(LIMITS).add(Number(seconds) || 20);
  return [...all].sort((a, b) => a - b).map((each) => ({ value: String(each), said: span(each) }));
}

/** When the result is shown: never while secret votes come in, since each could be seen. @param {Fields} fields */
const when = ({ results = "", secret }) => (secret && results === "live" ? "close" : results);

/** @param {Fields} fields */
const shows = ({ secret }) => [
  { value: "", said: _("when the desk shows it") },
  { value: "close", said: _("when the poll closes") },
  ...(secret ? [] : [{ value: "live", said: _("all the time, while votes come in") }]),
];

const secrecy = () => [
  { value: "", said: _("stored with names, and may be changed") },
  { value: "yes", said: _("secret, and final") },
];

const splits = () => [
  { value: "", said: _("in one result only") },
  { value: "unit", said: _("by unit too") },
  { value: "site", said: _("by site too") },
  { value: "kind", said: _("by room and remote too") },
];

/** @param {Fields} typed @param {(change: Fields) => void} set @param {boolean} divisible   may it be counted in groups? */
export function composeRules(typed, set, divisible) {
  const fields = /** @type {Fields} */ ({ ...typed, results: when(typed) });
  const chosen = shows(fields).find(({ value }) => value === fields.results)?.said;
  const told = [
    fields.seconds ? span(Number(fields.seconds)) : _("no time limit"),
    fields.results ? _("result: {when}", { when: chosen ?? "" }) : "",
    fields.secret ? _("secret") : "",
    fields.form?.trim() ? _("form: {name}", { name: fields.form }) : "",
  ];
  return html`<details class="rules">
    <summary>${_("How it is run")} <span class="soft">${told.filter(Boolean).join(" · ")}</span></summary>
    <div class="stack stack--tight">
      ${numberField("seconds", _("Open for"), [{ value: "", said: _("until somebody closes it") }, ...limits(fields.seconds)], fields, set)}
      ${numberField("results", _("Everyone sees the result"), shows(fields), fields, set)}
      ${numberField("secret", _("Votes are"), secrecy(), fields, set)}
      ${fields.secret && divisible ? numberField("split", _("They are counted"), splits(), fields, set) : nothing}
      ${lineField("form", _("Name of a form, if several polls are to be answered together"), fields, set)}
    </div>
  </details>`;
}

/** What was chosen, as add_poll and edit_poll want it. @param {Fields} fields @param {boolean} divisible */
export const rules = ({ seconds, results = "", form = "", repeats, secret = "", split }, divisible) => ({
  seconds: Number(seconds) || null,
  form: form.trim(),
  repeats: Number(repeats) || null,
  results: /** @type {PollDoc["results"]} */ (when({ results, secret }) || "hand"),
  secret: secret === "yes",
  split: secret === "yes" && divisible ? /** @type {PollDoc["split"]} */ (split || null) : null,
});

/** The way back, to change a draft. @param {PollDoc} poll @returns {Fields} */
export const ruleFields = ({ seconds, results = "hand", form = "", repeats, secret = false, split }) => ({
  seconds: seconds ? String(seconds) : "",
  form,
  repeats: repeats ? String(repeats) : "",
  results: results === "hand" ? "" : results,
  secret: secret ? "yes" : "",
  split: split ?? "",
});
