/**
 * Notices at the desk: those that are shown now, to whom, and the place where one is
 * written, with the earlier ones below to be shown again. Part of Desk; drawn by
 * page.js. Whom a notice reaches is the server's to see to.
 *
 * @typedef {import("./self.js").Desk} Desk
 * @typedef {import("../../protocol.d.ts").Shown} Shown
 * @typedef {{site?: string, unit?: string}} To   neither: everyone
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { repeat } from "lit-html/directives/repeat.js";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";
import { sentence } from "../../core/rejections.js";
import { timeOfDay } from "../../core/text.js";

const LIMIT = 500; // characters, as in live/domain/base.py NOTICE_LIMIT
const EARLIER = 20; // to look back at: more is in the record

export class Notices {
  /** What is being written, or null. @type {string | null} */
  text = null;
  /** @type {To} */
  to = {};
  /** @type {string | undefined} */
  refusal;

  #desk;

  /** @param {Desk} desk */
  constructor(desk) {
    this.#desk = desk;
    Object.assign(this, desk.drafts.get("notice"));
  }

  /** @returns {Shown[]} the newest last */
  get all() {
    return this.#desk.page.store.get("notices")?.shown ?? [];
  }

  /** Opens the place where one is written. */
  write() {
    this.#desk.set({ menu: false });
    this.set({ text: this.text ?? "", refusal: undefined });
    this.#desk.focus("#notice");
  }

  /** @param {Partial<Pick<Notices, "text" | "to" | "refusal">>} change */
  set(change) {
    Object.assign(this, change);
    const { text, to } = this;
    this.#desk.drafts.keep("notice", text === null ? null : { text, to });
    this.#desk.page.redraw();
  }

  /** The words stay in the field until the server has them. */
  async show() {
    const { text, to } = this;
    this.set({ refusal: undefined });
    const said = _("The notice is shown.");
    const { rejected } = await this.#desk.give({ do: "notify", text: text ?? "", ...to }, { beside: true, said });
    this.set(rejected ? { refusal: rejected } : { text: null, to: {} });
  }

  /** @param {Shown} notice */
  clear({ text, ...notice }) {
    const to = whom(notice);
    void this.#desk.give({ do: "clear_notice", ...to }, { said: _("The notice is gone."), undo: { do: "notify", text, ...to } });
  }

  /** Those it may go to. @returns {{sites: import("../../protocol.d.ts").Site[], units: string[]}} */
  places() {
    const { store } = this.#desk.page;
    const { sites = [], units = [] } = store.get("broadcast") ?? {};
    const here = Object.keys(store.get("presence")?.units ?? {}).filter(Boolean);
    return { sites, units: [...new Set([...units, ...here])] };
  }

  /** @param {To} to */
  name({ site, unit }) {
    if (unit) return unit;
    return site ? (this.places().sites.find((each) => each.id === site)?.name ?? site) : _("Everyone");
  }
}

/** @param {{site?: string | null, unit?: string | null}} notice @returns {To} */
const whom = ({ site, unit }) => (site ? { site } : unit ? { unit } : {});

/** Those that are shown, and the place where one is written. @param {Desk} desk */
export function notices({ notices }) {
  return html`
    ${repeat(
      notices.all.filter(({ until }) => !until),
      (each) => each.at,
      (each) => shown(notices, each),
    )}
    ${notices.text === null ? nothing : writing(notices, notices.text)}
  `;
}

/** @param {Notices} notices @param {Shown} notice */
function shown(notices, notice) {
  const since = { time: timeOfDay(notice.at), place: notices.name(whom(notice)) };
  const words =
    notice.site || notice.unit ? _("Notice to {place} since {time}:", since) : _("Notice since {time}:", since);
  return html`<div class="notice notice--signal desk__notice">
    ${icons.bell()}
    <p class="grow"><b>${words}</b> ${notice.text}</p>
    <button type="button" class="button button--small" data-do="clear-notice" @click=${() => notices.clear(notice)}>
      ${_("Take it away")}
    </button>
  </div>`;
}

/** @param {Notices} notices @param {string} text */
function writing(notices, text) {
  const show = (/** @type {Event} */ event) => {
    event.preventDefault();
    void notices.show();
  };
  const keys = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") notices.set({ text: null });
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) show(event);
  };
  const { site, unit } = notices.to;
  const name = site || unit ? _("Notice to {place}", { place: notices.name(notices.to) }) : _("Notice to everyone");
  return html`<form class="desk__writing" @submit=${show} @keydown=${keys}>
    <label class="visually-hidden" for="notice">${name}</label>
    <textarea
      id="notice"
      class="input"
      rows="2"
      required
      placeholder=${name}
      maxlength=${LIMIT}
      .value=${live(text)}
      @input=${(/** @type {Event} */ event) => notices.set({ text: /** @type {HTMLTextAreaElement} */ (event.target).value })}
    ></textarea>
    ${notices.refusal ? html`<p class="field__error" role="alert">${sentence(notices.refusal)}</p>` : nothing}
    <div class="cluster">
      ${recipients(notices)}
      <button class="button button--primary" data-do="notify" title="Ctrl+Enter">${icons.bell()}<span>${_("Show it")}</span></button>
      <button type="button" class="button button--quiet" @click=${() => notices.set({ text: null })}>${_("Cancel")}</button>
    </div>
    ${earlier(notices)}
  </form>`;
}

/** Whom it goes to. @param {Notices} notices */
function recipients(notices) {
  const { sites, units } = notices.places();
  const chosen = JSON.stringify(notices.to);
  const option = (/** @type {To} */ to) => {
    const value = JSON.stringify(to);
    return html`<option value=${value} ?selected=${value === chosen}>${notices.name(to)}</option>`;
  };
  return html`<select
    class="input desk__to"
    aria-label=${_("Whom the notice reaches")}
    @change=${(/** @type {Event} */ event) =>
      notices.set({ to: JSON.parse(/** @type {HTMLSelectElement} */ (event.target).value) })}
  >
    ${option({})}
    ${sites.length ? html`<optgroup label=${_("A site")}>${sites.map(({ id }) => option({ site: id }))}</optgroup>` : nothing}
    ${units.length ? html`<optgroup label=${_("A unit")}>${units.map((unit) => option({ unit }))}</optgroup>` : nothing}
  </select>`;
}

/** @param {Notices} notices */
function earlier(notices) {
  const past = notices.all.filter(({ until }) => until).slice(-EARLIER).reverse();
  if (!past.length) return nothing;
  return html`<details class="desk__earlier">
    <summary>${_("Earlier notices")}</summary>
    <ul role="list">
      ${past.map(
        (each) => html`<li>
          <span class="soft number">${timeOfDay(each.at)}</span>
          <span class="soft">${notices.name(whom(each))}</span>
          <span class="grow">${each.text}</span>
          <button
            type="button"
            class="button button--quiet button--small"
            @click=${() => notices.set({ text: each.text, to: whom(each) })}
          >
            ${_("Take it up again")}
          </button>
        </li>`,
      )}
    </ul>
  </details>`;
}
