/**
 * Dragging a row of the rundown by its handle, with mouse, pen or finger: the row follows,
 * a line shows where it would go, and near an edge the page scrolls. ${drag(move)} stands
 * on the frame around the rows and the line ([data-line]). While a row is dragged nothing
 * is drawn anew: only a custom property of the row and one of the line change.
 */

import { noChange } from "lit-html";
import { Directive, directive } from "lit-html/directive.js";

const EDGE_PX = 96; // from here on the page scrolls …
const SPEED = 0.18; // … by this share of the depth into the edge, each frame

/** One row under way. */
class Dragging {
  #list;
  #line;
  #row;
  #id;
  #move;
  #from;
  #y;
  #before = /** @type {string | null} */ (null);
  #frame = 0;
  #listening = new AbortController();

  /**
   * @param {HTMLElement} list
   * @param {HTMLElement} row
   * @param {PointerEvent} event
   * @param {(id: string, before: string | null) => void} move
   */
  constructor(list, row, event, move) {
    this.#list = list;
    this.#line = /** @type {HTMLElement | null} */ (list.querySelector("[data-line]"));
    this.#row = row;
    this.#id = row.dataset.item ?? "";
    this.#move = move;
    this.#y = event.clientY;
    this.#from = event.clientY + scrollY;
    list.dataset.dragging = "";
    row.dataset.dragged = "";
    const { signal } = this.#listening;
    addEventListener("pointermove", (each) => (this.#y = each.clientY), { signal });
    addEventListener("pointerup", () => this.#end(true), { signal });
    addEventListener("pointercancel", () => this.#end(false), { signal });
    addEventListener("keydown", (each) => each.key === "Escape" && this.#end(false), { signal });
    this.#follow();
  }

  #follow() {
    this.#scroll();
    const next = this.#next();
    this.#before = next?.dataset.item ?? null;
    const line = next ? next.offsetTop : this.#list.offsetHeight;
    // On the line alone: a property of the list would be handed down to all its rows.
    this.#line?.style.setProperty("--line-y", `${line}px`);
    this.#row.style.setProperty("--drag-y", `${this.#y + scrollY - this.#from}px`);
    this.#frame = requestAnimationFrame(() => this.#follow());
  }

  #scroll() {
    const above = EDGE_PX - this.#y;
    const below = this.#y - (innerHeight - EDGE_PX);
    if (above > 0) scrollBy(0, -above * SPEED);
    else if (below > 0) scrollBy(0, below * SPEED);
  }

  /** The first other row whose middle is below the pointer. */
  #next() {
    const rows = /** @type {NodeListOf<HTMLElement>} */ (this.#list.querySelectorAll("[data-item]"));
    for (const row of rows) {
      if (row === this.#row) continue;
      const { top, height } = row.getBoundingClientRect();
      if (top + height / 2 > this.#y) return row;
    }
    return null;
  }

  /** @param {boolean} drop */
  #end(drop) {
    this.#listening.abort();
    cancelAnimationFrame(this.#frame);
    delete this.#list.dataset.dragging;
    delete this.#row.dataset.dragged;
    this.#row.style.removeProperty("--drag-y");
    if (drop) this.#move(this.#id, this.#before);
  }
}

class Drag extends Directive {
  #move = (/** @type {string} */ _id, /** @type {string | null} */ _before) => {};
  #listening = false;

  /** @param {(id: string, before: string | null) => void} _move */
  render(_move) {
    return noChange;
  }

  /**
   * @override
   * @param {import("lit-html/directive.js").Part} part
   * @param {[(id: string, before: string | null) => void]} values
   */
  update(part, [move]) {
    this.#move = move;
    if (!this.#listening) this.#listen(/** @type {HTMLElement} */ (/** @type {any} */ (part).element));
    return noChange;
  }

  /** @param {HTMLElement} list */
  #listen(list) {
    this.#listening = true;
    list.addEventListener("pointerdown", (event) => {
      const target = /** @type {HTMLElement} */ (event.target);
      const row = target.closest("[data-grip]")?.closest("[data-item]");
      if (!row || !event.isPrimary || event.button !== 0) return;
      event.preventDefault();
      new Dragging(list, /** @type {HTMLElement} */ (row), event, (id, before) => this.#move(id, before));
    });
  }
}

export const drag = directive(Drag);
