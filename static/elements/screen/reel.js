/**
 * The reel: the slides' pictures on the screen page, loaded before they are needed and
 * decoded before they are shown, so that one slide follows the other without a flash.
 * Until a picture is there the one before it stays; one that does not come is asked for
 * again. The view asks show() at each drawing; the reel calls back when there is more.
 *
 * @typedef {import("../../protocol.d.ts").SlideDoc} SlideDoc
 * @typedef {{image: HTMLImageElement | null, state: "loading" | "ready" | "failed"}} Picture
 */

import { slideWords } from "../stage/slide.js";

const AGAIN_MS = 4_000; // a picture that failed is asked for again after that

export class Reel {
  /** @type {Map<string, Picture>} by address */
  #pictures = new Map();
  /** @type {HTMLImageElement | null} */
  #shown = null;
  #onChange;

  /** @param {() => void} onChange */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  /**
   * The picture to be seen for a slide now: its own, or as long as that is under way
   * the one before. Null: it did not come, the slide's words must do.
   * @param {SlideDoc} slide
   */
  show(slide) {
    const picture = this.#picture(slide);
    if (picture.state === "failed") return null;
    if (picture.image) this.#shown = picture.image;
    return this.#shown;
  }

  /**
   * Loads what may come next, one at a time, the nearest after `number` first. When
   * something failed the network is not there for extras.
   * @param {SlideDoc[]} slides
   * @param {number} number
   */
  ahead(slides, number) {
    const known = [...this.#pictures.values()];
    if (known.some((picture) => picture.state !== "ready")) return;
    const distance = (/** @type {SlideDoc} */ slide) =>
      slide.number > number ? slide.number - number : number - slide.number + slides.length;
    const [next] = slides.filter((slide) => !this.#pictures.has(slide.src)).sort((a, b) => distance(a) - distance(b));
    if (next) this.#picture(next);
  }

  /** @param {SlideDoc} slide */
  #picture(slide) {
    const known = this.#pictures.get(slide.src);
    if (known) return known;
    /** @type {Picture} */
    const picture = { image: null, state: "loading" };
    this.#pictures.set(slide.src, picture);
    void this.#load(picture, slide);
    return picture;
  }

  /** @param {Picture} picture @param {SlideDoc} slide */
  async #load(picture, slide) {
    const image = new Image();
    image.className = "screen__slide";
    image.decoding = "sync"; // painted in the same frame it is put in
    image.alt = slideWords(slide);
    image.src = slide.src;
    await image.decode().catch(() => {});
    // A picture too large to be decoded ahead is still a picture: its width says that it came.
    if (image.naturalWidth) {
      picture.image = image;
      picture.state = "ready";
    } else {
      picture.state = "failed";
      setTimeout(() => this.#load(picture, slide), AGAIN_MS);
    }
    this.#onChange();
  }
}
