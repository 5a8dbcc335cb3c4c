/**
 * Hazard spotting: tap what is wrong in a picture, a slide of the deck. With keys the
 * arrows move a cross and Enter sets a mark. The result is a heat map over the picture
 * and who found each zone. Coordinates are ten-thousandths of the picture's sides.
 *
 * @typedef {import("../protocol.d.ts").Spotting} Ballot
 * @typedef {import("./options.js").Choice} Choice
 * @typedef {import("./options.js").Form} Form
 * @typedef {import("./options.js").Result} Result
 * @typedef {import("./options.js").Fields} Fields
 * @typedef {import("./options.js").SetFields} SetFields
 * @typedef {import("./options.js").Slides} Slides
 */

import { html, nothing, svg } from "lit-html";
import { _, ngettext } from "../core/i18n.js";
import { list } from "../core/text.js";
import { vars } from "../core/vars.js";
import { bars, numberField, numbers, typed } from "./options.js";
import { crossKeys, outlines, pairs, picture, whereIn } from "./picture/picture.js";
import { noZones, zoneEditor, zonesIn } from "./picture/zones.js";

const COLUMNS = 32; // as in live/domain/ballots/spotting.py, like the next one
const ROWS = 18;

export const name = () => _("Spot the hazards");

/** @param {Ballot} ballot */
export const hint = ({ max }) => ngettext("Tap {n} place in the picture.", "Tap up to {n} places in the picture.", max);

/** @param {Ballot} ballot */
export const options = ({ zones = [] }) => zones.map((zone) => zone.name);

/** @param {Ballot} ballot @param {Form} form */
export function vote({ slide, max }, { choice, disabled, onChoose, slides }) {
  const taps = pairs(choice);
  const add = (/** @type {number[]} */ tap) => taps.length < max && !disabled && onChoose([...choice, ...tap]);
  const drop = (/** @type {number} */ at) => onChoose([...choice.slice(0, at * 2), ...choice.slice(at * 2 + 2)]);
  return html`${picture(
      slides(slide),
      taps.map(([x, y], at) => mark(x, y, at + 1, () => drop(at))),
      {
        label: _("The picture. Arrow keys move the cross, Enter marks, Backspace takes the last mark away."),
        onTap: (event) => add(whereIn(event)),
        onKey: (event) => crossKeys(event, add, () => taps.length && drop(taps.length - 1)),
      },
    )}
    <p class="soft">${_("{n} of {all} marks", { n: taps.length, all: max })} ${taps.length ? _("Tap a mark to take it away.") : nothing}</p>`;
}

/** Its zones are what is right. @param {Ballot} ballot @param {Form} _form */
export const answer = ({ zones = [] }, _form) =>
  html`<p class="soft">${zones.length ? _("Right is who finds the zones.") : _("Draw the zones first: who finds them is right.")}</p>`;

/** @param {Ballot} ballot @param {Choice} _right */
export const rightly = ({ zones = [] }, _right) => list(zones.map((zone) => zone.name));

/** @param {Ballot} ballot @param {Result} counted */
export function result({ slide, zones = [] }, counted) {
  const { counts, mine, slides } = counted;
  const heat = counts.slice(-COLUMNS * ROWS); // before it the zones, also those that are not told yet
  return html`<div class="spotting">
    ${picture(slides(slide), [
      html`<svg class="spot__heat" viewBox="0 0 ${COLUMNS} ${ROWS}" preserveAspectRatio="none" aria-hidden="true">${cells(heat)}</svg>`,
      outlines(zones),
      ...pairs(mine).map(([x, y], at) => mark(x, y, at + 1)),
    ])}
    ${zones.length ? bars(zones.map((zone) => zone.name), { ...counted, counts: counts.slice(0, zones.length), mine: [] }) : nothing}
  </div>`;
}

/** @param {Ballot} _ballot @param {Choice} choice */
export const said = (_ballot, choice) => ngettext("{n} mark in the picture", "{n} marks in the picture", choice.length / 2);

// Editor --------------------------------------------------------------------

/** @param {Fields} fields @param {SetFields} set @param {Slides} slides */
export const compose = (fields, set, slides) => html`<label class="field">
    <span class="label">${_("Slide")}</span>
    <select name="slide" required @change=${typed((slide) => set({ slide, ...noZones() }))}>
      <option value="" ?selected=${!fields.slide}>${_("Choose a slide")}</option>
      ${slides.all().map(
        ([id, doc]) =>
          html`<option value=${id} ?selected=${id === fields.slide}>${doc.number} · ${doc.text.slice(0, 40)}</option>`,
      )}
    </select>
  </label>
  ${numberField("taps", _("Marks of each person, at most"), numbers(1, 10), { taps: "3", ...fields }, set)}
  ${fields.slide ? zoneEditor(fields, set, slides(fields.slide)) : nothing}`;

/** @param {Fields} fields @returns {Ballot} */
export const ballot = (fields) => ({
  kind: "spotting",
  slide: fields.slide ?? "",
  max: Number(fields.taps) || 3,
  zones: zonesIn(fields),
});

/** @param {Ballot} ballot @returns {Fields} */
export const fields = ({ slide, max, zones = [] }) => ({ slide, taps: String(max), zones: JSON.stringify(zones) });

/** @returns {import("./options.js").Preset[]} */
export const presets = () => [];

// Drawing -------------------------------------------------------------------

/** @param {number} x @param {number} y @param {number} n @param {() => void} [drop] */
function mark(x, y, n, drop) {
  const at = vars({ x: `${x / 100}%`, y: `${y / 100}%` });
  if (!drop) return html`<span class="spot__mark" ${at} aria-hidden="true">${n}</span>`;
  const away = (/** @type {Event} */ event) => {
    event.stopPropagation();
    drop();
  };
  return html`<button type="button" class="spot__mark" ${at} aria-label=${_("Take mark {n} away", { n })} @click=${away}>${n}</button>`;
}

/** @param {number[]} heat */
function cells(heat) {
  const most = Math.max(1, ...heat);
  return heat.map((votes, cell) =>
    votes
      ? svg`<rect x=${cell % COLUMNS} y=${Math.floor(cell / COLUMNS)} width="1" height="1" opacity=${0.2 + (0.75 * votes) / most} />`
      : nothing,
  );
}
