/**
 * The head of the attendee page: what this is, whether it is live, and a small menu
 * with who you are, the language and the way out. Drawn by page.js.
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("./self.js").Self} Self
 */

import { html, nothing } from "lit-html";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { languageForm } from "../shared/language.js";
import { statusPill } from "../shared/status.js";

/** @param {Page} page @param {Self} self */
export function head(page, self) {
  return html`<header class="head">
    <h1 class="head__title">${page.store.get("broadcast")?.title}</h1>
    ${statusPill(page)}
    <button
      type="button"
      class="button button--quiet button--icon"
      aria-expanded=${self.menu ? "true" : "false"}
      aria-controls="menu"
      aria-label=${_("You, language, leave")}
      @click=${() => self.set({ menu: !self.menu })}
    >
      ${self.menu ? icons.cross() : icons.person()}
    </button>
    ${self.menu ? menu(page, self) : nothing}
  </header>`;
}

/** @param {Page} page @param {Self} self */
function menu({ store, lang }, self) {
  const { you } = store;
  const here = store.get("presence")?.here;
  return html`<div class="head__menu" id="menu">
    <div>
      <p class="eyebrow">${_("You are here as")}</p>
      <p><b>${you?.name || _("Guest")}</b></p>
      <p class="soft">${whereabouts(store)}</p>
    </div>
    ${here ? html`<p class="soft">${ngettext("{n} person is here", "{n} people are here", here)}</p>` : nothing}
    ${languageForm(lang)}
    <form method="post" action="/leave" @submit=${() => self.forget()}>
      <button class="button button--quiet">${icons.leave()}<span>${_("Leave this broadcast")}</span></button>
    </form>
  </div>`;
}

/**
 * Unit and place of this person, as far as known.
 * @param {import("../../core/store.js").Store} store
 */
export function whereabouts(store) {
  const { you } = store;
  const site = store.get("broadcast")?.sites?.find((each) => each.id === you?.site);
  return [you?.unit, site?.name].filter(Boolean).join(" · ");
}
