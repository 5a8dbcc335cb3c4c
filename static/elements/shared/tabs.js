/**
 * A bar of tabs: the parts of a page of which one is seen at a time, each with a sign, a
 * name and perhaps a number that calls for attention.
 *
 * @typedef {{icon: () => unknown, label: string, badge?: unknown}} Face
 */

import { html, nothing } from "lit-html";
import { _ } from "../../core/i18n.js";

/**
 * @template {string} Tab
 * @param {string} look   class of the page's own bar
 * @param {Tab[]} shown
 * @param {Tab} current
 * @param {Record<Tab, Face>} faces
 * @param {(tab: Tab) => void} open
 */
export function tabBar(look, shown, current, faces, open) {
  const press = (/** @type {Tab} */ tab) => {
    open(tab);
    scrollTo(0, 0);
  };
  return html`<nav class="tabs ${look}" aria-label=${_("Parts of this page")}>
    ${shown.map((tab) => {
      const { icon, label, badge = nothing } = faces[tab];
      return html`<button
        type="button"
        data-tab=${tab}
        aria-current=${tab === current ? "page" : "false"}
        @click=${() => press(tab)}
      >
        ${icon()}<span>${label}</span>${badge}
      </button>`;
    })}
  </nav>`;
}

/** The number on a tab, with what it counts for those who listen. @param {number} count @param {string} words */
export const badge = (count, words, look = "") =>
  count ? html`<span class="badge ${look}">${count}<span class="visually-hidden"> ${words}</span></span>` : nothing;
