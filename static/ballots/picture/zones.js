/**
 * Zones drawn over a slide: with the mouse a rectangle or corner after corner, with the
 * keys a cross that sets corners. What is drawn is kept in the fields of the poll's editor
 * as JSON: `zones`, and in `corners` the one that is begun. Each change is made of the
 * fields as they are by then: of two clicks within one frame neither is lost.
 *
 * @typedef {import("../../protocol.d.ts").Zone} Zone
 * @typedef {import("../options.js").Fields} Fields
 * @typedef {import("../options.js").SetFields} SetFields
 * @typedef {import("../options.js").SlideDoc} SlideDoc
 * @typedef {import("./picture.js").Spot} Spot
 */

import { html } from "lit-html";
import { live } from "lit-html/directives/live.js";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { typed } from "../options.js";
import { crossKeys, outline, outlines, pairs, picture, whereIn } from "./picture.js";

const NEAR = 300; // a corner this near the first one closes the zone
const A_DRAG = 150; // a mouse that moved less has clicked

/** @param {Fields} fields @param {SetFields} set @param {SlideDoc | undefined} slide */
export function zoneEditor(fields, set, slide) {
  const draft = cornersIn(fields);
  const first = draft.length > 2 ? _("Close at the first corner.") : "";
  return html`<p class="soft">
      ${_("Draw zones with the mouse: drag a rectangle, or click corner after corner and close at the first.")}
      ${_("By keys: arrows move the cross, Enter sets a corner, Backspace takes it back.")}
    </p>
    ${picture(slide, [outlines(zonesIn(fields)), outline(draft)], {
      label: _("The picture. Arrow keys move the cross, Enter sets a corner and closes the zone at its first one, Backspace takes a corner back."),
      onDown: (event) => draw(event, (points) => set((now) => closed(now, points)), (at) => set((now) => cornered(now, at))),
      onKey: (event) => crossKeys(event, (at) => set((now) => cornered(now, at)), () => set(uncornered)),
    })}
    <p class="soft" role="status">${draft.length ? html`${ngettext("{n} corner is set.", "{n} corners are set.", draft.length)} ${first}` : ""}</p>
    ${zonesIn(fields).map((zone, at) => zoneRow(zone, at, set))}`;
}

/** Its name, and a button that takes it away. @param {Zone} zone @param {number} at @param {SetFields} set */
const zoneRow = (zone, at, set) => html`<div class="cluster spotting__zone">
  <b>${at + 1}</b>
  <input
    aria-label=${_("Name of zone {n}", { n: at + 1 })}
    .value=${live(zone.name)}
    @input=${typed((name) => set((now) => kept(zonesIn(now).map((each, n) => (n === at ? { ...each, name } : each)))))}
  />
  <button
    type="button"
    class="button button--quiet button--icon"
    aria-label=${_("Take zone {n} away", { n: at + 1 })}
    @click=${() => set((now) => kept(zonesIn(now).filter((each) => !same(each, zone))))}
  >
    ${icons.remove()}
  </button>
</div>`;

/** @param {Fields} fields @returns {Zone[]} */
export const zonesIn = ({ zones = "[]" }) => JSON.parse(zones);

/** Nothing drawn, as on another slide. @returns {Fields} */
export const noZones = () => ({ zones: "[]", corners: "[]" });

// Changes: of the fields as they are --------------------------------------------

/** @param {Fields} fields @returns {Spot[]} */
const cornersIn = ({ corners = "[]" }) => pairs(JSON.parse(corners));

/** @param {Zone[]} zones @returns {Fields} */
const kept = (zones) => ({ zones: JSON.stringify(zones) });

/** One more zone, of the points of its corners. @param {Fields} now @param {number[]} points @returns {Fields} */
export function closed(now, points) {
  const zones = zonesIn(now);
  return { ...kept([...zones, { name: _("Zone {n}", { n: zones.length + 1 }), points }]), corners: "[]" };
}

/** One more corner, or the zone closed at its first one. @param {Fields} now @param {Spot} at @returns {Fields} */
export function cornered(now, at) {
  const draft = cornersIn(now);
  const [first] = draft;
  if (first && draft.length > 2 && Math.hypot(first[0] - at[0], first[1] - at[1]) < NEAR) return closed(now, draft.flat());
  return { corners: JSON.stringify([...draft.flat(), ...at]) };
}

/** The last corner taken back. @param {Fields} now @returns {Fields} */
export const uncornered = (now) => ({ corners: JSON.stringify(cornersIn(now).slice(0, -1).flat()) });

/** @param {Zone} one @param {Zone} other */
const same = (one, other) => one.points.join() === other.points.join();

// By mouse ------------------------------------------------------------------------

/**
 * A mouse that is dragged draws a rectangle, one that clicks sets a corner.
 * @param {PointerEvent} event
 * @param {(points: number[]) => void} close
 * @param {(at: Spot) => void} corner
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
