/**
 * Word cloud: up to three words each. A word stands where it stood and grows there, a new one
 * comes behind it, and what has to make room glides: nothing jumps while people write. At the desk each
 * is a button that takes it away or brings it back. Plain layout: it works for Chinese and English.
 *
 * @typedef {import("../protocol.d.ts").Cloud} Ballot
 * @typedef {import("./options.js").Choice} Choice
 * @typedef {import("./options.js").Form} Form
 * @typedef {import("./options.js").Result} Result
 * @typedef {import("./options.js").Fields} Fields
 */

import { html } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { repeat } from "lit-html/directives/repeat.js";
import { glide } from "../core/glide.js";
import { _ } from "../core/i18n.js";
import { Places } from "../core/places.js";
import { scaleEnd } from "../core/scale.js";
import { list, number } from "../core/text.js";
import { vars } from "../core/vars.js";
import { numberField, numbers, typed } from "./options.js";

const MOST = 3; // words where a ballot does not say
const LONGEST = 30; // characters, as in live/domain/ballots/cloud.py

export const name = () => _("Word cloud");

/** @param {Ballot} ballot */
export const hint = ({ max = MOST }) =>
  max > 1 ? _("Write up to {n} words or short phrases.", { n: max }) : _("Write a word or a short phrase.");

/** @param {Ballot} _ballot @returns {string[]} */
export const options = (_ballot) => [];

/** @param {Ballot} ballot @param {Form} form */
export function vote({ max = MOST }, { name, choice, disabled, onChoose }) {
  const write = (/** @type {number} */ at, /** @type {string} */ text) =>
    onChoose([...choice.slice(0, at), text, ...choice.slice(at + 1)].filter((each) => String(each).trim()));
  const fields = Math.min(max, choice.length + 1);
  return Array.from(
    { length: fields },
    (_each, at) => html`<input
      class="cloud__field"
      name="${name}-${at}"
      autocomplete="off"
      maxlength=${LONGEST}
      aria-label=${_("Word {n}", { n: at + 1 })}
      placeholder=${_("Word {n}", { n: at + 1 })}
      ?disabled=${disabled}
      .value=${live(String(choice[at] ?? ""))}
      @input=${typed((text) => write(at, text))}
    />`,
  );
}

export const quoted = true;

/** Of all clouds on this page. */
const places = new Places();

/** @param {Ballot} _ballot @param {Result} result */
export function result(_ballot, { said: words, mine, judge, growing }) {
  const most = Math.max(1, ...words.map((word) => word.votes));
  const full = growing ? scaleEnd(most) : most; // while it grows no word shrinks because another gains votes
  const own = new Set(mine.map((word) => String(word).toLocaleLowerCase()));
  return html`<ul class="cloud" role="list" ${glide(words.map(({ text, votes }) => `${text} ${votes}`).join("\n"))}>
    ${repeat(
      places.of(words),
      ({ text }) => text,
      ({ text, votes, shown = true }) => {
        const classes = `cloud__word ${votes === most && most > 1 ? "cloud__word--lead" : ""} ${own.has(text.toLocaleLowerCase()) ? "cloud__word--mine" : ""} ${shown ? "" : "cloud__word--away"}`;
        const word = html`<span>${text}</span>${votes > 1 ? html`<small>${number(votes)}</small>` : ""}`;
        return html`<li class=${classes} ${vars({ weight: Math.sqrt(votes / full) })}>
          ${
            judge
              ? html`<button
                  type="button"
                  class="cloud__judge"
                  title=${shown ? _("Take it away") : _("Bring it back")}
                  aria-pressed=${shown ? "false" : "true"}
                  @click=${() => judge(text, !shown)}
                >
                  ${word}
                </button>`
              : word
          }
        </li>`;
      },
    )}
  </ul>`;
}

/** @param {Ballot} _ballot @param {Choice} choice */
export const said = (_ballot, choice) => list(choice.map(String));

/** @param {Fields} fields @param {(change: Fields) => void} set */
export const compose = (fields, set) =>
  numberField("words", _("Words of each person, at most"), numbers(1, MOST), { words: String(MOST), ...fields }, set);

/** @param {Fields} fields @returns {Ballot} */
export const ballot = ({ words }) => ({ kind: "cloud", max: Number(words) || MOST });

/** @param {Ballot} ballot @returns {Fields} */
export const fields = ({ max = MOST }) => ({ words: String(max) });

export const groups = null;

/** @returns {import("./options.js").Preset[]} */
export const presets = () => [];
