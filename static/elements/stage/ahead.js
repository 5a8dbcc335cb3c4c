/**
 * Pictures of slides that a viewer of the video will see in a moment: their cues are known
 * before their time, so they are loaded and decoded by then and the change is instant. It
 * draws nothing: a picture here is in no page.
 *
 * @typedef {import("../../core/page.js").Page} Page
 */

import { pictureOf } from "../../core/pictures.js";

const NEAR = 4; // cues ahead: who is half a minute behind has seldom more to come

/** Those loaded last, so that the browser keeps them. @type {Map<string, HTMLImageElement>} */
const loaded = new Map();

/** @param {Page} page */
export function loadAhead({ store, timeline, viewing }) {
  const media = viewing.now();
  const next = timeline.cues().filter((cue) => cue.at > media);
  for (const { slide } of next.slice(0, NEAR)) {
    const doc = slide ? store.get(`slide/${slide}`) : undefined;
    const src = doc && pictureOf(doc);
    if (src && !loaded.has(src)) load(src);
  }
}

/** @param {string} src */
function load(src) {
  const image = new Image();
  image.src = src;
  image.decode().catch(() => loaded.delete(src)); // asked for again with the next news
  loaded.set(src, image);
  for (const old of [...loaded.keys()].slice(0, -2 * NEAR)) loaded.delete(old);
}
