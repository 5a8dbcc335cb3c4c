/**
 * The place to write a question: one line within a thumb's reach that opens up when
 * it is touched. What is written is kept on the phone until the server has it. The
 * promise about anonymity is one sentence, and it is what the server really does.
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("./self.js").Self} Self
 */

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { sentence } from "../../core/rejections.js";
import { number } from "../../core/text.js";
import { alike } from "./alike.js";

const LIMIT = 1_000; // characters, as in live/domain/base.py QUESTION_LIMIT
const NEAR = 800; // from here on the counter says how much is left

/** @param {Page} page @param {Self} self */
export function ask(page, self) {
  const broadcast = page.store.get("broadcast");
  const { draft } = self.own.kept;
  const length = [...draft].length;
  const refusal = self.refusals.get("ask");
  if (broadcast && !broadcast.anonymous && broadcast.named === false && !draft) return closed();
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    const text = draft.trim();
    if (text && length <= LIMIT) self.ask(text);
  };
  return html`<form class="ask" @submit=${send}>
    ${refusal ? html`<p class="ask__refusal" role="alert">${icons.warning()}<span>${sentence(refusal)}</span></p>` : nothing}
    ${alike(page, self)}
    <div class="ask__line">
      <label class="visually-hidden" for="ask">${_("Your question")}</label>
      <textarea
        id="ask"
        class="input ask__text"
        rows="1"
        placeholder=${_("Ask a question")}
        autocomplete="off"
        aria-invalid=${length > LIMIT ? "true" : "false"}
        .value=${live(draft)}
        @input=${(/** @type {Event} */ event) => write(event, self)}
        @keydown=${(/** @type {KeyboardEvent} */ event) => sendKey(event)}
      ></textarea>
      <button
        class="button button--primary button--icon"
        aria-label=${_("Send the question")}
        ?disabled=${!draft.trim() || length > LIMIT}
      >
        ${icons.send()}
      </button>
    </div>
    <div class="ask__more">
      ${
        length > NEAR
          ? html`<p class="ask__count number ${length > LIMIT ? "ask__count--over" : ""}">
              ${number(length)} / ${number(LIMIT)}
            </p>`
          : nothing
      }
      ${broadcast?.anonymous && broadcast.named !== false ? mask(self) : nothing}
      <p class="promise">${promise(page, self.asksAnonymously())}</p>
    </div>
  </form>`;
}

const closed = () => html`<p class="ask ask--closed soft">${_("No questions are taken at the moment.")}</p>`;

/** @param {Self} self */
function mask(self) {
  return html`<label class="switch">
    <input
      type="checkbox"
      role="switch"
      .checked=${live(self.anonymous)}
      @change=${(/** @type {Event} */ event) => self.set({ anonymous: /** @type {HTMLInputElement} */ (event.target).checked })}
    />
    <span>${_("Ask anonymously")}</span>
  </label>`;
}

/** @param {Page} page @param {boolean} anonymous */
function promise({ store }, anonymous) {
  const first =
    store.get("broadcast")?.question_mode === "moderated" ? _("A moderator reads it before everyone does.") : "";
  const who = anonymous
    ? _("Anonymous: kept without your name, your device or the exact time. Nobody can look up later who asked, not even the organiser.")
    : _("Asked with your name: {name}.", { name: store.you?.name || _("Guest") });
  const pause = store.get("broadcast")?.cooldown_s;
  const wait = pause ? ngettext("One question every {n} second.", "One question every {n} seconds.", pause) : "";
  return [who, first, wait].filter(Boolean).join(" ");
}

/** @param {Event} event @param {Self} self */
function write(event, self) {
  self.own.draft(/** @type {HTMLTextAreaElement} */ (event.target).value);
}

/** Ctrl or Cmd + Enter sends; Enter alone is a new line, as on a phone. @param {KeyboardEvent} event */
function sendKey(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  /** @type {HTMLTextAreaElement} */ (event.target).form?.requestSubmit();
}
