/**
 * Beside a question at the desk: which others ask nearly the same, with the merge that
 * is offered and can be undone, and which ones it already stands for. Nothing is merged
 * unless somebody presses.
 *
 * @typedef {import("../self.js").Desk} Desk
 * @typedef {import("../../../protocol.d.ts").QuestionDoc} Question
 */

import { html, nothing } from "lit-html";
import * as icons from "../../../core/icons.js";
import { _, ngettext } from "../../../core/i18n.js";
import { number } from "../../../core/text.js";

/** Offered only with the younger of two, so that a pair is not offered twice. @param {Desk} desk @param {string} id @param {Question} question */
export function doubles({ queue }, id, question) {
  if (question.state !== "pending" && question.state !== "live") return nothing;
  return queue.doubles.of(id, question).map(
    ([other, { text, votes }]) =>
      html`<div class="queue__double" data-double=${other}>
        <p><span class="eyebrow">${_("Asks the same?")}</span> ${text}${votes ? html` <b class="queue__votes number">${icons.up()}${number(votes)}</b>` : nothing}</p>
        <div class="queue__actions">
          <button type="button" class="button button--small" data-do="merge" @click=${() => void queue.merge(id, other)}>
            ${icons.merge()}<span>${_("Merge")}</span>
          </button>
          <button type="button" class="button button--small button--quiet" data-do="apart" @click=${() => queue.doubles.keepApart(id, other)}>
            ${_("Keep both")}
          </button>
        </div>
      </div>`,
  );
}

/** What it was merged with, or how many it stands for. @param {Desk} desk @param {string} id @param {Question} question */
export function united({ page, queue }, id, question) {
  const into = question.into ? page.store.get(`question/${question.into}`) : undefined;
  if (into?.text) return html`<p class="queue__original"><span class="eyebrow">${_("Merged with")}</span> ${into.text}</p>`;
  const under = queue.united(id);
  if (!under.length) return nothing;
  return html`<details class="queue__united">
    <summary>${ngettext("Stands for {n} more", "Stands for {n} more", under.length)}</summary>
    ${under.map(({ text }) => html`<p class="queue__original">${text}</p>`)}
  </details>`;
}
