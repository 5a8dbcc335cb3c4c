/**
 * The reactions in a corner of the screen, where the desk wants them: a sign for each
 * kind that somebody shows now, with how many do. One that comes rises into its place,
 * calmly; where less motion is wanted it is simply there. Drawn by page.js.
 */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { _ } from "../../core/i18n.js";
import { number } from "../../core/text.js";
import { SIGNS } from "../shared/mood.js";

/** @param {import("../../core/page.js").Page} page */
export function signs({ store }) {
  const { shown = {} } = store.get("reactions") ?? {};
  const now = SIGNS.filter(({ sign }) => shown[sign]);
  if (store.get("broadcast")?.phase !== "live" || !now.length) return nothing;
  return html`<ul class="screen__signs" role="list" aria-label=${_("Reactions")}>
    ${repeat(
      now,
      ({ sign }) => sign,
      ({ sign, icon, name }) =>
        html`<li data-sign=${sign}>
          ${icon()}<span class="visually-hidden">${name()}</span><b class="number">${number(shown[sign] ?? 0)}</b>
        </li>`,
    )}
  </ul>`;
}
