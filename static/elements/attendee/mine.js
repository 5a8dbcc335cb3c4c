/**
 * What became of my own questions, and taking one back. My wording comes from this
 * phone: the server keeps it to itself until a moderator has let it through, and that
 * an anonymous question is mine nobody knows but this phone.
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("./self.js").Self} Self
 * @typedef {import("../../core/own.js").OwnQuestion} OwnQuestion
 * @typedef {import("../../protocol.d.ts").QuestionDoc} QuestionDoc
 */

import { html, nothing } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { repeat } from "lit-html/directives/repeat.js";
import { questionAt } from "../../core/asking.js";
import * as icons from "../../core/icons.js";
import { _ } from "../../core/i18n.js";
import { sentence } from "../../core/rejections.js";
import { underWay } from "../shared/status.js";

/** @param {Page} page @param {Self} self */
export function own(page, self) {
  const mine = self.own.kept.questions;
  if (!mine.length) return nothing;
  return html`<section class="mine card" aria-label=${_("My questions")}>
    <h2 class="questions__head">${_("My questions")}</h2>
    <ul class="mine__list" role="list">
      ${repeat(
        [...mine].reverse(),
        (each) => each.key || each.id,
        (each) => ownRow(page, self, each, docOf(page, each.id)),
      )}
    </ul>
  </section>`;
}

/**
 * Drawn again only when something in it has changed.
 * @param {Page} page @param {Self} self @param {OwnQuestion} mine @param {QuestionDoc | undefined} doc
 */
function ownRow(page, self, mine, doc) {
  const { id, key, text, anonymous, told } = mine;
  const refusal = id ? self.refusals.get(`withdraw/${id}`) : undefined;
  const leaving = [self.withdrawing === id, !!page.outbox.pending(`withdraw/${id}`)];
  const other = doc?.into ? page.store.get(`question/${doc.into}`) : undefined;
  const seen = [id, key, text, anonymous, told, doc, other, refusal, id || underWay(page, sent(page, mine)), ...leaving];
  return guard(seen, () => drawn(page, self, mine, doc, refusal));
}

/**
 * @param {Page} page @param {Self} self @param {OwnQuestion} mine @param {QuestionDoc | undefined} doc
 * @param {string | undefined} refusal
 */
function drawn(page, self, mine, doc, refusal) {
  const { id, key } = mine;
  const withdrawable = id && key && doc && !["withdrawn", "dismissed"].includes(doc.state);
  return html`<li class="mine__question" data-mine=${id ?? ""}>
    <p class="question__text">${doc?.text ?? (mine.text || _("Asked on another device"))}</p>
    <div class="cluster">
      ${fate(page, mine, doc)}
      ${mine.anonymous ? html`<span class="soft mine__mask">${icons.mask()}${_("anonymous")}</span>` : nothing}
      ${withdrawable ? withdrawal(page, self, id, key) : nothing}
    </div>
    ${doc ? reply(doc) : nothing} ${mine.reply && !doc?.reply ? forMe(mine.reply) : nothing} ${doc?.state === "merged" ? united(page, doc) : nothing}
    ${refusal ? html`<p class="question__refusal" role="alert">${sentence(refusal)}</p>` : nothing}
  </li>`;
}

/** The command that asks it, while it has no answer. @param {Page} page @param {OwnQuestion} mine */
const sent = ({ outbox }, { key }) =>
  outbox.entries.find(({ command }) => command.do === "ask" && command.key === key);

/** One's own question as this viewer is to see it. @param {Page} page @param {string | null} id */
function docOf(page, id) {
  const doc = id ? page.store.get(`question/${id}`) : undefined;
  return id && doc ? questionAt(page, id, doc) : doc;
}

/** What has become of it, in a pill. @param {Page} page @param {OwnQuestion} mine @param {QuestionDoc | undefined} doc */
function fate(page, mine, doc) {
  if (!mine.id) {
    return html`<span class="pill pill--now" data-fate="sending">${underWay(page, sent(page, mine))}</span>`;
  }
  const [tone, words] = {
    pending: ["now", _("Waiting for the moderator")],
    live: ["good", _("Everyone can see it")],
    on_screen: ["now", _("On screen now")],
    answered: ["good", _("Answered")],
    dismissed: ["plain", _("Not taken up")],
    archived: ["plain", _("Put away")],
    merged: ["good", _("Merged with a similar question")],
    withdrawn: ["plain", _("Withdrawn")],
  }[doc?.state ?? "pending"];
  return html`<span class="pill pill--${tone}" data-fate=${doc?.state ?? "pending"}>${words}</span>`;
}

/** What the desk has answered in writing. @param {QuestionDoc} question */
export const reply = (question) =>
  question.reply
    ? html`<p class="question__reply"><span class="eyebrow">${_("Reply")}</span> ${question.reply}</p>`
    : nothing;

/** @param {string} words */
const forMe = (words) =>
  html`<p class="question__reply" data-reply="private"><span class="eyebrow">${_("Reply, only for you")}</span> ${words}</p>`;

/** The question that stands for mine now, where I may see it. @param {Page} page @param {QuestionDoc} doc */
function united({ store }, doc) {
  const other = doc.into ? store.get(`question/${doc.into}`) : undefined;
  return other?.text ? html`<p class="soft mine__united">${_("Merged with: {text}", { text: other.text })}</p>` : nothing;
}

/** @param {Page} page @param {Self} self @param {string} id @param {string} key */
function withdrawal(page, self, id, key) {
  if (page.outbox.pending(`withdraw/${id}`)) return html`<span class="soft">${_("Withdrawing …")}</span>`;
  if (self.withdrawing !== id) {
    return html`<button
      type="button"
      class="button button--quiet button--small"
      data-do="withdraw"
      @click=${() => self.set({ withdrawing: id })}
    >
      ${_("Withdraw")}
    </button>`;
  }
  return html`<span>${_("Take it back for good?")}</span>
    <button
      type="button"
      class="button button--danger button--small"
      data-do="withdraw-yes"
      @click=${() => self.withdraw(id, key)}
    >
      ${_("Withdraw it")}
    </button>
    <button type="button" class="button button--quiet button--small" @click=${() => self.set({ withdrawing: null })}>
      ${_("Keep it")}
    </button>`;
}
