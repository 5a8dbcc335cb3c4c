/**
 * A slide as a picture with its text for those who do not see it; and its thumbnail.
 * Until the picture comes, and if it does not, the text stands in its place; then the picture
 * is asked for again. Used inside the stage, the film strip and the desk's previews.
 *
 * @typedef {import("../../protocol.d.ts").SlideDoc} SlideDoc
 */

import { html, nothing } from "lit-html";
import { _ } from "../../core/i18n.js";
import { pictureOf } from "../../core/pictures.js";

const AGAIN_MS = 4_000; // a picture that failed is asked for again after that

/**
 * @param {SlideDoc | undefined} slide
 */
export function slidePicture(slide) {
  if (!slide) return nothing;
  return html`<div class="slide">
    <p class="slide__text" aria-hidden="true">${slide.text}</p>
    <img
      class="slide__picture"
      src=${pictureOf(slide)}
      width=${slide.width}
      height=${slide.height}
      alt=${slideWords(slide)}
      decoding="sync"
      fetchpriority="high"
      draggable="false"
      @load=${(/** @type {Event} */ event) => mark(event, false)}
      @error=${(/** @type {Event} */ event) => instead(event, slide)}
    />
  </div>`;
}

/** @param {SlideDoc} slide */
export const slideThumb = (slide) =>
  html`<img src=${slide.thumb} width="160" height="90" alt="" loading="lazy" decoding="async" draggable="false" />`;

/** "Slide 4. Text on it …" @param {SlideDoc} slide */
export const slideWords = (slide) => `${_("Slide {n}", { n: slide.number })}. ${slide.text}`;

/** The large picture does not come: the small one may be here from before. @param {Event} event @param {SlideDoc} slide */
function instead(event, { src, small }) {
  const picture = /** @type {HTMLImageElement} */ (event.target);
  if (picture.getAttribute("src") === src) picture.src = small;
  else mark(event, true);
}

/**
 * @param {Event} event
 * @param {boolean} broken
 */
function mark(event, broken) {
  const picture = /** @type {HTMLImageElement} */ (event.target);
  picture.parentElement?.classList.toggle("slide--broken", broken);
  if (!broken) return;
  const wanted = picture.src;
  setTimeout(() => {
    if (picture.isConnected && picture.src === wanted) picture.src = wanted;
  }, AGAIN_MS);
}
