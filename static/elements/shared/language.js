/**
 * The choice of the language, for the menus in the heads of the pages. It is a form of
 * its own: the server keeps what was chosen and sends the page anew.
 */

import { html } from "lit-html";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";

/** Each language in its own name: who needs it cannot read the others. */
export const LANGUAGES = { zh: "中文", en: "English" };

/** @param {string} now */
export const languageForm = (now) => html`<form class="cluster" method="post" action="/language" aria-label=${_("Language")}>
  ${icons.globe()}
  ${Object.entries(LANGUAGES).map(
    ([code, name]) =>
      html`<button
        class="button button--small"
        name="lang"
        value=${code}
        lang=${code}
        aria-pressed=${code === now ? "true" : "false"}
      >
        ${name}
      </button>`,
  )}
</form>`;
