/**
 * A board: what the screen shows instead of a slide (a question, a poll, a break, the
 * title before the start). A sign and a name, the matter, and perhaps something beside
 * it. The matter is set as large as its box allows: one word fills it, a thousand
 * characters still fit, at any shape of the picture.
 */

import { html, noChange, nothing } from "lit-html";
import { Directive, directive } from "lit-html/directive.js";

const LEAST_PX = 6; // below this nothing is drawn
const LARGEST = 0.15; // of the box's height: larger type only looks lost
const STEP = 1.15; // from one size to the next, where words come in: most of them change no size

/**
 * @param {object} board
 * @param {unknown} [board.icon]
 * @param {string} [board.name]
 * @param {unknown} board.matter
 * @param {string} board.key          changes when the matter has to be measured again
 * @param {number} [board.largest]    share of the box's height that a line may take
 * @param {boolean} [board.stepwise]  takes few sizes only, so that more matter seldom means another one
 * @param {unknown} [board.below]     stays at the bottom, not measured
 * @param {unknown} [board.aside]
 * @param {string} [board.kind]       for the stylesheet
 */
export function board({ icon, name, matter, key, largest = LARGEST, stepwise = false, below = nothing, aside = nothing, kind = "" }) {
  return html`<article class="board" data-kind=${kind}>
    ${name ? html`<p class="board__eyebrow">${icon}<span>${name}</span></p>` : nothing}
    <div class="board__box"><div class="board__matter" ${fit(key, largest, stepwise)}>${matter}</div></div>
    ${below} ${aside}
  </article>`;
}

const chinese = "Segmenter" in Intl ? new Intl.Segmenter("zh", { granularity: "word" }) : null;

/**
 * The text with a mark (U+200B) wherever a line may end between two words. Chinese has
 * no spaces, and in large type a word torn in two is seen; .board keeps words whole.
 * @param {string} text
 */
export function phrased(text) {
  if (!chinese) return text;
  let marked = "";
  let after = false; // may a line end here?
  for (const { segment, isWordLike } of chinese.segment(text)) {
    marked += (after && isWordLike ? "\u200b" : "") + segment;
    after = isWordLike || /[\p{Pe}\p{Pf}，。、；：？！]$/u.test(segment);
  }
  return marked;
}

/** Sets --fit on its element to the largest size in px at which it does not leave its parent. */
class Fit extends Directive {
  #key = "";
  /** @type {ResizeObserver | undefined} */
  #watching;
  #largest = LARGEST;
  #stepwise = false;

  /** @param {string} _key @param {number} _largest @param {boolean} _stepwise */
  render(_key, _largest, _stepwise) {
    return noChange;
  }

  /**
   * @override
   * @param {import("lit-html/directive.js").Part} part
   * @param {[string, number, boolean]} values
   */
  update(part, [key, largest, stepwise]) {
    const matter = /** @type {HTMLElement} */ (/** @type {import("lit-html").ElementPart} */ (part).element);
    this.#largest = largest;
    this.#stepwise = stepwise;
    // What is inside is drawn after this: measure when the drawing is done, still before it is seen.
    queueMicrotask(() => this.#drawn(matter, key));
    return noChange;
  }

  /** @param {HTMLElement} matter @param {string} key */
  #drawn(matter, key) {
    if (!matter.parentElement) return;
    if (!this.#watching) {
      this.#watching = new ResizeObserver(() => this.#measure(matter));
      this.#watching.observe(matter.parentElement);
    }
    if (key === this.#key) return;
    this.#key = key;
    this.#measure(matter);
  }

  /** @param {HTMLElement} matter */
  #measure(matter) {
    const box = matter.parentElement;
    if (!box?.clientHeight) return;
    let low = LEAST_PX;
    let high = Math.max(low, Math.floor(Math.min(box.clientHeight, box.clientWidth) * this.#largest));
    while (low < high) {
      const size = (low + high + 1) >> 1;
      matter.style.setProperty("--fit", `${size}px`);
      const fits = matter.scrollHeight <= box.clientHeight && matter.scrollWidth <= box.clientWidth;
      if (fits) low = size;
      else high = size - 1;
    }
    const size = this.#stepwise ? Math.floor(STEP ** Math.floor(Math.log(low) / Math.log(STEP))) : low;
    matter.style.setProperty("--fit", `${size}px`);
  }
}

const fit = directive(Fit);
