/**
 * A part of a page that is drawn again only when there is something new in it. A page is drawn
 * after every change, and mostly of one doc: the parts that never read it are passed over. Which
 * docs a part reads the store hears while it is drawn, so nobody lists them. When time has passed or somebody
 * has pressed something, all parts are drawn (page.news is null then). Parts stand side by
 * side, never in one another. Used by the pages that have much on them.
 *
 * @typedef {import("./page.js").Page} Page
 * @typedef {import("lit-html").ChildPart} ChildPart
 */

import { noChange } from "lit-html";
import { Directive, directive } from "lit-html/directive.js";
import { setChildPartValue } from "lit-html/directive-helpers.js";
import { touches } from "./store.js";

class Part extends Directive {
  /** @type {Set<string> | undefined} */
  #read;
  /** @type {unknown} */
  #name;

  /** @override @param {Page} _page @param {string} _name   another name at this place: another part @param {() => unknown} _draw */
  render(_page, _name, _draw) {
    return /** @type {unknown} */ (noChange);
  }

  /** @override @param {ChildPart} place @param {Parameters<Part["render"]>} given */
  update(place, [page, name, draw]) {
    if (!this.#read || name !== this.#name || touches(page.news, this.#read)) {
      this.#name = name;
      this.#read = page.store.reading(() => setChildPartValue(place, draw(), this));
    }
    return noChange;
  }
}

export const part = directive(Part);

const DOCS = {};

/**
 * For lit's guard around a long list, beside the docs in it: always another, unless nothing but docs has changed. So a
 * list of which none is news is passed over whole, and what else a row depends on is looked at with the next tick.
 * @param {Page} page
 */
export const onlyDocs = (page) => (page.news ? DOCS : {});
