/**
 * Beside what somebody is writing: up to three questions that ask nearly the same, each
 * with the button that says "I want to know this too". Shown above the field, so that
 * the field stays where the thumb is. Whoever means something else just sends.
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("./self.js").Self} Self
 */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import * as icons from "../../core/icons.js";
import { _, ngettext } from "../../core/i18n.js";
import { number } from "../../core/text.js";
import { Likeness } from "../../core/similar.js";

const AT_ONCE = 300; // texts taken in with one drawing: some ms on a slow phone, and the next drawing follows

const likeness = new Likeness();
/** What was found last: asked again only when the texts or the draft have changed. */
let found = { version: -1, draft: "", ids: /** @type {string[]} */ ([]) };

/** @param {Page} page @param {Self} self */
export function alike(page, self) {
  const ids = near(page, self.own.kept.draft);
  if (!ids.length) return nothing;
  return html`<section class="alike" aria-label=${_("Similar questions")}>
    <p class="alike__head">${_("Is it one of these? A vote moves it up.")}</p>
    <ul class="alike__list" role="list">
      ${repeat(
        ids,
        (id) => id,
        (id) => row(page, self, id),
      )}
    </ul>
  </section>`;
}

/** @param {Page} page @param {string} draft */
function near(page, draft) {
  if (!draft.trim()) return [];
  /** @type {[string, string][]} */
  const texts = [];
  for (const [id, { text, state }] of page.store.family("question")) if (text && state !== "answered") texts.push([id, text]);
  if (!likeness.keep(texts, AT_ONCE)) page.redraw();
  if (found.version !== likeness.version || found.draft !== draft) {
    found = { version: likeness.version, draft, ids: likeness.near(draft) };
  }
  return found.ids;
}

/** @param {Page} page @param {Self} self @param {string} id */
function row({ store }, self, id) {
  const question = store.get(`question/${id}`);
  const votes = question?.votes ?? 0;
  const on = self.upvoted(id);
  return html`<li class="alike__row" data-alike=${id}>
    <button
      type="button"
      class="button question__vote"
      aria-pressed=${on ? "true" : "false"}
      aria-label=${ngettext("{n} vote. I want to know this too", "{n} votes. I want to know this too", votes)}
      @click=${() => self.upvote(id, !on)}
    >
      ${icons.up()}<span class="number">${number(votes)}</span>
    </button>
    <p class="alike__text">${question?.text}</p>
  </li>`;
}
