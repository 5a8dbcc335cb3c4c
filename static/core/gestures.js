/**
 * What an element can be given in a template: ${swipe(go)} hears a finger drawn
 * sideways over it, ${follow(id)} keeps its current child in the middle of the scroll,
 * ${inSight(id)} somewhere in it. `whenChanged` makes more like these two. They only
 * touch the element they stand on.
 */

import { noChange } from "lit-html";
import { Directive, directive } from "lit-html/directive.js";

const SWIPE_PX = 48; // shorter is a tap that slipped

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
    if (!this.listening)
      this.listen(/** @type {HTMLElement} */ (/** @type {import("lit-html").ElementPart} */ (part).element));
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

export const swipe = directive(Swipe);

/**
 * What is to be done with an element when what it is given is another than before, once that is drawn.
 * @param {(element: HTMLElement, given: string | null | undefined) => void} act
 */
export function whenChanged(act) {
  class WhenChanged extends Directive {
    #given = /** @type {string | null | undefined} */ (undefined);

    /** @param {string | null | undefined} _given */
    render(_given) {
      return noChange;
    }

    /**
     * @override
     * @param {import("lit-html/directive.js").Part} part
     * @param {[string | null | undefined]} values
     */
    update(part, [given]) {
      if (given === this.#given) return noChange;
      this.#given = given;
      const element = /** @type {HTMLElement} */ (/** @type {import("lit-html").ElementPart} */ (part).element);
      requestAnimationFrame(() => act(element, given));
      return noChange;
    }
  }
  return directive(WhenChanged);
}

/** Keeps the current row of a list in sight, where the list itself scrolls; the page is never moved. */
export const inSight = whenChanged((list) => {
  const row = current(list);
  if (!row || list.matches(":hover") || list.scrollHeight <= list.clientHeight) return;
  const top = row.getBoundingClientRect().top - list.getBoundingClientRect().top;
  if (top < 0 || top + row.offsetHeight > list.clientHeight) list.scrollBy({ top: top - list.clientHeight / 3 });
});

/** Keeps the current frame in the middle of the film, without moving the page. */
export const follow = whenChanged((film) => {
  const frame = current(film);
  if (frame) film.scrollTo({ left: frame.offsetLeft - (film.clientWidth - frame.offsetWidth) / 2, behavior: "smooth" });
});

/** @param {HTMLElement} list */
const current = (list) => /** @type {HTMLElement | null} */ (list.querySelector("[aria-current=true]"));
