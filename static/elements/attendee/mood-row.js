/**
 * The attendee's signs and pace as one row below the slide, there while the broadcast is
 * live and the desk wants it. What was pressed, and for how long it counts, is mood.js.
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("./mood.js").Mood} Mood
 */

import { html, nothing } from "lit-html";
import { _ } from "../../core/i18n.js";
import { sentence } from "../../core/rejections.js";
import { PACES, SIGNS } from "../shared/mood.js";

/** @param {Page} page @param {Mood} mood */
export function moodRow({ store }, mood) {
  const on = store.get("reactions");
  if (store.get("broadcast")?.phase !== "live" || !(on?.pace || on?.signs)) return nothing;
  return html`<section class="mood" aria-label=${_("Without words")}>
    ${on.pace ? paces(mood) : nothing} ${on.signs ? signs(mood) : nothing}
    ${mood.refusal ? html`<p class="mood__refusal" role="alert">${sentence(mood.refusal)}</p>` : nothing}
  </section>`;
}

/** @param {Mood} mood */
const paces = (mood) =>
  html`<div class="mood__group mood__group--pace" role="group" aria-label=${_("The pace for me is")}>
    ${PACES.map(
      ({ pace, icon, name }) => html`<button
        type="button"
        class="mood__one"
        data-pace=${pace}
        aria-pressed=${mood.pace === pace ? "true" : "false"}
        @click=${() => mood.feel(pace)}
      >
        ${icon()}<span>${name()}</span>
      </button>`,
    )}
  </div>`;

/** @param {Mood} mood */
const signs = (mood) =>
  html`<div class="mood__group" role="group" aria-label=${_("Show the lecturer")}>
    ${SIGNS.map(
      ({ sign, icon, name }) => html`<button
        type="button"
        class="mood__one mood__one--sign"
        data-sign=${sign}
        aria-label=${name()}
        title=${name()}
        aria-pressed=${mood.shows(sign) ? "true" : "false"}
        @click=${() => mood.react(sign)}
      >
        ${icon()}
      </button>`,
    )}
  </div>`;
