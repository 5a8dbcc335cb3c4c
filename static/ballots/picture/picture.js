/**
 * A slide with what lies over it: marks, outlines, a heat map, and the places in it by
 * mouse, finger or keys. For the kinds that ask about a picture, and their editors.
 * Coordinates are ten-thousandths of the picture's sides.
 *
 * @typedef {import("../../protocol.d.ts").Zone} Zone
 * @typedef {import("../options.js").Choice} Choice
 * @typedef {import("../options.js").SlideDoc} SlideDoc
 * @typedef {[number, number]} Spot
 */

import { html, nothing, svg } from "lit-html";
import { _ } from "../../core/i18n.js";
import { pictureOf } from "../../core/pictures.js";
import { vars } from "../../core/vars.js";

const SIDE = 10_000; // as in live/domain/ballots/spotting.py
const STEP = 250; // of an arrow key

/**
 * The slide with what lies over it. With `onKey` it takes the focus and has a cross for the keys.
 * @param {SlideDoc | undefined} slide
 * @param {unknown[]} over
 * @param {{label?: string, onTap?: (event: MouseEvent) => void, onKey?: (event: KeyboardEvent) => void, onDown?: (event: PointerEvent) => void}} [how]
 */
export function picture(slide, over, { label = "", onTap, onKey, onDown } = {}) {
  if (!slide) return html`<p class="soft">${_("The slide of this poll is not in the deck.")}</p>`;
  const shape = vars({ "spot-ratio": `${slide.width} / ${slide.height}` });
  const matter = html`<img src=${pictureOf(slide)} width=${slide.width} height=${slide.height} alt=${slide.text} draggable="false" />${over}`;
  if (!onKey) return html`<div class="spot" ${shape}>${matter}</div>`;
  return html`<div
    class="spot spot--live"
    role="application"
    tabindex="0"
    aria-label=${label}
    ${shape}
    @click=${onTap ?? nothing}
    @pointerdown=${onDown ?? nothing}
    @keydown=${onKey}
  >
    ${matter}${onDown ? html`<i class="spot__band" aria-hidden="true"></i>` : nothing}<i class="spot__cross" aria-hidden="true"></i>
  </div>`;
}

// Outlines --------------------------------------------------------------------

/** @param {Zone[]} zones */
export const outlines = (zones) => zones.map(({ points }, at) => html`${outline(cornersOf(points), at + 1)}`);

/** @param {number[][]} corners @param {number} [n] */
export function outline(corners, n) {
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

/** @param {Choice} numbers @returns {Spot[]} */
export function pairs(numbers) {
  /** @type {Spot[]} */
  const found = [];
  for (let at = 0; at + 1 < numbers.length; at += 2) found.push([Number(numbers[at]), Number(numbers[at + 1])]);
  return found;
}

/** @param {{clientX: number, clientY: number, currentTarget: EventTarget | null}} event @returns {Spot} */
export function whereIn({ clientX, clientY, currentTarget }) {
  const { left, top, width, height } = /** @type {HTMLElement} */ (currentTarget).getBoundingClientRect();
  return [inside(((clientX - left) / width) * SIDE), inside(((clientY - top) / height) * SIDE)];
}

/** @param {number} value */
const inside = (value) => Math.round(Math.min(Math.max(value, 0), SIDE));

/**
 * Arrows move the cross, Enter or the space bar takes where it is, Backspace takes back.
 * @param {KeyboardEvent} event @param {(at: Spot) => void} add @param {() => void} undo
 */
export function crossKeys(event, add, undo) {
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
