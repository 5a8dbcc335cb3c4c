/**
 * The slides on the attendee page: the stage as its viewer sees it now, or one further back. Back
 * and forth by swipe, arrows, keys or the film strip; one tap returns to live.
 * Only what has been shown can be browsed: the server gives no more.
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("./self.js").Self} Self
 * @typedef {import("../../protocol.d.ts").SlideDoc & {id: string}} Slide
 */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { follow, swipe } from "../../core/gestures.js";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";
import { pollOf, seenBy } from "../../core/polling.js";
import { slideThumb } from "../stage/slide.js";
import { stage } from "../stage/stage.js";

/**
 * @param {Page} page @param {Self} self
 * @param {import("../../protocol.d.ts").BroadcastDoc} broadcast
 * @param {{bare: boolean, boards: import("../stage/stage.js").How["boards"]}} how   bare: a poll stands below with its
 *   form, so the slide shows through; boards: loaded after the first picture, and so is the film strip
 */
export function slides(page, self, broadcast, { bare, boards }) {
  const now = page.media();
  const cue = bare ? withoutPoll(page.cue()) : page.cue();
  const shown = page.timeline.shown(now);
  const live = cue?.slide ?? shown.at(-1)?.id;
  const index = shown.findIndex((slide) => slide.id === (self.browsing ?? live));
  const slide = shown[index];
  const following = !self.browsing || !slide;
  const go = (/** @type {number} */ step) => to(self, shown[index + step], live);
  const mine = (/** @type {number} */ poll) => self.vote(poll, pollOf(page, poll)?.round ?? 0).choice;
  return html`<section
    class="slides ${following ? "" : "slides--back"}"
    aria-label=${_("Slides")}
    @keydown=${(/** @type {KeyboardEvent} */ event) => keys(event, go, self)}
  >
    <div class="slides__stage" tabindex="0" role="group" aria-label=${_("Slides")} ${swipe(go)}>
      ${stage(page.store, following ? cue : { at: 0, slide: slide?.id }, page.media(), { boards, hint: true, mine, seen: seenBy(page) })}
    </div>
    ${bar(self, go, { number: slide?.number, all: broadcast.slides ?? shown.length, following, first: index <= 0, last: index >= shown.length - 1 })}
    ${boards && shown.length > 1 ? film(self, shown, slide?.id, live) : nothing}
  </section>`;
}

/** @param {import("../../protocol.d.ts").CueDoc | undefined} cue */
const withoutPoll = (cue) => (cue?.slide && cue.overlay?.kind === "poll" ? { ...cue, overlay: null } : cue);

/**
 * Which slide this is, the arrows, and the way back to live.
 * @param {Self} self
 * @param {(step: number) => void} go
 * @param {{number: number | undefined, all: number, following: boolean, first: boolean, last: boolean}} where
 */
function bar(self, go, { number, all, following, first, last }) {
  const back = html`<button
    type="button"
    class="button button--signal"
    data-do="live"
    @click=${() => self.set({ browsing: null })}
  >
    ${icons.live()}<span>${_("Back to live")}</span>
  </button>`;
  return html`<div class="slides__bar">
    <button
      type="button"
      class="button button--quiet button--icon"
      aria-label=${_("Slide before")}
      ?disabled=${first}
      @click=${() => go(-1)}
    >
      ${icons.left()}
    </button>
    <p class="slides__where">
      <span class="number">${number ? _("Slide {n} of {all}", { n: number, all }) : _("No slide yet")}</span>
      ${following ? nothing : html`<span class="soft">${_("shown before")}</span>`}
    </p>
    ${following ? nothing : back}
    <button
      type="button"
      class="button button--quiet button--icon"
      aria-label=${_("Slide after")}
      ?disabled=${last}
      @click=${() => go(1)}
    >
      ${icons.right()}
    </button>
  </div>`;
}

/**
 * @param {Self} self
 * @param {Slide[]} shown
 * @param {string | undefined} current
 * @param {string | undefined} live
 */
function film(self, shown, current, live) {
  return html`<ol class="film" ${follow(current)} aria-label=${_("Slides shown so far")}>
    ${repeat(
      shown,
      (slide) => slide.id,
      (slide) =>
        html`<li>
          <button
            type="button"
            class="film__frame ${slide.id === live ? "film__frame--live" : ""}"
            aria-current=${slide.id === current ? "true" : "false"}
            aria-label=${_("Slide {n}", { n: slide.number })}
            @click=${() => to(self, slide, live)}
          >
            ${slideThumb(slide)}<span class="film__number">${slide.number}</span>
          </button>
        </li>`,
    )}
  </ol>`;
}

/**
 * Looks at a slide; at the live one, follows again.
 * @param {Self} self
 * @param {Slide | undefined} slide
 * @param {string | undefined} live
 */
function to(self, slide, live) {
  if (slide) self.set({ browsing: slide.id === live ? null : slide.id });
}

/**
 * @param {KeyboardEvent} event
 * @param {(step: number) => void} go
 * @param {Self} self
 */
function keys(event, go, self) {
  if (event.key === "ArrowLeft") go(-1);
  else if (event.key === "ArrowRight") go(1);
  else if (event.key === "Escape" || event.key === "End") self.set({ browsing: null });
  else return;
  event.preventDefault();
}
