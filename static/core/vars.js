/**
 * vars: a lit-html directive that sets CSS custom properties on an element, as in
 * html`<i ${vars({ share: 0.4 })}></i>`. It goes through the CSSOM, which our
 * content security policy allows; a style attribute would be refused.
 */

import { noChange } from "lit-html";
import { Directive, directive } from "lit-html/directive.js";

class Vars extends Directive {
  /** @param {Record<string, string | number>} _values */
  render(_values) {
    return noChange;
  }

  /**
   * @override
   * @param {import("lit-html/directive.js").Part} part
   * @param {[Record<string, string | number>]} values
   */
  update(part, [values]) {
    const { style } = /** @type {HTMLElement} */ (/** @type {import("lit-html").ElementPart} */ (part).element);
    for (const [name, value] of Object.entries(values)) style.setProperty(`--${name}`, String(value));
    return noChange;
  }
}

export const vars = directive(Vars);
