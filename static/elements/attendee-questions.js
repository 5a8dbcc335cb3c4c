/**
 * Questions on the attendee page: my own with what became of them, then everybody's,
 * most wanted first. The order holds still for some seconds, so that nothing slips
 * away under a thumb. My wording comes from this phone: the server keeps it to itself
 * until a moderator has let it through.
 *
 * @typedef {import("../core/page.js").Page} Page
 * @typedef {import("./attendee-self.js").Self} Self
 * @typedef {import("../core/own.js").OwnQuestion} OwnQuestion
 * @typedef {import("../protocol.d.ts").QuestionDoc} QuestionDoc
 */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import * as icons from "../core/icons.js";
import { _, ngettext } from "../core/i18n.js";
import { sentence } from "../core/rejections.js";
import { number, relative } from "../core/text.js";

const STILL_MS = 4_000; // how long the order holds, though votes come

/** @type {{at: number, ids: string[]}} */
let order = { at: 0, ids: [] };

/** @param {Page} page @param {Self} self */
export function questions(page, self) {
  const all = page.store.family("question").filter(([, question]) => question.text);
  const answered = all.filter(([, question]) => question.state === "answered");
  const open = inOrder(all.filter(([, question]) => question.state !== "answered"));
  return html`<div class="questions stack">
    ${own(page, self)}
    ${
      open.length
        ? html`<h2 class="questions__head">${_("Everyone's questions")}</h2>
            <ul class="questions__list" role="list">
              ${rows(page, self, open)}
            </ul>`
        : html`<div class="empty">
            ${icons.question()}
            <p>${_("No questions yet. Yours could be the first.")}</p>
          </div>`
    }
    ${
      answered.length
        ? html`<details class="questions__answered">
            <summary>${ngettext("{n} answered question", "{n} answered questions", answered.length)}</summary>
            <ul class="questions__list" role="list">
              ${rows(page, self, answered)}
            </ul>
          </details>`
        : nothing
    }
  </div>`;
}

/** @param {Page} page @param {Self} self @param {[string, QuestionDoc][]} list */
const rows = (page, self, list) =>
  repeat(
    list,
    ([id]) => id,
    ([id, question]) => row(page, self, id, question),
  );

/** @param {Page} page @param {Self} self @param {string} id @param {QuestionDoc} question */
function row(page, self, id, question) {
  const on = self.upvoted(id);
  const mine = self.own.kept.questions.some((each) => each.id === id);
  const votes = question.votes ?? 0;
  const refusal = self.refusals.get(`upvote/${id}`);
  const by = question.by ? [question.by, question.unit].filter(Boolean).join(" · ") : _("Anonymous");
  return html`<li class="question ${question.state === "on_screen" ? "question--now" : ""}" data-question=${id}>
    <button
      type="button"
      class="button question__vote"
      aria-pressed=${on ? "true" : "false"}
      aria-label=${ngettext("{n} vote. I want to know this too", "{n} votes. I want to know this too", votes)}
      ?disabled=${question.state === "answered"}
      @click=${() => self.upvote(id, !on)}
    >
      ${icons.up()}<span class="number">${number(votes)}</span>
    </button>
    <div class="question__body">
      ${question.state === "on_screen" ? html`<p><span class="pill pill--now">${_("On screen now")}</span></p>` : nothing}
      <p class="question__text">${question.text}</p>
      <p class="question__by">
        ${mine ? html`<b>${_("Yours")}</b> · ` : nothing}${by}${question.at ? html` · ${relative(question.at, page.now())}` : nothing}
        ${question.edited ? html` · ${_("edited by the moderator")}` : nothing}
      </p>
      ${refusal ? html`<p class="question__refusal" role="alert">${sentence(refusal)}</p>` : nothing}
    </div>
  </li>`;
}

// My own --------------------------------------------------------------------------

/** @param {Page} page @param {Self} self */
function own(page, self) {
  const mine = self.own.kept.questions.map((each) => ({
    ...each,
    doc: each.id ? page.store.get(`question/${each.id}`) : undefined,
  }));
  if (!mine.length) return nothing;
  return html`<section class="mine card" aria-label=${_("My questions")}>
    <h2 class="questions__head">${_("My questions")}</h2>
    <ul class="mine__list" role="list">
      ${repeat(
        mine.reverse(),
        (each) => each.key || each.id,
        (each) => ownRow(page, self, each, each.doc),
      )}
    </ul>
  </section>`;
}

/** @param {Page} page @param {Self} self @param {OwnQuestion} mine @param {QuestionDoc | undefined} doc */
function ownRow(page, self, mine, doc) {
  const { id, key } = mine;
  const refusal = id ? self.refusals.get(`withdraw/${id}`) : undefined;
  const withdrawable = id && key && doc && !["withdrawn", "dismissed"].includes(doc.state);
  return html`<li class="mine__question" data-mine=${id ?? ""}>
    <p class="question__text">${doc?.text ?? (mine.text || _("Asked on another device"))}</p>
    <div class="cluster">
      ${fate(page, mine, doc)}
      ${mine.anonymous ? html`<span class="soft mine__mask">${icons.mask()}${_("anonymous")}</span>` : nothing}
      ${withdrawable ? withdrawal(page, self, id, key) : nothing}
    </div>
    ${refusal ? html`<p class="question__refusal" role="alert">${sentence(refusal)}</p>` : nothing}
  </li>`;
}

/** What has become of it, in a pill. @param {Page} page @param {OwnQuestion} mine @param {QuestionDoc | undefined} doc */
function fate(page, mine, doc) {
  if (!mine.id) {
    const words = page.link.state === "live" ? _("Sending …") : _("Waiting for the connection");
    return html`<span class="pill pill--now" data-fate="sending">${words}</span>`;
  }
  const [tone, words] = {
    pending: ["now", _("Waiting for the moderator")],
    live: ["good", _("Everyone can see it")],
    on_screen: ["now", _("On screen now")],
    answered: ["good", _("Answered")],
    dismissed: ["plain", _("Not taken up")],
    withdrawn: ["plain", _("Withdrawn")],
  }[doc?.state ?? "pending"];
  return html`<span class="pill pill--${tone}" data-fate=${doc?.state ?? "pending"}>${words}</span>`;
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

/**
 * On screen first, then by votes, then the older; held still for a while.
 * @param {[string, QuestionDoc][]} list
 */
function inOrder(list) {
  const known = new Map(list);
  const same = order.ids.length === list.length && order.ids.every((id) => known.has(id));
  if (!same || Date.now() - order.at > STILL_MS) {
    const rank = (/** @type {QuestionDoc} */ { state, votes }) => (state === "on_screen" ? Infinity : (votes ?? 0));
    const sorted = [...list].sort(([, a], [, b]) => rank(b) - rank(a) || (a.at ?? 0) - (b.at ?? 0));
    order = { at: Date.now(), ids: sorted.map(([id]) => id) };
  }
  return /** @type {[string, QuestionDoc][]} */ (order.ids.map((id) => [id, known.get(id)]));
}
