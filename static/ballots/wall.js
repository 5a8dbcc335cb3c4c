/**
 * Open text: a sentence or two each, on a wall with the newest first. At the desk each
 * text has a button that lets it through or takes it away. A kind is a vote form and a
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
import { _ } from "../core/i18n.js";
import { typed } from "./options.js";

export const name = () => _("Open text");

/** @param {Ballot} ballot */
export const hint = ({ moderated = true }) =>
  moderated ? _("Write a sentence or two. The desk reads it before others do.") : _("Write a sentence or two.");

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

/** @param {Ballot} _ballot @param {Result} result */
export function result(_ballot, { said: texts, votes: all, mine, judge }) {
  const here = texts.reduce((sum, { votes }) => sum + votes, 0);
  const more = judge && here < all;
  return html`${more ? html`<p class="soft">${_("{here} of {all} answers are here; all of them are in the export of the votes.", { here, all })}</p>` : nothing}<ul class="wall" role="list">
    ${repeat(
      texts,
      ({ text }) => text,
      ({ text, votes, shown = true }) => html`<li
        class="wall__text ${mine.includes(text) ? "wall__text--mine" : ""} ${shown ? "" : "wall__text--away"}"
      >
        <span>${text}</span>${votes > 1 ? html`<small>× ${votes}</small>` : nothing}
        ${
          judge
            ? html`<button type="button" class="button button--small ${shown ? "button--quiet" : ""}" @click=${() => judge(text, !shown)}>
                ${shown ? _("Take it away") : _("Let it through")}
              </button>`
            : nothing
        }
      </li>`,
    )}
  </ul>`;
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

/** @returns {import("./options.js").Preset[]} */
export const presets = () => [];
