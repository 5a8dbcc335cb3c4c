/**
 * Questions on the attendee page: my own, then everybody's in the order one chose. It
 * holds still for some seconds, so that nothing slips away under a thumb, and of many
 * only the first are drawn until one wants more.
 *
 * @typedef {import("../../core/page.js").Page} Page
 * @typedef {import("./self.js").Self} Self
 * @typedef {import("../../protocol.d.ts").QuestionDoc} QuestionDoc
 */

import { html, nothing } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { repeat } from "lit-html/directives/repeat.js";
import * as icons from "../../core/icons.js";
import { asSeen } from "../../core/asking.js";
import { _, ngettext } from "../../core/i18n.js";
import { onlyDocs } from "../../core/part.js";
import { sentence } from "../../core/rejections.js";
import { age, number, relative } from "../../core/text.js";
import { own, reply } from "./mine.js";
import { chips, labelled } from "../questions/labels.js";
import { Calm, ORDERS } from "../questions/order.js";

const calm = new Calm();

/** @param {Page} page @param {Self} self */
export function questions(page, self) {
  const { answered, ...rest } = parted(page);
  const open = calm.order(rest.open, self.order, page.now());
  return html`<div class="questions stack">
    ${own(page, self)}
    ${
      open.length
        ? html`<div class="questions__bar">
              <h2 class="questions__head">${_("Everyone's questions")}</h2>
              ${open.length > 1 ? sorting(self) : nothing}
            </div>
            <ul class="questions__list" role="list">
              ${rows(page, self, open.slice(0, self.shown))}
            </ul>
            ${open.length > self.shown ? more(self, open.length) : nothing}`
        : self.own.kept.questions.length
          ? nothing
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
              ${rows(page, self, answered.slice(0, self.shown))}
            </ul>
            ${answered.length > self.shown ? more(self, answered.length) : nothing}
          </details>`
        : nothing
    }
  </div>`;
}

/** Those that can be read, as this viewer is to see them: of thousands with one look at each. @param {Page} page */
function parted(page) {
  const seen = asSeen(page);
  /** @type {Record<"open" | "answered", [string, QuestionDoc][]>} */
  const parts = { open: [], answered: [] };
  for (const row of page.store.family("question")) {
    const [id, doc] = row;
    if (!doc.text) continue;
    const question = seen(id, doc);
    parts[question.state === "answered" ? "answered" : "open"].push(question === doc ? row : [id, question]);
  }
  return parts;
}

/** @param {Self} self */
const sorting = (self) =>
  html`<select
    class="input questions__order"
    aria-label=${_("Order of the questions")}
    @change=${(/** @type {Event} */ event) => self.sort(/** @type {HTMLSelectElement} */ (event.target).value)}
  >
    ${Object.entries(ORDERS).map(
      ([name, { words }]) => html`<option value=${name} ?selected=${name === self.order}>${words()}</option>`,
    )}
  </select>`;

/** @param {Self} self @param {number} count */
const more = (self, count) =>
  html`<button
    type="button"
    class="button button--quiet questions__more"
    data-do="more"
    @click=${() => self.showMore()}
  >
    ${ngettext("Show more ({n} is left)", "Show more ({n} are left)", count - self.shown)}
  </button>`;

/** @param {Page} page @param {Self} self @param {[string, QuestionDoc][]} list */
const rows = (page, self, list) =>
  guard([onlyDocs(page), page.store.get("labels"), ...list.map(([, question]) => question)], () => {
    const mine = new Set(self.own.kept.questions.map((each) => each.id));
    return repeat(
      list,
      ([id]) => id,
      ([id, question]) => row(page, self, id, question, mine.has(id)),
    );
  });

/**
 * Drawn again only when something in it has changed: with hundreds of them a vote somewhere costs little.
 * @param {Page} page @param {Self} self @param {string} id @param {QuestionDoc} question @param {boolean} mine
 */
function row(page, self, id, question, mine) {
  const on = self.upvoted(id);
  const refusal = self.refusals.get(`upvote/${id}`);
  const slide = question.slide ? page.store.get(`slide/${question.slide}`) : undefined;
  const labels = page.store.get("labels");
  return guard([question, on, mine, refusal, slide, age(question.at ?? 0, page.now()), labels], () =>
    drawn(self, id, question, { on, mine, refusal, slide, now: page.now(), labels: labelled(labels, question) }),
  );
}

/**
 * @param {Self} self @param {string} id @param {QuestionDoc} question
 * @param {{on: boolean, mine: boolean, refusal: string | undefined,
 *          slide: import("../../protocol.d.ts").SlideDoc | undefined, now: number,
 *          labels: import("../questions/labels.js").Label[]}} seen
 */
function drawn(self, id, question, { on, mine, refusal, slide, now, labels }) {
  const votes = question.votes ?? 0;
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
      ${question.pinned ? html`<p><span class="pill pill--plain">${icons.pin()}${_("Pinned by the moderator")}</span></p>` : nothing}
      <p class="question__text">${question.text}</p>
      ${chips(labels)} ${reply(question)}
      <p class="question__by">
        ${mine ? html`<b>${_("Yours")}</b> · ` : nothing}${by}${question.at ? html` · ${relative(question.at, now)}` : nothing}
        ${slide ? html` · ${_("Slide {n}", { n: slide.number })}` : nothing}
        ${question.edited ? html` · ${_("edited by the moderator")}` : nothing}
      </p>
      ${refusal ? html`<p class="question__refusal" role="alert">${sentence(refusal)}</p>` : nothing}
    </div>
  </li>`;
}
