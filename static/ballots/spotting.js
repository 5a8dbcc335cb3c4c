/**
 * Hazard spotting: tap what is wrong in a picture, a slide of the deck. With keys the
 * arrows move a cross and Enter sets a mark. The result is a heat map over the picture
 * and who found each zone. Coordinates are ten-thousandths of the picture's sides.
 *
 * @typedef {import("../protocol.d.ts").Spotting} Ballot
 * @typedef {import("../protocol.d.ts").Zone} Zone
 * @typedef {import("./options.js").Choice} Choice
 * @typedef {import("./options.js").Form} Form
 * @typedef {import("./options.js").Result} Result
 * @typedef {import("./options.js").Fields} Fields
 * @typedef {import("./options.js").SlideDoc} SlideDoc
 * @typedef {import("./options.js").Slides} Slides
 */

import { html, nothing, svg } from "lit-html";
import { live } from "lit-html/directives/live.js";
import * as icons from "../core/icons.js";
import { _, ngettext } from "../core/i18n.js";
import { list } from "../core/text.js";
import { vars } from "../core/vars.js";
import { bars, numberField, numbers, typed } from "./options.js";

const SIDE = 10_000; // as in live/domain/ballots/spotting.py, like the next two
const COLUMNS = 32;
const ROWS = 18;
const STEP = 250; // of an arrow key
const NEAR = 300; // a corner this near the first one closes a polygon
const A_DRAG = 150; // a mouse that moved less has clicked

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
        onKey: (event) => keys(event, add, () => taps.length && drop(taps.length - 1)),
      },
    )}
    <p class="soft">${_("{n} of {all} marks", { n: taps.length, all: max })} ${taps.length ? _("Tap a mark to take it away.") : nothing}</p>`;
}

/** Its zones are what is right. @param {Ballot} ballot @param {Form} _form */
export const answer = ({ zones = [] }, _form) =>
  html`<p class="soft">${zones.length ? _("Right is who finds the zones.") : _("Draw the zones first: who finds them is right.")}</p>`;

/** @param {Ballot} ballot @param {Choice} _right */
export const rightly = ({ zones = [] }, _right) => list(zones.map((zone) => zone.name));

/** More or less so. */
export const isRight = () => undefined;

/** @param {Ballot} ballot @param {Result} counted */
export function result({ slide, zones = [] }, counted) {
  const { counts, mine, slides } = counted;
  const heat = counts.slice(zones.length);
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

/** @param {Fields} fields @param {(change: Fields) => void} set @param {Slides} slides */
export function compose(fields, set, slides) {
  const zones = zonesOf(fields);
  const draft = pairs(JSON.parse(fields.corners ?? "[]"));
  const keep = (/** @type {Zone[]} */ changed) => set({ zones: JSON.stringify(changed), corners: "[]" });
  const close = (/** @type {number[]} */ points) => keep([...zones, { name: _("Zone {n}", { n: zones.length + 1 }), points }]);
  const corner = (/** @type {number[]} */ at) => {
    const [first] = draft;
    if (first && draft.length > 2 && Math.hypot(first[0] - (at[0] ?? 0), first[1] - (at[1] ?? 0)) < NEAR) close(draft.flat());
    else set({ corners: JSON.stringify([...draft.flat(), ...at]) });
  };
  return html`<label class="field">
      <span class="label">${_("Slide")}</span>
      <select name="slide" required @change=${typed((slide) => set({ slide, zones: "[]", corners: "[]" }))}>
        <option value="" ?selected=${!fields.slide}>${_("Choose a slide")}</option>
        ${slides.all().map(
          ([id, doc]) =>
            html`<option value=${id} ?selected=${id === fields.slide}>${doc.number} · ${doc.text.slice(0, 40)}</option>`,
        )}
      </select>
    </label>
    ${numberField("taps", _("Marks of each person, at most"), numbers(1, 10), { taps: "3", ...fields }, set)}
    ${
      fields.slide
        ? html`<p class="soft">${_("Draw zones with the mouse: drag a rectangle, or click corner after corner and close at the first.")}</p>
            ${picture(slides(fields.slide), [outlines(zones), outline(draft)], { onDown: (event) => draw(event, close, corner) })}`
        : nothing
    }
    ${zones.map(
      (zone, at) => html`<div class="cluster spotting__zone">
        <b>${at + 1}</b>
        <input
          aria-label=${_("Name of zone {n}", { n: at + 1 })}
          .value=${live(zone.name)}
          @input=${typed((name) => keep(zones.map((each) => (each === zone ? { ...zone, name } : each))))}
        />
        <button type="button" class="button button--quiet button--icon" aria-label=${_("Take zone {n} away", { n: at + 1 })} @click=${() => keep(zones.filter((each) => each !== zone))}>
          ${icons.remove()}
        </button>
      </div>`,
    )}`;
}

/** @param {Fields} fields @returns {Ballot} */
export const ballot = (fields) => ({
  kind: "spotting",
  slide: fields.slide ?? "",
  max: Number(fields.taps) || 3,
  zones: zonesOf(fields),
});

/** @param {Ballot} ballot @returns {Fields} */
export const fields = ({ slide, max, zones = [] }) => ({ slide, taps: String(max), zones: JSON.stringify(zones) });

/** @returns {import("./options.js").Preset[]} */
export const presets = () => [];

/** @param {Fields} fields @returns {Zone[]} */
const zonesOf = ({ zones = "[]" }) => JSON.parse(zones);

/**
 * A mouse that is dragged draws a rectangle, one that clicks sets a corner.
 * @param {PointerEvent} event
 * @param {(points: number[]) => void} close
 * @param {(at: number[]) => void} corner
 */
function draw(event, close, corner) {
  event.preventDefault();
  const area = /** @type {HTMLElement} */ (event.currentTarget);
  const from = whereIn(event);
  area.setPointerCapture(event.pointerId);
  const done = new AbortController();
  const band = (/** @type {PointerEvent} */ { clientX, clientY }) => {
    const to = whereIn({ clientX, clientY, currentTarget: area });
    area.style.setProperty("--band-x", `${Math.min(from[0], to[0]) / 100}%`);
    area.style.setProperty("--band-y", `${Math.min(from[1], to[1]) / 100}%`);
    area.style.setProperty("--band-w", `${Math.abs(from[0] - to[0]) / 100}%`);
    area.style.setProperty("--band-h", `${Math.abs(from[1] - to[1]) / 100}%`);
    return to;
  };
  const { signal } = done;
  area.addEventListener("pointermove", band, { signal });
  area.addEventListener("pointerup", (up) => {
    const to = band(up);
    done.abort();
    area.style.setProperty("--band-w", "0");
    if (Math.abs(from[0] - to[0]) > A_DRAG && Math.abs(from[1] - to[1]) > A_DRAG) close([...from, ...to]);
    else corner(from);
  }, { signal });
  area.addEventListener("pointercancel", () => done.abort(), { signal });
}

// Drawing -------------------------------------------------------------------

/**
 * The slide with what lies over it.
 * @param {SlideDoc | undefined} slide
 * @param {unknown[]} over
 * @param {{label?: string, onTap?: (event: MouseEvent) => void, onKey?: (event: KeyboardEvent) => void, onDown?: (event: PointerEvent) => void}} [how]
 */
function picture(slide, over, { label = "", onTap, onKey, onDown } = {}) {
  if (!slide) return html`<p class="soft">${_("The slide of this poll is not in the deck.")}</p>`;
  const shape = vars({ "spot-ratio": `${slide.width} / ${slide.height}` });
  const matter = html`<img src=${slide.src} width=${slide.width} height=${slide.height} alt=${slide.text} draggable="false" />${over}`;
  if (onTap) {
    return html`<div class="spot spot--live" role="application" tabindex="0" aria-label=${label} ${shape} @click=${onTap} @keydown=${onKey}>
      ${matter}<i class="spot__cross" aria-hidden="true"></i>
    </div>`;
  }
  if (onDown) return html`<div class="spot spot--live" ${shape} @pointerdown=${onDown}>${matter}<i class="spot__band" aria-hidden="true"></i></div>`;
  return html`<div class="spot" ${shape}>${matter}</div>`;
}

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

/** @param {Zone[]} zones */
const outlines = (zones) => zones.map(({ points }, at) => html`${outline(cornersOf(points), at + 1)}`);

/** @param {number[][]} corners @param {number} [n] */
function outline(corners, n) {
  if (!corners.length) return nothing;
  const [x = 0, y = 0] = corners[0] ?? [];
  const points = corners.map((each) => each.join(",")).join(" ");
  const shape = n ? svg`<polygon points=${points} />` : svg`<polyline points=${points} />`;
  return html`<svg class="spot__zone" viewBox="0 0 ${SIDE} ${SIDE}" preserveAspectRatio="none" aria-hidden="true">${shape}</svg>
    <b class="spot__name" aria-hidden="true" ${vars({ x: `${x / 100}%`, y: `${y / 100}%` })}>${n ?? "○"}</b>`;
}

/** Two corners are those of a rectangle. @param {number[]} points */
function cornersOf(points) {
  const corners = pairs(points);
  if (corners.length !== 2) return corners;
  const [[left, top], [right, bottom]] = /** @type {[[number, number], [number, number]]} */ (corners);
  return [[left, top], [right, top], [right, bottom], [left, bottom]];
}

// Where -----------------------------------------------------------------------

/** @param {Choice} numbers @returns {[number, number][]} */
function pairs(numbers) {
  /** @type {[number, number][]} */
  const found = [];
  for (let at = 0; at + 1 < numbers.length; at += 2) found.push([Number(numbers[at]), Number(numbers[at + 1])]);
  return found;
}

/** @param {{clientX: number, clientY: number, currentTarget: EventTarget | null}} event @returns {[number, number]} */
function whereIn({ clientX, clientY, currentTarget }) {
  const { left, top, width, height } = /** @type {HTMLElement} */ (currentTarget).getBoundingClientRect();
  return [inside(((clientX - left) / width) * SIDE), inside(((clientY - top) / height) * SIDE)];
}

/** @param {number} value */
const inside = (value) => Math.round(Math.min(Math.max(value, 0), SIDE));

/** @param {KeyboardEvent} event @param {(tap: number[]) => void} add @param {() => void} undo */
function keys(event, add, undo) {
  const area = /** @type {HTMLElement} */ (event.currentTarget);
  if (event.target !== area) return;
  const [x = SIDE / 2, y = SIDE / 2] = (area.dataset.cross ?? "").split(" ").filter(Boolean).map(Number);
  /** @type {Record<string, [number, number]>} */
  const steps = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
  const step = steps[event.key];
  if (step) {
    const at = [inside(x + step[0]), inside(y + step[1])];
    area.dataset.cross = at.join(" ");
    area.style.setProperty("--cross-x", `${(at[0] ?? 0) / 100}%`);
    area.style.setProperty("--cross-y", `${(at[1] ?? 0) / 100}%`);
  } else if (event.key === "Enter" || event.key === " ") add([x, y]);
  else if (event.key === "Backspace") undo();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
