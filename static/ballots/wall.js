/**
 * Open text: a sentence or two each, on a wall with the newest first. At the desk each
 * text has buttons that let it through or take it away. A kind is a vote form and a
 * result drawing, registered in index.js; the rules are the server's.
 *
 * @typedef {import("../protocol.d.ts").Wall} Ballot
 * @typedef {import("./options.js").Choice} Choice
 * @typedef {import("./options.js").Form} Form
 * @typedef {import("./options.js").Result} Result
 * @typedef {import("./options.js").Fields} Fields
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { repeat } from "lit-html/directives/repeat.js";
import { _, ngettext } from "../core/i18n.js";
import { typed } from "./options.js";

const LONGEST = 300; // characters, as in live/domain/ballots/wall.py
const NEWEST = 20; // in a tally, as in live/domain/ballots/wall.py

export const name = () => _("Open text");

/** @param {Ballot} ballot */
export const hint = ({ moderated = true }) =>
  moderated ? _("Write a sentence or two. The desk reads it before others do.") : _("Write a sentence or two.");

/** @param {Ballot} ballot @param {Choice} choice */
export const ready = (ballot, choice) => !lacks(ballot, choice);

/** @param {Ballot} _ballot @param {Choice} choice */
export function lacks(_ballot, [text = ""]) {
  const over = [...String(text).trim()].length - LONGEST;
  return over > 0 ? ngettext("{n} character too many.", "{n} characters too many.", over) : "";
}

/** @param {Ballot} _ballot @returns {string[]} */
export const options = (_ballot) => [];

/** @param {Ballot} ballot @param {Form} form */
export const vote = (ballot, { name, choice, disabled, onChoose }) => html`<textarea
  name=${name}
  rows="3"
  autocomplete="off"
  aria-label=${hint(ballot)}
  ?disabled=${disabled}
  .value=${live(String(choice[0] ?? ""))}
  @input=${typed((text) => onChoose(text.trim() ? [text] : []))}
></textarea>`;

export const quoted = true;
export const paged = true;

/** @param {Ballot} _ballot @param {Result} result */
export function result(_ballot, { said: texts, mine, judge }) {
  const newest = !judge && texts.length >= NEWEST;
  return html`${newest ? html`<p class="soft">${_("The newest {n} answers", { n: NEWEST })}</p>` : nothing}<ul class="wall" role="list">
    ${repeat(
      texts,
      ({ text }) => text,
      (each) => html`<li
        class="wall__text ${mine.includes(each.text) ? "wall__text--mine" : ""} ${each.shown === false ? "wall__text--away" : ""}"
      >
        <span>${each.text}</span>${each.votes > 1 ? html`<small>× ${each.votes}</small>` : nothing}
        ${judge ? judging(each, judge) : nothing}
      </li>`,
    )}
  </ul>`;
}

/** @param {import("../protocol.d.ts").Said} said @param {(text: string, shown: boolean) => void} judge */
function judging({ text, shown = true, waits }, judge) {
  const button = (/** @type {boolean} */ show, /** @type {string} */ name) =>
    html`<button type="button" class="button button--small ${show ? "" : "button--quiet"}" @click=${() => judge(text, show)}>${name}</button>`;
  return html`<span class="cluster">
    ${shown ? nothing : button(true, _("Let it through"))} ${shown ? button(false, _("Take it away")) : waits ? button(false, _("Leave it out")) : nothing}
  </span>`;
}

/** @param {Ballot} _ballot @param {Choice} choice */
export const said = (_ballot, choice) => String(choice[0] ?? "");

/** @param {Fields} fields @param {(change: Fields) => void} set */
export const compose = ({ moderated = "1" }, set) => html`<label class="switch">
  <input type="checkbox" name="moderated" .checked=${moderated === "1"} @change=${(/** @type {Event} */ event) => set({ moderated: /** @type {HTMLInputElement} */ (event.target).checked ? "1" : "0" })} />
  <span>${_("The desk lets each text through before others see it")}</span>
</label>`;

/** @param {Fields} fields @returns {Ballot} */
export const ballot = ({ moderated = "1" }) => ({ kind: "wall", moderated: moderated === "1" });

/** @param {Ballot} ballot @returns {Fields} */
export const fields = ({ moderated = true }) => ({ moderated: moderated ? "1" : "0" });

export const groups = null;

/** @returns {import("./options.js").Preset[]} */
export const presets = () => [];
