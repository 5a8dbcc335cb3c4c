/**
 * The slides on the attendee page: the stage as it is now, or one further back. Back
 * and forth by swipe, arrows, keys or the film strip; one tap returns to live.
 * Only what has been shown can be browsed: the server gives no more.
 *
 * @typedef {import("../core/page.js").Page} Page
 * @typedef {import("./attendee-self.js").Self} Self
 * @typedef {import("../protocol.d.ts").SlideDoc & {id: string}} Slide
 */

import { html, noChange, nothing } from "lit-html";
import { Directive, directive } from "lit-html/directive.js";
import { repeat } from "lit-html/directives/repeat.js";
import * as icons from "../core/icons.js";
import { _ } from "../core/i18n.js";
import { slideThumb } from "./slide.js";
import { stage } from "./stage.js";

const SWIPE_PX = 48; // shorter is a tap that slipped

/**
 * @param {Page} page @param {Self} self
 * @param {import("../protocol.d.ts").BroadcastDoc} broadcast
 */
export function slides(page, self, broadcast) {
  const now = page.now();
  const cue = page.cue();
  const shown = page.timeline.shown(now);
  const live = cue?.slide ?? shown.at(-1)?.id;
  const index = shown.findIndex((slide) => slide.id === (self.browsing ?? live));
  const slide = shown[index];
  const following = !self.browsing || !slide;
  const go = (/** @type {number} */ step) => to(self, shown[index + step], live);
  const mine = (/** @type {number} */ poll) => self.vote(poll, page.store.get(`poll/${poll}`)?.round ?? 0).choice;
  return html`<section
    class="slides ${following ? "" : "slides--back"}"
    aria-label=${_("Slides")}
    @keydown=${(/** @type {KeyboardEvent} */ event) => keys(event, go, self)}
  >
    <div class="slides__stage" tabindex="0" role="group" aria-label=${_("Slides")} ${swipe(go)}>
      ${stage(page.store, following ? cue : { at: 0, slide: slide?.id }, now, { hint: true, mine })}
    </div>
    <div class="slides__bar">
      <button type="button" class="button button--quiet button--icon" aria-label=${_("Slide before")} ?disabled=${index <= 0} @click=${() => go(-1)}>
        ${icons.left()}
      </button>
      <p class="slides__where">
        ${slide ? html`<span class="number">${_("Slide {n} of {all}", { n: slide.number, all: broadcast.slides ?? shown.length })}</span>` : _("No slide yet")}
        ${following ? nothing : html`<span class="soft">${_("shown before")}</span>`}
      </p>
      ${following
        ? nothing
        : html`<button type="button" class="button button--signal" data-do="live" @click=${() => self.set({ browsing: null })}>
            ${icons.live()}<span>${_("Back to live")}</span>
          </button>`}
      <button type="button" class="button button--quiet button--icon" aria-label=${_("Slide after")} ?disabled=${index < 0 || index >= shown.length - 1} @click=${() => go(1)}>
        ${icons.right()}
      </button>
    </div>
    ${shown.length > 1 ? film(self, shown, slide?.id, live) : nothing}
  </section>`;
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
      (slide) => html`<li>
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

/** A finger drawn sideways over the stage: go(1) to the left, go(-1) to the right. */
class Swipe extends Directive {
  #go = (/** @type {number} */ _step) => {};
  #from = /** @type {{x: number, y: number} | null} */ (null);

  /** @param {(step: number) => void} _go */
  render(_go) {
    return noChange;
  }

  /**
   * @override
   * @param {import("lit-html/directive.js").Part} part
   * @param {[(step: number) => void]} values
   */
  update(part, [go]) {
    if (!this.listening) this.listen(/** @type {HTMLElement} */ (/** @type {import("lit-html").ElementPart} */ (part).element));
    this.#go = go;
    return noChange;
  }

  listening = false;

  /** @param {HTMLElement} element */
  listen(element) {
    this.listening = true;
    element.addEventListener("pointerdown", (event) => {
      this.#from = event.isPrimary ? { x: event.clientX, y: event.clientY } : null;
    });
    element.addEventListener("pointercancel", () => (this.#from = null));
    element.addEventListener("pointerup", (event) => {
      if (!this.#from) return;
      const [x, y] = [event.clientX - this.#from.x, event.clientY - this.#from.y];
      this.#from = null;
      if (Math.abs(x) > SWIPE_PX && Math.abs(x) > 2 * Math.abs(y)) this.#go(x < 0 ? 1 : -1);
    });
  }
}

const swipe = directive(Swipe);

/** Keeps the current frame in the middle of the film, without moving the page. */
class Follow extends Directive {
  #id = /** @type {string | undefined} */ (undefined);

  /** @param {string | undefined} _id */
  render(_id) {
    return noChange;
  }

  /**
   * @override
   * @param {import("lit-html/directive.js").Part} part
   * @param {[string | undefined]} values
   */
  update(part, [id]) {
    if (id === this.#id) return noChange;
    this.#id = id;
    const film = /** @type {HTMLElement} */ (/** @type {import("lit-html").ElementPart} */ (part).element);
    requestAnimationFrame(() => {
      const frame = /** @type {HTMLElement | null} */ (film.querySelector("[aria-current=true]"));
      if (frame) film.scrollTo({ left: frame.offsetLeft - (film.clientWidth - frame.offsetWidth) / 2, behavior: "smooth" });
    });
    return noChange;
  }
}

const follow = directive(Follow);
