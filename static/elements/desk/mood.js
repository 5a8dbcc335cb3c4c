/**
 * What the hall shows without words, at the desk: how many find it too fast or too
 * slow, and how many show which sign, as counts and never as names; and the switches
 * of it in the menu. Drawn by desk/driving/drive.js and head.js.
 *
 * @typedef {import("./self.js").Desk} Desk
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { _, ngettext } from "../../core/i18n.js";
import { number } from "../../core/text.js";
import { vars } from "../../core/vars.js";
import { PACES, SIGNS } from "../shared/mood.js";

/** The gauge, beside who drives: what is below must not jump when the first one says something. @param {Desk} desk */
export function gauge({ page, live }) {
  const { pace, signs: allowed, felt = {}, shown = {} } = page.store.get("reactions") ?? {};
  const paces = PACES.filter(({ pace }) => felt[pace]);
  const signs = SIGNS.filter(({ sign }) => shown[sign]);
  if (!live || !(pace || allowed) || !(paces.length || signs.length)) return nothing;
  return html`<div class="gauge" role="group" aria-label=${_("The hall, without words")}>
    ${
      paces.length
        ? html`<ul class="gauge__paces" role="list">
            ${paces.map(
              ({ pace, icon, name }) => html`<li
                class="gauge__pace"
                data-pace=${pace}
                title=${ngettext("{n} person: {what}", "{n} people: {what}", felt[pace] ?? 0, { what: name() })}
                ${vars({ weight: felt[pace] ?? 0 })}
              >
                ${icon()}<span class="gauge__name">${name()}</span> <b class="number">${number(felt[pace] ?? 0)}</b>
              </li>`,
            )}
          </ul>`
        : nothing
    }
    ${signs.map(
      ({ sign, icon, name }) =>
        html`<span class="gauge__sign" data-sign=${sign} title=${name()}
          >${icon()}<span class="visually-hidden">${name()}</span><b class="number">${number(shown[sign] ?? 0)}</b></span
        >`,
    )}
  </div>`;
}

/** What attendees may show, in the menu. @param {Desk} desk */
export function allowing(desk) {
  const asked = desk.page.outbox.pending("set_reactions")?.command;
  const known = asked?.do === "set_reactions" ? asked : desk.page.store.get("reactions");
  const { signs = false, pace = false, on_screen = false } = known ?? {};
  const now = { signs, pace, on_screen };
  const one = (/** @type {keyof typeof now} */ name, /** @type {string} */ words, possible = true) =>
    html`<label class="switch">
      <input
        type="checkbox"
        role="switch"
        data-switch=${name}
        ?disabled=${!possible}
        .checked=${live(now[name])}
        @change=${(/** @type {Event} */ event) =>
          desk.give(
            { do: "set_reactions", ...now, [name]: /** @type {HTMLInputElement} */ (event.target).checked },
            { slot: "set_reactions" },
          )}
      />
      <span>${words}</span>
    </label>`;
  return html`<div class="taking">
    <p class="eyebrow">${_("Without words")}</p>
    ${one("pace", _("Attendees may say: slower, clear, faster"))}
    ${one("signs", _("Attendees may react: agree, thanks, applause, unclear"))}
    ${one("on_screen", _("The screen shows the reactions"), signs)}
  </div>`;
}
