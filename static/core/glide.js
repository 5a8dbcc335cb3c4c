/**
 * glide: a lit-html directive on a list whose items keep their elements. When `key` has changed, each item moves from
 * where it stood to where it stands now, and grows on its way, so that the eye can follow. It moves the picture
 * alone: the layout takes its one step at once.
 */

import { noChange } from "lit-html";
import { Directive, directive } from "lit-html/directive.js";

const GLIDE_MS = 600;

class Glide extends Directive {
  #key = "";

  /** @param {string} _key */
  render(_key) {
    return noChange;
  }

  /**
   * @override
   * @param {import("lit-html/directive.js").Part} part
   * @param {[string]} values
   */
  update(part, [key]) {
    if (key === this.#key) return noChange;
    const list = /** @type {HTMLElement} */ (/** @type {import("lit-html").ElementPart} */ (part).element);
    const stood = this.#key ? boxes(list) : null;
    this.#key = key;
    // The items are drawn, and the type of a board is measured, before this.
    if (stood && !matchMedia("(prefers-reduced-motion: reduce)").matches) queueMicrotask(() => move(list, stood));
    return noChange;
  }
}

/** @typedef {{left: number, top: number, height: number}} Place */

/** @param {HTMLElement} list @returns {Map<Element, Place>} */
const boxes = (list) =>
  new Map(
    [...list.children].map((item) => {
      const { offsetLeft: left, offsetTop: top, offsetHeight: height } = /** @type {HTMLElement} */ (item);
      return [item, { left, top, height }];
    }),
  );

/** @param {HTMLElement} list @param {Map<Element, Place>} stood */
function move(list, stood) {
  for (const [item, now] of boxes(list)) {
    const then = stood.get(item);
    const from = then
      ? { transform: `translate(${then.left - now.left}px, ${then.top - now.top}px) scale(${then.height / (now.height || 1)})` }
      : { opacity: 0 };
    const [still, shown] = [{ transform: "none" }, { opacity: 1 }];
    item.animate([{ transformOrigin: "0 0", ...from }, { transformOrigin: "0 0", ...(then ? still : shown) }], {
      duration: GLIDE_MS,
      easing: "cubic-bezier(0.2, 0.7, 0.2, 1)",
    });
  }
}

export const glide = directive(Glide);
