/**
 * Which picture of a slide a page asks for: the large one, or the small one where that is as sharp.
 * All parts of a page ask here, so a slide that was loaded ahead, or that a poll is about, comes once.
 * An address and no `srcset`: a browser may put that off, and a slide changes in the very frame of the video.
 *
 * @typedef {import("../protocol.d.ts").SlideDoc} SlideDoc
 */

const SMALL = 1_080; // pixels across, as in live/rendering/frames.py
const UNSEEN = 1.2; // where pixels are small, nobody sees that a picture is stretched by that much
const WIDE = "(min-width: 60rem)"; // from there on something stands beside the slide (page-attendee.css)
const BESIDE = 0.7; // of the window for the slide then, at most

/** @param {Pick<SlideDoc, "src" | "small">} slide */
export function pictureOf({ src, small }) {
  const across = innerWidth * (matchMedia(WIDE).matches ? BESIDE : 1);
  const pixels = across * devicePixelRatio * (visualViewport?.scale ?? 1); // who spreads two fingers wants to read
  return pixels <= SMALL * (devicePixelRatio >= 2 ? UNSEEN : 1) ? small : src;
}
