/**
 * The timeline of a replay: a slider with a mark for each slide, poll and question, and over the place that
 * is pointed at what was there. Drawn with CSS variables; a mark can be pressed, the lists do the same by key.
 *
 * @typedef {import("../../core/replay/replay.js").Replay} Replay
 * @typedef {import("../../core/replay/marks.js").Mark} Mark
 * @typedef {import("./watching.js").Watching} Watching
 */

import { html, nothing } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { _ } from "../../core/i18n.js";
import { lastOf } from "../../core/timeline.js";
import { duration } from "../../core/text.js";
import { vars } from "../../core/vars.js";
import { slideThumb } from "../stage/slide.js";

const NEAR = 0.008; // of the whole: that close to a mark the pointer means it

/** @param {Replay} replay @param {Watching} watching */
export function track(replay, watching) {
  const share = replay.length ? replay.seconds / replay.length : 0;
  return html`<div
    class="track"
    role="slider"
    tabindex="0"
    aria-label=${_("Place in the replay")}
    aria-valuemin="0"
    aria-valuemax=${Math.floor(replay.length)}
    aria-valuenow=${Math.floor(replay.seconds)}
    aria-valuetext=${spoken(replay)}
    ${vars({ share })}
    @pointerdown=${(/** @type {PointerEvent} */ event) => grab(event, replay, watching)}
    @pointermove=${(/** @type {PointerEvent} */ event) => drag(event, replay, watching)}
    @pointerleave=${() => watching.set({ pointed: null })}
  >
    <i class="track__line"></i><i class="track__past"></i>
    ${guard([replay.marks], () => replay.marks.map((mark) => tick(mark, replay.length)))}
    <i class="track__hand"></i>
    ${watching.pointed === null ? nothing : bubble(replay, watching.pointed)}
  </div>`;
}

/** @param {Mark} mark @param {number} length */
const tick = ({ kind, s }, length) =>
  html`<i class="track__mark track__mark--${kind}" ${vars({ at: length ? s / length : 0 })}></i>`;

/** "12:03, slide 4" @param {Replay} replay */
function spoken(replay) {
  const id = replay.cue()?.slide;
  const number = id ? replay.store.get(`slide/${id}`)?.number : undefined;
  const time = duration(Math.floor(replay.seconds) * 1000);
  return number ? `${time}, ${_("Slide {n}", { n: number })}` : time;
}

/** @param {PointerEvent} event @param {Replay} replay @param {Watching} watching */
function grab(event, replay, watching) {
  const element = /** @type {HTMLElement} */ (event.currentTarget);
  element.setPointerCapture(event.pointerId);
  replay.seek(placeOf(event, replay));
  watching.set({ pointed: event.pointerType === "touch" ? replay.seconds : null });
}

/** @param {PointerEvent} event @param {Replay} replay @param {Watching} watching */
function drag(event, replay, watching) {
  const held = /** @type {HTMLElement} */ (event.currentTarget).hasPointerCapture(event.pointerId);
  const place = placeOf(event, replay);
  if (held) replay.seek(place);
  watching.set({ pointed: place });
}

/** Where the pointer is, s; beside a mark it is the mark. @param {PointerEvent} event @param {Replay} replay */
function placeOf(event, { length, marks }) {
  const { left, width } = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
  const place = Math.min(1, Math.max(0, (event.clientX - left) / width)) * length;
  const near = marks.filter(({ s }) => Math.abs(s - place) < NEAR * length);
  const nearest = near.sort((a, b) => Math.abs(a.s - place) - Math.abs(b.s - place))[0];
  return nearest?.s ?? place;
}

/** What is there. @param {Replay} replay @param {number} pointed */
function bubble(replay, pointed) {
  const { marks, length, store } = replay;
  const slide = lastOf(marks, ({ kind, s }) => kind === "slide" && s <= pointed);
  const doc = slide ? store.get(`slide/${slide.id}`) : undefined;
  const here = marks.filter(({ kind, s }) => kind !== "slide" && Math.abs(s - pointed) < NEAR * length);
  return html`<div class="track__bubble" aria-hidden="true" ${vars({ at: length ? pointed / length : 0 })}>
    ${doc ? slideThumb(doc) : nothing}
    <p><b class="number">${duration(Math.floor(pointed) * 1000)}</b> ${doc ? _("Slide {n}", { n: doc.number }) : nothing}</p>
    ${here.slice(0, 2).map(({ kind, title }) => html`<p class="track__words track__words--${kind}">${title}</p>`)}
  </div>`;
}
